"""True spells of clerks, worked out from outcomes alone, against the law and the engines."""

from __future__ import annotations

from itertools import pairwise

import pytest

from planner.sim.clerk_spells import Spell, SpellKind, clerk_spells
from planner.sim.engine import Hand, get_engine
from planner.sim.spells import CLERK, all_spells
from planner.units import MS_PER_MINUTE
from tests.engines.builders import A, P, Place, clerks, house, ms, queue
from tests.engines.random_locations import Shape, random_location

ENGINE = get_engine("compiled")


def test_a_break_starts_after_the_customer_and_has_its_full_length() -> None:
    """L7, L8: due at 60 while a customer is at the desk until 70; the break is 70 to 85."""
    staff = clerks([P(0, 60, pause=15), P(75, 120)])
    customers = queue(A(50, works=20), A(71, works=5))
    out = ENGINE.run(customers, staff, house(Place(doors=[(0, 120)]), staff))
    kinds = [(s.kind.value, s.start, s.end) for s in clerk_spells(staff, out)]
    expected = [("serving", 0, 70), ("break", 70, 85), ("serving", 85, 120)]
    assert kinds == [(kind, ms(start), ms(end)) for kind, start, end in expected]


def test_a_break_starts_at_once_if_the_case_is_handed_over() -> None:
    """L8, L16, L17: due at 60, the colleague takes over, so the break is 60 to 75."""
    staff = clerks([P(0, 60, pause=15, hands=Hand.OVER), P(75, 120)], [P(0, 90)])
    out = ENGINE.run(queue(A(50, works=60)), staff, house(Place(doors=[(0, 120)]), staff))
    kinds = [(s.clerk, s.kind.value, s.start, s.end) for s in clerk_spells(staff, out)]
    expected = [
        (0, "serving", 0, 60),
        (0, "break", 60, 75),
        (0, "serving", 75, 120),
        (1, "serving", 0, 110),
    ]
    assert kinds == [(clerk, kind, ms(start), ms(end)) for clerk, kind, start, end in expected]


@pytest.mark.parametrize("hands_on", [False, True], ids=["finished", "handed on"])
@pytest.mark.parametrize("seed", range(60))
def test_customers_are_called_in_serving_spells_and_never_in_breaks(
    seed: int, hands_on: bool
) -> None:
    """On random locations with everything on: spells of a clerk follow each other (L8)."""
    location = random_location(seed, Shape(grid=MS_PER_MINUTE, hands_on=hands_on))
    out = ENGINE.run(*location)
    spells = clerk_spells(location[1], out)
    services = all_spells(out)
    for clerk in range(len(location[1].speed)):
        mine = [spell for spell in spells if spell.clerk == clerk]
        assert all(one.end <= other.start for one, other in pairwise(mine))
        for _, _, call, end in services[services[:, CLERK] == clerk].tolist():
            assert any(_serves(spell, call, end) for spell in mine)


def _serves(spell: Spell, call: int, finish: int) -> bool:
    return spell.kind is SpellKind.SERVING and spell.start <= call and finish <= spell.end

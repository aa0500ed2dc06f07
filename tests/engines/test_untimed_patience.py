"""Where patience is no event: nobody comes again, nobody asks how many wait (L6, L11, L12).

``random_location`` gives every customer room for further tries, so the compiled engine treats the
end of patience there as an event; ``untimed_location`` has none of it.  Only there does the
compiled engine take its short way for customers who come alone.
"""

from __future__ import annotations

import pytest

from planner.sim.compiled_state import TIMED, reserve, reserve_outcomes
from planner.sim.engine import Fate, get_engine
from planner.sim.engine_compiled import _run
from planner.units import MS_PER_MINUTE
from tests.engines.builders import desks_fall
from tests.engines.plain import plain_engine
from tests.engines.random_locations import Shape, random_location, untimed_location
from tests.engines.shuffled import ShuffledEngine
from tests.engines.test_engines_agree import differing


@pytest.mark.parametrize("grid", [1, MS_PER_MINUTE, 5 * MS_PER_MINUTE])
def test_rows_are_the_same_without_events_for_patience(grid: int) -> None:
    """The reference and the shuffled engine give the same rows."""
    compiled, simpy = get_engine("compiled"), get_engine("simpy")
    fates: set[int] = set()
    for seed in range(60):
        location = untimed_location(seed, grid)
        outcomes = compiled.run(*location)
        assert differing(outcomes, simpy.run(*location)) == 0, f"seed {seed}"
        if seed < 15:
            assert differing(outcomes, ShuffledEngine(seed).run(*location)) == 0, f"seed {seed}"
        fates.update(outcomes.fate.tolist())
    assert fates == {int(fate) for fate in Fate}


def test_these_locations_have_no_events_for_patience() -> None:
    """The switch is off here, and on where somebody may come again."""
    for (queue, clerks, house), timed in (
        (untimed_location(1, 1), False),
        (random_location(1, Shape()), True),
    ):
        out, state = reserve_outcomes(len(queue.arrival), 0), reserve(queue, clerks, house)
        assert _run(tuple(queue), tuple(clerks), tuple(house), tuple(out), state)
        assert bool(state[-2][TIMED]) is timed


#: Slips of the short way: text, wrong text.
SLIPS = {
    "somebody else comes": (" or queue.arrival[row + 1] == now", ""),
    "something happens to a clerk": ("if first_turn(state.staff.turns) <= now or", "if"),
    "desks change": (" or tally[HOUSE] <= now", ""),
    "no desk": ("if tally[SERVING] < tally[DESKS]:", "if True:"),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS.keys())
def test_seeded_slips_of_the_short_way_are_caught(slip: tuple[str, str]) -> None:
    """Whoever forgets one of its conditions changes some customer's row."""
    slipped, reference = plain_engine({"compiled_arrivals": slip}), get_engine("compiled")
    random = (untimed_location(seed, MS_PER_MINUTE) for seed in range(30))
    locations = (desks_fall(), *random)
    assert any(differing(slipped.run(*one), reference.run(*one)) > 0 for one in locations)

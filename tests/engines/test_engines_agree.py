"""The same row for every customer in every engine, also where nearly all events are tied."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from planner.sim.engine import Engine, Fate, Outcomes, get_engine
from planner.units import MS_PER_MINUTE
from tests.engines.plain import plain_engine
from tests.engines.random_locations import Shape, random_location
from tests.engines.shuffled import ShuffledEngine

GRIDS = {"continuous": 1, "one minute": MS_PER_MINUTE, "five minutes": 5 * MS_PER_MINUTE}


def differing(first: Outcomes, second: Outcomes) -> int:
    """Return the number of customers with another row."""
    different = np.zeros(len(first.call), dtype=np.bool_)
    for one, other in zip(
        first._replace(spells=first.last), second._replace(spells=second.last), strict=True
    ):
        different |= one != other
    spells, others = (set(map(tuple, out.spells.tolist())) for out in (first, second))
    different[[spell[0] for spell in spells ^ others]] = True
    return int(different.sum())


@pytest.mark.slow
@pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS.keys())
def test_compiled_and_simpy_agree_on_every_customer(grid: int) -> None:
    """More than 66,000 customers a grid over 120 random locations: 0 differ, all fates occur."""
    compiled, simpy = get_engine("compiled"), get_engine("simpy")
    shape = Shape(grid=grid, days=4, customers=1150, clerks=14)
    customers, fates = 0, Counter[int]()
    for seed in range(120):
        location = random_location(seed, shape)
        outcomes = compiled.run(*location)
        assert differing(outcomes, simpy.run(*location)) == 0, f"seed {seed}"
        customers += len(outcomes.call)
        fates.update(outcomes.fate.tolist())
    assert customers > 66_000
    assert min(fates[fate] for fate in Fate) > 500


@pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS.keys())
def test_the_order_of_events_within_an_instant_does_not_matter(grid: int) -> None:
    """L1, L2: a naive engine that shuffles every instant gives the same rows."""
    compiled = get_engine("compiled")
    for seed in range(40):
        location = random_location(seed, Shape(grid=grid, customers=120))
        assert differing(compiled.run(*location), ShuffledEngine(seed).run(*location)) == 0


@pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS.keys())
def test_the_loops_without_numba_give_the_same_rows(grid: int) -> None:
    """The plain run of the compiled engine's loops serves where numba is missing."""
    compiled, plain = get_engine("compiled"), plain_engine()
    for seed in range(25):
        location = random_location(seed, Shape(grid=grid))
        assert differing(compiled.run(*location), plain.run(*location)) == 0


#: Behaviour-changing slips of the compiled engine: module, text, wrong text.
SLIPS = {
    "patience open": (
        "compiled_arrivals",
        "else now + patience",
        "else now + max(0, patience - 1)",
    ),
    "closing admits": ("compiled_house", "<= now < house.closing", "<= now <= house.closing"),
    "generalists first": (
        "compiled_seats",
        "for held in range(1 + len(staff.sets) - HOLD):",
        "for held in range(len(staff.sets) - HOLD, -1, -1):",
    ),
    "first skill before rank": (
        "compiled_calls",
        "if rank < best_rank or (rank == best_rank and row < best_row):",
        "if best_skill < 0:",
    ),
    "break from its planned start": (
        "compiled_clerks",
        "_end_piece(clerks, me, max(begin, now))",
        "_end_piece(clerks, me, end)",
    ),
    "nobody stays": ("compiled_clerks", "if not clerks.stays[piece]:", "if True:"),
    "desks ignored": (
        "compiled_calls",
        "tally[IDLERS] > 0 and tally[SERVING] < tally[DESKS]",
        "tally[IDLERS] > 0",
    ),
    "blocked by the first": (
        "compiled_calls",
        "        if seat < 0:\n            continue",
        "        if seat < 0:\n            return -1, -1, -1",
    ),
    "trainees at full speed": (
        "compiled_calls",
        "* STANDARD // speed",
        "* STANDARD // STANDARD",
    ),
    "balking counts the busy": (
        "compiled_arrivals",
        "state.lines.line[skill, WAITING] - idle + 1",
        "state.lines.line[skill, WAITING] + 1",
    ),
    "old patience after a redial": (
        "compiled_arrivals",
        "queue.patience[row, tried]",
        "queue.patience[row, 0]",
    ),
    "ranks before the heap": (
        "compiled_lines",
        "if keys[heap] < keys[head] or",
        "if False and keys[heap] < keys[head] or False and",
    ),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS.keys())
def test_seeded_slips_are_caught(slip: tuple[str, str, str]) -> None:
    """Each of twelve seeded slips changes some customer's row on a one-minute grid."""
    module, text, wrong = slip
    slipped = plain_engine({module: (text, wrong)})
    reference = get_engine("compiled")
    assert any(_differs(slipped, reference, seed) for seed in range(30))


def _differs(slipped: Engine, reference: Engine, seed: int) -> bool:
    location = random_location(seed, Shape(grid=MS_PER_MINUTE))
    return differing(slipped.run(*location), reference.run(*location)) > 0

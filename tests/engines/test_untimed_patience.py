"""Where patience is no event: nobody comes again, nobody asks how many wait (L6, L11, L12).

``random_location`` gives every customer room for further tries, so the compiled engine treats the
end of patience there as an event; these locations have none of it, and few desks, so that clerks
who stay wait for patience to end.
"""

from __future__ import annotations

import numpy as np
import pytest

from planner.sim.compiled_state import TIMED, reserve, reserve_outcomes
from planner.sim.engine import Clerks, Fate, House, Queue, get_engine
from planner.sim.engine_compiled import _run
from planner.units import MS_PER_MINUTE
from tests.engines.random_locations import Shape, random_location
from tests.engines.shuffled import ShuffledEngine
from tests.engines.test_engines_agree import differing


def _untimed(seed: int, grid: int) -> tuple[Queue, Clerks, House]:
    shape = Shape(grid=grid, days=3, customers=400, clerks=10, balks=False, redials=False)
    queue, clerks, house = random_location(seed, shape)
    size = len(queue.arrival)
    lean = queue._replace(
        patience=np.ascontiguousarray(queue.patience[:, :1]),
        delay=np.empty((size, 0), dtype=np.int32),
    )
    desks = np.minimum(house.desks, 3 + seed % 5).astype(np.int32)
    return lean, clerks, house._replace(balk=-1, desks=desks)


@pytest.mark.parametrize("grid", [1, MS_PER_MINUTE, 5 * MS_PER_MINUTE])
def test_rows_are_the_same_without_events_for_patience(grid: int) -> None:
    """The reference, which has an event for each, and the shuffled engine give the same rows."""
    compiled, simpy = get_engine("compiled"), get_engine("simpy")
    fates: set[int] = set()
    for seed in range(60):
        location = _untimed(seed, grid)
        outcomes = compiled.run(*location)
        assert differing(outcomes, simpy.run(*location)) == 0, f"seed {seed}"
        if seed < 15:
            assert differing(outcomes, ShuffledEngine(seed).run(*location)) == 0, f"seed {seed}"
        fates.update(outcomes.fate.tolist())
    assert fates == {int(fate) for fate in Fate}


def test_these_locations_have_no_events_for_patience() -> None:
    """The switch is off here, and on where somebody may come again."""
    for (queue, clerks, house), timed in (
        (_untimed(1, 1), False),
        (random_location(1, Shape()), True),
    ):
        out, state = reserve_outcomes(len(queue.arrival)), reserve(queue, clerks, house)
        assert _run(tuple(queue), tuple(clerks), tuple(house), tuple(out), state)
        assert bool(state[-1][TIMED]) is timed

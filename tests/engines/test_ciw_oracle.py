"""An outside witness: Ciw gives the same result customer by customer on the same input."""

from __future__ import annotations

import numpy as np
import pytest

from planner.sim.engine import get_engine
from tests.engines.ciw_oracle import Constant, by_ciw, constant_location

CASES = {
    "two classes and patience": Constant(3, 1.1, 0.3, 12.0),
    "without patience": Constant(5, 0.9, 0.5, None),
    "one clerk, hardly any patience": Constant(1, 1.5, 0.2, 4.0),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_ciw_gives_the_same_rows(case: Constant, engine: str) -> None:
    """Constant staff, two priorities, patience: call and end of 1,500 customers, 0 differ."""
    queue, clerks, house = constant_location(case, 1_500, seed=1)
    ours = get_engine(engine).run(queue, clerks, house)
    call, end = by_ciw(queue, case.clerks)
    np.testing.assert_array_equal(call, ours.call)
    np.testing.assert_array_equal(end, ours.finish)
    waited = (call > queue.arrival) & (queue.rank != queue.arrival)
    assert waited.sum() > 100
    if case.patience_minutes is not None:
        assert (call == -1).sum() > 50

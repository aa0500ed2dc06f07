"""A repair against every roster there is: as cheap as the cheapest, and nobody touched in vain."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model.repair.repairing import mend
from planner.model.repair.search import RepairLimits
from planner.rules.audit import audit, lawful
from tests.repair.enumerated import DAYS, NO_WORK_PRICE, an_office, enumerate_repairs, wanted

LIMITS = RepairLimits(10.0, 1, lambda: False)


@pytest.mark.parametrize("seed", [0, 1, 2, 12, 17, 43, 82, 101, 108, 117])
def test_repairs_are_the_cheapest_and_touch_the_fewest(seed: int) -> None:
    """Price and people touched are those of the best among all rosters."""
    office = an_office(seed)
    case = office.without(DAYS[0])
    mended = mend(case, office.requirement, wanted(office), frozenset(), LIMITS)
    every = enumerate_repairs(office, case, NO_WORK_PRICE)
    best = np.unravel_index(int(every.value.argmin()), every.value.shape)
    assert mended.value == pytest.approx(every.value[best])
    assert lawful(audit(mended.roster, case, office.requirement))
    as_good = every.cover <= every.cover[best] + 1e-9
    assert mended.at_least <= every.touched[as_good].min() <= len(mended.touched)
    assert len(mended.touched) == every.touched[as_good].min()

"""A repair against every roster there is: as cheap as the cheapest, and nobody touched in vain."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.roster import Activity, Assignment, Piece, Roster
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


@pytest.mark.parametrize("length", [180, 300])
def test_a_shift_of_a_length_that_the_case_does_not_have_stays(length: int) -> None:
    """Somebody brought in with three or five hours where shifts have four keeps them; proven."""
    office = an_office(0)
    before = list(office.roster.assignments)
    start = 480
    at = next(n for n, s in enumerate(before) if (s.employee, s.start_minute) == ("w3", start))
    odd = (Piece(start, start + length, Activity.BACK_OFFICE),)
    before[at] = Assignment("w3", before[at].day, "north", start, start + length, odd)
    order = replace(wanted(office), before=Roster.of(before))
    mended = mend(office.without(DAYS[0]), office.requirement, order, frozenset(), LIMITS)
    assert before[at] in mended.roster.assignments
    assert mended.bound is not None
    assert mended.bound <= mended.value + 1e-9

"""A repair as a whole: status, locks that law contradicts, kinds of changes, stopping."""

from __future__ import annotations

from planner.domain.outcome import SolveStatus
from planner.model.repair.search import RepairLimits
from planner.plan.repair import repair
from planner.plan.repair_order import Absent, RepairOrder
from tests.repair.enumerated import DAYS, NO_WORK_PRICE, an_office

LIMITS = RepairLimits(5.0, 1, lambda: False)
ILL = (Absent("w0", DAYS[0], DAYS[0]),)


def _repaired(seed: int, order: RepairOrder, limits: RepairLimits = LIMITS):
    office = an_office(seed)
    return repair(office.without(DAYS[0]), office.requirement, office.roster, order, limits)


def test_a_small_repair_is_proven() -> None:
    """The price meets its bound, and the people touched are proven the fewest."""
    repaired = _repaired(12, RepairOrder(absent=ILL, prices=NO_WORK_PRICE))
    assert repaired.outcome.status is SolveStatus.OPTIMAL
    assert repaired.mended.at_least == len(repaired.mended.touched)
    kinds = {change.kind for change in repaired.changes}
    assert {"absent", "stand_in"} <= kinds
    assert repaired.new_breaches == repaired.broken_locks == ()


def test_a_lock_that_law_contradicts_is_named() -> None:
    """The absence takes the hours that the locked second day needs: no lawful roster."""
    free = _repaired(101, RepairOrder(absent=ILL))
    assert any(change.employee == "w0" and change.day == DAYS[1] for change in free.changes)
    order = RepairOrder(absent=ILL, locked_cells=frozenset({("w0", DAYS[1])}))
    locked = _repaired(101, order)
    assert locked.outcome.status is SolveStatus.INFEASIBLE
    assert locked.broken_locks == (("w0", DAYS[1]),)


def test_locked_people_and_days_stay() -> None:
    """With everybody else locked nothing but the absence changes."""
    order = RepairOrder(absent=ILL, locked_people=frozenset({"w1", "w2", "w3"}))
    repaired = _repaired(12, order)
    assert {(change.employee, change.kind) for change in repaired.changes} >= {("w0", "absent")}
    assert {change.employee for change in repaired.changes} == {"w0"}


def test_stopped_at_once_there_is_a_lawful_roster() -> None:
    """Told to stop before it starts, the repair still takes the absent person out."""
    order = RepairOrder(absent=ILL)
    repaired = _repaired(12, order, RepairLimits(5.0, 1, lambda: True))
    assert repaired.new_breaches == ()
    assert all(s.employee != "w0" or s.day != DAYS[0] for s in repaired.mended.roster.assignments)

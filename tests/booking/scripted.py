"""Scripted requests: a few customers written down by hand, played by either engine."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.domain.case import PlanningCase
from planner.sim.booking import booking_problem
from planner.sim.booking_law import BookingProblem
from planner.sim.booking_result import Fate
from planner.sim.requests import RequestTable
from planner.units import MS_PER_DAY, MS_PER_MINUTE


@dataclass(frozen=True)
class Asker:
    """A customer: day and minute of the request, wishes, and uniform numbers."""

    day: int = 0
    minute: int = 540
    first: int = 0
    flexible: bool = False
    slots: int = 1
    notice: int = 0
    late: int = 0
    tolerance: int = 3000
    last_resort: bool = False
    cancel_u: float | None = None
    slot_u: float = 0.0
    retry_u: float = 0.0
    online: bool = False


def a_script(case: PlanningCase, *askers: Asker) -> BookingProblem:
    """Return the problem of ``case`` with these customers, in order of request, and no others."""
    problem, _rows = booking_problem(replace(case, demand=()), seed=1, replication=0)
    size = len(askers)
    area = [place.area for place in case.locations].index("residents")
    code = int(problem.layout.area[area])
    table = RequestTable(
        area=np.full(size, code, np.int16),
        service=np.zeros(size, np.int16),
        origin=np.zeros(size, np.int16),
        first_location=np.array([-1 if a.online else a.first for a in askers], np.int16),
        requested_ms=np.array([a.day * MS_PER_DAY + a.minute * MS_PER_MINUTE for a in askers]),
        online=np.array([a.online for a in askers], np.bool_),
        flexible=np.array([a.flexible for a in askers], np.bool_),
        slots=np.array([a.slots for a in askers], np.int16),
        notice_days=np.array([a.notice for a in askers], np.int16),
        late_days=np.array([a.late for a in askers], np.int16),
        tolerance_days=np.array([a.tolerance for a in askers], np.int16),
        last_resort=np.array([a.last_resort for a in askers], np.bool_),
        fallback=np.full(size, Fate.LOST, np.int8),
        cancels=np.array([a.cancel_u is not None for a in askers], np.bool_),
        retry_u=np.array([a.retry_u for a in askers], np.float32),
        slot_u=np.array([a.slot_u for a in askers], np.float32),
        cancel_u=np.array([a.cancel_u or 0.0 for a in askers], np.float32),
        no_show_u=np.full(size, 0.5, np.float32),
        fallback_u=np.full(size, 0.5, np.float32),
    )
    return replace(problem, requests=table)

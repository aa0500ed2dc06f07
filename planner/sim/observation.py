"""Watch one simulated day at one location: sample the replication, play the place, note events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.roster import Assignment
from planner.errors import EngineError
from planner.sim.absence import sample_absences
from planner.sim.event_log import Place, event_log
from planner.sim.replicate import (
    Replication,
    SimulationRun,
    StaffingSource,
    play_location,
    sample_replication,
    staff,
)
from planner.sim.stand_ins import with_stand_ins


@dataclass(frozen=True, slots=True)
class Where:
    """Which day is watched: replication number, location and date."""

    replication: int
    location: str
    day: date


def observe(
    case: PlanningCase,
    source: StaffingSource,
    run: SimulationRun,
    where: Where,
    sample: Replication | None = None,
) -> pd.DataFrame:
    """Return the event log (``planner.sim.event_log``) of one day at one location.

    The day is the one that ``simulate`` plays with the same seed: same customers, same staff, same
    absence at short notice.

    Parameters
    ----------
    sample : Replication, optional
        A stored replication (``planner.sim.replay``); otherwise it is drawn.

    Raises
    ------
    EngineError
        When the case has no such location, or the date is outside the planned days.
    """
    code = location_code(case, where.location)
    offset = case.horizon.offset(checked_day(case, where.day))
    if sample is None:
        sample = sample_replication(case, run.seed, where.replication, run.engine)
    staffing = staff(case, source, run.seed, where.replication)
    outcomes = play_location(case, sample.customers, staffing, code, run.engine)
    present, absent = _shifts(case, source, run.seed, where)
    place = Place(code, offset, present, absent)
    return event_log(case, sample.customers, staffing.locations[code], outcomes, place)


def location_code(case: PlanningCase, location: str) -> int:
    """Return the code of the location with this identifier; ``EngineError`` if there is none."""
    names = [place.id for place in case.locations]
    if location not in names:
        raise EngineError(f"location {location!r} is not in the case; it has {', '.join(names)}")
    return names.index(location)


def checked_day(case: PlanningCase, day: date) -> date:
    """Return ``day``; ``EngineError`` if it is not one of the planned days."""
    dates = case.horizon.dates
    if day not in dates:
        raise EngineError(f"date {day} is not planned; the case has {dates[0]} to {dates[-1]}")
    return day


def _shifts(
    case: PlanningCase, source: StaffingSource, seed: int, where: Where
) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
    """Return the shifts of the day of those present and of those absent."""
    roster = source.roster
    if roster is None or case.location(where.location).constant_desks is not None:
        return (), ()
    out = sample_absences(case, roster, seed, where.replication)
    gone = tuple(a for a in roster.at(where.location, where.day) if (a.employee, a.day) in out)
    return with_stand_ins(case, roster, out).at(where.location, where.day), gone

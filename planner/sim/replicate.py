"""Replications of a case under a staffing: sample, play, measure, and put intervals on it.

A replication depends on the case, the seed and its number only; results come back in order, so the
tables are the same whatever the number of processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.parallel import ordered_map
from planner.sim.absence import sample_absences
from planner.sim.booking import simulate_booking
from planner.sim.booking_measures import booking_measures
from planner.sim.booking_result import BookingResult
from planner.sim.capacity import (
    constant_staffing,
    house_of,
    staffing_from_requirement,
    staffing_from_roster,
)
from planner.sim.customer_table import Customers, queue_at
from planner.sim.customers import sample_customers
from planner.sim.customers_frame import customers_frame
from planner.sim.engine import Outcomes, get_engine
from planner.sim.measures import Row, measure, played
from planner.sim.staffing import Staffing
from planner.sim.summary import by_replication, summarise
from planner.sim.walk_ins import WalkInSources, walk_in_sources


@dataclass(frozen=True, slots=True)
class SimulationRun:
    """How deep: seed, number of replications, engine (``compiled``, ``simpy``) and processes."""

    seed: int
    replications: int
    engine: str = "compiled"
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class StaffingSource:
    """Who serves: a roster, else a requirement, else the constant desks of the locations."""

    roster: Roster | None = None
    requirement: Requirement | None = None


@dataclass(frozen=True, eq=False)
class SimulationResult:
    """Tables of a simulation.

    Attributes
    ----------
    measures : DataFrame
        ``planner.tables.MEASURES``: intervals over replications, targets and verdicts.
    by_replication : DataFrame
        Every measure of every replication with its weight, for paired comparisons.
    customers : DataFrame
        ``planner.tables.CUSTOMERS`` of replication 0.
    """

    measures: pd.DataFrame
    by_replication: pd.DataFrame
    customers: pd.DataFrame


@dataclass(frozen=True, eq=False)
class _Fixed:
    """What is the same in every replication; no staffing where absence is drawn."""

    sources: WalkInSources
    staffing: Staffing | None


@dataclass(frozen=True, eq=False)
class Replication:
    """The random part of a replication, ready to be played under any staffing."""

    number: int
    booking: BookingResult
    customers: Customers


def simulate(
    case: PlanningCase,
    source: StaffingSource,
    run: SimulationRun,
    on_progress: Callable[[int], None] = lambda _done: None,
) -> SimulationResult:
    """Simulate the horizon of a case ``run.replications`` times.

    Parameters
    ----------
    source : StaffingSource
        With a roster, absence at short notice is drawn as well (``planner.sim.absence``).
    on_progress : callable
        Called with the number of replications done.

    Raises
    ------
    EngineError
        When the engine is unknown or does not support a feature of the case.
    """
    rows, customers = [], pd.DataFrame()
    for found, frame in replications(case, source, run, range(run.replications)):
        rows.append(found)
        customers = frame if frame is not None else customers
        on_progress(len(rows))
    table = by_replication(rows)
    return SimulationResult(summarise(case, table), table, customers)


def replications(
    case: PlanningCase, source: StaffingSource, run: SimulationRun, numbers: Iterable[int]
) -> Iterator[tuple[list[Row], pd.DataFrame | None]]:
    """Yield the measures of the replications with these numbers, and of number 0 its customers.

    Raises
    ------
    EngineError
        When the engine is unknown or does not support a feature of the case.
    """
    get_engine(run.engine)
    fixed = None if source.roster is not None else staff(case, source, run.seed, 0)
    one = partial(_replicate, case, source, run, _Fixed(walk_in_sources(case), fixed))
    yield from ordered_map(one, list(numbers), run.jobs)


def sample_replication(
    case: PlanningCase,
    seed: int,
    number: int,
    engine: str = "compiled",
    sources: WalkInSources | None = None,
) -> Replication:
    """Return booking stage and customers of a replication."""
    booking = simulate_booking(case, seed, number, engine)
    customers = sample_customers(case, booking, seed, number, sources)
    return Replication(number, booking, customers)


def staff(case: PlanningCase, source: StaffingSource, seed: int, number: int) -> Staffing:
    """Return who serves in a replication: the source, less those absent at short notice."""
    if source.roster is not None:
        absences = sample_absences(case, source.roster, seed, number)
        return staffing_from_roster(case, source.roster, absences)
    if source.requirement is not None:
        return staffing_from_requirement(case, source.requirement)
    return constant_staffing(case)


def play(
    case: PlanningCase, customers: Customers, staffing: Staffing, engine: str = "compiled"
) -> tuple[Outcomes, ...]:
    """Play every location of a replication, in the order of ``case.locations``."""
    return tuple(
        play_location(case, customers, staffing, code, engine)
        for code in range(len(case.locations))
    )


def play_location(
    case: PlanningCase, customers: Customers, staffing: Staffing, location: int, engine: str
) -> Outcomes:
    """Play one location of a replication; the others do not matter to it."""
    there = staffing.locations[location]
    queue = queue_at(case, customers, location)
    return get_engine(engine).run(queue, there.clerks, house_of(case, location, there))


def _replicate(
    case: PlanningCase,
    source: StaffingSource,
    run: SimulationRun,
    fixed: _Fixed,
    number: int,
) -> tuple[list[Row], pd.DataFrame | None]:
    sample = sample_replication(case, run.seed, number, run.engine, fixed.sources)
    staffing = fixed.staffing or staff(case, source, run.seed, number)
    outcomes = play(case, sample.customers, staffing, run.engine)
    rows = measure(case, played(case, sample.customers, staffing, outcomes))
    rows += [Row(*row, weight=1.0) for row in booking_measures(case, sample.booking)]
    if number > 0:
        return rows, None
    return rows, customers_frame(case, sample.booking, sample.customers, staffing, outcomes)

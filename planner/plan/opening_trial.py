"""Options of opening hours played on common customers: waits and lead, and differences to today.

Every option is staffed with the requirement that its own customers ask for, as a plan would be
before its roster is made; replications pair by number and seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.model.requirement import requirement as required_desks
from planner.sim.comparison import compare
from planner.sim.replicate import SimulationRun, StaffingSource, simulate
from planner.sim.summary import KEY
from planner.sim.workload import workloads
from planner.units import MINUTES_PER_HOUR

#: Replications behind the mean workload that the requirement is computed from.
WORKLOAD_WEEKS = 4


@dataclass(frozen=True, eq=False)
class Played:
    """A simulated option: measures, the same by replication, and required desk hours [h]."""

    measures: pd.DataFrame
    by_replication: pd.DataFrame
    required_hours: float


def play_option(case: PlanningCase, run: SimulationRun, *areas: str) -> Played:
    """Return what customers meet when the requirement is staffed; desk hours are of the areas."""
    needed = required_desks(case, workloads(case, run.seed, WORKLOAD_WEEKS, run.jobs))
    result = simulate(case, StaffingSource(requirement=needed), run)
    return Played(result.measures, result.by_replication, _desk_hours(case, needed, areas))


def option_measures(name: str, today: Played, played: Played, confidence: float) -> pd.DataFrame:
    """Return measures of an option with their differences to today."""
    difference = compare(today.by_replication, played.by_replication, confidence)
    renamed = difference.rename(columns={"ci_low": "difference_low", "ci_high": "difference_high"})[
        [*KEY, "difference", "difference_low", "difference_high"]
    ]
    kept = played.measures.drop(columns=["target", "met"])
    return kept.merge(renamed, on=KEY, how="left").assign(option=name)


def _desk_hours(case: PlanningCase, needed: Requirement, areas: tuple[str, ...]) -> float:
    places = {place.id for place in case.locations if place.area in areas}
    slots = sum(row.desks for row in needed.slots if row.location in places)
    return slots * needed.slot_minutes / MINUTES_PER_HOUR

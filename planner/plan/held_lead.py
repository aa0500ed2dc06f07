"""Slots a week that hold the lead-time targets in the simulated book, not only in the formula.

The formula (`planner.model.requirement_lead`) sees each location alone, with customers who take
the next slot; in the book they wish for late dates, go elsewhere, cancel and stay away.  So the
book is played with the formula's slots, as if they had been offered for all the weeks before, and
where a target is missed on the mean of its weeks, slots are added step by step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.place import Location
from planner.domain.target import Sense, Target
from planner.model.requirement_lead import LEADS, CounterHours
from planner.parallel import ordered_map
from planner.sim.booking import simulate_booking
from planner.sim.booking_measures import booking_measures
from planner.units import MINUTES_PER_HOUR

#: What is added where a target is missed, as a share of the slots; and how often at the most.
STEP, ROUNDS = 0.05, 16

Key = tuple[str, str, str, str]
Say = Callable[[str, float | None, str], None]


@dataclass(frozen=True)
class LeadTrial:
    """The weeks on which the book is played: replications 0, 1, … of a seed."""

    seed: int
    replications: int
    jobs: int = 1


@dataclass(frozen=True)
class HeldLead:
    """Counter hours found [h a week], and the locations whose targets they do not hold."""

    hours: tuple[CounterHours, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Factors:
    """Factors on the appointment desks by code of the location, the same every day."""

    by_code: tuple[float, ...]

    def __call__(self, location: int, _day: int) -> float:
        return self.by_code[location]


def held_lead(
    case: PlanningCase,
    hours: tuple[CounterHours, ...],
    trial: LeadTrial,
    say: Say = lambda _phase, _share, _detail: None,
    stop: Callable[[], bool] = lambda: False,
) -> HeldLead:
    """Return counter hours with as many slots as the lead targets need in the simulated book.

    Parameters
    ----------
    hours : tuple of CounterHours
        Where to begin; locations without desks for appointments stay as they are.
    stop : callable
        True once the caller wants what there is.
    """
    say("lead", 0.0, "")
    missed = _missed(case, hours, trial)
    for number in range(ROUNDS):
        say("lead", number / ROUNDS, f"{len(missed)} locations miss")
        if not missed or stop():
            break
        hours = tuple(_more(row) if row.location in missed else row for row in hours)
        missed = _missed(case, hours, trial)
    return HeldLead(hours, tuple(sorted(missed)))


def _more(row: CounterHours) -> CounterHours:
    return replace(
        row,
        slots_per_week=(1.0 + STEP) * row.slots_per_week,
        needed_hours=(1.0 + STEP) * row.needed_hours,
    )


def _missed(
    case: PlanningCase, hours: tuple[CounterHours, ...], trial: LeadTrial
) -> frozenset[str]:
    """Return the locations that miss a target, and all of an area that misses one as a whole."""
    found = _played(case, _factors(case, hours), trial)
    offered = {row.location for row in hours if row.nominal_hours > 0}
    missed: set[str] = set()
    for target in (target for target in case.targets if target.measure in LEADS):
        for (scope, name, area, measure), value in found.items():
            asked = (scope, area, measure) == (target.scope, target.area, target.measure)
            if asked and not _holds(target, value):
                missed |= {
                    place.id for place in case.locations if _within(place, scope, name, area)
                }
    return frozenset(missed & offered)


def _within(place: Location, scope: str, name: str, area: str) -> bool:
    if place.area != area:
        return False
    return scope == "city" or name == {"location": place.id, "district": place.district}.get(scope)


def _holds(target: Target, value: float) -> bool:
    return value <= target.limit if target.sense is Sense.AT_MOST else value >= target.limit


def _factors(case: PlanningCase, hours: tuple[CounterHours, ...]) -> _Factors:
    by_place = {
        row.location: row.slots_per_week
        * case.location(row.location).slot_minutes
        / (MINUTES_PER_HOUR * row.nominal_hours)
        for row in hours
        if row.nominal_hours > 0
    }
    return _Factors(tuple(by_place.get(place.id, 1.0) for place in case.locations))


def _played(case: PlanningCase, factors: _Factors, trial: LeadTrial) -> Mapping[Key, float]:
    """Return the mean of every lead measure over the weeks."""
    play = partial(_rows, case, factors, trial.seed)
    rows = list(ordered_map(play, range(trial.replications), trial.jobs))
    keys = sorted({key for row in rows for key in row})
    return {key: float(np.mean([row[key] for row in rows if key in row])) for key in keys}


def _rows(case: PlanningCase, factors: _Factors, seed: int, number: int) -> dict[Key, float]:
    booking = simulate_booking(case, seed, number, scale=factors)
    return {
        (scope, name, area, measure): value
        for scope, name, area, _channel, measure, _unit, value in booking_measures(case, booking)
        if measure in LEADS
    }

"""Posting of what the locations need: cover, presence, duties, desks, back office."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.place import Interval
from planner.domain.requirement import Requirement
from planner.model.roster.arrays import Ints, Places
from planner.model.roster.clockwork import Clockwork, duties
from planner.model.roster.names import Names
from planner.model.roster.postings import posted
from planner.model.roster.training import Beside, training
from planner.rules.back_office import BackOffice
from planner.rules.building_hours import BuildingHours
from planner.rules.coverage_over import CoverageOver
from planner.rules.coverage_short import CoverageShort
from planner.rules.desks_not_exceeded import DesksNotExceeded
from planner.rules.minimum_presence import MinimumPresence
from planner.rules.opening_closing_duty import OpeningClosingDuty

NO_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class PlaceArrays:
    """``places``, and the price of what no shift can reach, paid by every roster [points]."""

    places: Places
    unreachable: float


def place_arrays(
    case: PlanningCase,
    requirement: Requirement,
    clock: Clockwork,
    names: Names,
    beside: Beside,
) -> PlaceArrays:
    """Return what the locations of ``case`` need, in cells, and who is there beside the plan."""
    short, over = posted(case, CoverageShort), posted(case, CoverageOver)
    per_cell = clock.minutes / requirement.slot_minutes
    first, last = _staffed(case, clock)
    need, need_missed = _need(case, requirement, clock, names)
    present, present_missed = _presence(case, requirement, clock, names)
    short_price = short.price if short else 0.0
    rows = len(names.rows)
    prices = np.array([_price(posted(case, MinimumPresence)), _duty_price(case)])
    trained = training(case, clock, names, beside)
    missed = short_price * need_missed + float(prices @ present_missed)
    back = posted(case, BackOffice)
    return PlaceArrays(
        Places(
            first=first,
            last=last,
            desks=_desks(case),
            row_place=np.array([place for place, _ in names.rows], np.int64),
            need=need,
            short=np.full(rows, short_price * per_cell),
            over=np.full(rows, (over.price if over else 0.0) * per_cell),
            present_need=present,
            present_price=prices * per_cell,
            back_need=_back_office(requirement, names) / clock.minutes,
            back_price=(back.price if back else 0.0) * clock.minutes / 60,
            learner_price=trained.learner_price,
            experienced=trained.experienced,
            learners=trained.learners,
        ),
        missed / requirement.slot_minutes,
    )


def _price(rule: MinimumPresence | None) -> float:
    return rule.price if rule else 0.0


def _duty_price(case: PlanningCase) -> float:
    rule = posted(case, OpeningClosingDuty)
    return rule.price if rule else 0.0


def _staffed(case: PlanningCase, clock: Clockwork) -> tuple[Ints, Ints]:
    """Return first and last staffed cell by location and day."""
    shape = (len(case.locations), case.horizon.days)
    first, last = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    bound = posted(case, BuildingHours) is not None
    for i, location in enumerate(case.locations):
        for d, day in enumerate(case.horizon.dates):
            doors = location.opening.on(day, case.horizon)
            if not bound:
                last[i, d] = clock.cells
            elif doors:
                opens = doors[0].start_minute - location.staffed_before_minutes
                closes = doors[-1].end_minute + location.staffed_after_minutes
                first[i, d] = clock.at_or_after(opens)
                last[i, d] = max(first[i, d], clock.at_or_before(closes))
    return first, last


def _desks(case: PlanningCase) -> Ints:
    if posted(case, DesksNotExceeded) is None:
        return np.full(len(case.locations), NO_LIMIT)
    return np.array([location.desks for location in case.locations], np.int64)


def _need(
    case: PlanningCase, requirement: Requirement, clock: Clockwork, names: Names
) -> tuple[Ints, float]:
    """Return the people required by row, and the desk minutes that no shift can reach."""
    rows = {row: k for k, row in enumerate(names.rows)}
    places = {name: i for i, name in enumerate(names.locations)}
    need = np.zeros((len(rows), len(names.days), clock.cells), np.int64)
    missed = 0.0
    for slot in requirement.slots:
        d = case.horizon.offset(slot.day)
        first, last, outside = clock.covered(_slot(slot.start_minute, requirement))
        if not 0 <= d < len(names.days):
            first, last, outside = 0, 0, requirement.slot_minutes
        missed += slot.desks * outside
        need[rows[places[slot.location], slot.skill], d % len(names.days), first:last] += slot.desks
    return need, missed


def _presence(
    case: PlanningCase, requirement: Requirement, clock: Clockwork, names: Names
) -> tuple[Ints, Ints]:
    """Return the people to be present (2, L, D, C), and the people minutes out of reach (2,)."""
    places = {name: i for i, name in enumerate(names.locations)}
    need = np.zeros((2, len(places), len(names.days), clock.cells), np.int64)
    missed = np.zeros(2, np.int64)
    for slot in requirement.presence:
        d = case.horizon.offset(slot.day)
        first, last, outside = clock.covered(_slot(slot.start_minute, requirement))
        if not 0 <= d < len(names.days):
            first, last, outside = 0, 0, requirement.slot_minutes
        missed[0] += slot.desks * outside
        need[0, places[slot.location], d % len(names.days), first:last] = slot.desks
    rule = posted(case, OpeningClosingDuty)
    people = rule.people if rule else 0
    for i, location in enumerate(case.locations):
        for d, day in enumerate(names.days):
            for duty in duties(case, location, location.opening.on(day, case.horizon)):
                first, last, outside = clock.covered(duty)
                missed[1] += people * outside
                need[1, i, d, first:last] = people
    return need, missed


def _slot(start_minute: int, requirement: Requirement) -> Interval:
    return Interval(start_minute, start_minute + requirement.slot_minutes)


def _back_office(
    requirement: Requirement, names: Names
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    minutes = dict(requirement.back_office_minutes)
    return np.array([float(minutes.get(name, 0)) for name in names.locations])

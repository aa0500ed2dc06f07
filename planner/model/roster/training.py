"""Posting of the rule that trainees work beside an experienced person.

The price of a cell is a product: trainees present times nobody experienced present.  So one person
more changes it by a number that everybody's exact pricing can see (``compiled_cover.alone``), in
both directions: a trainee pays where nobody experienced is, an experienced person earns what the
trainees there would pay.  Nobody at work pays nothing, hence the empty roster stays lawful where
the rule is law.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.roster import Activity, Assignment, Roster
from planner.domain.staff import Employee
from planner.model.roster.arrays import ALONE, Floats, Ints
from planner.model.roster.clockwork import Clockwork
from planner.model.roster.names import Names
from planner.model.roster.postings import hard, posted, posted_anywhere
from planner.rules.trainee_beside_experienced import TraineeBesideExperienced

#: Class of people who neither are left alone at a price nor keep others company.
NEITHER = -1


class Beside(NamedTuple):
    """People who are at work but are not planned, and their roster."""

    employees: tuple[Employee, ...] = ()
    roster: Roster = Roster()


class Training(NamedTuple):
    """What ``Places`` holds of trainees: see there."""

    learner_price: Floats
    experienced: Ints
    learners: Ints


def training(case: PlanningCase, clock: Clockwork, names: Names, beside: Beside) -> Training:
    """Return the prices of trainees alone by class, and who is there but is not planned."""
    hourly = hourly_prices(case)
    shape = (len(names.locations), len(names.days), clock.cells)
    experienced, learners = np.zeros(shape, np.int64), np.zeros((len(hourly), *shape), np.int64)
    people = {employee.id: employee for employee in beside.employees}
    for shift in beside.roster.assignments if hourly else ():
        if shift.employee not in people or shift.location not in names.locations:
            continue
        person, place = people[shift.employee], names.locations.index(shift.location)
        learner = learner_class(case, person)
        for d, first, last in _worked(shift, clock, names, inwards=is_experienced(person)):
            if is_experienced(person):
                experienced[place, d, first:last] += 1
            elif learner != NEITHER:
                learners[learner, place, d, first:last] += 1
    per_cell = [ALONE if price == np.inf else price * clock.minutes / 60 for price in hourly]
    return Training(np.array(per_cell, np.float64), experienced, learners)


def hourly_prices(case: PlanningCase) -> list[float]:
    """Return the prices of an hour alone that a contract group has, infinite where forbidden."""
    return sorted({_price(rule) for rule in posted_anywhere(case, TraineeBesideExperienced)})


def learner_class(case: PlanningCase, employee: Employee) -> int:
    """Return the place of the employee's price in ``hourly_prices``; ``NEITHER`` for others."""
    rule = posted(case, TraineeBesideExperienced, employee.contract_group)
    if rule is None or not employee.trainee:
        return NEITHER
    return hourly_prices(case).index(_price(rule))


def is_experienced(employee: Employee) -> bool:
    """Tell whether trainees may work beside ``employee``."""
    return not employee.trainee


def _price(rule: TraineeBesideExperienced) -> float:
    return np.inf if hard(rule) else rule.price


def _worked(
    shift: Assignment, clock: Clockwork, names: Names, inwards: bool
) -> Iterator[tuple[int, int, int]]:
    """Yield day, first and last cell of the work of ``shift``; part of a cell counts outwards."""
    if shift.day not in names.days:
        return
    d = names.days.index(shift.day)
    for piece in shift.pieces:
        if piece.activity is Activity.BREAK:
            continue
        start, end = piece.start_minute, piece.end_minute
        if inwards:
            yield d, clock.at_or_after(start), clock.at_or_before(end)
        else:
            yield d, clock.at_or_before(start), clock.at_or_after(end)

"""Repairs of a two-day office by plain enumeration of every roster, and cases to try them on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from itertools import product

import numpy as np

from planner.domain.case import PlanningCase, ShiftRules
from planner.domain.change import ChangePrices
from planner.domain.requirement import Requirement, SlotRequirement
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.domain.rule import Severity
from planner.domain.staff import Employee
from planner.model.lines.chance import Chance
from planner.model.repair.original import Wanted
from planner.rules.audit import audit, lawful, penalty_by_rule
from planner.rules.coverage_over import CoverageOver
from planner.rules.coverage_short import CoverageShort
from planner.rules.minimum_presence import MinimumPresence
from planner.rules.trainee_beside_experienced import TraineeBesideExperienced
from tests.roster.miniature import TUESDAY, a_mini, a_worker

DAYS = (TUESDAY, TUESDAY + timedelta(days=1))
#: Four hours, from every second hour: too short for a break.
STARTS = (480, 600, 720, 840)
LENGTH = 240
CELLS = range(480, 1080, 60)
NO_WORK_PRICE = ChangePrices(work=0.0)
NOTHING_ASKED = Requirement(60, (), (), ())

#: Start of the shift on each day; None: a day off.
Line = tuple[int | None, int | None]


@dataclass(frozen=True)
class Office:
    """A case, its requirement and the roster before somebody fell ill."""

    case: PlanningCase
    requirement: Requirement
    before: tuple[Line, ...]

    @property
    def roster(self) -> Roster:
        """The roster before."""
        people = zip(self.case.employees, self.before, strict=True)
        return Roster.of([shift for person, line in people for shift in shifts(person.id, line)])

    def without(self, day: date) -> PlanningCase:
        """Return the case in which the first person is absent on ``day``."""
        first, *others = self.case.employees
        return replace(self.case, employees=(replace(first, absent=(day,)), *others))


def shifts(employee: str, line: Line) -> list[Assignment]:
    """Return a line as assignments behind the counter."""
    return [
        Assignment(
            *(employee, day, "north", start, start + LENGTH),
            (Piece(start, start + LENGTH, Activity.BACK_OFFICE),),
        )
        for day, start in zip(DAYS, line, strict=True)
        if start is not None
    ]


def an_office(seed: int) -> Office:
    """Return a small office drawn from ``seed``: four people, two skills, two days."""
    chance = Chance(seed)
    staff = tuple(_person(n, chance) for n in range(4))
    case = a_mini(TUESDAY, 2, *staff, off=("opening_closing_duty", "trainee_beside_experienced"))
    north, south = case.locations
    case = replace(
        case,
        locations=(replace(north, desks=9), south),
        shifts=ShiftRules(120, LENGTH, LENGTH, STARTS[0], STARTS[-1] + LENGTH),
    )
    lines = [_some_line(case, person, chance) for person in case.employees]
    need = [
        SlotRequirement("north", day, cell, skill, 1 + (chance.below(4) == 0))
        for day in DAYS
        for cell in CELLS
        for skill in ("reception", "residents")
        if chance.below(3)
    ]
    presence = tuple(SlotRequirement("north", day, 600, "", 2) for day in DAYS)
    return Office(case, Requirement(60, tuple(sorted(need)), (), presence), tuple(lines))


def wanted(office: Office, prices: ChangePrices = NO_WORK_PRICE) -> Wanted:
    """Return the order to mend the office's roster on its first day."""
    return Wanted(office.roster, frozenset(), frozenset(), frozenset(), DAYS[0], prices)


def lawful_lines(case: PlanningCase, person: Employee) -> list[Line]:
    """Return every line that breaks no hard rule about the person alone by the checks."""
    alone = _alone(case, person)
    return [
        line
        for line in product((None, *STARTS), (None, *STARTS))
        if lawful(audit(Roster.of(shifts(person.id, line)), alone, NOTHING_ASKED))
    ]


def own_price(case: PlanningCase, person: Employee, line: Line) -> float:
    """Return the price of a line by itself, by the checks [points]."""
    alone = _alone(case, person)
    return sum(
        penalty_by_rule(audit(Roster.of(shifts(person.id, line)), alone, NOTHING_ASKED)).values()
    )


def _alone(case: PlanningCase, person: Employee) -> PlanningCase:
    """Return the case with this person only, whom nobody needs beside."""
    return replace(case, employees=(replace(person, trainee=False),))


@dataclass(frozen=True)
class Enumerated:
    """Every roster: its price as a repair, its price of coverage, and people touched."""

    value: np.ndarray
    cover: np.ndarray
    touched: np.ndarray


def enumerate_repairs(office: Office, case: PlanningCase, prices: ChangePrices) -> Enumerated:
    """Return the figures of every roster; one axis a person, one entry a lawful line."""
    people = [(person, lawful_lines(case, person)) for person in case.employees]
    own, touched = [], []
    for (person, lines), before in zip(people, office.before, strict=True):
        changes = [_changes(person, line, before) for line in lines]
        own.append(
            [
                prices.own_share * own_price(case, person, line)
                + prices.person * bool(days)
                + sum(prices.shift + prices.near for _ in days)
                for line, days in zip(lines, changes, strict=True)
            ]
        )
        touched.append([bool(days) and not person.absent for days in changes])
    cover = _cover(office, case, people)
    return Enumerated(cover + _outer_sum(own), cover, _outer_sum(touched))


def _changes(person: Employee, line: Line, before: Line) -> list[date]:
    """Return the days with another shift that had not to change."""
    days = zip(DAYS, line, before, strict=True)
    return [day for day, now, was in days if now != was and day not in person.absent]


def _outer_sum(parts: Sequence[Sequence[float]]) -> np.ndarray:
    arrays = [np.asarray(part, float) for part in parts]
    return reduce(np.add.outer, arrays)


def _cover(
    office: Office, case: PlanningCase, people: list[tuple[Employee, list[Line]]]
) -> np.ndarray:
    """Return the price of coverage of every roster, each hour served in the best way."""
    total = np.zeros([len(lines) for _, lines in people])
    for day_index, day in enumerate(DAYS):
        for cell in CELLS:
            there = [
                np.array([_works(line[day_index], cell) for line in lines]) for _, lines in people
            ]
            both = [
                here * ("reception" in person.skills)
                for here, (person, _) in zip(there, people, strict=True)
            ]
            double = _outer_sum([list(one) for one in both]).astype(int)
            single = _outer_sum([list(one) for one in there]).astype(int) - double
            total += _hour_prices(office, case, day, cell)[single, double]
            total += _alone_prices(case, there, people)
    return total


def _alone_prices(
    case: PlanningCase, there: list[np.ndarray], people: list[tuple[Employee, list[Line]]]
) -> np.ndarray:
    """Return the price of trainees who are alone in an hour; infinite where that is law."""
    rule = next(rule for rule in case.rules if isinstance(rule, TraineeBesideExperienced))
    learning = [person.trainee for person, _ in people]
    pairs = list(zip(there, learning, strict=True))
    trainees = _outer_sum([list(here * yes) for here, yes in pairs])
    others = _outer_sum([list(here * (not yes)) for here, yes in pairs])
    alone = np.where(others > 0, 0.0, trainees)
    if rule.severity is Severity.HARD:
        return np.where(alone > 0, np.inf, 0.0)
    return alone * rule.price * (rule.severity is Severity.SOFT)


def _works(start: int | None, cell: int) -> int:
    return int(start is not None and start <= cell < start + LENGTH)


def _hour_prices(office: Office, case: PlanningCase, day: date, cell: int) -> np.ndarray:
    """Return the lowest price of an hour by people with one skill and people with both."""
    price = {type(rule): getattr(rule, "price", 0.0) for rule in case.rules}
    need = {
        slot.skill: slot.desks
        for slot in office.requirement.slots
        if (slot.day, slot.start_minute) == (day, cell)
    }
    present = sum(
        slot.desks
        for slot in office.requirement.presence
        if (slot.day, slot.start_minute) == (day, cell)
    )
    table = np.zeros((5, 5))
    for single, double in product(range(5), repeat=2):
        options = []
        for residents in range(single + double + 1):
            for reception in range(double + 1):
                if residents + reception > single + double:
                    continue
                served = {"residents": residents, "reception": reception}
                options.append(
                    sum(
                        price[CoverageShort] * max(0, need.get(skill, 0) - count)
                        + price[CoverageOver] * max(0, count - need.get(skill, 0))
                        for skill, count in served.items()
                    )
                )
        missing = max(0, present - single - double)
        table[single, double] = min(options) + price[MinimumPresence] * missing
    return table


def _person(n: int, chance: Chance) -> Employee:
    return a_worker(
        id=f"w{n}",
        locations=("north",),
        home="north",
        skills=("reception", "residents") if n % 2 or not chance.below(3) else ("residents",),
        contract_minutes=(840, 1260, 1680)[chance.below(3)],
        band_minutes=(60, 120, 240)[chance.below(3)],
        max_days=1 + min(1, chance.below(4)),
        late_balance=float(chance.below(3)),
    )


def _some_line(case: PlanningCase, person: Employee, chance: Chance) -> Line:
    lines = [line for line in lawful_lines(case, person) if line[0] is not None]
    return chance.pick(lines or lawful_lines(case, person))

"""At most so many shifts of a type in a week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Assignment, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.weeks import EmployeeWeek, employee_weeks
from planner.rules.wording import (
    Breach,
    day_de,
    day_en,
    found,
    number_de,
    number_en,
    say,
)
from planner.units import minute_to_clock


@dataclass(frozen=True, slots=True)
class ShiftType:
    """A type of shift: those that pass all of its tests; what is None is not asked.

    Attributes
    ----------
    name : str
        What findings call it.
    most : int
        Shifts of the type in a week at the most.
    start_before_minute : int or None
        The shift starts before this time of day (early) [min after midnight].
    end_after_minute : int or None
        The shift ends after this time of day (late) [min after midnight].
    min_paid_minutes : int or None
        The shift has at least so much work (long), breaks not counted [min].
    """

    name: str
    most: int
    start_before_minute: int | None = None
    end_after_minute: int | None = None
    min_paid_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class ShiftsOfType:
    """Nobody works more shifts of a type in a week than agreed; off unless a case names types.

    *MaxShifts* of Curtois and Qu (2014, Computational results on new staff scheduling benchmark
    instances), there by the shift type of a list, here by start, end and length.  There is no
    least number: who does not work keeps the rule.  A shift may be of several types and counts
    for each.  Weeks are those that are planned: seven days from the first one.  ``price`` is per
    shift too many.

    Attributes
    ----------
    types : tuple of ShiftType
        What is counted, each with its limit.
    """

    id: ClassVar[str] = "shifts_of_type"
    severity: Severity = Severity.OFF
    price: float = 10.0
    types: tuple[ShiftType, ...] = ()

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        german = "; ".join(f"{_meaning(kind, 'de')}: {kind.most}" for kind in self.types)
        english = "; ".join(f"{_meaning(kind, 'en')}: {kind.most}" for kind in self.types)
        return say(
            language,
            f"So viele Dienste je Art hat eine Woche höchstens: {german or '–'}.",
            f"A week has at most so many shifts of each type: {english or '–'}.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each employee, week and type with too many shifts."""
        for ew in employee_weeks(roster, case.employees, case.horizon):
            for kind in self.types:
                own = [shift for shift in ew.shifts if _is_of(shift, kind)]
                if len(own) > kind.most:
                    yield found(self, _breach(ew, kind, own), self.price)


def _is_of(shift: Assignment, kind: ShiftType) -> bool:
    early, late, paid = kind.start_before_minute, kind.end_after_minute, kind.min_paid_minutes
    return (
        (early is None or shift.start_minute < early)
        and (late is None or shift.end_minute > late)
        and (paid is None or shift.paid_minutes >= paid)
    )


def _breach(ew: EmployeeWeek, kind: ShiftType, own: list[Assignment]) -> Breach:
    who, monday, many = ew.employee.id, ew.week.first_day, len(own)
    over = sorted(shift.day for shift in own)[kind.most]
    return Breach(
        measured=many,
        limit=kind.most,
        unit="shifts",
        de=f"{who} hat in der Woche ab {day_de(monday)} {many} Dienste der Art "
        f"{_meaning(kind, 'de')}; erlaubt sind {kind.most}, ab {day_de(over)} ist es zu viel.",
        en=f"{who} has {many} shifts of the type {_meaning(kind, 'en')} in the week from "
        f"{day_en(monday)}; {kind.most} are allowed, from {day_en(over)} on it is too many.",
        employee=who,
        day=over,
        excess=many - kind.most,
    )


def _meaning(kind: ShiftType, language: str) -> str:
    """Return e.g. ``late (ends after 18:00)``."""
    tests = []
    if kind.start_before_minute is not None:
        clock = minute_to_clock(kind.start_before_minute)
        tests.append(say(language, f"Beginn vor {clock}", f"starts before {clock}"))
    if kind.end_after_minute is not None:
        clock = minute_to_clock(kind.end_after_minute)
        tests.append(say(language, f"Ende nach {clock}", f"ends after {clock}"))
    if kind.min_paid_minutes is not None:
        hours = kind.min_paid_minutes / 60
        tests.append(
            say(
                language,
                f"mindestens {number_de(hours)} Stunden Arbeit",
                f"at least {number_en(hours)} hours of work",
            )
        )
    return f"{kind.name} ({', '.join(tests)})"

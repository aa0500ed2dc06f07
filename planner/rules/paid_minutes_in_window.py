"""Working time over several weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.rules.weeks import EmployeeWeek, employee_weeks
from planner.rules.wording import Breach, day_de, day_en, found, number_de, number_en, say


@dataclass(frozen=True, slots=True)
class PaidMinutesInWindow:
    """In any ``weeks`` weeks in a row at most ``minutes`` of work; off unless a case asks.

    The default is eight hours on six working days over 24 weeks (ArbZG § 3): with it
    ``WeeklyAverage`` may allow longer single weeks.  Each planned week is judged with those before
    it, of which the ledger knows (``--after``, table ``history``; a week that it does not know had
    no work); what was too much before costs nothing more.  ``price`` is per hour beyond.

    Attributes
    ----------
    minutes : int
        Paid minutes at the most [min].
    weeks : int
        Length of the window; the ledger keeps half a year [weeks].
    """

    id: ClassVar[str] = "paid_minutes_in_window"
    severity: Severity = Severity.OFF
    price: float = 6.0
    minutes: int = 69120
    weeks: int = 24

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        hours = self.minutes / 60
        return say(
            language,
            f"In {self.weeks} Wochen hintereinander höchstens {number_de(hours)} Stunden Arbeit.",
            f"At most {number_en(hours)} hours of work in {self.weeks} weeks in a row.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each employee and week with work beyond the limit."""
        done = _minutes(roster, case)
        for ew in employee_weeks(roster, case.employees, case.horizon):
            mine = done[ew.employee.id]
            oldest = ew.week.first_day - timedelta(weeks=self.weeks - 1)
            total = sum(n for monday, n in mine.items() if oldest <= monday <= ew.week.first_day)
            beyond = min(ew.paid_minutes, total - self.minutes)
            if beyond > 0:
                yield found(self, self._breach(ew, total, beyond), self.price)

    def _breach(self, ew: EmployeeWeek, total: int, beyond: int) -> Breach:
        monday, who = ew.week.first_day, ew.employee.id
        return Breach(
            measured=total,
            limit=self.minutes,
            unit="min",
            de=f"{who} kommt mit der Woche ab {day_de(monday)} auf {number_de(total / 60)} Stunden "
            f"in {self.weeks} Wochen, erlaubt sind {number_de(self.minutes / 60)}.",
            en=f"With the week from {day_en(monday)} {who} has {number_en(total / 60)} hours in "
            f"{self.weeks} weeks, {number_en(self.minutes / 60)} are allowed.",
            employee=who,
            day=monday,
            excess=beyond / 60,
        )


def _minutes(roster: Roster, case: PlanningCase) -> dict[str, dict[date, int]]:
    """Return the paid minutes by employee and first day of the week, ledger and roster [min]."""
    done: dict[str, dict[date, int]] = {}
    for entry in case.ledger:
        done.setdefault(entry.employee, {})[entry.first_day] = entry.paid_minutes
    for ew in employee_weeks(roster, case.employees, case.horizon):
        done.setdefault(ew.employee.id, {})[ew.week.first_day] = ew.paid_minutes
    return done

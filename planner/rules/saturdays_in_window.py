"""Free Saturdays over several weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.domain.staff import SATURDAY
from planner.rules.weeks import EmployeeWeek, employee_weeks
from planner.rules.wording import Breach, day_de, day_en, found, number_de, number_en, say


@dataclass(frozen=True, slots=True)
class SaturdaysInWindow:
    """Of any ``weeks`` weeks in a row, Saturday is worked in at most ``saturdays``.

    Two free weekends in four is ``saturdays: 2, weeks: 4``: offices are closed on Sundays, so a
    weekend is free when its Saturday is.  Off unless a case asks for it.  Each planned week is
    judged with those before it, of which the ledger knows (``--after``, table ``history``; a week
    that it does not know had no Saturday); weeks that were too many before cost nothing more.
    ``price`` is per Saturday that is one too many.

    Attributes
    ----------
    saturdays : int
        Saturdays worked at the most.
    weeks : int
        Length of the window; the ledger keeps half a year [weeks].
    """

    id: ClassVar[str] = "saturdays_in_window"
    severity: Severity = Severity.OFF
    price: float = 10.0
    saturdays: int = 2
    weeks: int = 4

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            f"Samstags wird in höchstens {self.saturdays} von {self.weeks} Wochen hintereinander "
            "gearbeitet.",
            f"Saturday is worked in at most {self.saturdays} of {self.weeks} weeks in a row.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each employee and week whose Saturday is one too many."""
        done = _saturdays(roster, case)
        for ew in employee_weeks(roster, case.employees, case.horizon):
            mine = done[ew.employee.id]
            here = mine[ew.week.first_day]
            oldest = ew.week.first_day - timedelta(weeks=self.weeks - 1)
            total = sum(n for monday, n in mine.items() if oldest <= monday <= ew.week.first_day)
            if here > 0 and total > self.saturdays:
                beyond = min(here, total - self.saturdays)
                yield found(self, self._breach(ew, total, beyond), self.price)

    def _breach(self, ew: EmployeeWeek, total: float, excess: float) -> Breach:
        monday, who = ew.week.first_day, ew.employee.id
        return Breach(
            measured=total,
            limit=self.saturdays,
            unit="shifts",
            de=f"{who} arbeitet in der Woche ab {day_de(monday)} am Samstag, dem "
            f"{number_de(total)}. in {self.weeks} Wochen; erlaubt: {self.saturdays}.",
            en=f"{who} works on the Saturday of the week from {day_en(monday)}, which makes "
            f"{number_en(total)} in {self.weeks} weeks; allowed: {self.saturdays}.",
            employee=who,
            day=monday,
            excess=excess,
        )


def _saturdays(roster: Roster, case: PlanningCase) -> dict[str, dict[date, float]]:
    """Return the Saturdays worked by employee and first day of the week, ledger and roster."""
    done: dict[str, dict[date, float]] = {}
    for entry in case.ledger:
        done.setdefault(entry.employee, {})[entry.first_day] = entry.done.saturdays
    for ew in employee_weeks(roster, case.employees, case.horizon):
        days = {shift.day for shift in ew.shifts if shift.day.weekday() == SATURDAY}
        done.setdefault(ew.employee.id, {})[ew.week.first_day] = float(len(days))
    return done

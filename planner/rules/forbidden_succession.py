"""No early shift on the day after a late one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Assignment, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, say
from planner.units import minute_to_clock


@dataclass(frozen=True, slots=True)
class ForbiddenSuccession:
    """After a late shift the next day does not begin early; an agreement, off unless a case asks.

    Beyond the rest of ``MinRest``: shifts are *late* and *early* by the clock, whatever lies
    between.  The last shift before the horizon counts (``last_end`` of the employee).

    Attributes
    ----------
    late_end_minute : int
        A shift that ends after this time of day is late [min after midnight].
    early_start_minute : int
        A shift that starts before this time of day is early [min after midnight].
    """

    id: ClassVar[str] = "forbidden_succession"
    severity: Severity = Severity.OFF
    late_end_minute: int = 1050
    early_start_minute: int = 540

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        late, early = (
            minute_to_clock(self.late_end_minute),
            minute_to_clock(self.early_start_minute),
        )
        return say(
            language,
            f"Nach einer Spätschicht (Ende nach {late}) beginnt der nächste Tag nicht vor {early}.",
            f"After a late shift (end after {late}) the next day does not begin before {early}.",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each early shift on the day after a late one."""
        late = {
            (shift.employee, shift.day): shift.end_minute
            for shift in roster.assignments
            if shift.end_minute > self.late_end_minute
        }
        for employee in case.employees:
            last = employee.last_end
            if last and last.hour * 60 + last.minute > self.late_end_minute:
                late[employee.id, last.date()] = last.hour * 60 + last.minute
        for shift in roster.assignments:
            before = (shift.employee, shift.day - timedelta(days=1))
            if before in late and shift.start_minute < self.early_start_minute:
                yield found(self, self._breach(shift, before[1], late[before]))

    def _breach(self, shift: Assignment, before: date, end: int) -> Breach:
        start, ended = minute_to_clock(shift.start_minute), minute_to_clock(end)
        return Breach(
            measured=shift.start_minute,
            limit=self.early_start_minute,
            unit="min",
            de=f"{shift.employee} beginnt am {day_de(shift.day)} um {start}, nach einer "
            f"Spätschicht bis {ended} am {day_de(before)}.",
            en=f"{shift.employee} begins at {start} on {day_en(shift.day)}, after a late shift "
            f"until {ended} on {day_en(before)}.",
            employee=shift.employee,
            location=shift.location,
            day=shift.day,
        )

"""Rest between two days of work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import ClassVar
from zoneinfo import ZoneInfo

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Assignment, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, number_de, number_en, say


@dataclass(frozen=True, slots=True)
class MinRest:
    """At least ``hours`` between the end of a shift and the next start [h] (ArbZG § 5: eleven).

    Measured in real time: in the night in which the clock goes forward an hour is missing.  The
    last shift before the horizon counts (``last_end`` of the employee).
    """

    id: ClassVar[str] = "min_rest"
    severity: Severity = Severity.HARD
    hours: float = 11.0

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        return say(
            language,
            f"Mindestens {number_de(self.hours)} Stunden Ruhe zwischen zwei Arbeitstagen "
            "(§ 5 ArbZG).",
            f"At least {number_en(self.hours)} hours of rest between two working days (ArbZG § 5).",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each pair of successive shifts that are too close."""
        zone = ZoneInfo(case.horizon.zone)
        for shifts in roster.by_employee().values():
            for first, second in pairwise(shifts):
                rest = _instant(second.day, second.start_minute, zone) - _instant(
                    first.day, first.end_minute, zone
                )
                hours = rest / timedelta(hours=1)
                if first.day != second.day and hours < self.hours:
                    yield found(self, _breach(second, hours, self.hours))
        yield from self._after_last_week(roster, case, zone)

    def _after_last_week(
        self, roster: Roster, case: PlanningCase, zone: ZoneInfo
    ) -> Iterator[Finding]:
        shifts = roster.by_employee()
        for employee in case.employees:
            if employee.last_end is None or employee.id not in shifts:
                continue
            first = shifts[employee.id][0]
            ended = employee.last_end.replace(tzinfo=zone).astimezone(UTC)
            hours = (_instant(first.day, first.start_minute, zone) - ended) / timedelta(hours=1)
            if hours < self.hours:
                yield found(self, _breach(first, hours, self.hours))


def _instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the instant of a local clock time; minute 1440 is midnight of the next day."""
    days, rest = divmod(minute, 1440)
    clock = time(rest // 60, rest % 60)
    local = datetime.combine(day + timedelta(days=days), clock, tzinfo=zone)
    return local.astimezone(UTC)


def _breach(second: Assignment, hours: float, limit: float) -> Breach:
    return Breach(
        measured=hours,
        limit=limit,
        unit="h",
        de=f"{second.employee} hat vor der Schicht am {day_de(second.day)} nur "
        f"{number_de(hours)} Stunden Ruhe, nötig sind {number_de(limit)}.",
        en=f"{second.employee} has only {number_en(hours)} hours of rest before the shift on "
        f"{day_en(second.day)}, {number_en(limit)} are needed.",
        employee=second.employee,
        location=second.location,
        day=second.day,
    )

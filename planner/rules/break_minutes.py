"""Breaks long enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Assignment, Roster
from planner.domain.rule import Finding, Severity
from planner.rules.wording import Breach, day_de, day_en, found, number_de, number_en, say


@dataclass(frozen=True, slots=True)
class BreakMinutes:
    """Breaks by length of the working day (ArbZG § 4), in blocks.

    Attributes
    ----------
    short_after, short_minutes : int
        Work of more than ``short_after`` needs breaks of ``short_minutes`` in all [min].
    long_after, long_minutes : int
        Work of more than ``long_after`` needs breaks of ``long_minutes`` in all [min].
    block_minutes : int
        A break counts only from this length on [min].
    clear_minutes : int
        No break within the first or the last ``clear_minutes`` of a shift: it interrupts work
        [min].
    """

    id: ClassVar[str] = "break_minutes"
    severity: Severity = Severity.HARD
    short_after: int = 360
    short_minutes: int = 30
    long_after: int = 540
    long_minutes: int = 45
    block_minutes: int = 15
    clear_minutes: int = 60

    def statement(self, language: str) -> str:
        """Return the rule in one sentence."""
        short, long = self.short_after / 60, self.long_after / 60
        return say(
            language,
            f"Pausen von {self.short_minutes} Minuten bei mehr als {number_de(short)} Stunden "
            f"Arbeit und {self.long_minutes} Minuten bei mehr als {number_de(long)} Stunden, in "
            f"Blöcken von mindestens {self.block_minutes} Minuten, nicht in den ersten und letzten "
            f"{self.clear_minutes} Minuten der Schicht (§ 4 ArbZG).",
            f"Breaks of {self.short_minutes} minutes for more than {number_en(short)} hours of "
            f"work and {self.long_minutes} minutes for more than {number_en(long)} hours, in "
            f"blocks of at least {self.block_minutes} minutes, not in the first and the last "
            f"{self.clear_minutes} minutes of the shift (ArbZG § 4).",
        )

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield one finding for each shift with too little break or a break at its edge."""
        for a in roster.assignments:
            needed = 0
            if a.paid_minutes > self.short_after:
                needed = self.short_minutes
            if a.paid_minutes > self.long_after:
                needed = self.long_minutes
            counted = sum(p.minutes for p in a.breaks if p.minutes >= self.block_minutes)
            if counted < needed:
                yield found(self, _too_short(a, counted, needed))
            for pause in a.breaks:
                clear = min(pause.start_minute - a.start_minute, a.end_minute - pause.end_minute)
                if clear < self.clear_minutes:
                    yield found(self, _at_edge(a, clear, self.clear_minutes))


def _too_short(a: Assignment, counted: int, needed: int) -> Breach:
    return Breach(
        measured=counted,
        limit=needed,
        unit="min",
        de=f"{a.employee} hat am {day_de(a.day)} {counted} Minuten Pause, nötig sind {needed}.",
        en=f"{a.employee} has {counted} minutes of break on {day_en(a.day)}, {needed} are needed.",
        employee=a.employee,
        location=a.location,
        day=a.day,
    )


def _at_edge(a: Assignment, clear: int, needed: int) -> Breach:
    return Breach(
        measured=clear,
        limit=needed,
        unit="min",
        de=f"{a.employee}: Pause am {day_de(a.day)} nur {clear} Minuten vom Rand der Schicht, "
        f"nötig sind {needed}.",
        en=f"{a.employee}: break on {day_en(a.day)} only {clear} minutes from the edge of the "
        f"shift, {needed} are needed.",
        employee=a.employee,
        location=a.location,
        day=a.day,
    )

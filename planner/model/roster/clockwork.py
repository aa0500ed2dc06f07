"""Minutes and cells: the finest step of the day that shifts, breaks and the requirement share."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

from planner.domain.case import PlanningCase
from planner.domain.place import Interval, Location
from planner.domain.requirement import Requirement
from planner.model.roster.postings import posted
from planner.rules.opening_closing_duty import OpeningClosingDuty


@dataclass(frozen=True, slots=True)
class Clockwork:
    """The cells of a day: ``cells`` of ``minutes`` each from ``start_minute`` on [min]."""

    minutes: int
    start_minute: int
    cells: int

    def minute(self, cell: int) -> int:
        """Return the minute of the day at which ``cell`` begins [min]."""
        return self.start_minute + int(cell) * self.minutes

    def at_or_after(self, minute: int) -> int:
        """Return the first cell border not before ``minute``, within the day."""
        return self._inside(-((self.start_minute - minute) // self.minutes))

    def at_or_before(self, minute: int) -> int:
        """Return the last cell border not after ``minute``, within the day."""
        return self._inside((minute - self.start_minute) // self.minutes)

    def covered(self, interval: Interval) -> tuple[int, int, int]:
        """Return first and last cell border of ``interval`` and the minutes outside the cells.

        Borders of requirements and duties lie on cell borders by construction.
        """
        first = self.at_or_after(interval.start_minute)
        last = max(first, self.at_or_before(interval.end_minute))
        return first, last, interval.minutes - (last - first) * self.minutes

    def _inside(self, cell: int) -> int:
        return min(self.cells, max(0, cell))


def clockwork(case: PlanningCase, requirement: Requirement) -> Clockwork:
    """Return the cells for ``case``: the greatest step on which every border lies."""
    shifts = case.shifts
    minutes = gcd(shifts.start_step_minutes, requirement.slot_minutes)
    for location in case.locations:
        for day in case.horizon.dates:
            doors = location.opening.on(day, case.horizon)
            for duty in duties(case, location, doors):
                minutes = gcd(minutes, duty.start_minute, duty.end_minute)
    start = shifts.earliest_minute // minutes * minutes
    return Clockwork(minutes, start, -((start - shifts.latest_minute) // minutes))


def duties(
    case: PlanningCase, location: Location, doors: tuple[Interval, ...]
) -> tuple[Interval, ...]:
    """Return the opening and closing duty of a day with these open intervals."""
    rule = posted(case, OpeningClosingDuty)
    if rule is None or not doors or not location.minimum_presence:
        return ()
    if location.constant_desks is not None:
        return ()
    opens, closes = doors[0].start_minute, doors[-1].end_minute
    before = Interval(opens - min(rule.minutes, location.staffed_before_minutes), opens)
    after = Interval(closes, closes + min(rule.minutes, location.staffed_after_minutes))
    return tuple(duty for duty in (before, after) if duty.minutes > 0)

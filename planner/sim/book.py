"""The appointment book in plain Python: free units by location, day and slot.

The readable half of the reference engine; ``booking_compiled`` holds the same state in arrays.
"""

from __future__ import annotations

from planner.sim.book_layout import BookLayout
from planner.units import MS_PER_DAY


class Book:
    """Free units of every slot, and on which days a service of a given length can be booked.

    Parameters
    ----------
    layout : BookLayout
        The empty book; nothing is released yet.
    lengths : sorted list of int
        Numbers of slots that services take.
    """

    def __init__(self, layout: BookLayout, lengths: list[int]) -> None:
        self.starts_ms: list[list[list[int]]] = layout.start_ms.tolist()
        self._run: list[list[list[int]]] = layout.run.tolist()
        self._weekday: list[int] = layout.weekday.tolist()
        self._units = layout.units
        self._lengths = lengths
        sites, days, slots = layout.units.shape[1:]
        self._free = [[[0] * slots for _ in range(days)] for _ in range(sites)]
        self._bookable = {k: [bytearray(days) for _ in range(sites)] for k in lengths}

    def release(self, tranche: int, site: int, day: int) -> None:
        """Make the units of ``tranche`` at ``site`` on ``day`` bookable (B2)."""
        free = self._free[site][day]
        for slot, units in enumerate(self._units[tranche, site, day].tolist()):
            free[slot] += units
        self._note(site, day)

    def take(self, site: int, day: int, slot: int, length: int) -> None:
        """Take one unit of ``length`` slots from ``slot`` on (B4)."""
        self._change(site, day, range(slot, slot + length), -1)

    def give_back(self, site: int, day: int, slot: int, length: int) -> None:
        """Return the units of a cancelled booking (B13)."""
        self._change(site, day, range(slot, slot + length), +1)

    def first_day(self, site: int, length: int, days: tuple[int, int], bound_ms: int) -> int:
        """Return the first day in ``days`` (both included) with a start slot, -1 if none (B5).

        Parameters
        ----------
        bound_ms : int
            Earliest start [ms after the first simulated midnight].
        """
        first, last = max(days[0], bound_ms // MS_PER_DAY), days[1]
        if first == bound_ms // MS_PER_DAY and first <= last:
            if self.start_slots(site, first, length, bound_ms):
                return first
            first += 1
        if first > last:
            return -1
        return self._bookable[length][site].find(1, first, last + 1)

    def start_slots(self, site: int, day: int, length: int, bound_ms: int) -> list[int]:
        """Return the slots of ``day`` at which ``length`` slots can be booked, in order."""
        if not self._bookable[length][site][day]:
            return []
        earliest = bound_ms - day * MS_PER_DAY
        weekday = self._weekday[day]
        starts, run, free = (
            self.starts_ms[site][weekday],
            self._run[site][weekday],
            self._free[site][day],
        )
        return [
            slot
            for slot in range(len(free))
            if free[slot]
            and run[slot] >= length
            and starts[slot] >= earliest
            and all(free[slot : slot + length])
        ]

    def third_next(self, site: int, days: tuple[int, int], bound_ms: int, third: int) -> int:
        """Return the first day by which ``third`` units are free after ``bound_ms``, -1 if none."""
        seen = 0
        for day in range(days[0], days[1] + 1):
            earliest = bound_ms - day * MS_PER_DAY
            starts = self.starts_ms[site][self._weekday[day]]
            free = self._free[site][day]
            seen += sum(
                units for units, start in zip(free, starts, strict=True) if start >= earliest
            )
            if seen >= third:
                return day
        return -1

    def _change(self, site: int, day: int, slots: range, units: int) -> None:
        free = self._free[site][day]
        for slot in slots:
            free[slot] += units
        self._note(site, day)

    def _note(self, site: int, day: int) -> None:
        """Write down for which lengths the day has a start slot."""
        run, free = self._run[site][self._weekday[day]], self._free[site][day]
        for length in self._lengths:
            self._bookable[length][site][day] = any(
                free[slot] and run[slot] >= length and all(free[slot : slot + length])
                for slot in range(len(free))
            )

"""People by slot of one day as clerks of many stacked weeks, fast.

A search plays thousands of profiles that differ in few people.  Person number i of a group is there
in the slots with more than i of the group and works alike in every week in which they are not
absent, so what a person's slots mean for the engine is worked out once and kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.domain.service import Discipline
from planner.model.shift_master import Profile
from planner.sim.engine import Clerks, Hand
from planner.sim.staffing import HANDS

#: Speed of everybody but trainees, per mille of a standard clerk's.
STANDARD_SPEED = 1000
_Pieces = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_], NDArray[np.int8]]


@dataclass(frozen=True)
class DayFrame:
    """What a day looks like in every stacked week.

    Attributes
    ----------
    starts : int64 array (slots,)
        Starts of the staffed slots in the first stacked week [ms].
    slot_ms : int
        Length of a slot [ms].
    doors : int64 array (intervals, 2)
        Opening and closing in the first stacked week [ms].
    masks : tuple of int
        Skills held, by group of people.
    apart : int
        People of a group are numbered from a multiple of this on.
    discipline : Discipline
        Whether who is there at closing stays until nobody waits (L11), and what becomes of a case
        in hand at the end of anybody's time (L16).
    """

    starts: NDArray[np.int64]
    slot_ms: int
    doors: NDArray[np.int64]
    masks: tuple[int, ...]
    apart: int
    discipline: Discipline


@dataclass(frozen=True)
class StackedPeople:
    """Turns profiles into clerks.

    Attributes
    ----------
    frame : DayFrame
        The day.
    offsets : int64 array (weeks,)
        Start of every stacked week [ms].
    away : tuple of frozenset of int
        Numbers of the people absent, by week.
    """

    frame: DayFrame
    offsets: NDArray[np.int64]
    away: tuple[frozenset[int], ...]
    _known: dict[tuple[int, bytes], _Pieces] = field(default_factory=dict, init=False)

    def clerks(self, profile: Profile) -> Clerks:
        """Return the people of a profile in every week, in order of number.

        Parameters
        ----------
        profile : tuple of int
            People by slot and, within a slot, by group.
        """
        masks = self.frame.masks
        people = np.array(profile, dtype=np.int64).reshape(-1, len(masks))
        numbers = [
            (group, number)
            for group, most in enumerate(people.max(axis=0, initial=0).tolist())
            for number in range(most)
        ]
        parts = [
            self._pieces(group * self.frame.apart + number, people[:, group] > number)
            for group, number in numbers
        ]
        lengths = [len(part[0]) for part in parts]
        first = np.cumsum([0, *lengths])
        held = np.array([masks[group] for group, _ in numbers], dtype=np.int64)
        starts, ends, stays, hands = (
            np.concatenate(column) for column in zip(self._nobody(), *parts, strict=True)
        )
        return Clerks(
            first=first.astype(np.int32),
            start=starts,
            end=ends,
            mask=np.repeat(held, lengths),
            pause=np.zeros(len(starts), dtype=np.int64),
            stays=stays,
            hands=hands,
            speed=np.full(len(parts), STANDARD_SPEED, dtype=np.int32),
        )

    def _nobody(self) -> _Pieces:
        return self._repeated(0, [])

    def _pieces(self, number: int, there: NDArray[np.bool_]) -> _Pieces:
        key = (number, there.tobytes())
        if key not in self._known:
            self._known[key] = self._repeated(number, self._of_one_day(there))
        return self._known[key]

    def _of_one_day(self, there: NDArray[np.bool_]) -> list[tuple[int, int]]:
        """Return the spans of neighbouring slots, cut to the open hours."""
        frame, spans = self.frame, list[tuple[int, int]]()
        for start in frame.starts[there].tolist():
            if spans and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], start + frame.slot_ms)
            else:
                spans.append((start, start + frame.slot_ms))
        cut = [
            (max(start, opening), min(end, closing))
            for start, end in spans
            for opening, closing in frame.doors.tolist()
        ]
        return [(start, end) for start, end in cut if start < end]

    def _repeated(self, number: int, spans: list[tuple[int, int]]) -> _Pieces:
        """Return the spans in every week in which the person is there."""
        there = self.offsets[[number not in away for away in self.away]]
        day = np.array(spans, dtype=np.int64).reshape(-1, 2)
        closes = np.isin(day[:, 1], self.frame.doors[:, 1])
        stays = closes & self.frame.discipline.stay_until_empty
        hands = np.where(closes, Hand.FINISH, HANDS[self.frame.discipline.busy_at_shift_end])
        return (
            (there[:, None] + day[:, 0]).ravel(),
            (there[:, None] + day[:, 1]).ravel(),
            np.tile(stays, len(there)),
            np.tile(hands.astype(np.int8), len(there)),
        )

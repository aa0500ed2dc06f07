"""How few people a repair must touch: a bound that needs no search.

In a cell of the day those whose shift of before covers it can serve as many desks as a matching of
people and skills allows (Hall 1935, J. London Math. Soc. 10), whatever they do now and wherever
their breaks lie.  What the mended roster covers beyond that takes as many people whose shifts
changed.
"""

from __future__ import annotations

import numpy as np

from planner.model.repair.original import Original
from planner.model.roster.arrays import OFF, Bools, Lines, Week


def fewest_people(week: Week, original: Original, mended: Lines) -> int:
    """Return a lower bound on the people with changed shifts in any roster that covers as much.

    "As much": in every cell at least as many required people serve, by skill, as in ``mended``.
    People who must change anyway (an absence, a closed building) are not counted.
    """
    changed = touched_people(original, mended)
    places = {
        (d, int(week.groups.place[mended.group[e, d]]))
        for e in changed
        for d in range(week.grid.days)
        if mended.group[e, d] != OFF
    }
    return max((_of_day(week, original, mended, d, place) for d, place in places), default=0)


def touched_people(original: Original, mended: Lines) -> tuple[int, ...]:
    """Return who has another shift than before without having had to change."""
    was = original.lines
    other = (mended.group != was.group) | (
        (was.group != OFF) & ((mended.start != was.start) | (mended.end != was.end))
    )
    return tuple(int(e) for e in np.flatnonzero(other.any(axis=1) & original.counted))


def _there(week: Week, lines: Lines, d: int, place: int) -> Bools:
    groups = lines.group[:, d]
    return np.asarray((groups != OFF) & (week.groups.place[groups] == place))


def _of_day(week: Week, original: Original, mended: Lines, d: int, place: int) -> int:
    was, rows = original.lines, np.flatnonzero(week.places.row_place == place)
    people = list(np.flatnonzero(_there(week, was, d, place) & original.counted))
    anywhere = _rows_of_the_free(week, original, d, place)
    most = 0
    for c in range(week.grid.cells):
        skills = [
            _rows_of(week, int(was.group[e, d]))
            for e in people
            if was.start[e, d] <= c < was.end[e, d]
        ]
        skills += anywhere
        asked: list[int] = []
        for k in rows:
            serving = int((mended.activity[:, d, c] == k)[mended.group[:, d] != OFF].sum())
            asked += [int(k)] * min(serving, int(week.places.need[k, d, c]))
        most = max(most, len(asked) - _matched(asked, skills))
    return most


def _rows_of_the_free(week: Week, original: Original, d: int, place: int) -> list[set[int]]:
    """Return what those could serve at ``place`` who may have any line without being counted."""
    staff, found = week.staff, []
    for e in np.flatnonzero(~original.counted & staff.free[:, d]):
        groups = staff.groups[staff.first_group[e] : staff.first_group[e + 1]]
        found += [_rows_of(week, int(g)) for g in groups if week.groups.place[g] == place]
    return found


def _rows_of(week: Week, group: int) -> set[int]:
    first, last = week.groups.first_row[group], week.groups.first_row[group + 1]
    return {int(k) for k in week.groups.rows[first:last]}


def _matched(asked: list[int], skills: list[set[int]]) -> int:
    """Return how many of the desks ``asked`` (by row) people with ``skills`` can serve at once."""
    holder: dict[int, int] = {}

    def place(desk: int, seen: set[int]) -> bool:
        for person, rows in enumerate(skills):
            if asked[desk] in rows and person not in seen:
                seen.add(person)
                if person not in holder or place(holder[person], seen):
                    holder[person] = desk
                    return True
        return False

    return sum(place(desk, set()) for desk in range(len(asked)))

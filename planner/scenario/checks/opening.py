"""Opening hours: in order, disjoint, and every location opens at some time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeVar

from planner.errors import Problem
from planner.scenario import row_models as rows
from planner.scenario.draft import Draft, Entry
from planner.scenario.field_types import WEEKDAYS
from planner.units import minute_to_clock

Timed = TypeVar("Timed", rows.OpeningRow, rows.ExceptionRow, rows.AppointmentDesksRow, rows.TimeRow)
Spans = dict[object, list[tuple[int, int, Entry[Timed]]]]


def closing_after_opening(draft: Draft) -> Iterator[Problem]:
    """Check that an interval ends after it starts."""
    yield from _backward(draft.all(rows.OpeningRow), "closes")
    yield from _backward(draft.all(rows.ExceptionRow), "closes")
    yield from _backward(draft.all(rows.AppointmentDesksRow), "ends")
    yield from _backward(draft.all(rows.TimeRow), "ends")


def hours_disjoint(draft: Draft) -> Iterator[Problem]:
    """Check that intervals of one location, or of one profile, and day do not overlap."""
    yield from _overlaps(
        (((row.value.location, row.value.weekday), row) for row in draft.all(rows.OpeningRow)),
        "opening hours",
    )
    yield from _overlaps(
        (((row.value.location, row.value.date), row) for row in draft.all(rows.ExceptionRow)),
        "opening hours",
    )
    desks = draft.all(rows.AppointmentDesksRow)
    yield from _overlaps(
        (((row.value.location, row.value.weekday), row) for row in desks), "appointment desks"
    )
    yield from _overlaps(
        (
            ((row.value.profile, weekday), row)
            for row in draft.all(rows.TimeRow)
            for weekday in row.value.weekdays
        ),
        "times",
    )


def exceptions_whole(draft: Draft) -> Iterator[Problem]:
    """Check that an exception has both start and end, or neither: then it is the day's only row."""
    days: dict[object, list[Entry[rows.ExceptionRow]]] = defaultdict(list)
    for entry in draft.all(rows.ExceptionRow):
        days[entry.value.location, entry.value.date].append(entry)
        if (entry.value.start is None) != (entry.value.end is None):
            yield entry.problem(
                "start" if entry.value.end is None else "end",
                "stands alone; give start and end, or neither for a closed day.",
            )
    for entries in days.values():
        closed = [entry for entry in entries if entry.value.start is entry.value.end is None]
        if closed and len(entries) > 1:
            yield closed[0].problem("", "closes a day that has opening hours in other rows.")


def locations_open(draft: Draft) -> Iterator[Problem]:
    """Check that every location opens at some time of the week or on an exceptional day."""
    opened = draft.column("opening_hours", "location") | draft.column(
        "opening_exceptions", "location"
    )
    if "opening_hours" in draft.unread:
        return
    for entry in draft.all(rows.LocationRow):
        if entry.value.id not in opened:
            yield entry.problem("id", "never opens.", "Give it rows in the table opening_hours.")


def _backward(entries: tuple[Entry[Timed], ...], verb: str) -> Iterator[Problem]:
    for entry in entries:
        start, end = entry.value.start, entry.value.end
        if start is not None and end is not None and end <= start:
            yield entry.problem(
                "end",
                f"is {minute_to_clock(end)}: it {verb} before it starts at "
                f"{minute_to_clock(start)}.",
                "Swap the two, or end at 24:00.",
            )


def _overlaps(
    keyed: Iterator[tuple[tuple[object, object], Entry[Timed]]], what: str
) -> Iterator[Problem]:
    days: dict[tuple[object, object], list[Entry[Timed]]] = defaultdict(list)
    for key, entry in keyed:
        if entry.value.start is not None and entry.value.end is not None:
            days[key].append(entry)
    for (_, when), entries in days.items():
        yield from _overlaps_of_day(entries, _day(when), what)


def _overlaps_of_day(entries: list[Entry[Timed]], day: str, what: str) -> Iterator[Problem]:
    ordered = sorted(entries, key=lambda entry: (entry.value.start or 0, entry.value.end or 0))
    for index, later in enumerate(ordered[1:]):
        earlier = ordered[index]
        start, end = later.value.start or 0, earlier.value.end or 0
        if start < end:
            yield later.problem(
                "start",
                f"is {minute_to_clock(start)}: the {what} of {day} overlap with "
                f"{_span(earlier)} at {earlier.node.origin}.",
                "Join the two rows or move one.",
            )


def _span(entry: Entry[Timed]) -> str:
    return f"{minute_to_clock(entry.value.start or 0)}-{minute_to_clock(entry.value.end or 0)}"


def _day(when: object) -> str:
    return WEEKDAYS[when] if isinstance(when, int) else str(when)

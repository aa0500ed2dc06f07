"""From the event log of a day to what is drawn: spans of the desks, the queue, the waits.

Reads the table only (``planner.sim.event_log`` makes it), so a stored log gives the same picture.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

SECONDS_PER_HOUR = 3600
#: First and last word of each kind of span of a desk.
SPANS = {
    "shift": ("shift starts", "shift ends"),
    "back_office": ("back office starts", "back office ends"),
    "break": ("break starts", "break ends"),
    "serving": ("starts serving", "stops serving"),
}
#: Words with which a customer comes to a desk and leaves it.
TAKEN = ("is called", "is called again", "takes over")
PUT_DOWN = ("finishes", "hands over", "waits again")
LEFT = ("gives up", "is turned away", "is not served")


@dataclass(frozen=True, slots=True)
class Span:
    """A span ``[start, end)`` of a desk [s after midnight]."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Service:
    """A customer at a desk; times in seconds after midnight, wait in minutes.

    ``handed_on``: it ended before the case did.
    """

    customer: int
    service: str
    channel: str
    start: int
    end: int
    waited: float
    handed_on: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """How long somebody waited until ``instant`` [s]; ``left``: went unserved."""

    instant: int
    minutes: float
    channel: str
    left: bool


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One row of the picture."""

    name: str
    spans: list[Span]
    services: list[Service]
    absent: bool


@dataclass(frozen=True)
class DayPicture:
    """Everything that the picture of a day shows.

    Attributes
    ----------
    start, end : int
        Whole hours shown [s after midnight].
    doors : list of (opening, closing)
        When the doors are open [s].
    queue : list of (instant, waiting)
        Steps of the number waiting.
    services : list of str
        Identifiers by frequency, the most frequent first.
    arrived : int
        People who came; calls: every try.
    """

    start: int
    end: int
    doors: list[tuple[int, int]]
    desks: list[DeskRow]
    queue: list[tuple[int, int]]
    waits: list[Wait]
    services: list[str]
    arrived: int

    @property
    def served(self) -> int:
        """Customers called."""
        return sum(not wait.left for wait in self.waits)


class Line(NamedTuple):
    """A line of the log; ``second`` after midnight."""

    second: int
    event: str
    customer: int
    service: str
    channel: str
    desk: str
    waited: float
    waiting: int


def day_picture(log: pd.DataFrame) -> DayPicture:
    """Return what the log of a day shows: desks by name, those absent last."""
    lines = lines_of(log)
    seconds = [line.second for line in lines]
    start = min(seconds, default=0) // SECONDS_PER_HOUR * SECONDS_PER_HOUR
    end = -(-(max(seconds, default=0) + 1) // SECONDS_PER_HOUR) * SECONDS_PER_HOUR
    names = sorted({line.desk for line in lines if line.desk})
    desks = [_desk(name, [x for x in lines if x.desk == name], (start, end)) for name in names]
    come = [line for line in lines if line.event == "arrives"]
    return DayPicture(
        start=start,
        end=end,
        doors=_pairs(lines, ("doors open", "doors close"), (start, end)),
        desks=sorted(desks, key=lambda desk: (desk.absent, desk.name)),
        queue=[(start, _waiting_before(lines)), *settled(lines)],
        waits=_waits(lines),
        services=[name for name, _ in Counter(line.service for line in come).most_common()],
        arrived=len(come),
    )


def lines_of(log: pd.DataFrame) -> list[Line]:
    """Return the log line by line."""
    names = ["event", "customer", "service", "channel", "desk", "waited_minutes", "waiting"]
    columns = [log[name].tolist() for name in names]
    seconds = [second_of(str(clock)) for clock in log["time"]]
    return [Line(*cells) for cells in zip(seconds, *columns, strict=True)]


def settled(lines: list[Line]) -> list[tuple[int, int]]:
    """Return (second, waiting) after everything of a second: who is called at once never waits."""
    return list({line.second: line.waiting for line in lines}.items())


def second_of(clock: str) -> int:
    """Return ``HH:MM:SS`` as seconds after midnight."""
    hours, minutes, seconds = clock.split(":")
    return int(hours) * SECONDS_PER_HOUR + int(minutes) * 60 + int(seconds)


def _desk(name: str, lines: list[Line], shown: tuple[int, int]) -> DeskRow:
    spans = [
        Span(kind, start, end)
        for kind, words in SPANS.items()
        for start, end in _pairs(lines, words, shown)
    ]
    absent = any(line.event == "is absent" for line in lines)
    return DeskRow(name, spans, _services(lines, shown), absent)


def _services(lines: list[Line], shown: tuple[int, int]) -> list[Service]:
    """Return the customers at a desk; one whose start or end is another day is cut off."""
    services: list[Service] = []
    taken: dict[int, Line] = {}
    for line in lines:
        if line.event in TAKEN:
            taken[line.customer] = line
        elif line.event in PUT_DOWN and line.customer in taken:
            handed_on = line.event != "finishes"
            services.append(_service(taken.pop(line.customer), line.second, handed_on))
    services += [_service(line, shown[1], False) for line in taken.values()]
    return sorted(services, key=lambda service: service.start)


def _service(line: Line, end: int, handed_on: bool) -> Service:
    names = (line.customer, line.service, line.channel)
    return Service(*names, line.second, end, line.waited, handed_on)


def _pairs(
    lines: list[Line], words: tuple[str, str], shown: tuple[int, int]
) -> list[tuple[int, int]]:
    """Return the spans between the two words; cut to what is shown where one is missing."""
    opened: int | None = None
    spans: list[tuple[int, int]] = []
    for line in lines:
        if line.event == words[0]:
            opened = line.second
        elif line.event == words[1]:
            spans.append((shown[0] if opened is None else opened, line.second))
            opened = None
    if opened is not None:
        spans.append((opened, shown[1]))
    return [(start, end) for start, end in spans if start < end]


def _waiting_before(lines: list[Line]) -> int:
    """Return how many waited before the first event of the day."""
    if not lines:
        return 0
    first = lines[0]
    left = first.event in ("is called", "is called again", *LEFT)
    return first.waiting - (first.event in ("arrives", "waits again")) + left


def _waits(lines: list[Line]) -> list[Wait]:
    """Return everybody's wait for the first call or to leaving; who is not served counts once."""
    unserved = {line.customer for line in lines if line.event == "is not served"}
    return [
        Wait(line.second, line.waited, line.channel, line.event in LEFT)
        for line in lines
        if line.event in LEFT or (line.event == "is called" and line.customer not in unserved)
    ]

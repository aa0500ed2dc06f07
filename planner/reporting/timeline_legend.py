"""The legend of the picture of a day: colours of services, patterns of channels and breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.reporting.timeline_axes import HEAD, LEGEND_LINE, WIDTH, texts
from planner.reporting.timeline_spans import DayPicture
from planner.reporting.words import Words

#: Okabe and Ito 2008, distinguishable with every kind of colour vision; grey for the rest.
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
REST = "#8c8c8c"
CHARACTER = 6.6
Item = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of services by identifier; those without one share the last."""

    of_service: Mapping[str, int]

    @staticmethod
    def of(services: list[str]) -> Colours:
        """Give the most frequent services a colour of their own."""
        return Colours({name: number for number, name in enumerate(services[: len(PALETTE)])})

    def number(self, service: str) -> int:
        """Return the number of the colour of a service."""
        return self.of_service.get(service, len(PALETTE))

    def fill(self, service: str, channel: str) -> str:
        """Return the fill of a customer: solid, or striped without appointment."""
        number = self.number(service)
        return f"url(#w{number})" if channel == "walk_in" else ([*PALETTE, REST])[number]


def patterns(colours: Colours) -> str:
    """Return the patterns: striped services, break, back office."""
    striped = "".join(
        f'<pattern id="w{number}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{colour}"/>'
        '<rect width="2" height="5" fill="#fff"/></pattern>'
        for number, colour in enumerate([*PALETTE, REST])
        if number in {*colours.of_service.values(), len(PALETTE)}
    )
    return striped + (
        '<pattern id="break" width="4" height="4" patternUnits="userSpaceOnUse">'
        '<rect width="4" height="4" fill="#fff"/><circle cx="1" cy="1" r=".9" fill="#1a1a1a"/>'
        '</pattern><pattern id="office" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" fill="#fff"/><path d="M0 3H6" stroke="#8a8a8a"/></pattern>'
    )


def legend(
    picture: DayPicture, colours: Colours, services: Mapping[str, str], words: Words
) -> Iterator[str]:
    """Yield the lines of the legend: services, then what else is drawn."""
    named = [s for s in picture.services if s in colours.of_service]
    items = [_square(f'fill="{PALETTE[colours.number(s)]}"', services.get(s, s)) for s in named]
    if len(picture.services) > len(named):
        items.append(_square(f'fill="{REST}"', words("timeline.other")))
    items += _channels(picture, words)
    shown = {span.kind for desk in picture.desks for span in desk.spans}
    for kind, key in (
        ("serving", "serving"),
        ("break", "break"),
        ("back_office", "back_office"),
        ("shift", "away"),
    ):
        if kind in shown:
            items.append(_square(f'class="{kind}"', words(f"timeline.{key}")))
    items.append(_square('class="closed"', words("timeline.closed")))
    items += _marks(picture, words)
    yield from _lines(items)


def _channels(picture: DayPicture, words: Words) -> list[Item]:
    channels = {wait.channel for wait in picture.waits}
    keys = {
        "appointment": ("with_appointment", 'fill="#555"'),
        "walk_in": ("without_appointment", f'fill="url(#w{len(PALETTE)})" stroke="#555"'),
        "phone": ("by_phone", 'fill="#555"'),
    }
    return [
        _square(style, words(f"timeline.{key}"))
        for channel, (key, style) in keys.items()
        if channel in channels
    ]


def _marks(picture: DayPicture, words: Words) -> list[Item]:
    marks: list[Item] = []
    channels = {wait.channel for wait in picture.waits if not wait.left}
    if "appointment" in channels:
        dot = '<circle class="ap" cx="6" cy="-4" r="3"/>'
        marks.append((dot, words("timeline.dot_appointment")))
    if channels - {"appointment"}:
        dot = '<circle class="wi" cx="6" cy="-4" r="3"/>'
        marks.append((dot, words("timeline.dot_other")))
    if any(wait.left for wait in picture.waits):
        cross = '<path class="x" d="M3 -7l6 6m0 -6l-6 6"/>'
        marks.append((cross, words("timeline.cross")))
    if any(service.handed_on for desk in picture.desks for service in desk.services):
        marks.append(('<path class="ho" d="M3 -9l6 5l-6 5z"/>', words("timeline.handed_on")))
    return marks


def _square(style: str, text: str) -> Item:
    return f'<rect {style} x="0" y="-10" width="13" height="11"/>', text


def _lines(items: list[Item]) -> Iterator[str]:
    """Yield the items in as many lines as they need."""
    line: list[str] = []
    x, number = 16.0, 0
    for mark, text in items:
        width = 18 + CHARACTER * len(text) + 18
        if line and x + width > WIDTH - 16:
            yield "".join(line)
            line, x, number = [], 16.0, number + 1
        y = HEAD - 22 + number * LEGEND_LINE
        line.append(f'<g transform="translate({x:.0f} {y})">{mark}{texts(18, 0, text)}</g>')
        x += width
    if line:
        yield "".join(line)

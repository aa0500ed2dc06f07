"""A simulated day at one location as a self-contained SVG: desks, breaks, queue and waits.

Drawn from the event log alone, in dark text on white; what a colour says is said by a pattern, a
word or a shape as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

import numpy as np
import pandas as pd

from planner.reporting.timeline_axes import Frame, Panel, hours_axis, texts, value_axis
from planner.reporting.timeline_legend import Colours, legend, patterns
from planner.reporting.timeline_spans import DayPicture, DeskRow, Service, Span, day_picture
from planner.reporting.words import Words

QUEUE_HEIGHT, WAIT_HEIGHT, GAP = 110, 120, 58
STYLE = """
text{font-family:system-ui,'Segoe UI','Helvetica Neue',Arial,sans-serif;font-size:12px;fill:#1a1a1a}
.h{font-size:20px;font-weight:600}.p{font-weight:600;font-size:13px}.e{text-anchor:end}
.m{text-anchor:middle}.s{font-size:10px}.g{stroke:#d6d6d6;stroke-width:1}.a{stroke:#1a1a1a}
.closed{fill:#e4e4e4}.shift{fill:#fff;stroke:#8a8a8a;stroke-width:.8}.serving{fill:#f1eddd}
.back_office{fill:url(#office)}.break{fill:url(#break);stroke:#1a1a1a;stroke-width:.6}
.q{fill:#c9d8e6;stroke:#123a5e;stroke-width:1.3}.ap{fill:#123a5e}
.wi{fill:#fff;stroke:#b3470a;stroke-width:1.4}.x{stroke:#a00000;stroke-width:1.8}
.ho{fill:#fff;stroke:#1a1a1a;stroke-width:1.2}
"""


@dataclass(frozen=True)
class Heading:
    """What stands above a day: names of the location and its services, and which draw it is."""

    location: str
    day: date
    replication: int
    seed: int
    services: Mapping[str, str]


def timeline_svg(log: pd.DataFrame, heading: Heading, words: Words) -> str:
    """Return the picture of a day.

    Parameters
    ----------
    log : DataFrame
        ``planner.sim.event_log.event_log`` of the day.

    Returns
    -------
    str
        One SVG document without references to anything outside.
    """
    picture = day_picture(log)
    colours = Colours.of(picture.services)
    listed = list(legend(picture, colours, heading.services, words))
    frame = Frame.of(picture, legend_lines=len(listed))
    top = frame.top
    bottom = top + frame.row_height * len(picture.desks)
    queue = Panel(frame, bottom + GAP, QUEUE_HEIGHT)
    waits = Panel(frame, queue.bottom + GAP, WAIT_HEIGHT)
    height = waits.bottom + 44
    bands = [(top, bottom), (queue.top, queue.bottom), (waits.top, waits.bottom)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {height}" '
        f'width="{frame.width}" height="{height}" role="img">',
        f"<title>{escape(_title(heading, words))}</title><style>{STYLE}</style>",
        f"<defs>{patterns(colours)}</defs>",
        f'<rect width="{frame.width}" height="{height}" fill="#fff"/>',
        *_head(picture, heading, words),
        *listed,
        *_closed(picture, frame, bands),
        *hours_axis(picture, frame, bands, words),
        *_desks(picture, frame, colours, heading, words),
        *_queue(picture, queue, words),
        *_waits(picture, waits, words),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _title(heading: Heading, words: Words) -> str:
    day = f"{words.weekday(heading.day)}, {words.date(heading.day)}"
    return words("timeline.title", location=heading.location, day=day)


def _head(picture: DayPicture, heading: Heading, words: Words) -> Iterator[str]:
    intro = words("timeline.intro", replication=heading.replication, seed=heading.seed)
    yield texts(16, 32, _title(heading, words), "h")
    yield texts(16, 54, intro)
    yield texts(16, 72, _figures(picture, words))


def _figures(picture: DayPicture, words: Words) -> str:
    if not picture.arrived:
        return words("timeline.nobody")
    minutes = np.array([wait.minutes for wait in picture.waits] or [0.0])
    figures = {
        "mean": float(minutes.mean()),
        "tail": float(np.quantile(minutes, 0.9)),
        "longest": float(minutes.max()),
    }
    return words(
        "timeline.figures",
        arrived=words.number(picture.arrived),
        served=words.number(picture.served),
        left=words.number(len(picture.waits) - picture.served),
        **{name: words.number(value, 1) for name, value in figures.items()},
    )


def _closed(picture: DayPicture, frame: Frame, bands: list[tuple[float, float]]) -> Iterator[str]:
    edges = [picture.start, *(edge for door in picture.doors for edge in door), picture.end]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        for top, bottom in bands:
            if start < end and top < bottom:
                yield frame.rect("closed", (start, end), top, bottom - top)


def _desks(
    picture: DayPicture, frame: Frame, colours: Colours, heading: Heading, words: Words
) -> Iterator[str]:
    yield texts(16, frame.top - 8, words("timeline.desks"), "p")
    for number, desk in enumerate(picture.desks):
        top = frame.top + number * frame.row_height
        small = " s" if frame.row_height < 15 else ""
        if frame.row_height >= 9:
            middle = top + frame.row_height / 2 + 4
            yield texts(frame.left - 6, middle, desk.name, f"e{small}")
        if desk.absent and not desk.spans:
            yield texts(frame.left + 6, top + frame.row_height / 2 + 4, words("timeline.absent"))
        yield from _row(desk, frame, top, words)
        for service in desk.services:
            yield _bar(service, frame, top, colours, _tip(service, heading, words))
            if service.handed_on:
                yield _handed_on(frame.x(service.end), top + frame.row_height / 2)


def _row(desk: DeskRow, frame: Frame, top: float, words: Words) -> Iterator[str]:
    height = frame.row_height
    order = ["shift", "back_office", "serving", "break"]
    for span in sorted(desk.spans, key=lambda s: order.index(s.kind)):
        inset = 0.14 if span.kind == "shift" else 0.18
        box = frame.rect(
            span.kind, (span.start, span.end), top + height * inset, height * (1 - 2 * inset)
        )
        yield box.replace("/>", f"><title>{_span_tip(desk, span, words)}</title></rect>")


def _span_tip(desk: DeskRow, span: Span, words: Words) -> str:
    kind = words(f"timeline.{'away' if span.kind == 'shift' else span.kind}")
    return escape(f"{desk.name}: {kind}, {_clock(span.start)}–{_clock(span.end)}")


def _bar(service: Service, frame: Frame, top: float, colours: Colours, tip: str) -> str:
    height = frame.row_height
    box = frame.rect("", (service.start, service.end), top + height * 0.22, height * 0.56)
    fill = colours.fill(service.service, service.channel)
    return box.replace('class=""', f'fill="{fill}" stroke="#1a1a1a" stroke-width=".4"').replace(
        "/>", f"><title>{tip}</title></rect>"
    )


def _handed_on(x: float, middle: float) -> str:
    """Return the mark at the end of a bar whose case goes on elsewhere or later."""
    return f'<path class="ho" d="M{x - 2:.1f} {middle - 5:.1f}l6 5l-6 5z"/>'


def _tip(service: Service, heading: Heading, words: Words) -> str:
    return escape(
        words(
            "timeline.tip",
            customer=service.customer,
            service=heading.services.get(service.service, service.service),
            start=_clock(service.start),
            end=_clock(service.end),
            waited=words.number(service.waited, 1),
        )
    )


def _queue(picture: DayPicture, panel: Panel, words: Words) -> Iterator[str]:
    most = max((waiting for _, waiting in picture.queue), default=0)
    yield texts(16, panel.top - 24, words("timeline.queue"), "p")
    yield from value_axis(panel, most)
    path = [f"M{panel.x(picture.start):.1f} {panel.bottom}"]
    for instant, waiting in picture.queue:
        path.append(f"H{panel.x(instant):.1f}V{panel.y(waiting, most):.1f}")
    yield f'<path class="q" d="{"".join(path)}H{panel.x(picture.end):.1f}V{panel.bottom}z"/>'
    if most:
        when = next(instant for instant, waiting in picture.queue if waiting == most)
        note = words("timeline.peak", count=most, time=_clock(when))
        yield texts(panel.note_x(when), panel.top - 7, note, "s m")


def _waits(picture: DayPicture, panel: Panel, words: Words) -> Iterator[str]:
    longest = max((wait.minutes for wait in picture.waits), default=0.0)
    yield texts(16, panel.top - 24, words("timeline.waits"), "p")
    yield from value_axis(panel, longest)
    for wait in picture.waits:
        x, y = panel.x(wait.instant), panel.y(wait.minutes, longest)
        if wait.left:
            yield f'<path class="x" d="M{x - 3:.1f} {y - 3:.1f}l6 6m0 -6l-6 6"/>'
        else:
            kind = "ap" if wait.channel == "appointment" else "wi"
            yield f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="2.6"/>'
    if longest > 0:
        last = max(picture.waits, key=lambda wait: wait.minutes)
        note = words(
            "timeline.longest", minutes=words.number(longest, 1), time=_clock(last.instant)
        )
        yield texts(panel.note_x(last.instant), panel.top - 7, note, "s m")


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}"

"""The coverage of one skill on one day as a small static SVG, a few hundred bytes each.

The area is what is rostered, the line what is required, hatched is what is missing: three
marks that differ without colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.reporting.coverage import DayCoverage, SkillCoverage
from planner.reporting.words import Words
from planner.units import MINUTES_PER_HOUR

WIDTH, HEIGHT = 190, 104
_LEFT, _RIGHT, _TOP, _BOTTOM = 20, 186, 10, 88
_TICK_HOURS = (8, 12, 16)


@dataclass(frozen=True, slots=True)
class Panel:
    """A day's picture: heading, SVG text (empty when closed), missing hours in words."""

    heading: str
    svg: str
    note: str
    short: bool


def panels(skill: SkillCoverage, slot_minutes: int, words: Words) -> list[Panel]:
    """Return the panels of the days on which anybody is required or rostered."""
    scale = _Scale(*skill.span, slot_minutes, max(1, skill.peak))
    return [_panel(day, scale, words) for day in skill.days if day.starts]


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int
    slot: int
    peak: int

    def x(self, minute: int) -> int:
        share = (minute - self.first) / (self.last + self.slot - self.first)
        return round(_LEFT + share * (_RIGHT - _LEFT))

    def y(self, desks: int) -> int:
        return round(_BOTTOM - desks / self.peak * (_BOTTOM - _TOP))


def _panel(day: DayCoverage, scale: _Scale, words: Words) -> Panel:
    short = day.short * scale.slot / MINUTES_PER_HOUR
    key = "coverage.short" if short else "coverage.covered"
    hours = words.number(short, 1)
    label = words(key, day=words.weekday(day.day), hours=hours, peak=max(day.required))
    body = "".join(_marks(day, scale))
    svg = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}" class="cov">'
        f"{body}</svg>"
    )
    note = words("coverage.hours_short", hours=hours) if short else ""
    return Panel(words.day(day.day), svg, note, bool(short))


def _marks(day: DayCoverage, scale: _Scale) -> Iterator[str]:
    slots = list(zip(day.starts, day.required, day.rostered, strict=True))
    yield f'<path class="ro" d="{_area([(start, 0, ro) for start, _, ro in slots], scale)}"/>'
    missing = [(start, ro, re) for start, re, ro in slots if re > ro]
    if missing:
        yield f'<path class="mi" d="{_area(missing, scale)}"/>'
    yield f'<path class="re" d="{_line([(start, re) for start, re, _ in slots], scale)}"/>'
    yield from _axes(scale)


def _axes(scale: _Scale) -> Iterator[str]:
    yield f'<path class="ax" d="M{_LEFT} {_BOTTOM}H{_RIGHT}"/>'
    yield f'<text x="{_LEFT - 3}" y="{_BOTTOM}" class="v">0</text>'
    yield f'<text x="{_LEFT - 3}" y="{_TOP + 3}" class="v">{scale.peak}</text>'
    for hour in _TICK_HOURS:
        minute = hour * MINUTES_PER_HOUR
        if scale.first <= minute <= scale.last + scale.slot:
            x = scale.x(minute)
            yield f'<path class="ax" d="M{x} {_BOTTOM}v3"/>'
            yield f'<text x="{x}" y="{_BOTTOM + 13}">{hour}</text>'


def _area(slots: list[tuple[int, int, int]], scale: _Scale) -> str:
    """Return rectangles from low to high for runs of equal slots, as one path."""
    parts = []
    for start, end, (low, high) in _runs([(s, (low, high)) for s, low, high in slots], scale.slot):
        if high > low:
            x, right = scale.x(start), scale.x(end)
            parts.append(f"M{x} {scale.y(low)}V{scale.y(high)}H{right}V{scale.y(low)}z")
    return "".join(parts)


def _line(slots: list[tuple[int, int]], scale: _Scale) -> str:
    """Return the step line of the requirement, from and to zero where it starts and ends."""
    parts = []
    before = None
    for start, end, (desks, _) in _runs([(s, (d, d)) for s, d in slots if d], scale.slot):
        y = scale.y(desks)
        parts.append(f"V{y}" if before == start else f"M{scale.x(start)} {y}")
        parts.append(f"H{scale.x(end)}")
        before = end
    return "".join(parts)


def _runs(
    slots: list[tuple[int, tuple[int, int]]], slot: int
) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Yield (start, end, value) of neighbouring slots with the same value."""
    run: tuple[int, int, tuple[int, int]] | None = None
    for start, value in slots:
        if run and run[1] == start and run[2] == value:
            run = (run[0], start + slot, value)
            continue
        if run:
            yield run
        run = (start, start + slot, value)
    if run:
        yield run

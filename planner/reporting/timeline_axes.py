"""Where things stand in the picture of a day: the frame, panels with a value axis, the hours."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from planner.reporting.timeline_spans import SECONDS_PER_HOUR, DayPicture
from planner.reporting.words import Words

WIDTH, LEFT, RIGHT = 1280, 168, 1256
HEAD = 118
LEGEND_LINE = 20
#: Rows are this high, or lower where there are many [px].
ROW, ROWS_HEIGHT = 20, 620


@dataclass(frozen=True, slots=True)
class Frame:
    """Width, plotting area and time scale of the picture; lengths in px, times in s."""

    start: int
    end: int
    top: float
    row_height: float
    width: int = WIDTH
    left: int = LEFT

    @staticmethod
    def of(picture: DayPicture, legend_lines: int) -> Frame:
        """Return the frame of a day under a legend of so many lines."""
        row = min(float(ROW), ROWS_HEIGHT / max(1, len(picture.desks)))
        top = HEAD + LEGEND_LINE * legend_lines
        return Frame(picture.start, max(picture.end, picture.start + 1), top, round(row, 2))

    def x(self, second: float) -> float:
        """Return where an instant stands."""
        return LEFT + (second - self.start) / (self.end - self.start) * (RIGHT - LEFT)

    def rect(self, kind: str, span: tuple[int, int], top: float, height: float) -> str:
        """Return the rectangle of a span of time with a style class."""
        x, right = self.x(span[0]), self.x(span[1])
        return (
            f'<rect class="{kind}" x="{x:.1f}" y="{top:.1f}" '
            f'width="{max(right - x, 0.6):.1f}" height="{height:.1f}"/>'
        )


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the picture with a value axis that starts at zero."""

    frame: Frame
    top: float
    height: int

    @property
    def bottom(self) -> float:
        """Where zero is."""
        return self.top + self.height

    def x(self, second: float) -> float:
        """Return where an instant stands."""
        return self.frame.x(second)

    def y(self, value: float, most: float) -> float:
        """Return where a value stands if the axis has to reach ``most``."""
        return self.bottom - value / ticks(most)[-1] * self.height

    def note_x(self, second: float) -> float:
        """Return where a note centred at an instant fits."""
        return min(max(self.x(second), LEFT + 60), RIGHT - 60)


def ticks(most: float, count: int = 4) -> list[int]:
    """Return whole tick values from 0 to at least ``most`` in steps of 1, 2 or 5 times 10^k."""
    rough = max(most, 1) / count
    power = 10 ** max(0, math.floor(math.log10(rough)))
    step = next(int(power * f) for f in (1, 2, 5, 10) if power * f >= rough)
    return list(range(0, math.ceil(max(most, 1) / step) * step + 1, step))


def value_axis(panel: Panel, most: float) -> Iterator[str]:
    """Yield grid lines and numbers of a value axis."""
    for value in ticks(most):
        y = panel.y(value, most)
        yield f'<path class="g" d="M{LEFT} {y:.1f}H{RIGHT}"/>'
        yield texts(LEFT - 6, y + 4, str(value), "e")


def hours_axis(
    picture: DayPicture,
    frame: Frame,
    bands: list[tuple[float, float]],
    words: Words,
) -> Iterator[str]:
    """Yield a line for every hour through all panels, and the hours below each of them."""
    step = 1 if picture.end - picture.start <= 16 * SECONDS_PER_HOUR else 2
    for second in range(picture.start, picture.end + 1, step * SECONDS_PER_HOUR):
        x = frame.x(second)
        for top, bottom in bands:
            yield f'<path class="g" d="M{x:.1f} {top:.1f}V{bottom:.1f}"/>'
            yield texts(x, bottom + 15, f"{second // SECONDS_PER_HOUR}", "m")
    for top, bottom in bands:
        yield f'<path class="a" d="M{LEFT} {bottom:.1f}H{RIGHT}"/>'
        if bottom > top:
            yield texts(LEFT - 6, bottom + 15, words("timeline.clock"), "e s")


def texts(x: float, y: float, text: str, kind: str = "") -> str:
    """Return a line of text; ``kind``: style classes."""
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{style}>{escape(text)}</text>'

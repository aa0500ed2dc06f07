"""Published staffing over the years: posts, absence and extra desks, month by month.

The table has a row for each published (or assumed) point.  Posts and absence are interpolated
linearly between points and held before the first and after the last; extra desk hours hold from
their month until the next row.  Posts added within the training time are in training, and so are
those who replace people who left.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from planner.errors import Problem, ScenarioError

Floats = NDArray[np.float64]

COLUMNS = ("month", "quantity", "value", "unit", "confidence", "source", "note")
QUANTITIES = ("posts", "absence_share", "extra_desk_hours")
CONFIDENCE = ("published", "derived", "assumed")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Point:
    """One row: what was published, derived or assumed for a month."""

    month: str
    quantity: str
    value: float
    confidence: str
    source: str
    note: str


@dataclass(frozen=True)
class Series:
    """Monthly series, float64 arrays (months,).

    Attributes
    ----------
    posts, in_training : posts filled, and of these in training
    absent : absence share
    extra_hours : desk hours a week on top [h/week]
    confidence, source : tuples of str
        Of the posts of each month: those of the row where there is one, else derived.
    """

    posts: Floats
    in_training: Floats
    absent: Floats
    extra_hours: Floats
    confidence: tuple[str, ...]
    source: tuple[str, ...]


def read_points(path: Path) -> tuple[Point, ...]:
    """Read the table of points.

    Raises
    ------
    ScenarioError
        With every problem of the file, each with its line.
    """
    if not path.is_file():
        raise ScenarioError((Problem(str(path), 0, "", "is missing.", "Write the table."),))
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            text = f"has the columns {reader.fieldnames}, not {', '.join(COLUMNS)}."
            raise ScenarioError((Problem(str(path), 1, "", text, "Correct the heading."),))
        rows = list(enumerate(reader, start=2))
    problems = [p for line, row in rows for p in _problems(path, line, row)]
    told = {row["quantity"] for _line, row in rows}
    problems += [
        Problem(str(path), 1, "", f"has no row for {quantity}.", "Add one.")
        for quantity in QUANTITIES[:2]
        if quantity not in told
    ]
    if problems:
        raise ScenarioError(tuple(problems))
    return tuple(
        Point(r["month"], r["quantity"], float(r["value"]), r["confidence"], r["source"], r["note"])
        for _line, r in rows
    )


def series(
    points: tuple[Point, ...], months: tuple[str, ...], attrition: float, training_months: int
) -> Series:
    """Return the monthly series of ``months`` (YYYY-MM, in order).

    Parameters
    ----------
    attrition : float
        Share of the people who leave in a month and are replaced.
    training_months : int
        Months that a new colleague is in training.
    """
    early = _shifted(months[0], -training_months)
    long = tuple(_shifted(early, offset) for offset in range(len(months) + training_months))
    posts = _linear(points, "posts", long)
    own = {point.month: point for point in points if point.quantity == "posts"}
    told = [own.get(month) for month in months]
    return Series(
        posts=posts[training_months:],
        in_training=_training(posts, attrition, training_months),
        absent=_linear(points, "absence_share", months),
        extra_hours=_steps(points, "extra_desk_hours", months),
        confidence=tuple(point.confidence if point else "derived" for point in told),
        source=tuple(point.source if point else "" for point in told),
    )


def _problems(path: Path, line: int, row: dict[str, str]) -> Iterator[Problem]:
    def problem(column: str, message: str, advice: str) -> Problem:
        return Problem(str(path), line, column, message, advice)

    if not _MONTH.fullmatch(row["month"] or ""):
        yield problem("month", f"is '{row['month']}', no month.", "Write it like 2016-03.")
    if row["quantity"] not in QUANTITIES:
        known = ", ".join(QUANTITIES)
        yield problem("quantity", f"is '{row['quantity']}'; it may be {known}.", "")
    if row["confidence"] not in CONFIDENCE:
        known = ", ".join(CONFIDENCE)
        yield problem("confidence", f"is '{row['confidence']}'; it may be {known}.", "")
    try:
        value = float(row["value"])
    except ValueError:
        yield problem("value", f"is '{row['value']}', no number.", "Decimals have a point.")
        return
    if not 0.0 <= value < (1.0 if row["quantity"] == "absence_share" else np.inf):
        yield problem("value", f"is {value:g}, which cannot be.", "Shares lie below 1.")


def _linear(points: tuple[Point, ...], quantity: str, months: tuple[str, ...]) -> Floats:
    own = sorted((_number(p.month), p.value) for p in points if p.quantity == quantity)
    at, values = zip(*own, strict=True)
    found = np.interp([_number(month) for month in months], at, values)
    return np.asarray(found, dtype=np.float64)


def _steps(points: tuple[Point, ...], quantity: str, months: tuple[str, ...]) -> Floats:
    own = sorted((_number(p.month), p.value) for p in points if p.quantity == quantity)
    values = [0.0, *(value for _month, value in own)]
    at = np.searchsorted(
        [month for month, _value in own], [_number(m) for m in months], side="right"
    )
    return np.array(values)[at]


def _training(posts: Floats, attrition: float, training_months: int) -> Floats:
    """Return those in training: posts added, and leavers replaced, within the training time."""
    added = np.maximum(np.diff(posts, prepend=posts[:1]) + attrition * posts, 0.0)
    sums = np.cumsum(np.concatenate(([0.0], added)))
    last = np.arange(training_months, len(posts)) + 1
    return np.asarray(sums[last] - sums[last - training_months], dtype=np.float64)


def _number(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


def _shifted(month: str, by: int) -> str:
    year, number = divmod(_number(month) + by, 12)
    return f"{year:04d}-{number + 1:02d}"

"""A service day from its file: YAML with one office, or CSV with an office in every row.

The offices of research tables and of other cities come as a list of rates, a service time, a
target and a menu of shifts; a whole scenario of locations and people would be out of proportion.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from planner.domain.place import Interval
from planner.domain.service_day import DayShift, ServiceDay
from planner.scenario.nodes import Fields, Leaf, Node, Origin, placed
from planner.scenario.office_models import OfficeFile, OfficeModel, ShiftItem
from planner.scenario.problems import Problems
from planner.scenario.text_reading import read_text
from planner.scenario.validating import validated
from planner.scenario.yaml_reading import parse_yaml, read_yaml
from planner.units import MINUTES_PER_DAY, MINUTES_PER_HOUR


def load_service_days(path: Path, settings: tuple[str, ...] = ()) -> tuple[ServiceDay, ...]:
    """Return the service days of a file, in order.

    Parameters
    ----------
    path : Path
        ``.yaml`` with ``name`` and ``office``, or ``.csv`` with the same fields as columns.
    settings : tuple of str
        ``office.field=value``, laid over every office of the file.

    Raises
    ------
    ScenarioError
        With every problem found, each with file and line.
    """
    problems = Problems()
    path = Path(path)
    rows = _csv_rows(path, problems) if path.suffix == ".csv" else _yaml_office(path, problems)
    changes = [change for text in settings if (change := _setting(text, problems)) is not None]
    days = []
    for row in rows:
        node = _overlaid(row, changes)
        model = validated(OfficeModel, node, "office", problems)
        if model is not None and _fits_together(model, node, problems):
            days.append(_service_day(model))
    _refuse_twins(days, Origin(str(path), 1), problems)
    problems.raise_any()
    return tuple(days)


def _yaml_office(path: Path, problems: Problems) -> list[Fields]:
    content = read_yaml(path, Origin(str(path), 0), problems)
    if content is None:
        return []
    inner = content.entries.get("office")
    if not isinstance(inner, Fields):
        validated(OfficeFile, content, "", problems)
        return []
    for key in sorted(content.entries.keys() - {"name", "title", "office"}):
        problems.add(content.keys[key], key, "is not a known field.", "Known: name, title, office.")
    name = content.entries.get("name")
    if "id" not in inner.entries and isinstance(name, Leaf):
        inner = inner.with_entry("id", name, name.origin)
    return [inner]


def _csv_rows(path: Path, problems: Problems) -> list[Fields]:
    text = read_text(path, Origin(str(path), 0), problems)
    reader = csv.DictReader(io.StringIO(text or "", newline=""))
    return [_csv_row(row, Origin(str(path), reader.line_num)) for row in reader]


def _csv_row(row: dict[str, str], origin: Origin) -> Fields:
    entries: dict[str, Node] = {
        str(name): Leaf(cell.strip(), origin)
        for name, cell in row.items()
        if isinstance(cell, str) and cell.strip()
    }
    return Fields(entries, dict.fromkeys(entries, origin), origin)


def _setting(text: str, problems: Problems) -> tuple[str, Node] | None:
    origin = Origin(f"--set {text}", 0)
    path, equals, value = text.partition("=")
    section, _, field = path.strip().partition(".")
    if not equals or section != "office" or not field:
        problems.add(origin, "", "is no setting of an office.", "Write office.field=new value.")
        return None
    node = parse_yaml(value, origin.file, problems)
    return None if node is None else (field, placed(node, origin))


def _overlaid(row: Fields, changes: list[tuple[str, Node]]) -> Fields:
    for field, node in changes:
        row = row.with_entry(field, node, node.origin)
    return row


def _fits_together(model: OfficeModel, node: Fields, problems: Problems) -> bool:
    """Tell whether the fields of an office fit each other, after telling every problem."""
    wrong = list(_misfits(model))
    for field, message, advice in wrong:
        where = node.keys.get(field, node.origin)
        problems.add(where, f"office.{field}", message, advice)
    return not wrong


def _misfits(model: OfficeModel) -> Iterator[tuple[str, str, str]]:
    """Yield (field, what is wrong, what to do)."""
    periods = len(model.arrivals_per_hour)
    lists = {"counters": model.counters, "least": model.least}
    for name, values in lists.items():
        if len(values) not in {1, periods}:
            message = f"has {len(values)} values for {periods} periods."
            yield name, message, "Give one number, or one for every period."
    if all(len(values) in {1, periods} for values in lists.values()):
        pairs = zip(*(_by_period(values, periods) for values in lists.values()), strict=True)
        if any(low > high for high, low in pairs):
            yield "least", "is more than counters.", "Lower it."
    if model.first + periods * model.period_minutes > MINUTES_PER_DAY:
        yield "period_minutes", "leads beyond midnight.", "Use fewer or shorter periods."
    yield from _menu_misfits(model, periods)


def _menu_misfits(model: OfficeModel, periods: int) -> Iterator[tuple[str, str, str]]:
    for hours in model.shift_hours:
        if hours <= 0 or (hours * MINUTES_PER_HOUR) % model.period_minutes:
            message = f"has {hours:g} h: not whole periods of {model.period_minutes} minutes."
            yield "shift_hours", message, "Use other lengths, or shorter periods."
    day = periods * model.period_minutes
    if not model.shifts and all(hours * MINUTES_PER_HOUR > day for hours in model.shift_hours):
        yield (
            "shift_hours",
            "gives no shift that fits into the day.",
            "Add a shorter one, or shifts.",
        )


def _service_day(model: OfficeModel) -> ServiceDay:
    periods = len(model.arrivals_per_hour)
    counters, least = _by_period(model.counters, periods), _by_period(model.least, periods)
    return ServiceDay(
        id=model.id,
        first_minute=model.first,
        period_minutes=model.period_minutes,
        arrivals_per_hour=model.arrivals_per_hour,
        service_minutes=model.service_minutes,
        threshold_minutes=model.threshold_minutes,
        late_limit=model.late_limit,
        counters=counters,
        least=least,
        shifts=(*_contiguous(model, periods), *(_written(item) for item in model.shifts)),
    )


def _by_period(values: tuple[int, ...], periods: int) -> tuple[int, ...]:
    return values * periods if len(values) == 1 else values


def _contiguous(model: OfficeModel, periods: int) -> Iterator[DayShift]:
    """Yield shifts of every length at every period at which they fit."""
    for hours in model.shift_hours:
        length = round(hours * MINUTES_PER_HOUR / model.period_minutes)
        for first in range(periods - length + 1):
            start = model.first + first * model.period_minutes
            yield DayShift(Interval(start, start + length * model.period_minutes), (), hours)


def _written(item: ShiftItem) -> DayShift:
    breaks = tuple(Interval(a, b) for a, b in item.breaks)
    minutes = item.end - item.start - sum(pause.minutes for pause in breaks)
    cost = minutes / MINUTES_PER_HOUR if item.cost is None else item.cost
    return DayShift(Interval(item.start, item.end), breaks, cost)


def _refuse_twins(days: list[ServiceDay], origin: Origin, problems: Problems) -> None:
    names = [day.id for day in days]
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.add(origin, "office.id", f"'{name}' stands twice.", "Give each office a name.")

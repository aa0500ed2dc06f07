"""Which assumed values of a case can be set to the ends of their range, and by which settings.

A source names a value by its path.  Settable are fields, cells of tables, a column of all rows
(``services.*.cv``) or of an area's rows (``locations.residents.back_office_share``) if the source
gives one number for all of them, and the mean of a pair (unit ``days, CV``).  A channel share takes
from, or gives to, the largest other channel of its service.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.case import Confidence, PlanningCase, SourcedValue

#: Why a value is not varied: keys of the reports' texts.
FREE, NO_RANGE, NO_FIELD = "free", "no_range", "no_field"
#: Tables whose rows are known by one identifier, and how to list them.
_ROWS = ("services", "demand", "locations")
_SHARES = ("share_online", "share_appointment", "share_walk_in", "share_phone")


@dataclass(frozen=True, slots=True)
class Assumption:
    """An assumed value and the settings of its two ends; ``reason`` says why there are none."""

    source: SourcedValue
    low: tuple[str, ...] = ()
    high: tuple[str, ...] = ()
    reason: str = ""


def assumptions(case: PlanningCase) -> tuple[Assumption, ...]:
    """Return every assumed value of the sources table that is named with a value or a range."""
    assumed = [s for s in case.sources if s.confidence is Confidence.ASSUMED]
    return tuple(_assumption(case, source) for source in assumed if _single(source))


def _single(source: SourcedValue) -> bool:
    """Tell whether a source is about one value; remarks gathered from tables name whole tables."""
    return "." in source.path or source.low is not None or source.high is not None


def _assumption(case: PlanningCase, source: SourcedValue) -> Assumption:
    if source.low is None or source.high is None:
        return Assumption(source, reason=NO_RANGE)
    paths = _paths(case, source)
    if not paths:
        known = source.path.split(".")[0] in _ROWS or not _is_number(source.value)
        return Assumption(source, reason=FREE if known else NO_FIELD)
    ends = [
        tuple(text for path in paths for text in _settings(case, path, end, source))
        for end in (source.low, source.high)
    ]
    return Assumption(source, ends[0], ends[1])


def _paths(case: PlanningCase, source: SourcedValue) -> tuple[str, ...]:
    """Return the paths of the values that the source means; none when they are not one number."""
    steps = source.path.split(".")
    if steps[0] not in _ROWS:
        return (source.path,) if len(steps) > 1 and _settable(source) else _lone(case, source)
    if len(steps) != 3 or not _is_number(source.value):
        return ()
    return tuple(f"{steps[0]}.{row}.{steps[2]}" for row in _rows(case, steps[0], steps[1]))


def _lone(case: PlanningCase, source: SourcedValue) -> tuple[str, ...]:
    """Return the path of a field that stands alone in the file."""
    alone = "." not in source.path and _is_number(source.value) and hasattr(case, source.path)
    return (source.path,) if alone else ()


def _rows(case: PlanningCase, table: str, name: str) -> list[str]:
    if table == "locations":
        return [p.id for p in case.locations if name in ("*", p.id, p.area)]
    ids = [s.id for s in case.services] if table == "services" else [d.service for d in case.demand]
    return [row for row in ids if name in ("*", row)]


def _settings(case: PlanningCase, path: str, end: float, source: SourcedValue) -> list[str]:
    if _is_pair(source):
        second = source.value.strip("[] ").split(",")[1].strip()
        return [f"{path}=[{end:g}, {second}]"]
    whole = int(end) if float(end).is_integer() else end
    steps = path.split(".")
    if steps[0] == "demand" and steps[-1] in _SHARES:
        return [f"{path}={end:g}", _balanced(case, steps[1], steps[2], end)]
    return [f"{path}={whole}"]


def _balanced(case: PlanningCase, service: str, column: str, end: float) -> str:
    """Return the setting of the largest other channel that keeps the sum."""
    demand = next(d for d in case.demand if d.service == service)
    shares = {f"share_{channel.value}": share for channel, share in demand.channel_share}
    other = max((name for name in shares if name != column), key=lambda name: shares[name])
    return f"demand.{service}.{other}={shares[other] + shares.get(column, 0.0) - end:.6g}"


def _settable(source: SourcedValue) -> bool:
    return _is_number(source.value) or _is_pair(source)


def _is_pair(source: SourcedValue) -> bool:
    """Tell whether a value is a pair of different things, of which the range means the first."""
    return source.value.startswith("[") and source.unit.count(",") == 1


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True

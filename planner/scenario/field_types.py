"""Types of fields and cells: what an author may write, and the sentence when it is something else.

Every parser takes what stands in the file (text, or a YAML value) and returns the domain's value.
"""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date, datetime, time, timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from planner.units import MINUTES_PER_DAY, MINUTES_PER_HOUR

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WHOLE = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_IDENTIFIER = re.compile(r"[^\s;,/.#]+")


def _wrong(message: str, advice: str = "") -> PydanticCustomError:
    context = {"message": message, "advice": advice}
    return PydanticCustomError("planner", "{message}", context)


def whole(value: object) -> int:
    """Return a whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    raise _wrong(f"is {shown(value)}; it must be a whole number.")


def number(value: object) -> float:
    """Return a number; decimals are written with a point."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value)
    comma = isinstance(value, str) and _NUMBER.fullmatch(value.replace(",", ".", 1))
    advice = "Write decimals with a point." if comma else ""
    raise _wrong(f"is {shown(value)}; it must be a number.", advice)


def flag(value: object) -> bool:
    """Return true or false."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    raise _wrong(f"is {shown(value)}; it must be true or false.")


def clock(value: object) -> int:
    """Return a clock time ``HH:MM`` as minutes after midnight [min]; 24:00 ends a day."""
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found:
        hour, minute = int(found[1]), int(found[2])
        total = hour * MINUTES_PER_HOUR + minute
        if minute < MINUTES_PER_HOUR and total <= MINUTES_PER_DAY:
            return total
    raise _wrong(f"is {shown(value)}; it must be a time from 00:00 to 24:00, written HH:MM.")


def day(value: object) -> date:
    """Return a day of the calendar, written ``YYYY-MM-DD``."""
    if isinstance(value, date):
        return value
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise _wrong(f"is {shown(value)}; it must be a day, written YYYY-MM-DD.")
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise _wrong(
            f"is {shown(value)}; the calendar has no such day.",
            _month(int(found[1]), int(found[2])),
        ) from None


def moment(value: object) -> datetime:
    """Return a civil time, written ``YYYY-MM-DD HH:MM``; 24:00 is the next midnight."""
    if isinstance(value, datetime):
        return value
    parts = value.split() if isinstance(value, str) else []
    if len(parts) != 2:
        raise _wrong(f"is {shown(value)}; it must be a time, written YYYY-MM-DD HH:MM.")
    return datetime.combine(day(parts[0]), time()) + timedelta(minutes=clock(parts[1]))


def weekday(value: object) -> int:
    """Return a weekday as 0 (Monday) to 6."""
    if isinstance(value, str) and value.lower() in WEEKDAYS:
        return WEEKDAYS.index(value.lower())
    raise _wrong(f"is {shown(value)}; it may be {', '.join(WEEKDAYS)}.")


def identifier(value: object) -> str:
    """Return an identifier: text without blanks and without ``; , / . #``."""
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if _IDENTIFIER.fullmatch(text):
        return text
    raise _wrong(f"is {shown(value)}; an identifier has no blanks and none of ; , / . #")


def words(value: object) -> tuple[str, ...]:
    """Return identifiers, written as a list or joined by ``;``."""
    if isinstance(value, str):
        value = [part.strip() for part in value.split(";") if part.strip()]
    if not isinstance(value, list):
        raise _wrong(f"is {shown(value)}; it must be a list joined by ;")
    return tuple(identifier(part) for part in value)


def weekdays(value: object) -> tuple[int, ...]:
    """Return weekdays, written as a list or joined by ``;``."""
    return tuple(weekday(part) for part in words(value))


def weekday_groups(value: object) -> tuple[tuple[int, ...], ...]:
    """Return groups of at least two weekdays, each a list or joined by ``;``."""
    if not isinstance(value, list):
        raise _wrong(f"is {shown(value)}; it must be a list of groups of weekdays.")
    groups = tuple(tuple(sorted(set(weekdays(group)))) for group in value)
    for group, written in zip(groups, value, strict=True):
        if len(group) < 2:
            raise _wrong(f"has the group {shown(written)}; a group has at least two weekdays.")
    return groups


def shown(value: object) -> str:
    """Return a value as the author wrote it: text in quotes, true, false and null in YAML."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return f"'{value}'" if isinstance(value, str) else str(value)


def _month(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        return "Months go from 01 to 12."
    following = date(year + month // 12, month % 12 + 1, 1)
    days = (following - date(year, month, 1)).days
    return f"{month_name[month]} {year} has {days} days."


_TEXT_NUMBER = {"type": ["number", "string"]}
_LIST = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}

Identifier = Annotated[
    str, BeforeValidator(identifier), WithJsonSchema({"type": ["string", "integer"]})
]
Day = Annotated[date, BeforeValidator(day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[
    datetime,
    BeforeValidator(moment),
    WithJsonSchema({"type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d$"}),
]
Clock = Annotated[
    int,
    BeforeValidator(clock),
    WithJsonSchema({"type": "string", "pattern": "^([01]?\\d|2[0-4]):[0-5]\\d$"}),
]
Weekday = Annotated[
    int, BeforeValidator(weekday), WithJsonSchema({"type": "string", "enum": list(WEEKDAYS)})
]
Share = Annotated[float, Field(ge=0, le=1)]

# Cells of tables arrive as text.
Whole = Annotated[int, BeforeValidator(whole), WithJsonSchema(_TEXT_NUMBER)]
Number = Annotated[float, BeforeValidator(number), WithJsonSchema(_TEXT_NUMBER)]
Flag = Annotated[bool, BeforeValidator(flag), WithJsonSchema({"type": ["boolean", "string"]})]
Words = Annotated[tuple[str, ...], BeforeValidator(words), WithJsonSchema(_LIST)]
WeekdayGroups = Annotated[
    tuple[tuple[int, ...], ...],
    BeforeValidator(weekday_groups),
    WithJsonSchema({"type": "array", "items": _LIST}),
]
Weekdays = Annotated[tuple[int, ...], BeforeValidator(weekdays), WithJsonSchema(_LIST)]

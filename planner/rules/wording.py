"""How rules speak: numbers, days and clock times in German and English, and the finding itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.rule import Finding, RosterRule, Severity
from planner.units import minute_to_clock

WEEKDAYS_DE = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Breach:
    """The facts of one breach.

    ``excess`` is what the price multiplies, in the unit of the rule's price.
    """

    measured: float
    limit: float
    unit: str
    de: str
    en: str
    employee: str = ""
    location: str = ""
    day: date | None = None
    excess: float = 0.0


def found(rule: RosterRule, breach: Breach, price: float = 0.0) -> Finding:
    """Return the finding for ``breach``; only soft rules cost ``price`` per unit of excess."""
    soft = rule.severity is Severity.SOFT
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        employee=breach.employee,
        location=breach.location,
        day=breach.day,
        measured=float(breach.measured),
        limit=float(breach.limit),
        unit=breach.unit,
        penalty=price * breach.excess if soft else 0.0,
        text_de=breach.de,
        text_en=breach.en,
    )


def say(language: str, de: str, en: str) -> str:
    """Return the sentence in ``language`` (``de`` or ``en``)."""
    return {"de": de, "en": en}[language]


def number_de(value: float) -> str:
    """Return ``value`` with a decimal comma and no needless zeros."""
    return f"{round(value, 2):g}".replace(".", ",")


def number_en(value: float) -> str:
    """Return ``value`` with a decimal point and no needless zeros."""
    return f"{round(value, 2):g}"


def day_de(day: date) -> str:
    """Return e.g. ``Mo 15.04.``."""
    return f"{WEEKDAYS_DE[day.weekday()]} {day.day:02d}.{day.month:02d}."


def day_en(day: date) -> str:
    """Return e.g. ``Mon 2024-04-15``."""
    return f"{WEEKDAYS_EN[day.weekday()]} {day.isoformat()}"


def span(start_minute: int, end_minute: int) -> str:
    """Return ``HH:MM-HH:MM``."""
    return f"{minute_to_clock(start_minute)}-{minute_to_clock(end_minute)}"

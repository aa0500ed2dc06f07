"""Texts and number formats of one language: what people see, and nothing else.

The texts stand in ``templates/texts_<language>.toml``, one file per language with the same
keys (a test compares them); numbers and dates follow the locale by Babel.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGES = ("de", "en")
_LOCALES = {"de": "de_DE", "en": "en_GB"}

#: Digits after the decimal point by unit.
_DIGITS = {"min": 1, "days": 1, "h": 0, "customers": 0, "fte": 1, "desks": 0, "points": 0}
NOTHING = "–"


@dataclass(frozen=True)
class Words:
    """The words of one language; ``words("section.key", name=value)`` gives a text."""

    language: str
    entries: dict[str, str]

    def __call__(self, key: str, **values: str | int) -> str:
        """Return the text of ``key`` with its placeholders filled; ``KeyError`` if unknown."""
        return self.entries[key].format(**values)

    def name(self, section: str, key: str) -> str:
        """Return the text of ``section.key``, or ``key`` itself for names that cases invent."""
        return self.entries.get(f"{section}.{key}", key)

    def pick(self, german: str, english: str) -> str:
        """Return the text in this language."""
        return german if self.language == "de" else english

    def number(self, value: float, digits: int = 0) -> str:
        """Return ``value`` with this many digits; a dash when there is none."""
        if math.isnan(value):
            return NOTHING
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(value + 0.0, pattern, locale=_LOCALES[self.language])

    def share(self, value: float, digits: int = 0) -> str:
        """Return a share as a percentage."""
        if math.isnan(value):
            return NOTHING
        pattern = "#,##0" + ("." + "0" * digits if digits else "") + "\u00a0%"
        return format_percent(value, pattern, locale=_LOCALES[self.language])

    def quantity(self, value: float, unit: str) -> str:
        """Return ``value`` with its unit in words, e.g. ``12,3 Min.`` or ``86 %``."""
        if math.isnan(value):
            return NOTHING
        if unit == "share":
            return self.amount(value, unit)
        return f"{self.amount(value, unit)}\u00a0{self.name('unit', unit)}".rstrip()

    def amount(self, value: float, unit: str) -> str:
        """Return ``value`` with the digits of its unit, without the unit (but ``%``)."""
        if unit == "share":
            return self.share(value, 1)
        return self.number(value, _DIGITS.get(unit, 2))

    def limit(self, value: float, unit: str) -> str:
        """Return a promised limit with its unit and only the digits that it has."""
        share = unit == "share"
        digits = f"{100 * value if share else value:.2f}".rstrip("0").partition(".")[2]
        if share:
            return self.share(value, len(digits))
        return f"{self.number(value, len(digits))}\u00a0{self.name('unit', unit)}".rstrip()

    def written(self, text: str, unit: str) -> str:
        """Return an input value as written in a case, numbers in this language's form."""
        try:
            value = float(text)
        except ValueError:
            return text if unit == "share" else f"{text} {self.name('unit', unit)}".strip()
        return "" if math.isnan(value) else self.limit(value, unit)

    def interval(self, low: float, high: float, unit: str) -> str:
        """Return a confidence interval in square brackets; empty without one or without width."""
        if math.isnan(low) or math.isnan(high) or low == high:
            return ""
        if unit == "share":
            return f"[{self.number(100 * low, 1)}\u202f–\u202f{self.share(high, 1)}]"
        return f"[{self.amount(low, unit)}\u202f–\u202f{self.amount(high, unit)}]"

    def day(self, day: date) -> str:
        """Return weekday and date, short: ``Mo, 29.04.``."""
        pattern = "EEE, dd.MM." if self.language == "de" else "EEE d MMM"
        return format_date(day, pattern, locale=_LOCALES[self.language])

    def weekday(self, day: date) -> str:
        """Return the weekday in full."""
        return format_date(day, "EEEE", locale=_LOCALES[self.language])

    def date(self, day: date) -> str:
        """Return the date in full: ``29. April 2024``."""
        return format_date(day, "long", locale=_LOCALES[self.language])


@cache
def words_of(language: str) -> Words:
    """Return the words of ``language`` (``de`` or ``en``)."""
    with (TEMPLATES / f"texts_{language}.toml").open("rb") as file:
        sections = tomllib.load(file)
    entries = {f"{s}.{key}": text for s, texts in sections.items() for key, text in texts.items()}
    return Words(language, entries)

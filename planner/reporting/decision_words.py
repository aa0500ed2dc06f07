"""Texts of the decision reports, besides those of all reports."""

from __future__ import annotations

import tomllib
from functools import cache

from planner.reporting.words import TEMPLATES, Words, words_of


@cache
def decision_words(language: str) -> Words:
    """Return the words of ``language`` (``de`` or ``en``) with those of decision reports."""
    with (TEMPLATES / f"decision_texts_{language}.toml").open("rb") as file:
        sections = tomllib.load(file)
    own = {f"{s}.{key}": text for s, texts in sections.items() for key, text in texts.items()}
    return Words(language, words_of(language).entries | own)


def signed(words: Words, value: float, unit: str) -> str:
    """Return a difference with its sign and unit."""
    if value != value:
        return words("common.not_simulated")
    sign = "+" if value > 0 else "\u2212" if value < 0 else "\u00b1"
    if unit == "share":
        return f"{sign}{words.number(100 * abs(value), 1)}\u00a0{words('common.points')}"
    return f"{sign}{words.quantity(abs(value), unit)}"


def span(words: Words, low: float, high: float, unit: str) -> str:
    """Return the interval of a difference in square brackets; empty without one."""
    if low != low or high != high or low == high:
        return ""
    scale, digits = (100, 1) if unit == "share" else (1, 2)
    ends = [words.number(scale * end, digits).replace("-", "\u2212") for end in (low, high)]
    return f"[{ends[0]} … {ends[1]}]"


def as_written(words: Words, text: str) -> str:
    """Return a value of a case file in the language's digits; what is no number stays as it is."""
    try:
        value = float(text)
    except ValueError:
        return text
    digits = f"{value:.10f}".rstrip("0").partition(".")[2]
    return words.number(value, len(digits))

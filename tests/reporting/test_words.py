"""The two languages say the same things, and numbers follow the locale."""

import re
from datetime import date

import pytest

from planner.reporting.decision_words import decision_words
from planner.reporting.scenario_material import scenario_words
from planner.reporting.words import LANGUAGES, TEMPLATES, Words


def _all_words(language: str) -> Words:
    entries = {**scenario_words(language).entries, **decision_words(language).entries}
    return Words(language, entries)


DE, EN = _all_words("de"), _all_words("en")
FILES = [*TEMPLATES.glob("*.j2"), *TEMPLATES.parent.glob("*.py")]
SOURCE = "\n".join(path.read_text() for path in FILES if path.name != "words.py")


def test_both_languages_have_the_same_texts():
    """No text is missing in one of the languages, and none is empty but the unit of a count."""
    assert set(DE.entries) == set(EN.entries)
    empty = {key for words in (DE, EN) for key, text in words.entries.items() if not text}
    assert empty == {"unit.customers"}


def test_both_languages_fill_the_same_placeholders():
    """A text takes the same values in both languages."""
    for key, german in DE.entries.items():
        assert set(re.findall(r"{\w+}", german)) == set(re.findall(r"{\w+}", EN.entries[key])), key


def test_every_text_that_templates_and_code_name_exists():
    """Keys written in templates and modules stand in the catalogues."""
    pattern = r"\b(?:w|words)\(\s*['\"]([a-z_]+\.[a-z_0-9]+)['\"]"
    named = set(re.findall(pattern, SOURCE))
    assert len(named) > 60
    assert named <= set(DE.entries)


def test_every_text_is_used():
    """No text is left over: each is named in full, by its section, or as a table's heading."""
    by_section = set(re.findall(r"[\"']([a-z]+)\.(?:\{|['\"] ~)", SOURCE))
    by_section |= set(re.findall(r"name\([\"']([a-z_]+)[\"']", SOURCE))
    headings = {
        f"{section}.{column}"
        for section, columns in re.findall(r"head\(w, '([a-z]+)', (.*?)\)\s*}}", SOURCE, re.DOTALL)
        for column in re.findall(r"'([a-z_]+)'", columns)
    }
    glossary = {key for key in DE.entries if key.startswith("glossary.term_")}
    codes = {f"roster.code_{kind}" for kind in ("early", "day", "late")}
    left = {
        key
        for key in set(DE.entries) - headings - glossary - codes
        if key not in SOURCE and key.split(".")[0] not in by_section
    }
    assert left == set()


def test_an_unknown_text_is_an_error():
    """A misspelt key is not shown to people."""
    with pytest.raises(KeyError):
        DE("page.titel")
    assert DE.name("skill", "juggling") == "juggling"


def test_languages_are_german_and_english():
    """German is first, as the default."""
    assert LANGUAGES == ("de", "en")


@pytest.mark.parametrize(
    ("value", "unit", "german", "english"),
    [
        (0.8612, "share", "86,1\u00a0%", "86.1\u00a0%"),
        (1234.56, "min", "1.234,6\u00a0Min.", "1,234.6\u00a0min"),
        (12345.0, "customers", "12.345", "12,345"),
        (8.68, "days", "8,7\u00a0Tage", "8.7\u00a0days"),
        (1.5, "furlongs", "1,50\u00a0furlongs", "1.50\u00a0furlongs"),
        (float("nan"), "days", "–", "–"),
    ],
)
def test_quantities(value: float, unit: str, german: str, english: str):
    """A quantity has its digits, its separators and its unit."""
    assert DE.quantity(value, unit) == german
    assert EN.quantity(value, unit) == english


def test_numbers_without_value_are_a_dash():
    """A missing number shows as a dash, a negative zero as zero."""
    assert DE.number(float("nan"), 1) == "–"
    assert DE.share(float("nan")) == "–"
    assert DE.number(-0.0, 1) == "0,0"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(14.0, "days", "14\u00a0Tage"), (0.755, "share", "75,5\u00a0%"), (2.25, "", "2,25")],
)
def test_limits_have_only_their_own_digits(value: float, unit: str, text: str):
    """A promise of 14 days is not shown as 14.0."""
    assert DE.limit(value, unit) == text


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("0.03", "share", "3\u00a0%"),
        ("630000", "1/year", "630.000\u00a01/year"),
        ("[0, 2]", "days", "[0, 2] Tage"),
        ("7 % at 3 days", "share", "7 % at 3 days"),
        ("nan", "", ""),
    ],
)
def test_inputs_are_shown_as_written(text: str, unit: str, shown: str):
    """Numbers of a case follow the locale, other values stay as they are."""
    assert DE.written(text, unit) == shown


def test_intervals():
    """An interval has one unit sign; none is shown without width or value."""
    assert DE.interval(0.69, 0.731, "share") == "[69,0\u202f–\u202f73,1\u00a0%]"
    assert EN.interval(8.7, 9.5, "days") == "[8.7\u202f–\u202f9.5]"
    assert DE.interval(5.0, 5.0, "h") == ""
    assert DE.interval(float("nan"), 5.0, "h") == ""


def test_dates():
    """Days and dates read as each language writes them."""
    day = date(2024, 4, 29)
    assert (DE.day(day), EN.day(day)) == ("Mo., 29.04.", "Mon 29 Apr")
    assert (DE.weekday(day), DE.date(day)) == ("Montag", "29. April 2024")
    assert DE.pick("ja", "yes") == "ja"

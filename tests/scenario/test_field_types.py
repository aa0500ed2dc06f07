"""Fields and cells: what may be written is read exactly, everything else is refused in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from planner.scenario import field_types as types
from planner.units import minute_to_clock


@given(st.integers(0, 1440))
def test_every_minute_of_the_day_is_read_back(minute: int) -> None:
    """``HH:MM`` and minutes after midnight are inverse."""
    assert minute == types.clock(minute_to_clock(minute))


@given(st.dates())
def test_every_day_is_read_back(day: date) -> None:
    """ISO days and dates are inverse."""
    assert day == types.day(day.isoformat())
    assert day == types.day(day)


@given(st.integers())
def test_whole_numbers_are_read_back(number: int) -> None:
    """Whole numbers as text, as numbers, and as floats without a rest."""
    assert number == types.whole(str(number))
    assert number == types.whole(number)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_read_back(number: float) -> None:
    """Any finite number survives being written."""
    assert number == types.number(repr(number))
    assert number == types.number(number)


def test_whole_floats_and_flags_are_read() -> None:
    """4.0 is a whole number; true and TRUE are true."""
    assert types.whole(4.0) == 4
    assert (types.flag(True), types.flag("TRUE"), types.flag("false")) == (True, True, False)


def test_lists_are_read_from_cells_and_lists() -> None:
    """Cells join words by ; and blanks around them do not count."""
    assert types.words("a; b;") == ("a", "b")
    assert types.words(["a", 7]) == ("a", "7")
    assert types.weekdays("mon;SUN") == (0, 6)
    assert types.weekday_groups([["fri", "MON"], "sat;sun"]) == ((0, 4), (5, 6))
    assert types.weekday_groups([]) == ()


@pytest.mark.parametrize(
    ("parse", "value"),
    [
        (types.whole, True),
        (types.whole, 1.5),
        (types.whole, "1.5"),
        (types.number, True),
        (types.number, "1_000"),
        (types.number, "nan"),
        (types.number, None),
        (types.flag, 1),
        (types.clock, "24:01"),
        (types.clock, "12:60"),
        (types.clock, 720),
        (types.day, 20240415),
        (types.day, "2024-00-10"),
        (types.weekday, "Monday"),
        (types.weekday, 0),
        (types.identifier, ""),
        (types.identifier, "a b"),
        (types.identifier, True),
        (types.words, 3),
        (types.words, "a.b"),
    ],
)
def test_everything_else_is_refused(parse: object, value: object) -> None:
    """A value of another kind or out of range is refused with what it is."""
    with pytest.raises(PydanticCustomError) as error:
        parse(value)  # type: ignore[operator]

    assert str(error.value).startswith("is ")


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "null"), (True, "true"), ("a", "'a'"), (1.5, "1.5")]
)
def test_values_are_shown_as_written(value: object, shown: str) -> None:
    """Text stands in quotes, the words of YAML as they are."""
    assert shown == types.shown(value)

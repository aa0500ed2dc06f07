"""Types of shift as a scenario states them: a name, a limit and the tests that all must hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from planner.scenario.field_types import Identifier, shown
from planner.scenario.section_models import Section
from planner.units import MINUTES_PER_DAY

_TESTS = ("start_before_minute", "end_after_minute", "min_paid_minutes")
_Minute = Annotated[int, Field(ge=0, le=MINUTES_PER_DAY)]


class ShiftTypeItem(Section):
    """A type of shift of the rule shifts_of_type."""

    name: Identifier = Field(description="What findings call the type.")
    most: int = Field(ge=0, description="Shifts of the type in a week at the most.")
    start_before_minute: _Minute | None = Field(
        None, description="The shift starts before this minute of the day."
    )
    end_after_minute: _Minute | None = Field(
        None, description="The shift ends after this minute of the day."
    )
    min_paid_minutes: _Minute | None = Field(
        None, description="The shift has at least so many paid minutes."
    )

    @model_validator(mode="after")
    def _has_a_test(self) -> ShiftTypeItem:
        if all(getattr(self, test) is None for test in _TESTS):
            raise _wrong(
                f"names the type {shown(self.name)} but not which shifts are of it.",
                f"Give at least one of {', '.join(_TESTS)}.",
            )
        return self


def _named_once(items: tuple[ShiftTypeItem, ...]) -> tuple[ShiftTypeItem, ...]:
    names = [item.name for item in items]
    for name in names:
        if names.count(name) > 1:
            raise _wrong(
                f"names the type {shown(name)} twice.",
                "A type has one name and one limit: rename one, or leave it out.",
            )
    return items


def _wrong(message: str, advice: str) -> PydanticCustomError:
    return PydanticCustomError("planner", "{message}", {"message": message, "advice": advice})


ShiftTypes = Annotated[tuple[ShiftTypeItem, ...], AfterValidator(_named_once)]

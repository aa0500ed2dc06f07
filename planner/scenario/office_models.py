"""The fields of a service day: an office in a YAML file of its own, or a row of a CSV table."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from planner.scenario.field_types import Clock, Identifier, Number, Whole, number, whole


def numbers(value: object) -> tuple[float, ...]:
    """Return numbers, written as a list, joined by ``;``, or one alone."""
    return tuple(number(part) for part in _parts(value))


def wholes(value: object) -> tuple[int, ...]:
    """Return whole numbers, written as a list, joined by ``;``, or one alone."""
    return tuple(whole(part) for part in _parts(value))


def _parts(value: object) -> list[object]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    return value if isinstance(value, list) else [value]


_LIST = WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}, {"type": "array"}]})
NotNegative = Annotated[float, Field(ge=0)]
NotNegativeWhole = Annotated[int, Field(ge=0)]
Numbers = Annotated[tuple[NotNegative, ...], BeforeValidator(numbers), _LIST]
Wholes = Annotated[tuple[NotNegativeWhole, ...], BeforeValidator(wholes), _LIST]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class ShiftItem(_Strict):
    """A shift of a menu that is written out."""

    start: Clock = Field(description="Start of the shift, HH:MM.")
    end: Clock = Field(description="End of the shift, HH:MM.")
    breaks: tuple[tuple[Clock, Clock], ...] = Field(
        (), description="Breaks away from the counter: [[HH:MM, HH:MM], …]."
    )
    cost: Annotated[float, Field(gt=0)] | None = Field(
        None, description="Cost of one person on it; left out: hours less breaks."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start >= self.end:
            raise _wrong("ends before it starts.", "Swap start and end.")
        if any(not self.start <= a < b <= self.end for a, b in self.breaks):
            raise _wrong("has a break outside its time.", "Breaks lie between start and end.")
        return self


class OfficeModel(_Strict):
    """An office on one day."""

    id: Identifier = Field("office", description="Name of the office, as told in the result.")
    first: Clock = Field(8 * 60, description="Opening, HH:MM (08:00).")
    period_minutes: Annotated[Whole, Field(gt=0)] = Field(
        60, description="Length of a period [min]: arrivals, people and target change by period."
    )
    arrivals_per_hour: Annotated[Numbers, Field(min_length=1)] = Field(
        description="Arrivals per hour by period, a list (in CSV joined by ;)."
    )
    service_minutes: Annotated[Number, Field(gt=0)] = Field(
        description="Mean of the exponential service time [min]."
    )
    threshold_minutes: Annotated[Number, Field(ge=0)] = Field(
        description="Who waits longer is late [min]."
    )
    late_limit: Annotated[Number, Field(gt=0, lt=1)] = Field(
        description="Tolerated share late in every period, e.g. 0.1."
    )
    counters: Annotated[Wholes, Field(min_length=1)] = Field(
        description="Most people who serve at once: one number, or one a period."
    )
    least: Annotated[Wholes, Field(min_length=1)] = Field(
        (1,), description="Least people who serve: one number, or one a period (1)."
    )
    shift_hours: Numbers = Field(
        (), description="Lengths of shifts [h]; each starts at every period at which it fits."
    )
    shifts: tuple[ShiftItem, ...] = Field((), description="Shifts written out, beside those.")


class OfficeFile(_Strict):
    """A scenario file with one office."""

    name: Identifier = Field(description="Short name of the case.")
    office: OfficeModel = Field(description="The office on one day.")


def _wrong(message: str, advice: str) -> PydanticCustomError:
    return PydanticCustomError("planner", "{message}", {"message": message, "advice": advice})

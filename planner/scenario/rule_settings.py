"""The rules of the roster as a scenario sets them: every field of a rule is a setting."""

from __future__ import annotations

from dataclasses import Field as DataclassField
from dataclasses import fields, replace
from functools import cache
from typing import Any, Literal, get_type_hints

from pydantic import Field, create_model

from planner.domain.rule import RosterRule
from planner.rules.permitted import permitted_severities, shared_numbers, why_not_otherwise
from planner.rules.registry import RULES
from planner.rules.shifts_of_type import ShiftType
from planner.scenario.field_types import WeekdayGroups
from planner.scenario.section_models import Section
from planner.scenario.shift_type_settings import ShiftTypes

RULE_IDS = tuple(rule.id for rule in RULES)
#: Under this key of a rule stand the settings of contract groups.
GROUPS = "groups"
#: How a scenario writes numbers of a rule that are lists.
_LISTS: dict[object, object] = {
    tuple[tuple[int, ...], ...]: WeekdayGroups,
    tuple[ShiftType, ...]: ShiftTypes,
}


@cache
def rule_model(rule: type[RosterRule]) -> type[Section]:
    """Return the settings of a rule as a section; what is left out keeps its default."""
    return _model(rule, f"{rule.__name__}Settings", ())


@cache
def group_model(rule: type[RosterRule]) -> type[Section]:
    """Return the settings of a rule for one contract group; what is left out is as for all."""
    return _model(rule, f"{rule.__name__}GroupSettings", shared_numbers(rule))


def set_rule(rule: RosterRule, settings: Section) -> RosterRule:
    """Return ``rule`` with the settings that a scenario gives."""
    given = settings.model_dump(exclude_unset=True)
    values = {key: _value(rule, key, value) for key, value in given.items()}
    return replace(rule, **values)  # type: ignore[type-var]


def _model(rule: type[RosterRule], name: str, without: tuple[str, ...]) -> type[Section]:
    hints = get_type_hints(rule)
    settings: dict[str, Any] = {
        part.name: _setting(rule, part, hints[part.name])
        for part in _parts(rule)
        if part.name not in without
    }
    summary = (rule.__doc__ or "").splitlines()[0]
    return create_model(name, __base__=Section, __doc__=summary, **settings)


def _value(rule: RosterRule, key: str, value: object) -> object:
    if key == "severity":
        return type(rule.severity)(str(value))
    if key == "types" and isinstance(value, tuple):
        return tuple(ShiftType(**item) for item in value)
    return value


def _parts(rule: type[RosterRule]) -> tuple[DataclassField[Any], ...]:
    return fields(rule)  # type: ignore[arg-type]


def _setting(rule: type[RosterRule], part: DataclassField[Any], kind: object) -> tuple[Any, Any]:
    meaning = f"Setting of the rule {rule.id}."
    if part.name == "severity":
        names = tuple(str(severity) for severity in permitted_severities(rule))
        binding = f"How binding the rule is. {why_not_otherwise(rule)}".strip()
        return Literal[names], Field(str(part.default), description=binding)
    if isinstance(part.default, tuple):
        return _LISTS[kind], Field(part.default, description=meaning)
    return kind, Field(part.default, ge=0, description=meaning)

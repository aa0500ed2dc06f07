"""The JSON schema of scenario files, generated from the models that read them."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from planner.rules.permitted import may_differ_by_group
from planner.rules.registry import RULES
from planner.scenario.network_changes import CloseItem, RedirectItem
from planner.scenario.notes import NumberItem
from planner.scenario.row_changes import RemoveItem, ScaleItem, SetItem
from planner.scenario.rule_settings import GROUPS, group_model, rule_model
from planner.scenario.section_book import SECTIONS, SectionSpec
from planner.scenario.section_models import Head, Section, Title
from planner.scenario.table_book import TABLES, TableSpec

Schema = dict[str, Any]
CHANGE_ITEMS = (ScaleItem, RemoveItem, SetItem, CloseItem, RedirectItem)
_TEXTS: Schema = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
}


def json_schema() -> dict[str, object]:
    """Return the JSON schema (2020-12) of a base file and of a file that extends one."""
    definitions = _definitions()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "planner scenario",
        "description": "A base case, or a scenario that extends one.",
        "$defs": definitions,
        "if": {"required": ["extends"]},
        "then": _extending(definitions),
        "else": _base(definitions),
    }


def _definitions() -> Schema:
    models: list[type[Section]] = [Head, Title, NumberItem, *CHANGE_ITEMS]
    models += [spec.model for spec in SECTIONS]
    models += [rule_model(rule) for rule in RULES]
    models += [group_model(rule) for rule in RULES if may_differ_by_group(rule)]
    every = [*models, *(spec.row for spec in TABLES)]
    _, schema = models_json_schema(
        [(model, "validation") for model in every], ref_template="#/$defs/{model}"
    )
    found: Schema = schema["$defs"]
    for rule in filter(may_differ_by_group, RULES):
        groups = {
            "type": "object",
            "description": "What contract groups have otherwise.",
            "additionalProperties": _reference(group_model(rule)),
        }
        found[rule_model(rule).__name__].setdefault("properties", {})[GROUPS] = groups
    return found


def _base(definitions: Schema) -> Schema:
    """Return the schema of a complete file."""
    sections = {spec.name: _section(spec) for spec in SECTIONS}
    head = definitions["Head"]
    tables = {
        "type": "object",
        "properties": {spec.name: _table(spec) for spec in TABLES},
        "required": [spec.name for spec in TABLES if spec.required],
        "additionalProperties": False,
    }
    required = [spec.name for spec in SECTIONS if spec.required]
    return {
        "type": "object",
        "properties": {
            **head["properties"],
            **sections,
            "rules": _rules(),
            "tables": tables,
            "overrides": _overrides(),
            "apply": _TEXTS,
        },
        "required": [*head["required"], *required, "tables"],
        "additionalProperties": False,
    }


def _extending(definitions: Schema) -> Schema:
    """Return the schema of a file that changes another: fields of any depth, rows by key."""
    return {
        "type": "object",
        "properties": {
            **definitions["Head"]["properties"],
            "extends": {"type": "string", "description": "File that this one changes."},
            "combine": {**_TEXTS, "description": "Scenarios of the same base laid under this one."},
            "overrides": _overrides(),
            "apply": {**_TEXTS, "description": "Overrides in order; left out: as written."},
            **_override_keys(),
        },
        "required": ["extends", "name"],
        "patternProperties": _changes(),
        "additionalProperties": False,
    }


def _overrides() -> Schema:
    block = {
        "type": "object",
        "properties": _override_keys(),
        "patternProperties": _changes(),
        "additionalProperties": False,
    }
    return {"type": "object", "additionalProperties": block}


def _override_keys() -> Schema:
    return {
        "why": {
            "anyOf": [{"type": "string"}, _reference(Title)],
            "description": "Why it matters, in one sentence.",
        },
        "numbers": {
            "type": "array",
            "items": _reference(NumberItem),
            "description": "Where its numbers are from.",
        },
        "replaces": {**_TEXTS, "description": "Earlier overrides whose values may be set again."},
        "scale": {"type": "array", "items": _reference(ScaleItem)},
        "remove": {"type": "array", "items": _reference(RemoveItem)},
        "set": {"type": "array", "items": _reference(SetItem)},
        "close": {"type": "array", "items": _reference(CloseItem)},
        "redirect": {"type": "array", "items": _reference(RedirectItem)},
        "tables": {
            "type": "object",
            "properties": {spec.name: {"anyOf": [_table(spec), _patch()]} for spec in TABLES},
            "additionalProperties": False,
        },
    }


def _changes() -> Schema:
    """Return the keys of changed sections, also as dotted paths."""
    names = "|".join([*Head.model_fields, *(spec.name for spec in SECTIONS), "rules"])
    return {f"^({names})(\\..+)?$": {}}


def _patch() -> Schema:
    row = {"type": ["object", "null"], "description": "Changed columns; null removes the row."}
    return {"type": "object", "additionalProperties": row}


def _section(spec: SectionSpec) -> Schema:
    one = _reference(spec.model)
    return {"type": "array", "items": one} if spec.many else one


def _table(spec: TableSpec) -> Schema:
    description = (spec.row.__doc__ or "").splitlines()[0]
    path = {"type": "string", "description": "Path of a CSV file beside this one."}
    rows = {"type": "array", "items": _reference(spec.row)}
    return {"description": description, "anyOf": [path, rows]}


def _rules() -> Schema:
    properties = {rule.id: _reference(rule_model(rule)) for rule in RULES}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _reference(model: type[object]) -> Schema:
    return {"$ref": f"#/$defs/{model.__name__}"}

"""The JSON schema, generated: it is one, it accepts what is right and refuses what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from ruamel.yaml import YAML

from planner.rules.registry import RULES
from planner.scenario.schema_export import json_schema
from planner.scenario.section_book import TOP_LEVEL
from planner.scenario.table_book import TABLES

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SCHEMA: dict[str, Any] = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def content(name: str) -> dict[str, Any]:
    """Return a shipped scenario as an editor would see it."""
    loaded = YAML(typ="safe", pure=True).load(SCENARIOS / name)
    found: dict[str, Any] = json.loads(json.dumps(loaded, default=str))
    return found


def test_schema_is_a_schema() -> None:
    """The generated document obeys the meta schema."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "name", ["small/base.yaml", "queue/mmc.yaml", "queue/impatient.yaml", "hamburg/base.yaml"]
)
def test_shipped_scenarios_fit(name: str) -> None:
    """Every shipped scenario, base or extending, fits the schema."""
    assert list(VALIDATOR.iter_errors(content(name))) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("horizn",), {}),
        (("absence", "rate"), 2),
        (("absence", "rate"), "0.03"),
        (("shifts", "latest"), "25:00"),
        (("rules",), {"min_rets": {}}),
        (("rules", "min_rest"), {"severity": "soft"}),
        (("tables", "wish"), "wishes.csv"),
        (("tables", "wishes"), [{"employee": "N1"}]),
        (("booking",), {"area": "residents"}),
    ],
)
def test_wrong_content_does_not_fit(path: tuple[str, ...], value: object) -> None:
    """Misspelt keys, values out of range and wrong kinds are refused."""
    spoilt = content("small/base.yaml")
    above = spoilt
    for step in path[:-1]:
        above = above[step]
    above[path[-1]] = value

    assert list(VALIDATOR.iter_errors(spoilt))


@pytest.mark.parametrize(
    "extra",
    [
        {"absence.rate": 0.2},
        {"why": "because", "replaces": "first"},
        {"scale": [{"table": "demand", "column": "requests_per_year", "percent": 30}]},
        {"remove": [{"table": "wishes", "where": {"kind": "early"}}]},
        {"tables": {"locations": {"north": {"desks": 9}}, "wishes": {"a/b/c": None}}},
        {"overrides": {"more": {"absence": {"rate": 0.2}}}, "apply": ["more"]},
        {"combine": ["other.yaml"]},
    ],
)
def test_overrides_fit(extra: dict[str, Any]) -> None:
    """Every kind of override fits, and a misspelt kind does not."""
    file = {"extends": "base.yaml", "name": "other", **extra}

    assert list(VALIDATOR.iter_errors(file)) == []
    assert list(VALIDATOR.iter_errors({**file, "replces": "first"}))


def test_every_field_is_described() -> None:
    """No field of the format is without its meaning."""
    silent = [
        f"{name}.{field}"
        for name, model in SCHEMA["$defs"].items()
        for field, schema in model.get("properties", {}).items()
        if not schema.get("description")
    ]

    assert silent == []


def test_readme_names_every_section_table_and_column() -> None:
    """The description of the format leaves nothing out."""
    readme = (SCENARIOS / "README.md").read_text(encoding="utf-8")
    names = {f"`{name}`" for name in TOP_LEVEL}
    absent = {name for name in names if name not in readme}
    for spec in TABLES:
        line = next(row for row in readme.splitlines() if row.startswith(f"| {spec.name}"))
        absent |= {
            f"{spec.name}.{column}"
            for column in spec.columns
            if column not in line and column not in ("confidence", "source", "note")
        }

    assert absent == set()


def test_every_rule_can_be_set() -> None:
    """The section rules knows each rule of the registry."""
    assert set(SCHEMA["else"]["properties"]["rules"]["properties"]) == {rule.id for rule in RULES}

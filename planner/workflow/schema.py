"""The verb *schema*: the format of scenario files as JSON schema, generated from the code."""

from __future__ import annotations

import json

from planner.scenario.schema_export import json_schema


def scenario_schema() -> str:
    """Return the JSON schema of a scenario file as indented text."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False)

"""The fingerprint of a scenario: the same content gives the same hash, wherever it is written."""

from __future__ import annotations

import hashlib
import json

from pydantic import BaseModel

from planner.domain.rule import GroupRule, RosterRule
from planner.scenario.draft import Draft
from planner.scenario.section_book import SECTIONS
from planner.scenario.section_models import Head
from planner.scenario.table_book import TABLES


def fingerprint(
    draft: Draft, rules: tuple[RosterRule, ...], own: tuple[GroupRule, ...] = ()
) -> str:
    """Return the SHA-256 of the resolved content: values, not files, spelling or order of rows."""
    text = json.dumps(
        _content(draft, (*rules, *own)), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _content(draft: Draft, rules: tuple[object, ...]) -> dict[str, object]:
    models: list[type[BaseModel]] = [
        Head,
        *(spec.model for spec in SECTIONS),
        *(spec.row for spec in TABLES),
    ]
    parts: dict[str, object] = {}
    for model in models:
        texts = (entry.value.model_dump_json() for entry in draft.all(model))
        parts[model.__name__] = sorted(texts)
    parts["rules"] = [repr(rule) for rule in rules]
    return parts

"""A node against its model: the typed value, or every problem in words with file and line."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from planner.errors import Problem
from planner.scenario.field_types import shown
from planner.scenario.nodes import Fields, Items, Node, Origin, locate, plain
from planner.scenario.problems import Problems, listing, nearest, suggestion

Model = TypeVar("Model", bound=BaseModel)
Steps = tuple[str | int, ...]

_BOUNDS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}
_KINDS = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "text",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping of fields",
    "model_attributes_type": "a mapping of fields",
}


def validated(model: type[Model], node: Node, path: str, problems: Problems) -> Model | None:
    """Return the value of ``node``, or None after telling every problem of it."""
    try:
        return model.model_validate_json(json.dumps(plain(node)))
    except ValidationError as error:
        details = error.errors()
        meant = {name for detail in details for name in _meant(model, detail)}
        problems.extend(
            _problem(model, node, path, detail)
            for detail in details
            if detail["type"] != "missing" or detail["loc"] not in meant
        )
        return None


def holds(model: type[BaseModel], field: str, kind: type) -> bool:
    """Tell whether a field of ``model`` holds values of the type ``kind``."""
    return _bare(model.model_fields[field].annotation) is kind


def _problem(model: type[BaseModel], node: Node, path: str, detail: ErrorDetails) -> Problem:
    steps: Steps = detail["loc"]
    if detail["type"] == "extra_forbidden":
        origin, message, advice = _unknown(model, node, steps)
    else:
        origin = locate(node, steps)
        message, advice = _sentence(model, steps, detail)
    return Problem(origin.file, origin.line, joined(path, steps), message, advice)


def joined(path: str, steps: Sequence[str | int]) -> str:
    """Return ``path`` with further steps: ``booking.residents`` and ``tranches, 0``."""
    text = path
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _unknown(model: type[BaseModel], node: Node, steps: Steps) -> tuple[Origin, str, str]:
    above = _inside(node, steps[:-1])
    key = str(steps[-1])
    origin = above.keys[key] if isinstance(above, Fields) else locate(node, steps)
    owner = _model_at(model, steps[:-1])
    known = owner.model_fields if owner else {}
    return origin, "is not a known field.", suggestion(key, known, "Known fields")


def _meant(model: type[BaseModel], detail: ErrorDetails) -> Iterator[Steps]:
    """Yield the field that an unknown key was meant to be: it is not missing as well."""
    steps: Steps = detail["loc"]
    owner = _model_at(model, steps[:-1])
    name = nearest(str(steps[-1]), owner.model_fields if owner else ())
    if detail["type"] == "extra_forbidden" and name is not None:
        yield (*steps[:-1], name)


def _inside(node: Node, steps: Steps) -> Node:
    for step in steps:
        inner = node.entries if isinstance(node, Fields) else cast("Items", node).items
        node = cast("Any", inner)[step]
    return node


def _sentence(model: type[BaseModel], steps: Steps, detail: ErrorDetails) -> tuple[str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    meaning = _meaning(model, steps)
    value = detail["input"]
    if kind == "planner":
        return detail["msg"], context["advice"] or meaning
    if kind == "missing":
        return "is missing.", f"Add it: {meaning}" if meaning else "Add it."
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        return f"is {value}; it must be {words} {context[key]:g}.", meaning
    if kind in {"too_long", "too_short"}:
        limit = context.get("max_length", context.get("min_length"))
        words = "most" if kind == "too_long" else "least"
        return f"is {_brief(value)}; it must have {limit} items at the {words}.", meaning
    if kind in {"enum", "literal_error"}:
        return _choice(value, context, meaning)
    if kind in _KINDS:
        return f"is {_brief(value)}; it must be {_KINDS[kind]}.", meaning
    return f"is {_brief(value)}: {detail['msg']}.", meaning


def _choice(value: object, context: Mapping[str, Any], meaning: str) -> tuple[str, str]:
    names = str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
    advice = suggestion(str(value), names, "May be")
    listed = all(name in meaning for name in names)
    guessed = advice if advice.startswith("Did") else "" if listed else meaning
    return f"is {_brief(value)}; it may be {listing(names)}.", guessed


def _brief(value: object) -> str:
    text = shown(value) if not isinstance(value, (dict, list)) else json.dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _meaning(model: type[BaseModel], steps: Steps) -> str:
    """Return the description of the innermost field that ``steps`` lead through."""
    meaning = ""
    for index, step in enumerate(steps):
        owner = _model_at(model, steps[:index])
        if owner and isinstance(step, str) and step in owner.model_fields:
            meaning = owner.model_fields[step].description or ""
    return meaning


def _model_at(model: type[BaseModel], steps: Steps) -> type[BaseModel] | None:
    current: object = model
    for step in steps:
        if isinstance(step, int):
            current = _inner(current)
        else:
            current = _bare(cast("type[BaseModel]", current).model_fields[step].annotation)
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def _inner(annotation: object) -> object:
    arguments = get_args(_bare(annotation))
    return _bare(arguments[0]) if arguments else annotation


def _bare(annotation: object) -> object:
    """Return the type without None and without annotations."""
    if get_origin(annotation) in {Union, types.UnionType}:
        return _bare(next(p for p in get_args(annotation) if p is not types.NoneType))
    while hasattr(annotation, "__metadata__"):
        annotation = get_args(annotation)[0]
    return annotation

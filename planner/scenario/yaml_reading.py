"""YAML 1.2 in, nodes with line numbers out (so that 17:00 is text and not 1020)."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from planner.scenario.nodes import Fields, Items, Leaf, Node, Origin, Value
from planner.scenario.problems import Problems
from planner.scenario.table_lines import split_tables
from planner.scenario.text_reading import read_text

_TAG = "tag:yaml.org,2002:"
_TRUE = {"true", "True", "TRUE"}
_RESOLVER = YAML(typ="safe", pure=True).resolver


def read_yaml(path: Path, mention: Origin, problems: Problems) -> Fields | None:
    """Return the mapping in a YAML file, or None when it cannot be used."""
    text = read_text(path, mention, problems)
    if text is None:
        return None
    node = parse_yaml(text, str(path), problems)
    if node is None or isinstance(node, Fields):
        return node
    problems.add(Origin(str(path), 1), "", "must be a mapping of fields: `name: …`.")
    return None


def parse_yaml(text: str, file: str, problems: Problems) -> Node | None:
    """Return the content of YAML text, or None when it is not YAML."""
    split = split_tables(text, file, _plain_value)
    others = Problems()
    whole = None if split is None else _composed(split.rest, file, others)
    if split is None or others or not isinstance(whole, Fields) or "tables" not in whole.entries:
        return _composed(text, file, problems)
    return whole.with_value("tables", split.tables)


def _composed(text: str, file: str, problems: Problems) -> Node | None:
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problems.add(Origin(file, line), "", f"is not YAML: {error.problem or error.context}.")
        return None
    except YAMLError as error:
        problems.add(Origin(file, 1), "", f"is not YAML: {str(error).splitlines()[0]}.")
        return None
    if root is None:
        problems.add(Origin(file, 1), "", "holds nothing but comments.")
        return None
    return _Conversion(file, problems).node(root)


@cache
def _plain_value(text: str) -> Value:
    """Return the value of a plain scalar, by the parser's own rules."""
    return _value(str(_RESOLVER.resolve(ScalarNode, text, (True, False))), text)


class _Conversion:
    """Turns the parser's nodes into ours."""

    def __init__(self, file: str, problems: Problems) -> None:
        self._file = file
        self._problems = problems

    def node(self, source: YamlNode) -> Node:
        origin = self._origin(source)
        if isinstance(source, MappingNode):
            return self._fields(source, origin)
        if isinstance(source, SequenceNode):
            return Items(tuple(self.node(item) for item in source.value), origin)
        return Leaf(_value(str(source.tag), str(source.value)), origin)

    def _fields(self, source: MappingNode, origin: Origin) -> Fields:
        fields = Fields({}, {}, origin)
        for key_node, value_node in source.value:
            key, where = str(key_node.value), self._origin(key_node)
            if key in fields.entries:
                first = fields.keys[key].line
                self._problems.add(
                    where, key, f"is given twice; first in line {first}.", "Delete one of them."
                )
                continue
            node = self.node(value_node)
            fields.entries[key] = node if isinstance(node, Leaf) else replace(node, origin=where)
            fields.keys[key] = where
        return fields

    def _origin(self, source: YamlNode) -> Origin:
        return Origin(self._file, source.start_mark.line + 1)


def _value(tag: str, text: str) -> Value:
    kind = tag.removeprefix(_TAG)
    if kind == "null":
        return None
    if kind == "bool":
        return text in _TRUE
    if kind == "int":
        return _integer(text)
    return _float(text) if kind == "float" else text


def _integer(text: str) -> int:
    digits = text.replace("_", "")
    return int(digits, 0) if digits.lstrip("+-")[:2] in {"0x", "0o", "0b"} else int(digits, 10)


def _float(text: str) -> float:
    return float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan").lower())

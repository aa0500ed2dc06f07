"""A scenario file and all that it builds upon, as layers in order.

A base file is one layer.  A file with ``extends`` adds its own content as a layer named like the
file; then come its named ``overrides`` in the order of ``apply`` (left out: as written).  A file
may ``combine`` other scenario files of the same base: their layers come before its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from planner.scenario.nodes import Fields, Items, Leaf, Node, Origin, marked
from planner.scenario.problems import Problems, suggestion
from planner.scenario.table_content import with_tables
from planner.scenario.text_reading import beside
from planner.scenario.yaml_reading import read_yaml

#: Keys of a file that say how layers are put together.
ORDER_KEYS = ("extends", "combine", "overrides", "apply")
#: Keys of an override that change many values, in the order in which they are done.
CHANGE_KEYS = ("close", "remove", "set", "redirect", "scale")
#: Keys of an override that are not content.
OVERRIDE_KEYS = ("why", "numbers", "replaces", *CHANGE_KEYS)


@dataclass(frozen=True, slots=True)
class Layer:
    """Content that is laid over what came before.

    Attributes
    ----------
    name : str
        Name of the override; empty for a base file.
    content : Fields
        Fields and table rows that change.
    changes : dict of str to Node
        What stands under ``CHANGE_KEYS``, as written.
    replaces : tuple of Leaf
        Names of earlier overrides whose values this one may set again.
    """

    name: str
    origin: Origin
    content: Fields
    changes: dict[str, Node] = field(default_factory=dict)
    replaces: tuple[Leaf, ...] = ()


@dataclass(slots=True)
class Stack:
    """The layers of a scenario so far, and every override that ``apply`` may name."""

    layers: list[Layer] = field(default_factory=list)
    overrides: dict[str, Layer] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)


def read_layers(path: Path, problems: Problems) -> tuple[Layer, ...]:
    """Return the layers of the scenario file at ``path``, lowest first."""
    stack = Stack()
    _read_file(path, Origin(str(path), 0), stack, problems)
    return tuple(stack.layers)


def _read_file(path: Path, mention: Origin, stack: Stack, problems: Problems) -> None:
    if path in stack.files:
        problems.add(mention, str(path), "extends itself.", "Break the circle of extends.")
        return
    stack.files.append(path)
    content = read_yaml(path, mention, problems)
    if content is None:
        return
    base = content.entries.get("extends")
    if base is not None:
        _read_base(base, path, stack, problems)
    _read_combined(path, content, stack, problems)
    _add_own(path, content, stack, problems)


def _read_base(node: Node, path: Path, stack: Stack, problems: Problems) -> None:
    if isinstance(node, Leaf) and isinstance(node.value, str):
        _read_file(beside(path, node.value), node.origin, stack, problems)
    else:
        problems.add(node.origin, "extends", "must be the path of one scenario file.")


def _read_combined(path: Path, content: Fields, stack: Stack, problems: Problems) -> None:
    combined = content.entries.get("combine")
    if combined is None:
        return
    if "extends" not in content.entries:
        problems.add(combined.origin, "combine", "needs extends: a base has nothing to combine.")
        return
    for name in _texts(combined, "combine", problems):
        _read_own(beside(path, str(name.value)), name.origin, stack, problems)


def _read_own(path: Path, mention: Origin, stack: Stack, problems: Problems) -> None:
    """Add the layers of a combined file, whose base must be among the files read so far."""
    if path in stack.files:
        problems.add(
            mention, f"combine {path}", "is part of this scenario already.", "Name it once."
        )
        return
    content = read_yaml(path, mention, problems)
    if content is None:
        return
    base = content.entries.get("extends")
    known = isinstance(base, Leaf) and beside(path, str(base.value)) in stack.files
    if not known:
        problems.add(
            mention,
            f"combine {path}",
            "extends another file than this scenario.",
            "Combined scenarios must extend the same base.",
        )
        return
    stack.files.append(path)
    _read_combined(path, content, stack, problems)
    _add_own(path, content, stack, problems)


def _add_own(path: Path, content: Fields, stack: Stack, problems: Problems) -> None:
    is_base = "extends" not in content.entries
    name = "" if is_base else path.stem
    stack.layers.append(_layer(name, content.without(*ORDER_KEYS), path, problems))
    written = _named_overrides(path, content.entries.get("overrides"), stack, problems)
    chosen = content.entries.get("apply")
    stack.layers.extend(written if chosen is None else _chosen(chosen, stack, problems))


def _named_overrides(
    path: Path, blocks: Node | None, stack: Stack, problems: Problems
) -> list[Layer]:
    """Return the overrides that a file defines, as written; ``apply`` may name them from now on."""
    if blocks is None:
        return []
    if not isinstance(blocks, Fields):
        problems.add(blocks.origin, "overrides", "must be a mapping of named overrides.")
        return []
    written = []
    for key, block in blocks.entries.items():
        where, name = blocks.keys[key], f"overrides.{key}"
        if not isinstance(block, Fields):
            problems.add(where, name, "must be a mapping.")
        elif key in stack.overrides:
            first = stack.overrides[key].origin
            problems.add(where, name, f"is the name of another override, at {first}.")
        else:
            stack.overrides[key] = _layer(key, block, path, problems)
            written.append(stack.overrides[key])
    return written


def _chosen(chosen: Node, stack: Stack, problems: Problems) -> list[Layer]:
    layers = []
    for name in _texts(chosen, "apply", problems):
        key = str(name.value)
        if key not in stack.overrides:
            advice = suggestion(key, stack.overrides, "Overrides")
            problems.add(name.origin, "apply", f"names '{key}', which is no override.", advice)
        elif stack.overrides[key] in layers:
            problems.add(name.origin, "apply", f"names '{key}' twice.")
        else:
            layers.append(stack.overrides[key])
    return layers


def _layer(name: str, block: Fields, path: Path, problems: Problems) -> Layer:
    special = OVERRIDE_KEYS if name else ()
    content = block.without(*special)
    replaces = block.entries.get("replaces") if name else None
    names = _texts(replaces, "replaces", problems) if replaces else []
    return Layer(
        name,
        block.origin,
        with_tables(marked(content, name), path, problems),
        {key: marked(block.entries[key], name) for key in special if key in block.entries},
        tuple(names),
    )


def _texts(node: Node, key: str, problems: Problems) -> list[Leaf]:
    """Return one text or a list of texts as leaves."""
    items = node.items if isinstance(node, Items) else (node,)
    found = [item for item in items if isinstance(item, Leaf) and isinstance(item.value, str)]
    if len(found) != len(items):
        problems.add(node.origin, key, "must be a name or a list of names.")
    return found

"""Laws of laying layers over each other, on random trees."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planner.errors import ScenarioError
from planner.scenario.layering import merge
from planner.scenario.layers import Layer
from planner.scenario.nodes import Fields, Leaf, Node, Origin, leaves, plain
from planner.scenario.problems import Problems

Tree = dict[str, Any]

KEYS = st.sampled_from("abcd")
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        st.integers(0, 9), lambda inner: st.dictionaries(KEYS, inner, min_size=1), max_leaves=8
    ),
    max_size=4,
)


def node(tree: Tree, origin: Origin) -> Fields:
    """Return a tree of nodes standing at ``origin``."""
    entries: dict[str, Node] = {
        key: node(value, origin) if isinstance(value, dict) else Leaf(value, origin)
        for key, value in tree.items()
    }
    return Fields(entries, dict.fromkeys(entries, origin), origin)


def layer(name: str, tree: Tree, line: int = 1) -> Layer:
    """Return a layer that says ``tree``."""
    origin = Origin("file.yaml", line, name)
    return Layer(name, origin, node(tree, origin))


def laid(*layers: Layer) -> tuple[Fields, bool]:
    """Return the merged tree, and whether it came without contradiction."""
    problems = Problems()
    tree = merge(layers, problems)
    try:
        problems.raise_any()
    except ScenarioError:
        return tree, False
    return tree, True


def updated(base: Tree, change: Tree) -> Tree:
    """Return ``base`` with ``change`` laid over it: the specification."""
    result = dict(base)
    for key, value in change.items():
        both = isinstance(value, dict) and isinstance(base.get(key), dict)
        result[key] = updated(base[key], value) if both else value
    return result


def paths(tree: Tree, above: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Return the paths of all values of a tree."""
    found: set[tuple[str, ...]] = set()
    for key, value in tree.items():
        inner = (*above, key)
        found |= paths(value, inner) if isinstance(value, dict) else {inner}
    return found


def meet(one: Tree, other: Tree) -> bool:
    """Tell whether two changes set a common value or one inside the other."""
    return any(
        a[: min(len(a), len(b))] == b[: min(len(a), len(b))]
        for a in paths(one)
        for b in paths(other)
    )


@given(TREES)
def test_empty_override_changes_nothing(base: Tree) -> None:
    """Nothing laid over a tree leaves the tree."""
    assert laid(layer("", base))[0] == laid(layer("", base), layer("x", {}))[0]


@given(TREES, TREES)
def test_override_is_a_deep_update(base: Tree, change: Tree) -> None:
    """One override gives the deep update of the base and never contradicts it."""
    tree, sound = laid(layer("", base), layer("x", change, 2))

    assert updated(base, change) == plain(tree)
    assert sound


@given(TREES, TREES)
def test_same_override_twice_says_nothing_new(base: Tree, change: Tree) -> None:
    """Laid over itself as a setting, a change changes nothing."""
    once = laid(layer("", base), layer("", change))[0]
    twice = laid(layer("", base), layer("", change), layer("", change))[0]

    assert plain(once) == plain(twice)


@given(TREES, TREES, TREES)
def test_two_overrides_contradict_just_when_they_meet(base: Tree, one: Tree, other: Tree) -> None:
    """A contradiction is told if and only if both set a value or one inside the other's."""
    _, sound = laid(layer("", base), layer("x", one, 2), layer("y", other, 3))

    assert sound is not meet(one, other)


@given(TREES, TREES, TREES)
def test_overrides_that_do_not_meet_commute(base: Tree, one: Tree, other: Tree) -> None:
    """Without contradiction the order of overrides does not matter."""
    forward, sound = laid(layer("", base), layer("x", one, 2), layer("y", other, 3))
    backward, _ = laid(layer("", base), layer("y", other, 3), layer("x", one, 2))

    assert not sound or plain(forward) == plain(backward)


@given(TREES, TREES)
def test_every_value_knows_who_set_it(base: Tree, change: Tree) -> None:
    """Values of the override carry its name, the others the base's; none is lost."""
    tree, _ = laid(layer("", base), layer("x", change, 2))
    origins = {path: leaf.origin for path, leaf in leaves(tree)}

    assert {path for path, origin in origins.items() if origin.layer == "x"} == paths(change)
    assert all(o.line == (2 if o.layer else 1) for o in origins.values())

"""Mutants of a Python file: one small change each, on its syntax tree.

Changed are comparisons, arithmetic, ``and``/``or``, conditions, whole numbers and truth values, and
``max``/``min``, ``any``/``all``, those of arrays included (the classical operators: DeMillo,
Lipton, Sayward 1978, Computer 11(4)).  Left alone are docstrings, annotations, and the words of
sentences (f-strings and ``statement``), which other tests hold.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_CALLED = {"max": "min", "min": "max", "any": "all", "all": "any"}
#: Functions and methods of arrays.
_ARRAYS = {**_CALLED, "maximum": "minimum", "minimum": "maximum", "argmin": "argmax"}
Change = Callable[[ast.AST], None]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed file: where, what was changed, and its whole text.

    ``name`` identifies the mutant as long as the changed line stays.
    """

    line: int
    name: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of ``source``; the second of a line that reads the same is named so."""
    lines, names = source.splitlines(), Counter[str]()
    for index, node in enumerate(_live(ast.parse(source))):
        for what, change in _changes(node):
            tree = ast.parse(source)
            target = list(_live(tree))[index]
            change(target)
            line = getattr(node, "lineno", 0)
            text = f"in: {lines[line - 1].strip()}"
            names[f"{line} {what}"] += 1
            number = names[f"{line} {what}"]
            name = f"{what} ({number}) {text}" if number > 1 else f"{what} {text}"
            yield Mutant(line, name, ast.unparse(ast.fix_missing_locations(tree)))


def _live(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that mean something to the computer, always in the same order."""
    if isinstance(node, ast.FunctionDef) and node.name == "statement":
        return
    if isinstance(node, (ast.JoinedStr, ast.arguments, ast.Import, ast.ImportFrom)):
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _live(child)


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:  # noqa: C901  # by kind
    if isinstance(node, ast.Compare):
        for other in _COMPARED.get(type(node.ops[0]), ()):
            yield f"{type(node.ops[0]).__name__} to {other.__name__}", _compared(other)
    elif isinstance(node, (ast.BinOp, ast.AugAssign)):
        computed = _COMPUTED.get(type(node.op))
        if computed:
            yield f"{type(node.op).__name__} to {computed.__name__}", _operator(computed())
    elif isinstance(node, ast.BoolOp):
        joined = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield f"to {type(joined).__name__}", _operator(joined)
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
        yield "condition turned round", _turned
    elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        yield f"{node.value} changed", _constant
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLED:
        yield f"{node.func.id} to {_CALLED[node.func.id]}", _called
    elif isinstance(node, ast.Call) and (name := getattr(node.func, "attr", "")) in _ARRAYS:
        yield f"{name} to {_ARRAYS[name]}", _method


def _compared(other: type[ast.cmpop]) -> Change:
    def change(node: ast.AST) -> None:
        assert isinstance(node, ast.Compare)
        node.ops[0] = other()

    return change


def _operator(other: ast.AST) -> Change:
    def change(node: ast.AST) -> None:
        node.op = other  # type: ignore[attr-defined]

    return change


def _turned(node: ast.AST) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)  # type: ignore[attr-defined]


def _constant(node: ast.AST) -> None:
    assert isinstance(node, ast.Constant)
    node.value = not node.value if isinstance(node.value, bool) else node.value + 1  # type: ignore[operator]


def _called(node: ast.AST) -> None:
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Name)
    node.func.id = _CALLED[node.func.id]


def _method(node: ast.AST) -> None:
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Attribute)
    node.func.attr = _ARRAYS[node.func.attr]

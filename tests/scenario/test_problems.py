"""Problems are collected once, suggested from what is known, and told in words."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import BaseModel, Field

from planner.errors import ScenarioError
from planner.scenario.nodes import Fields, Leaf, Origin
from planner.scenario.problems import Problems, listing, nearest, suggestion
from planner.scenario.validating import validated

HERE = Origin("file.yaml", 3)


def told(problems: Problems) -> str:
    """Return what is told."""
    with pytest.raises(ScenarioError) as error:
        problems.raise_any()
    return str(error.value)


def test_no_problem_raises_nothing() -> None:
    """An empty collection is silent."""
    Problems().raise_any()


def test_problem_is_told_once() -> None:
    """Found twice, told once."""
    problems = Problems()
    problems.add(HERE, "a.b", "is wrong.")
    problems.add(HERE, "a.b", "is wrong.")

    assert told(problems) == "file.yaml:3: a.b is wrong."


def test_problems_stand_in_order_of_the_lines() -> None:
    """Whatever the order in which they are found."""
    problems = Problems()
    problems.add(Origin("b.yaml", 1), "", "third.")
    problems.add(Origin("a.yaml", 10), "", "second.")
    problems.add(Origin("a.yaml", 9), "", "first.")

    assert told(problems) == "a.yaml:9: first.\na.yaml:10: second.\nb.yaml:1: third."


def test_nearest_name_is_suggested_whatever_its_case() -> None:
    """Case does not matter; nothing near gives the list, and none is none."""
    assert nearest("CITY", ["city", "altona"]) == "city"
    assert suggestion("Cty", ["city", "altona"]) == "Did you mean 'city'?"
    assert suggestion("xyz", ["city", "altona"]) == "Known: altona, city."
    assert suggestion("xyz", []) == "Known: none."


def test_long_lists_are_cut() -> None:
    """Twenty names are enough."""
    assert listing(str(n) for n in range(23)).endswith("18, 19 and 3 more")


class Patterned(BaseModel):
    """A model with a condition that has no sentence of its own."""

    code: Annotated[str, Field(pattern="^[a-z]+$", description="Small letters.")] = "a"


def test_condition_without_words_of_its_own_is_told_as_it_is() -> None:
    """What the library says is passed on, with place, value and meaning; long values are cut."""
    problems = Problems()
    node = Fields({"code": Leaf("A" * 80, HERE)}, {"code": HERE}, HERE)

    assert validated(Patterned, node, "x", problems) is None
    assert told(problems) == (
        f"file.yaml:3: x.code is '{'A' * 56}...: String should match pattern '^[a-z]+$'. "
        "Small letters."
    )

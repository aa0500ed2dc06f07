"""Bad input: what is said to it, word for word, and that every check has something to say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.errors import ScenarioError
from planner.scenario.checks.registry import CHECKS
from planner.scenario.loading import read_draft
from planner.scenario.problems import Problems
from tests.scenario.bad_input import CASES
from tests.scenario.spoiling import Copy

GOLDEN = Path(__file__).with_name("bad_input.txt")


def golden() -> dict[str, list[str]]:
    """Return the sentences that are expected, by name of the case."""
    parts = re.split(r"^## (.+)\n", GOLDEN.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: text.splitlines() for name, text in zip(parts[1::2], parts[2::2], strict=True)}


@pytest.mark.parametrize("name", CASES)
def test_is_told_word_for_word(name: str, copy: Copy) -> None:
    """Each kind of bad input gives exactly its sentences, with file and line."""
    for edit in CASES[name]:
        copy.edit(*edit)

    assert copy.problems() == golden()[name]


def test_golden_file_has_every_case_and_no_other() -> None:
    """No expected sentence is left without its case."""
    assert list(golden()) == list(CASES)


def test_small_case_has_no_problem(copy: Copy) -> None:
    """The copy is sound before it is spoilt."""
    assert copy.problems() == []


def test_every_check_finds_something(tmp_path: Path) -> None:
    """No check exists that no case sets off."""
    found = set()
    for number, edits in enumerate(CASES.values()):
        copy = Copy.of_small(tmp_path / str(number))
        for edit in edits:
            copy.edit(*edit)
        found |= _found_by(copy)

    assert {check.__name__ for check in CHECKS} == found


def _found_by(copy: Copy) -> set[str]:
    problems = Problems()
    try:
        draft = read_draft(copy.folder / "base.yaml", (), None, problems)
    except ScenarioError:
        return set()
    return {check.__name__ for check in CHECKS if list(check(draft))}

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

#: ``## name [checks that find something]``, then the sentences told.
GOLDEN = Path(__file__).with_name("bad_input.txt")


def golden() -> dict[str, tuple[set[str], list[str]]]:
    """Return the checks and sentences that are expected, by name of the case."""
    text = GOLDEN.read_text(encoding="utf-8")
    parts = re.split(r"^## (.+) \[(.*)\]\n", text, flags=re.MULTILINE)
    names, checks, sentences = parts[1::3], parts[2::3], parts[3::3]
    return {
        name: (set(found.split()), told.splitlines())
        for name, found, told in zip(names, checks, sentences, strict=True)
    }


@pytest.mark.parametrize("name", CASES)
def test_is_told_word_for_word(name: str, copy: Copy) -> None:
    """Each kind of bad input gives exactly its sentences, with file and line, by its checks."""
    for edit in CASES[name]:
        copy.edit(*edit)

    assert (checks_that_find(copy), copy.problems()) == golden()[name]


def test_golden_file_has_every_case_and_no_other() -> None:
    """No expected sentence is left without its case."""
    assert list(golden()) == list(CASES)


def test_every_check_finds_something() -> None:
    """No check exists that no case sets off."""
    found = set().union(*(checks for checks, _ in golden().values()))

    assert {check.__name__ for check in CHECKS} == found


def test_small_case_has_no_problem(copy: Copy) -> None:
    """The copy is sound before it is spoilt."""
    assert copy.problems() == []


def checks_that_find(copy: Copy) -> set[str]:
    """Return the names of the checks that find something in a case."""
    try:
        draft = read_draft(copy.folder / "base.yaml", (), None, Problems())
    except ScenarioError:
        return set()
    return {check.__name__ for check in CHECKS if list(check(draft))}

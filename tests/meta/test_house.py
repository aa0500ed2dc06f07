"""The house keeps its own rules: size of files, locks without hosts, numbered laws."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "planner").rglob("*.py"))


def test_files_are_one_idea() -> None:
    """No source file is longer than 400 lines."""
    long = [path.name for path in SOURCES if len(path.read_text().splitlines()) > 400]
    assert long == []


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "manager", "misc"])
def test_names_say_what_a_thing_is(name: str) -> None:
    """No module hides behind a name that says nothing."""
    assert name not in {path.stem for path in SOURCES}


@pytest.mark.parametrize("lock", sorted(ROOT.glob("*.lock")), ids=lambda path: path.name)
def test_locks_pin_and_name_no_host(lock: Path) -> None:
    """Every requirement is pinned and no index or address is named."""
    lines = [line for line in lock.read_text().splitlines() if line and line[0] not in " #"]
    assert lines
    assert all(re.fullmatch(r"[a-z0-9_.-]+(\[[a-z,]+\])?==[^ ]+", line) for line in lines)
    assert "://" not in lock.read_text()


def test_randomness_is_made_in_one_place() -> None:
    """Only the streams make generators."""
    makers = [p for p in SOURCES if re.search(r"default_rng|SeedSequence\(", p.read_text())]
    assert [path.name for path in makers] == ["streams.py"]
    assert [
        p for p in SOURCES if re.search(r"^import random|^from random", p.read_text(), re.M)
    ] == []


@pytest.mark.parametrize(
    ("library", "where"),
    [
        ("numba", r"compiled_\w+\.py$"),
        ("simpy", r"sim/\w+_simpy\.py$"),
        ("ortools", r"planner/model/"),
        ("jinja2|altair|vl_convert|xlsxwriter|icalendar|typst", r"planner/reporting/"),
    ],
)
def test_third_parties_stay_within_their_walls(library: str, where: str) -> None:
    """A library of one part is imported in that part only."""
    imports = re.compile(rf"^\s*(import|from) ({library})\b", re.M)
    users = [path.as_posix() for path in SOURCES if imports.search(path.read_text())]
    assert users
    assert [user for user in users if not re.search(where, user)] == []

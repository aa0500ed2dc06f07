"""Where a run comes from."""

import re
from pathlib import Path

import pytest

from planner.results import provenance
from planner.results.manifest import SolverFacts, case_facts
from planner.results.provenance import commit, machine, now_utc, versions
from tests.results.run_builders import a_case, a_manifest


def test_versions_name_every_tool():
    """Python and every package that shapes a result has its version in the manifest."""
    found = versions()
    assert set(found) == {"python", "planner", "ortools", "simpy", "numpy", "numba", "pandas"}
    assert all(re.match(r"\d+\.\d+", version) for version in found.values())


def test_time_is_utc_to_the_second():
    """The time of making is ISO 8601 in UTC."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", now_utc())
    assert machine()


def test_no_commit_outside_a_repository(tmp_path: Path):
    """Without git history there is no commit, and no error."""
    assert commit(tmp_path) is None


def test_commit_of_a_changed_source_is_marked(monkeypatch: pytest.MonkeyPatch):
    """A commit whose files were changed since carries a plus."""
    answers = {"rev-parse": "abc", "status": " M file.py"}
    monkeypatch.setattr(provenance, "_git", lambda _folder, verb, *_rest: answers[verb])
    assert commit() == "abc+"
    answers["status"] = ""
    assert commit() == "abc"


def test_no_commit_without_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A machine without git gives no commit, and no error."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit(tmp_path) is None


def test_case_facts_name_the_holidays_of_the_week():
    """The manifest knows the public holidays within the planned days."""
    facts = case_facts(a_case())
    assert facts.holidays == {"2024-05-01": "Erster Mai"}
    assert (facts.first_day, facts.days, facts.zone) == ("2024-04-29", 7, "Europe/Berlin")


def test_solved_fills_in_the_outcome():
    """The outcome of the search goes into the manifest as a whole."""
    facts = SolverFacts(status="optimal", objective=1.0, bound=1.0, gap=0.0, terms={"a": 1.0})
    manifest = a_manifest(a_case()).solved(facts)
    assert (manifest.status, manifest.gap, manifest.terms) == ("optimal", 0.0, {"a": 1.0})

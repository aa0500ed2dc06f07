"""The week after a run: its ledger is taken over, and what cannot be gone on from is refused."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from planner.errors import StoreError
from planner.scenario.loading import load_case
from planner.workflow.options import CaseOptions
from planner.workflow.rolling import following
from planner.workflow.summary import ExitStatus
from tests.cli.conftest import SCENARIOS, SMALL, Planned, run

MONDAY = date(2024, 4, 15)


def test_the_week_after_knows_the_run(planned: Planned) -> None:
    """Everybody has the balances, the last end and the days in a row of the ledger."""
    options = following(CaseOptions(SMALL), planned.folder)
    assert options.week == MONDAY + timedelta(days=7)
    case = load_case(options.path, options.settings, options.week)
    ledger = pd.read_csv(planned.folder / "ledger.csv", keep_default_na=False).set_index("employee")
    roster = pd.read_csv(planned.folder / "roster.csv")
    last = roster.sort_values("date").groupby("employee").last()
    for person in case.employees:
        row = ledger.loc[person.id]
        assert person.late_balance == row["late_balance"]
        assert person.travel_balance == row["travel_balance"]
        assert person.refused_balance == row["refused_balance"]
        shift = last.loc[person.id]
        assert person.last_end is not None
        assert f"{person.last_end:%Y-%m-%d %H:%M}" == f"{shift['date']} {shift['end']}"
        assert person.days_in_row == 0
    assert len(case.ledger) == len(case.employees)


def test_a_later_week_keeps_balances_and_forgets_the_last_days(planned: Planned) -> None:
    """Two weeks on, rest and days in a row are no longer known; balances are."""
    week = MONDAY + timedelta(days=14)
    options = following(CaseOptions(SMALL, week=week), planned.folder)
    case = load_case(options.path, options.settings, options.week)
    assert any(person.late_balance for person in case.employees)
    assert {person.last_end for person in case.employees} == {None}


def test_what_cannot_be_gone_on_from_is_refused(planned: Planned, tmp_path: Path) -> None:
    """No run, a run of another case, and a week that is not later."""
    with pytest.raises(StoreError, match="no such folder"):
        following(CaseOptions(SMALL), tmp_path / "nowhere")
    with pytest.raises(StoreError, match="nobody in its ledger"):
        following(CaseOptions(SCENARIOS / "queue" / "mmc.yaml"), planned.folder)
    same = run("plan", SMALL, "--after", planned.folder, "--week", "2024-04-15")
    assert same.exit_code == ExitStatus.BAD_INPUT
    assert "must end before the planned days" in same.stderr
    copy = tmp_path / "copy"
    shutil.copytree(planned.folder, copy)
    for name in ("ledger.csv", "ledger.parquet"):
        (copy / name).unlink()
    assert run("plan", SMALL, "--after", copy).exit_code == ExitStatus.BAD_INPUT


def test_more_than_a_week_at_once_is_refused() -> None:
    """Two weeks in one horizon end with 2 and name the option that plans them in turn."""
    result = run("plan", SMALL, "--set", "horizon.days=14")
    assert result.exit_code == ExitStatus.BAD_INPUT
    assert "--weeks" in result.stderr


def test_looser_than_law_is_told_by_check() -> None:
    """A rule of the law that is off is named with its paragraph."""
    result = run("check", SMALL, "--set", "rules.min_rest.severity=off")
    assert result.exit_code == ExitStatus.DONE
    assert "§ 5 ArbZG" in result.stdout
    assert "ArbZG" not in run("check", SMALL).stdout
    english = ("--set", "rules.skill_held.severity=warn", "--language", "en")
    assert "the search keeps the rule all the same" in run("check", SMALL, *english).stdout

"""The commands as users and scripts meet them: statuses, streams, files (CONTRACT)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from planner.workflow.summary import ExitStatus
from tests.cli.conftest import SCENARIOS, SMALL, Planned, plan_small, run

CONTRACT_FILES = {
    "manifest.json",
    "measures.csv",
    "roster.csv",
    "activities.csv",
    "requirement.csv",
    "findings.csv",
    "employees.csv",
    "customers.parquet",
    "report.html",
    "roster.xlsx",
}


def test_check_tells_what_is_in_a_case() -> None:
    """A sound case ends with 0 and its contents."""
    result = run("check", SMALL, "--json")
    facts = json.loads(result.stdout)["facts"]
    assert result.exit_code == ExitStatus.DONE
    assert facts["case"] == "small"
    assert facts["employees"] == "12"


def test_problems_go_to_standard_error_and_end_with_2(tmp_path: Path) -> None:
    """Every problem is a line ``file:line: …`` on standard error; nothing on standard output."""
    broken = tmp_path / "base.yaml"
    broken.write_text("name: x\nhorizn: {}\n", encoding="utf-8")
    result = run("check", broken)
    assert result.exit_code == ExitStatus.BAD_INPUT
    assert result.stdout == ""
    assert f"{broken}:2: horizn" in result.stderr


def test_problems_as_json(tmp_path: Path) -> None:
    """With --json the problems are one object on standard output."""
    broken = tmp_path / "base.yaml"
    broken.write_text("name: x\n", encoding="utf-8")
    result = run("check", broken, "--json")
    printed = json.loads(result.stdout)
    assert printed["status"] == result.exit_code == ExitStatus.BAD_INPUT
    assert all({"file", "line", "message"} <= problem.keys() for problem in printed["problems"])


def test_a_setting_that_does_not_fit_is_named() -> None:
    """A wrong --set is a problem of the input."""
    result = run("check", SMALL, "--set", "locations.nowhere.desks=3")
    assert result.exit_code == ExitStatus.BAD_INPUT
    assert "nowhere" in result.stderr


def test_plan_leaves_every_file_of_the_contract(planned: Planned) -> None:
    """The run folder holds each file that CONTRACT names, and one calendar per employee."""
    names = {path.name for path in planned.folder.iterdir()}
    employees = pd.read_csv(planned.folder / "employees.csv")["employee"]
    calendars = {path.stem for path in (planned.folder / "calendars").glob("*.ics")}
    assert names >= CONTRACT_FILES
    assert calendars == set(employees)


def test_plan_ends_with_0_or_1_by_its_verdicts(planned: Planned) -> None:
    """Status 1 says that a target is missed, and only that."""
    measures = pd.read_csv(planned.folder / "measures.csv", keep_default_na=False)
    assert planned.exit_code == int("missed" in set(measures["met"]))
    assert planned.printed["status"] == planned.exit_code


def test_audit_of_a_planned_roster_finds_nothing_hard(planned: Planned) -> None:
    """The audit of the run's own roster ends with 0."""
    result = run("audit", planned.folder, "--json")
    assert result.exit_code == ExitStatus.DONE
    assert json.loads(result.stdout)["facts"]["hard"] == "0"


def test_audit_sees_a_broken_law(planned: Planned, tmp_path: Path) -> None:
    """A shift of more than ten hours without a break is found in a file alone."""
    roster = pd.read_csv(planned.folder / "roster.csv", dtype=str, keep_default_na=False)
    first = roster.index[0]
    roster.loc[first, ["start", "end", "break_start", "break_end", "breaks"]] = [
        "07:00",
        "19:00",
        "",
        "",
        "",
    ]
    roster.loc[first, "paid_minutes"] = "720"
    roster.to_csv(tmp_path / "roster.csv", index=False)
    result = run("audit", tmp_path / "roster.csv", "--case", SMALL, "--json")
    facts = json.loads(result.stdout)["facts"]
    assert result.exit_code == ExitStatus.TARGET_MISSED
    assert {"max_daily_minutes", "break_minutes", "max_stretch"} <= facts.keys()


def test_audit_of_a_file_needs_a_case(planned: Planned) -> None:
    """A roster file without a case is refused with what to do."""
    result = run("audit", planned.folder / "roster.csv")
    assert result.exit_code == ExitStatus.BAD_INPUT
    assert "--case" in result.stderr


def test_same_seed_same_tables(planned: Planned, tmp_path: Path) -> None:
    """The same seed gives the same tables byte for byte, with other --jobs as well."""
    again = plan_small(tmp_path / "again", "--jobs", "2")
    tables = sorted(path.name for path in planned.folder.glob("*.csv"))
    assert len(tables) >= 10
    for name in tables:
        assert (planned.folder / name).read_bytes() == (again.folder / name).read_bytes(), name


def test_simulate_with_a_roster(planned: Planned, tmp_path: Path) -> None:
    """A roster from a file can be simulated; the other engine gives the same measures."""
    found = []
    for engine in ("compiled", "simpy"):
        out = tmp_path / engine
        arguments = ("--roster", planned.folder / "roster.csv", "--replications", "3")
        result = run("simulate", SMALL, *arguments, "--engine", engine, "--out", out)
        assert result.exit_code in (ExitStatus.DONE, ExitStatus.TARGET_MISSED)
        found.append((out / "measures.csv").read_bytes())
    assert found[0] == found[1]


def test_simulate_a_queue(tmp_path: Path) -> None:
    """A queue as a scenario needs no roster; its interval holds Erlang C's mean wait."""
    out = tmp_path / "queue"
    queue = SCENARIOS / "queue" / "mmc.yaml"
    short = ("--set", "horizon.days=56", "--set", "simulation.warm_up_hours=336")
    depth = ("--replications", "30", "--seed", "3")
    result = run("simulate", queue, *depth, *short, "--out", out, "--json")
    rows = json.loads(result.stdout)["measures"]
    (wait,) = [r for r in rows if r["measure"] == "wait_mean" and r["channel"] == "all"]
    # M/M/5 with 4 erlang and 6 minutes: C(5, 4) = 0.554113, W = C × 6 / (5 − 4) min.
    assert wait["low"] <= 0.554113 * 6 <= wait["high"]


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    """An engine that does not exist is named, and nothing is written."""
    result = run("simulate", SMALL, "--engine", "magic", "--out", tmp_path / "run")
    assert result.exit_code == ExitStatus.BAD_INPUT
    assert "magic" in result.stderr
    assert not (tmp_path / "run").exists()


def test_a_foreign_folder_is_not_replaced(tmp_path: Path) -> None:
    """A folder with other files is refused before the run, and keeps them."""
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    result = run("plan", SMALL, "--out", tmp_path)
    assert result.exit_code == ExitStatus.BAD_INPUT
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_report_builds_the_same_reports_again(planned: Planned, tmp_path: Path) -> None:
    """A report built again from the folder is the same file."""
    copy = tmp_path / "copy"
    shutil.copytree(planned.folder, copy)
    before = (copy / "report.html").read_bytes()
    (copy / "report.html").unlink()
    result = run("report", copy)
    assert result.exit_code == ExitStatus.DONE
    assert (copy / "report.html").read_bytes() == before


def test_report_of_no_run_is_refused(tmp_path: Path) -> None:
    """A folder that is no run ends with 2."""
    assert run("report", tmp_path).exit_code == ExitStatus.BAD_INPUT


def test_schema_is_json() -> None:
    """The schema command prints a JSON schema that names the sections of a base file."""
    schema = json.loads(run("schema").stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert {"horizon", "tables"} <= schema["else"]["properties"].keys()


@pytest.mark.parametrize("command", ["check", "simulate", "plan", "audit", "report", "schema"])
def test_every_command_has_help(command: str) -> None:
    """--help of every command says what it does."""
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_closing_table_in_both_languages() -> None:
    """People read the closing lines in German or English."""
    german = run("check", SMALL)
    assert "case: small" in german.stdout


def test_what_nobody_foresaw_ends_with_5(monkeypatch: pytest.MonkeyPatch) -> None:
    """An internal error is told in full and ends with 5."""

    def fail(*_: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr("planner.cli.main.check_case", fail)
    result = run("check", SMALL)
    assert result.exit_code == ExitStatus.INTERNAL_ERROR
    assert "unforeseen" in result.stderr

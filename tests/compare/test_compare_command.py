"""``planner compare`` as users meet it: zeros, known effects, interruption, folders, reports."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from planner.errors import StoreError
from planner.plan.scenario_staffing import Staffed
from planner.queueing.erlang import erlang_c
from planner.workflow.compare import compare_cases
from planner.workflow.compare_options import CompareEffort
from planner.workflow.options import CaseOptions, RunOptions, Watch
from planner.workflow.summary import ExitStatus
from tests.cli.conftest import SCENARIOS, run

QUEUE = SCENARIOS / "queue" / "mmc.yaml"
HEAD = "extends: {base}\nname: {name}\ntitle: {{de: {name}, en: {name}}}\n"
TABLES = ("comparison.csv", "scenario_measures.csv", "selection.csv", "variance_reduction.csv")
SETTINGS = ("horizon.days=14", "simulation.warm_up_hours=120")
SHORT = tuple(word for setting in SETTINGS for word in ("--set", setting))
QUIET = Watch(say=lambda _phase, _share, _detail: None, stop=lambda: False)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the queue, the same once more, with a sixth desk, and with a tenth more demand."""
    folder = tmp_path_factory.mktemp("queue")
    texts = {
        "again": "",
        "six-desks": "tables: {locations: {queue: {constant_desks: 6}}}\n",
        "busier": "scale: [{table: demand, column: requests_per_year, percent: 5}]\n",
    }
    for name, text in texts.items():
        head = HEAD.format(base=QUEUE.as_posix(), name=name)
        (folder / f"{name}.yaml").write_text(head + text, encoding="utf-8")
    return [QUEUE, *(folder / f"{name}.yaml" for name in texts)]


@pytest.fixture(scope="module")
def compared(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a comparison of ten replications."""
    out = tmp_path_factory.mktemp("compared") / "out"
    result = run("compare", *files, "--replications", "10", "--jobs", "1", "--out", out, *SHORT)
    assert result.exit_code == ExitStatus.DONE, result.output
    return out


def city_wait(folder: Path) -> dict[str, dict[str, float]]:
    """Return the differences of the mean wait by scenario."""
    table = pd.read_csv(folder / "comparison.csv")
    mine = (table["scope"] == "city") & (table["area"] == "queue") & (table["channel"] == "all")
    found = table[mine & (table["measure"] == "wait_mean")].set_index("scenario")
    numbers = found[["difference", "ci_low", "ci_high"]]
    return {
        str(name): {str(k): float(v) for k, v in row.items()} for name, row in numbers.iterrows()
    }


def test_identical_scenarios_differ_by_exactly_nothing(compared: Path) -> None:
    """Zero in every measure, with no interval, and said so."""
    table = pd.read_csv(compared / "comparison.csv")
    again = table[table["scenario"] == "again"]
    assert len(again) > 20
    for column in ("difference", "ci_low", "ci_high"):
        assert (again[column] == 0).all()
    assert set(again["verdict"]) == {"equal"}


def test_a_known_effect_lies_in_the_interval(compared: Path) -> None:
    """Erlang C: 40 an hour, 6 minutes, five desks against six."""
    rate, load = 40 / 60, 4.0
    waits = [erlang_c(c, load) * 6.0 / (c - load) for c in (5, 6)]
    row = city_wait(compared)["six-desks"]
    assert row["ci_high"] < 0
    allowed = 3 * (row["ci_high"] - row["ci_low"])
    assert row["difference"] == pytest.approx(waits[1] - waits[0], abs=allowed)
    assert rate * 6 == load
    reduction = pd.read_csv(compared / "variance_reduction.csv")
    mine = reduction[(reduction["scenario"] == "busier") & (reduction["measure"] == "wait_mean")]
    assert (mine["factor"] > 1).all()


def test_the_best_is_selected_or_it_is_said(compared: Path) -> None:
    """Six desks wait least; the others fall out or share the race."""
    table = pd.read_csv(compared / "selection.csv").set_index("scenario")
    assert table.loc["six-desks", "standing"] in {"best", "survives"}
    manifest = json.loads((compared / "manifest.json").read_text())
    assert manifest["effort"]["selected_by"] == "city/city/queue/all/wait_mean"
    assert manifest["replications"] == 10


def test_a_stopped_comparison_goes_on_and_jobs_change_nothing(
    files: list[Path], compared: Path, tmp_path: Path
) -> None:
    """Stopped after some replications; the same call finishes with the same bytes."""
    options = tuple(CaseOptions(path, SETTINGS) for path in files)
    effort = CompareEffort(Staffed.REPLANNED, at_least=10, at_most=10)
    told: list[str] = []
    watch = Watch(
        say=lambda phase, _share, _detail: told.append(phase),
        stop=lambda: told.count("replications") >= 7,
    )
    settings = RunOptions(jobs=1, out=tmp_path / "out")
    first = compare_cases(options, effort, settings, watch)
    assert first.status is ExitStatus.DONE
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["replications"] == 5
    assert "estimate" in told
    again = compare_cases(options, effort, RunOptions(jobs=2, out=tmp_path / "out"), QUIET)
    assert again.status is ExitStatus.DONE
    for name in TABLES:
        assert (tmp_path / "out" / name).read_bytes() == (compared / name).read_bytes(), name


def test_stopped_before_anything_is_known(files: list[Path], tmp_path: Path) -> None:
    """Nothing half-written is left that looks like a result."""
    effort = CompareEffort(at_least=10, at_most=10)
    watch = Watch(say=QUIET.say, stop=lambda: True)
    options = tuple(CaseOptions(path, SETTINGS) for path in files[:2])
    ended = compare_cases(options, effort, RunOptions(out=tmp_path / "out"), watch)
    assert ended.status is ExitStatus.OUT_OF_TIME
    assert not (tmp_path / "out" / "manifest.json").exists()


def test_replications_go_on_until_the_half_width_is_reached(
    files: list[Path], tmp_path: Path
) -> None:
    """A generous half-width is enough at once, an impossible one runs to the cap."""
    options = tuple(CaseOptions(path, SETTINGS) for path in (files[0], files[2]))
    counts = []
    for half_width in (5.0, 1e-9):
        effort = CompareEffort(half_width=half_width, at_least=5, at_most=15, indifference=5.0)
        out = tmp_path / f"out{half_width}"
        compare_cases(options, effort, RunOptions(out=out), QUIET)
        manifest = json.loads((out / "manifest.json").read_text())
        counts.append((manifest["replications"], manifest["effort"]["half_width_reached"]))
    assert counts[1] == (15, "false")
    assert counts[0][1] == "true"
    assert counts[0][0] <= 15


def test_two_scenarios_of_one_name_and_other_days_are_refused(
    files: list[Path], tmp_path: Path
) -> None:
    """Both problems are told at once and nothing is written."""
    twin = tmp_path / "twin.yaml"
    head = HEAD.format(base=QUEUE.as_posix(), name="mmc")
    twin.write_text(head + "horizon.days: 7\nsimulation.warm_up_hours: 120\n", encoding="utf-8")
    result = run("compare", files[0], twin, "--out", tmp_path / "out")
    assert result.exit_code == ExitStatus.BAD_INPUT
    assert "name is 'mmc'" in result.stderr
    assert "plans 7 days" in result.stderr
    assert not (tmp_path / "out").exists()


def test_foreign_folders_are_refused_before_the_work(files: list[Path], tmp_path: Path) -> None:
    """A folder with other files stays as it is."""
    (tmp_path / "mine.txt").write_text("keep")
    options = tuple(CaseOptions(path) for path in files[:2])
    with pytest.raises(StoreError, match="holds other files"):
        compare_cases(options, CompareEffort(), RunOptions(out=tmp_path), QUIET)
    with pytest.raises(StoreError, match="is a file"):
        compare_cases(options, CompareEffort(), RunOptions(out=tmp_path / "mine.txt"), QUIET)


def test_the_report_is_built_from_the_folder_alone(compared: Path, tmp_path: Path) -> None:
    """Self-contained, both languages, the same again from a copy; nothing refers outside."""
    moved = tmp_path / "moved"
    shutil.copytree(compared, moved, ignore=shutil.ignore_patterns("chunks", "report.html"))
    result = run("report", moved)
    assert result.exit_code == ExitStatus.DONE
    page = (moved / "report.html").read_text(encoding="utf-8")
    assert page == (compared / "report.html").read_text(encoding="utf-8")
    assert "Was ändert sich, wenn" in page
    assert "What changes if" in page
    assert "Unversorgte Menschen" in page
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_a_frozen_roster_of_the_small_case(tmp_path: Path) -> None:
    """The base's roster meets a closed site; desk hours are told where hours differ."""
    small = SCENARIOS / "small" / "base.yaml"
    texts = {
        "closed": "close: [{location: south, staff_to: [north]}]\n",
        "shorter": "tables: {opening_hours: {south/fri/08:00: {end: '11:00'}}}\n"
        "remove: [{table: appointment_desks, where: {location: south, weekday: fri}}]\n",
    }
    paths = []
    for name, text in texts.items():
        path = tmp_path / f"{name}.yaml"
        path.write_text(HEAD.format(base=small.as_posix(), name=name) + text, encoding="utf-8")
        paths.append(path)
    out = tmp_path / "out"
    more = ("--roster", "frozen", "--seconds", "1", "--design-weeks", "1", "--replications", "5")
    result = run("compare", small, *paths, *more, "--jobs", "1", "--out", out, "--json")
    assert result.exit_code == ExitStatus.DONE, result.output
    table = pd.read_csv(out / "comparison.csv")
    closed = table[table["scenario"] == "closed"]
    south = closed[(closed["scope"] == "location") & (closed["id"] == "south")]
    assert set(south["verdict"]) == {"only_base"}
    requests = closed[(closed["scope"] == "city") & (closed["measure"] == "requests")]
    assert (requests["difference"] == 0).all()
    hours = pd.read_csv(out / "desk_hours.csv")
    assert set(hours["location"]) == {"south"}
    assert set(hours["scenario"]) == {"small", "shorter"}
    assert (hours[["work", "doors"]] >= 0).all().all()
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Mindestbesetzung" in page
    assert "Minimum presence" in page
    hourly = table[table["scope"] == "hour"]
    assert set(hourly["measure"]) == {"wait_mean"}
    assert "Wartezeit über den Tag" in page
    assert "Waits over the day" in page

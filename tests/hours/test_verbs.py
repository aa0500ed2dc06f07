"""``planner hours`` and ``planner paper`` as users meet them, on the small case."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from planner.domain.place import Interval
from planner.plan.opening_option import bookable_rows
from planner.scenario.loading import load_case
from planner.workflow.summary import ExitStatus
from tests.cli.conftest import SMALL, run

#: One kind of late, one of early day: a case small enough for every run of the tests.
QUICK = ("--set", 'hours.weekday_hours=[["12:00","19:00"]]')


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the run folder of the small case's opening hours."""
    out = tmp_path_factory.mktemp("hours") / "run"
    depth = ("--replications", "2", "--effort", "2", "--reach-step", "200", "--most", "2")
    result = run("hours", SMALL, "--out", out, *depth, *QUICK, "--json")
    assert result.exit_code == ExitStatus.DONE, result.output
    return out


def test_the_front_has_today_and_options_with_figures(folder: Path):
    """Today comes first; options cost less or reach more, and were simulated."""
    pareto = pd.read_csv(folder / "pareto.csv")
    assert pareto["option"].iloc[0] == "today"
    today, options = pareto.iloc[0], pareto.iloc[1:]
    assert len(options) == 2
    assert ((options["cost"] < today["cost"]) | (options["reach"] > today["reach"])).all()
    assert options["kept"].isna().all()
    assert options[["wait_appointment", "lead", "lead_low"]].notna().all(axis=None)
    assert (options["lost_low"] >= options["lost"]).all()


def test_every_option_is_a_scenario_with_the_hours_of_the_plan(folder: Path):
    """Loaded from its file, an option opens as the plan says; desk hours do not grow."""
    plan = pd.read_csv(folder / "opening_plan.csv", keep_default_na=False)
    base = load_case(folder / "scenario.yaml")
    for path in sorted((folder / "options").glob("*.yaml")):
        case = load_case(path)
        own = plan[plan["option"] == path.stem]
        for row in own.to_dict("records"):
            hours = case.location(str(row["location"])).opening.weekly[int(row["weekday"])]
            assert bool(hours) == bool(row["start"])
        changed = own[own["changed"]]["location"].nunique()
        assert changed
        booked = [
            sum((d.end_minute - d.start_minute) * d.desks for d in c.appointment_desks)
            for c in (base, case)
        ]
        assert 0 < booked[1] <= booked[0] + 60
        assert run("check", path).exit_code == ExitStatus.DONE


@pytest.mark.parametrize(("asked", "kept"), [(20, 20), (41, 41), (500, 54)])
def test_bookable_desks_are_spread_whole_or_as_many_as_fit(asked: int, kept: int):
    """Two days of 5 hours have 9 bookable half hours each: 54 with three desks."""
    place = load_case(SMALL).location("north")
    hours = ((Interval(480, 780),), (Interval(480, 780),), (), (), (), ())
    rows = list(bookable_rows(place, hours, asked, 3))
    assert sum((row.end_minute - row.start_minute) // 30 * row.desks for row in rows) == kept
    assert max(row.desks for row in rows) <= 3


def test_the_report_opens_offline_in_both_languages(folder: Path):
    """Headings in German and English, and nothing to load."""
    html = (folder / "report.html").read_text(encoding="utf-8")
    assert "Öffnungszeiten als Entscheidung" in html
    assert "Opening hours as a decision" in html
    assert 'src="http' not in html
    assert "<script" not in html


def test_the_paper_is_one_tagged_page_and_names_its_command(folder: Path):
    """PDF in both languages, tagged, one page; the command stands on it."""
    result = run("paper", folder)
    assert result.exit_code == ExitStatus.DONE, result.output
    html = (folder / "paper.html").read_text(encoding="utf-8")
    assert "Empfehlung" in html
    assert "Recommendation" in html
    for language in ("de", "en"):
        content = (folder / f"paper-{language}.pdf").read_bytes()
        assert content.startswith(b"%PDF-")
        assert f"({language})".encode() in content or b"/Lang" in content
        assert b"/StructTreeRoot" in content or b"/MarkInfo" in content
        assert content.count(b"/Type/Page/") + content.count(b"/Type /Page\n") <= 1
    pdftotext = shutil.which("pdftotext")
    if pdftotext:
        text = subprocess.run(
            [pdftotext, str(folder / "paper-de.pdf"), "-"], capture_output=True, check=True
        ).stdout.decode()
        assert "Öffnungszeiten" in text
        assert "\f" not in text.rstrip("\f")


def test_no_loss_in_an_unknown_district_is_told():
    """A misspelt district ends with 2 and the districts there are."""
    result = run("hours", SMALL, "--no-loss", "nrth")
    assert result.exit_code == ExitStatus.BAD_INPUT
    assert "north" in result.stderr


def test_a_paper_needs_a_question(tmp_path: Path):
    """A folder that is no run is refused."""
    assert run("paper", tmp_path).exit_code == ExitStatus.BAD_INPUT

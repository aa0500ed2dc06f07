"""The verbs capacity and history: run folder, answers, both curves and reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import EngineError
from planner.results.store import Run, read_run
from planner.workflow.capacity import capacity_case
from planner.workflow.options import CaseOptions, RunOptions, Watch
from planner.workflow.summary import ExitStatus, Summary

SMALL = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"
SETTINGS = (
    "capacity.cluster=location",
    "capacity.months=4",
    "capacity.scenarios=5",
    "capacity.probability=0.8",
)


def _watch(stop: bool = False) -> Watch:
    return Watch(say=lambda _phase, _share, _detail: None, stop=lambda: stop)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Summary, Run]:
    """Return the plan of the small case over four months."""
    out = tmp_path_factory.mktemp("capacity") / "run"
    options = CaseOptions(SMALL, SETTINGS)
    summary = capacity_case(options, RunOptions(out=out, replications=2), 20.0, _watch())
    return summary, read_run(out)


def test_a_run_answers_and_compares(planned: tuple[Summary, Run]) -> None:
    """Every question is answered; both curves stand side by side; held as often as promised."""
    summary, run = planned
    answers, plan, curve = (run.table(t) for t in ("answers", "capacity_plan", "capacity_curve"))
    assert summary.status is ExitStatus.DONE
    assert set(answers["question"]) == {"plan", "posts", "clearing", "absence"}
    cost = answers[answers["question"] == "plan"].iloc[0]
    assert cost["low"] <= cost["value"] == cost["high"]
    assert len(plan) == len(curve) == 2 * 4
    assert (plan[plan["promised"]]["held_share"] >= 0.8).all()
    assert (plan["lead_p10"] <= plan["lead_p90"]).all()
    assert ((curve["simulated"] - curve["plan_same"] - curve["difference"]).abs() < 1e-6).all()
    assert (curve["runs"] == 2).all()


def test_its_report_speaks_both_languages_and_draws(planned: tuple[Summary, Run]) -> None:
    """One page with answers and charts in German and English, without anything to load."""
    _, run = planned
    page = (run.directory / "report.html").read_text(encoding="utf-8")
    assert "Wie viele Stellen halten das Ziel" in page
    assert "How many posts hold the target" in page
    assert page.count("<svg ") == 2
    assert "src=" not in page
    assert 'href="http' not in page


def test_a_stopped_run_keeps_what_it_has(tmp_path: Path) -> None:
    """Stopped at once: no plan, the clearing is told all the same, and the status says so."""
    options = CaseOptions(SMALL, SETTINGS)
    summary = capacity_case(options, RunOptions(out=tmp_path / "run"), 20.0, _watch(stop=True))
    run = read_run(tmp_path / "run")
    assert summary.status is ExitStatus.OUT_OF_TIME
    assert not run.has("capacity_plan")
    assert set(run.table("answers")["question"]) == {"plan", "clearing"}


def test_a_case_without_lead_target_says_what_to_do(tmp_path: Path) -> None:
    """Nothing to plan over months is an error that names the remedy."""
    queue = SMALL.parents[1] / "queue" / "mmc.yaml"
    with pytest.raises(EngineError, match="add a booking policy and a target"):
        capacity_case(CaseOptions(queue), RunOptions(out=tmp_path / "run"), 5.0, _watch())

"""The verb *compare*: scenarios against the first one, on common customers."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd

from planner.plan.scenario_staffing import ScenarioStaff
from planner.reporting.build import build_reports
from planner.results.comparison_store import Chunks, refuse_other, write_comparison
from planner.results.manifest import Manifest, case_facts
from planner.results.provenance import commit, machine, now_utc, versions
from planner.sim.scenario_replications import Option
from planner.workflow.compare_options import (
    CHUNK,
    CompareEffort,
    Scenario,
    chunks_of,
    comparison_id,
    load_scenarios,
)
from planner.workflow.compare_replications import Replicated, Replicating
from planner.workflow.compare_selection import Question
from planner.workflow.compare_staff import staff_scenarios
from planner.workflow.compare_tables import Compared, comparison_tables
from planner.workflow.options import CaseOptions, RunOptions, Watch
from planner.workflow.record import RUNS
from planner.workflow.summary import ExitStatus, Summary, SummaryRow

#: Measures of the closing table, always in this order: a short lead is never shown alone.
_SHOWN = (
    "lead_within_14_days",
    "lead_booked_mean",
    "not_served_share",
    "wait_mean",
    "reachability",
)
_FIRST_STAGE = 20


def compare_cases(
    options: tuple[CaseOptions, ...], effort: CompareEffort, run: RunOptions, watch: Watch
) -> Summary:
    """Compare scenarios with the first one and keep the run folder and its report.

    A run that was stopped goes on where it stopped when it is started again.

    Raises
    ------
    ScenarioError
        When a case has problems.
    StoreError
        When the folder holds something else than a comparison.
    """
    started = time.monotonic()
    if run.out is not None:
        refuse_other(run.out)
    watch.say("load", None, f"{len(options)}")
    scenarios = load_scenarios(options, run.jobs)
    directory = run.out or RUNS / comparison_id(scenarios, effort, run.seed)
    refuse_other(directory)
    stores = [
        chunks_of(directory, s.case, effort, run.seed, scenarios[0].case.fingerprint)
        for s in scenarios
    ]
    staff = staff_scenarios(scenarios, stores, effort, (run.seed, run.jobs), watch)
    if len(staff) < len(scenarios):
        return _nothing_yet(directory)
    first_stage = max(2, min(_FIRST_STAGE, effort.at_least))
    question = Question.of(scenarios[0].case, effort.measure, effort.indifference, first_stage)
    replicated = _replicated(scenarios, stores, staff, question, (effort, run, watch))
    if replicated is None:
        return _nothing_yet(directory)
    watch.say("tables", None, "")
    found = Compared(scenarios, replicated, question, options, run.seed)
    tables = comparison_tables(found)
    seconds = {"replications": replicated.seconds, "total": time.monotonic() - started}
    manifest = _manifest(found, effort, run, seconds)
    write_comparison(directory, tables, manifest)
    watch.say("report", None, "")
    build_reports(directory, run.language)
    return _summary(tables, found, directory, seconds)


def _replicated(
    scenarios: tuple[Scenario, ...],
    stores: list[Chunks],
    staff: list[ScenarioStaff],
    question: Question,
    how: tuple[CompareEffort, RunOptions, Watch],
) -> Replicated | None:
    effort, run, watch = how
    options = [Option.of(s.case, who.source) for s, who in zip(scenarios, staff, strict=True)]
    return Replicating(options, stores, question, effort, run, watch).until_known()


def _manifest(
    found: Compared, effort: CompareEffort, run: RunOptions, seconds: dict[str, float]
) -> Manifest:
    base, replicated = found.scenarios[0].case, found.replicated
    chosen = replicated.selected
    unit = found.question.unit(replicated.samples[0])
    names = [scenario.case.name for scenario in found.scenarios]
    return Manifest(
        run_id=comparison_id(found.scenarios, effort, run.seed),
        command="compare",
        command_line=" ".join(("planner", *run.command)) if run.command else "",
        created_utc=now_utc(),
        case=base.name,
        case_hash=base.fingerprint,
        case_facts=case_facts(base),
        seed=run.seed,
        seeds={"staffing": run.seed, "comparison": run.seed + 1},
        engine=run.engine,
        replications=replicated.samples[0].replications,
        status="" if chosen.best is None else f"best: {names[chosen.best]}",
        effort={
            "staffing": effort.way.value,
            "seconds": effort.seconds,
            "design_weeks": effort.design_weeks,
            "half_width": effort.half_width,
            "half_width_reached": str(replicated.reached).lower(),
            "widest_over_wanted": round(replicated.widest, 4),
            "at_least": effort.at_least,
            "at_most": max(effort.at_most, replicated.samples[0].replications),
            "chunk": CHUNK,
            "selected_by": "/".join(found.question.key),
            "indifference": found.question.indifference(unit),
            "confidence": found.question.confidence,
        },
        seconds={
            **{name: round(value, 1) for name, value in seconds.items()},
            "replications_estimated": round(replicated.estimate, 1),
        },
        versions=versions(),
        platform=machine(),
        commit=commit(),
    )


def _summary(
    tables: dict[str, pd.DataFrame], found: Compared, directory: Path, seconds: dict[str, float]
) -> Summary:
    replicated = found.replicated
    chosen = replicated.selected
    names = [scenario.case.name for scenario in found.scenarios]
    left = [
        n for n, standing in zip(names, chosen.standings, strict=True) if standing == "survives"
    ]
    best = names[chosen.best] if chosen.best is not None else f"? ({', '.join(left)})"
    facts = (
        ("scenarios", str(len(names))),
        ("replications", str(replicated.samples[0].replications)),
        ("half_width_reached", str(replicated.reached).lower()),
        ("best", best),
        ("selected_by", "/".join(found.question.key)),
        ("seconds", f"{seconds['total']:.0f}"),
        ("report", str(directory / "report.html")),
    )
    return Summary(ExitStatus.DONE, directory, facts, tuple(_rows(tables["comparison"])))


def _rows(comparison: pd.DataFrame) -> list[SummaryRow]:
    """Return the city's differences, scenario by scenario."""
    shown = comparison[
        (comparison["scope"].isin(["city"]))
        & (comparison["area"] != "all")
        & comparison["measure"].isin(_SHOWN)
        & comparison["difference"].notna()
    ]
    order = {name: rank for rank, name in enumerate(_SHOWN)}
    shown = shown.assign(order=shown["measure"].map(order))
    shown = shown.sort_values(["scenario", "area", "channel", "order"], kind="stable")
    return [
        SummaryRow(
            scope=str(row["scenario"]),
            area=str(row["area"]),
            channel=str(row["channel"]),
            measure=f"Δ {row['measure']}",
            unit=str(row["unit"]),
            value=float(row["difference"]),
            low=float(row["ci_low"]),
            high=float(row["ci_high"]),
            target=None,
            verdict="undecided" if row["verdict"] == "undecided" else "",
        )
        for row in shown.to_dict("records")
    ]


def _nothing_yet(directory: Path) -> Summary:
    """Return the end of a run that was stopped before it had anything to tell."""
    facts = (("stopped", "the same command goes on where it stopped"), ("chunks", str(directory)))
    return Summary(ExitStatus.OUT_OF_TIME, directory, facts)

"""Keep a run: its tables, its manifest and its reports in one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planner.domain.case import PlanningCase
from planner.domain.outcome import SolveOutcome
from planner.results.frames import RunParts, run_tables
from planner.results.manifest import Manifest, SolverFacts, case_facts
from planner.results.provenance import commit, machine, now_utc, versions
from planner.results.store import write_run
from planner.rules.permitted import kept_all_the_same
from planner.rules.working_time_law import loosened
from planner.scenario.loading import resolved_yaml
from planner.workflow.options import CaseOptions, RunOptions

#: Where runs go unless the caller says otherwise.
RUNS = Path("reports/runs")


@dataclass(frozen=True)
class Verb:
    """What was done, for the manifest.

    Attributes
    ----------
    name : str
        The verb, e.g. ``plan``.
    seeds : dict
        Seeds by purpose.
    seconds : dict
        Wall time by step [s].
    effort : dict
        Limits given to the search.
    """

    name: str
    replications: int
    seeds: dict[str, int]
    seconds: dict[str, float]
    effort: dict[str, float | int | str]
    warnings: tuple[str, ...] = ()


def run_id(case: PlanningCase, verb: str, seed: int) -> str:
    """Return the id of a run: the same for the same case, week, verb and seed."""
    week = case.horizon.first_day.isoformat()
    return f"{case.name}-{week}-{verb}-s{seed}-{case.fingerprint[:8]}"


def keep(
    parts: RunParts,
    outcome: SolveOutcome | None,
    verb: Verb,
    options: CaseOptions,
    run: RunOptions,
) -> Path:
    """Write the run folder and return its path.

    Raises
    ------
    StoreError
        When the folder exists and holds something else than a run.
    """
    identity = run_id(parts.case, verb.name, run.seed)
    directory = run.out or RUNS / identity
    manifest = _manifest(identity, parts.case, verb, run)
    if outcome is not None:
        manifest = manifest.solved(_solver_facts(outcome))
    resolved = resolved_yaml(options.path, options.settings, options.week)
    return write_run(directory, run_tables(parts), manifest, resolved)


def case_warnings(case: PlanningCase, language: str) -> tuple[str, ...]:
    """Return what a planner must know of the rules of ``case``, in words.

    That is what is looser than the law of working time, and what the search keeps though the case
    does not ask for it.
    """
    german = language == "de"
    law = [one.text_de if german else one.text_en for one in loosened(case)]
    kept = (
        "{rule} ist {severity}: Die Prüfung richtet sich danach, die Suche hält die Regel trotzdem "
        "ein."
        if german
        else "{rule} is {severity}: the audit follows, the search keeps the rule all the same."
    )
    found = kept_all_the_same(case)
    return (*law, *(kept.format(rule=r.id, severity=r.severity.value) for r in found))


def warning_facts(case: PlanningCase, language: str) -> tuple[tuple[str, str], ...]:
    """Return the same as facts of a closing table, numbered."""
    texts = case_warnings(case, language)
    return tuple((f"warning {number}", text) for number, text in enumerate(texts, 1))


def _manifest(identity: str, case: PlanningCase, verb: Verb, run: RunOptions) -> Manifest:
    return Manifest(
        run_id=identity,
        command=verb.name,
        command_line=" ".join(("planner", *run.command)) if run.command else "",
        created_utc=now_utc(),
        case=case.name,
        case_hash=case.fingerprint,
        case_facts=case_facts(case),
        seed=run.seed,
        seeds=verb.seeds,
        engine=run.engine,
        replications=verb.replications,
        effort=verb.effort,
        seconds={name: round(seconds, 3) for name, seconds in verb.seconds.items()},
        versions=versions(),
        platform=machine(),
        commit=commit(),
        warnings=(*verb.warnings, *case_warnings(case, run.language)),
    )


def _solver_facts(outcome: SolveOutcome) -> SolverFacts:
    return SolverFacts(
        status=outcome.status.value,
        objective=outcome.objective,
        bound=outcome.bound,
        gap=outcome.gap,
        terms=dict(outcome.terms),
    )

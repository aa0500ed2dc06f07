"""The verb *repair*: a run's roster after somebody fell ill, a site closed early, people came."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from planner.domain.case import PlanningCase
from planner.domain.outcome import SolveStatus
from planner.model.repair.search import RepairLimits
from planner.plan.names import shift_name
from planner.plan.repair import Repaired, repair, seconds_for
from planner.plan.repair_changes import Change, written
from planner.plan.repair_order import still_required
from planner.plan.stand_ins import StandIn, shifts_text
from planner.reporting.build import build_reports
from planner.results.frames import RunParts
from planner.results.repair_frames import changes_frame, locks_frame, stand_ins_frame
from planner.results.store import SCENARIO, refuse_foreign
from planner.scenario.loading import load_case
from planner.workflow.options import CaseOptions, RunOptions, Watch
from planner.workflow.record import RUNS, Verb, keep
from planner.workflow.repair_words import RepairWords, understood
from planner.workflow.run_case import RunCase, open_run
from planner.workflow.summary import ExitStatus, Summary, exit_status

#: Changes and stand-ins that the closing table lists.
SHOWN = 12


def repair_run(
    directory: Path, words: RepairWords, run: RunOptions, seconds: float | None, watch: Watch
) -> Summary:
    """Repair the roster of a run, keep it as a new run folder and build its reports.

    Parameters
    ----------
    seconds : float or None
        Time for the search [s]; None: two for one absence or closing, ten for more.

    Raises
    ------
    StoreError
        When the run cannot be read, or ``words`` name what it does not have.
    ScenarioError
        When what happened does not fit the case.
    """
    started = time.monotonic()
    watch.say("read", None, str(directory))
    before = open_run(directory)
    told = understood(words, before.case)
    order = replace(
        told.order,
        locked_cells=told.order.locked_cells | before.locks,
        prices=before.case.changes,
    )
    case = load_case(directory / SCENARIO, told.settings) if told.settings else before.case
    out = run.out or RUNS / f"{before.run.manifest.run_id}-repair-{case.fingerprint[:8]}"
    refuse_foreign(out)
    limits = RepairLimits(seconds or seconds_for(order), run.seed, watch.stop)
    required = still_required(before.requirement, order.closings)
    repaired = repair(case, required, before.roster, order, limits, watch.say)
    if repaired.outcome.status is SolveStatus.INFEASIBLE:
        return Summary(ExitStatus.NO_LAWFUL_ROSTER, None, _conflicts(repaired, run.language))
    for name, text in _shifts_told(repaired, before, run.language):
        watch.say(name, None, text)  # before the reports: the phone is ringing
    parts = RunParts(
        case=case,
        roster=repaired.mended.roster,
        requirement=required,
        findings=repaired.findings,
        terms=repaired.outcome.terms,
        more={
            "changes": changes_frame([_change_row(one) for one in repaired.changes]),
            "locks": locks_frame(before.locks),
            "stand_ins": stand_ins_frame([_stand_in_row(one) for one in repaired.stand_ins]),
        },
    )
    spent = {"repair": repaired.mended.seconds, "all": time.monotonic() - started}
    verb = Verb("repair", 0, {"repair": run.seed}, spent, {"seconds": limits.seconds})
    options = CaseOptions(directory / SCENARIO, told.settings)
    folder = keep(parts, repaired.outcome, verb, options, replace(run, out=out))
    build_reports(folder, run.language)
    facts = _facts(repaired, before, run.language)
    return Summary(exit_status(repaired.outcome.status, []), folder, facts)


def _change_row(one: Change) -> tuple[object, ...]:
    texts = (written(one.before), written(one.after), one.kind, one.why_de, one.why_en)
    return (one.employee, one.day.isoformat(), *texts)


def _stand_in_row(one: StandIn) -> tuple[object, ...]:
    return (
        *(one.rank, one.proposal.employee, one.chosen, one.saves, shifts_text(one.proposal)),
        *(";".join(one.skills), one.hours_left, one.travel_minutes),
        *(one.late_balance, one.saturday_balance, one.why_de, one.why_en),
    )


def _facts(repaired: Repaired, before: RunCase, language: str) -> tuple[tuple[str, str], ...]:
    mended, german = repaired.mended, language == "de"
    kinds = Counter(change.kind for change in repaired.changes)
    people, proven = len(mended.touched), mended.at_least == len(mended.touched)
    fewest = "weniger geht nicht, bewiesen" if german else "proven fewest"
    least = f"mindestens {mended.at_least}" if german else f"at least {mended.at_least}"
    facts = [
        ("roster", repaired.outcome.status.value),
        ("price", f"{mended.value:.1f}"),
        ("bound", "–" if mended.bound is None else f"{mended.bound:.1f}"),
        ("people touched", f"{people} ({fewest if proven else least})"),
        ("shifts changed", str(sum(kinds.values()) - kinds["work"])),
        ("search seconds", f"{mended.seconds:.2f}"),
    ]
    facts += _shifts_told(repaired, before, language)
    for one in repaired.stand_ins[:SHOWN]:
        mark = "✓" if one.chosen else " "
        facts.append((f"{one.rank}.{mark}", one.why_de if german else one.why_en))
    facts.append(("run before", before.run.manifest.run_id))
    return tuple(facts)


def _shifts_told(repaired: Repaired, before: RunCase, language: str) -> list[tuple[str, str]]:
    """Return the first changed shifts with why, by person and day."""
    shifts = [one for one in repaired.changes if one.kind != "work"][:SHOWN]
    return [(f"{one.employee} {one.day}", _told(before.case, one, language)) for one in shifts]


def _told(case: PlanningCase, change: Change, language: str) -> str:
    old, new = (shift_name(case, shift, language) for shift in (change.before, change.after))
    return f"{old} → {new}: {change.why_de if language == 'de' else change.why_en}"


def _conflicts(repaired: Repaired, language: str) -> tuple[tuple[str, str], ...]:
    """Return which law and which locks contradict one another."""
    facts = []
    for finding in repaired.new_breaches:
        name = f"{finding.rule} {finding.employee or finding.location}"
        facts.append((name, finding.text_de if language == "de" else finding.text_en))
    facts += [(f"lock {who} {day}", "") for who, day in repaired.broken_locks]
    return tuple(facts)

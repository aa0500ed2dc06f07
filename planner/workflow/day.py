"""The verb *day*: the least staff of one service day of an office, with its proof."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planner.domain.target import Verdict
from planner.plan.cuts.simulation_cuts import DayStatus
from planner.plan.service_day import ServiceDayResult, proven, solve_service_day
from planner.scenario.office import load_service_days
from planner.workflow.day_words import WORDS, Words
from planner.workflow.options import Watch
from planner.workflow.summary import ExitStatus, Summary, SummaryRow

_STATUSES = {
    DayStatus.OPTIMAL: ExitStatus.DONE,
    DayStatus.FEASIBLE: ExitStatus.DONE,
    DayStatus.INFEASIBLE: ExitStatus.NO_LAWFUL_ROSTER,
    DayStatus.OUT_OF_TIME: ExitStatus.OUT_OF_TIME,
}


@dataclass(frozen=True, slots=True)
class DayOptions:
    """Which offices, and how long each may take.

    Attributes
    ----------
    path : Path
        YAML file with one office, or CSV file with many.
    settings : tuple of str
        ``office.field=value`` overrides.
    seconds : float
        Time limit of each office [s].
    language : str
        ``de`` or ``en``.
    """

    path: Path
    settings: tuple[str, ...]
    seconds: float
    language: str


def solve_days(options: DayOptions, watch: Watch) -> Summary:
    """Solve every office of a file and return optimum, bound, schedule and the two-step way.

    Raises
    ------
    ScenarioError
        When the file has problems.
    """
    words = WORDS[options.language]
    facts: list[tuple[str, str]] = []
    rows: list[SummaryRow] = []
    status = ExitStatus.DONE
    days = load_service_days(options.path, options.settings)
    for number, day in enumerate(days):

        def tell(
            best: float | None, bound: float, number: int = number, name: str = day.id
        ) -> None:
            told = "–" if best is None else f"{best:g}"
            watch.say("cuts", number / len(days), f"{name} {told} ≥ {bound:g}")

        result = solve_service_day(day, options.seconds, tell, watch.stop)
        prefix = "" if len(days) == 1 else f"{day.id} "
        facts += [(prefix + name, value) for name, value in _facts(result, words)]
        rows += _rows(result, words)
        status = max(status, _STATUSES[result.found.status])
        if watch.stop():
            break
    return Summary(status, None, tuple(facts), tuple(rows))


def _facts(result: ServiceDayResult, words: Words) -> list[tuple[str, str]]:
    found = result.found
    facts = [("status", found.status.value)]
    if result.cost is not None:
        facts.append(("optimum" if proven(result) else "cost", f"{result.cost:g}"))
    facts.append(("bound", f"{result.bound:g}"))
    if result.two_step_cost is not None:
        facts.append(("two_step", f"{result.two_step_cost:g}"))
        if result.cost:
            facts.append(("two_step_excess", f"{result.two_step_cost / result.cost - 1.0:+.1%}"))
        facts.append(("two_step_holds", words.yes if result.two_step_holds else words.no))
    facts.append(("seconds", f"{found.seconds:.1f}"))
    facts.append(("iterations", f"{found.iterations}"))
    facts.append(("cuts", f"{found.cuts}"))
    if result.schedule:
        facts.append(
            ("schedule", ", ".join(f"{count} × {name}" for name, count in result.schedule))
        )
        facts.append(("profile", " ".join(str(period.people) for period in result.periods)))
    facts.append(("claim", _claim(result, words)))
    return facts


def _claim(result: ServiceDayResult, words: Words) -> str:
    """Say what has been shown, and no more."""
    day = result.day
    target = words.target.format(limit=day.late_limit, minutes=day.threshold_minutes)
    if result.impossible:
        told = [
            (words.missing if p.missing else words.hopeless).format(
                start=p.start, end=p.end, missing=p.missing
            )
            for p in result.impossible
        ]
        return f"{target} {' '.join(told)}"
    if result.found.status is DayStatus.INFEASIBLE:
        return f"{target} {words.menu}"
    if result.cost is None:
        return f"{target} {words.out_of_time.format(bound=result.bound)}"
    said = words.optimal if proven(result) else words.gap
    return f"{target} {said.format(cost=result.cost, bound=result.bound)}"


def _rows(result: ServiceDayResult, words: Words) -> list[SummaryRow]:
    return [
        SummaryRow(
            scope=result.day.id,
            area=f"{period.start}-{period.end}",
            channel=words.people.format(people=period.people, required=period.required),
            measure="late_share",
            unit="",
            value=period.late_share,
            low=period.late_share,
            high=period.late_share,
            target=result.day.late_limit,
            verdict=_verdict(period.late_share, result.day.late_limit),
        )
        for period in result.periods
        if period.arrivals_per_hour > 0
    ]


def _verdict(share: float, limit: float) -> str:
    return (Verdict.MET if share <= limit else Verdict.MISSED).value

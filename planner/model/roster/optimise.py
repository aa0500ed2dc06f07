"""The weekly roster of a whole city: the best found, and a proven bound on what any could be."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread

from planner.domain.case import PlanningCase
from planner.domain.outcome import SolveOutcome, SolveStatus
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.errors import ModelError
from planner.model.roster.arrays import Lines
from planner.model.roster.bound import LowerBound
from planner.model.roster.compiled_search import first_lines, new_search, ruin_and_recreate
from planner.model.roster.effort import Effort, Progress
from planner.model.roster.model import RosterModel, build
from planner.rules.audit import audit, lawful, penalty_by_rule

Tell = Callable[[Progress], None]
Stop = Callable[[], bool]

#: Agreement asked for between the search's objective and the audit's [points].
TOLERANCE = 1e-4


def optimise(  # the contract of the module
    case: PlanningCase,
    requirement: Requirement,
    effort: Effort,
    on_progress: Tell,
    stop: Stop,
    start: Roster | None = None,
) -> SolveOutcome:
    """Return the best roster found for ``case`` with a proven lower bound.

    A roster always comes back: shortfalls are priced, and the empty roster is lawful.
    """
    model = build(case, requirement)
    began = time.monotonic()
    search = new_search(model.week, effort.seed)
    done = Event()
    for _ in range(4):
        first_lines(model.week, search)
    bound = LowerBound(model, search.best, effort.seed)

    def tell(phase: str) -> None:
        value = float(search.figures[1]) + model.unreachable
        lower = bound.value if bound.value > -1e17 else None
        on_progress(Progress(time.monotonic() - began, value, lower, phase))

    def raise_bound() -> None:
        while not done.is_set():
            bound.improve()

    thread = Thread(target=raise_bound, daemon=True)
    thread.start()
    tell("first")
    stopped = False
    while (share := (time.monotonic() - began) / effort.seconds) < 1:
        ruin_and_recreate(model.week, search, 300, 5, 8.0 * (1 - share))
        tell("search")
        if stop():
            stopped = True
            break
    done.set()
    thread.join()
    value = float(search.figures[1]) + model.unreachable
    ended = _Ended(search.best, value, bound.value, time.monotonic() - began, stopped)
    return _outcome(case, requirement, model, ended)


@dataclass(frozen=True)
class _Ended:
    """What a search leaves behind."""

    lines: Lines
    value: float
    bound: float
    seconds: float
    stopped: bool


def _outcome(
    case: PlanningCase, requirement: Requirement, model: RosterModel, ended: _Ended
) -> SolveOutcome:
    roster = model.roster(ended.lines)
    findings = audit(roster, case, requirement)
    terms = penalty_by_rule(findings)
    value = sum(terms.values())
    if not lawful(findings) or abs(value - ended.value) > TOLERANCE * max(1.0, abs(value)):
        raise ModelError(f"search and audit disagree: {ended.value} and {value}, {findings[:3]}")
    status = SolveStatus.INTERRUPTED if ended.stopped else SolveStatus.FEASIBLE
    if value - ended.bound <= TOLERANCE:
        status = SolveStatus.OPTIMAL
    listed = tuple((rule.id, terms[rule.id]) for rule in case.rules if rule.id in terms)
    return SolveOutcome(status, roster, value, ended.bound, listed, ended.seconds)

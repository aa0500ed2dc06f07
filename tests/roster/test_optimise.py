"""The optimiser as a whole: value, bound, repeatability, stopping, going on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain.outcome import SolveStatus
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Severity
from planner.domain.staff import Employee
from planner.errors import ModelError
from planner.model.roster import optimise as module
from planner.model.roster.arrays import Lines
from planner.model.roster.bound import LowerBound
from planner.model.roster.compiled_cover import cover_cost
from planner.model.roster.compiled_search import adopt, new_search, ruin_and_recreate
from planner.model.roster.effort import Effort, Progress
from planner.model.roster.model import build
from planner.model.roster.optimise import optimise
from planner.model.roster.pace import Pace
from planner.rules.audit import audit, penalty_by_rule
from planner.sim.streams import stream
from tests.roster.miniature import SATURDAY, TUESDAY, a_mini, a_need, a_worker, wishful


def _crew(count: int) -> tuple[Employee, ...]:
    """Return people with different sites, hours and skills."""
    return tuple(
        a_worker(
            id=f"w{n}",
            max_days=2 + n % 4,
            contract_minutes=900 + 240 * (n % 4),
            skills=("residents",) if n % 3 == 0 else ("reception", "residents"),
            locations=("north",) if n % 2 == 0 else ("south", "north"),
            home="north" if n % 2 == 0 else "south",
            late_balance=float(n % 3),
        )
        for n in range(count)
    )


def _solve(week, effort, stop=lambda: False, start=None):
    case, need = week
    told: list[Progress] = []
    outcome = optimise(case, need, effort, told.append, stop, start)
    return outcome, told


@pytest.fixture(scope="module")
def week():
    """Return a week for eight people with more asked for than they can give."""
    case = a_mini(TUESDAY, 7, *_crew(7), wishful(TUESDAY))
    return case, a_need(case)


@pytest.fixture(scope="module")
def solved(week):
    """Return the outcome of a short repeatable search."""
    return _solve(week, Effort(2.0, 2, 7, repeatable=True))


def test_outcome_is_lawful_bounded_and_priced(week, solved) -> None:
    """The roster keeps the law, costs what the audit says, and no less than the bound."""
    (outcome, told), (case, need) = solved, week
    findings = audit(outcome.roster, case, need)
    assert all(f.severity is not Severity.HARD for f in findings)
    terms = penalty_by_rule(findings)
    assert outcome.objective == pytest.approx(sum(terms.values()))
    assert dict(outcome.terms) == pytest.approx(terms)
    assert outcome.bound <= outcome.objective
    assert outcome.gap is not None
    assert outcome.gap < 0.25
    assert told[-1].phase == "done"


def test_progress_only_gets_better(solved) -> None:
    """Incumbents never rise and bounds never fall."""
    _, told = solved
    values = [p.incumbent for p in told]
    bounds = [p.bound for p in told]
    assert values == sorted(values, reverse=True)
    assert bounds == sorted(bounds)
    assert len(told) > 3


@pytest.mark.parametrize("jobs", [1, 2])
def test_repeatable_search_repeats(week, solved, jobs: int) -> None:
    """Same case, seed and effort: same roster and same trajectory, with one thread or two."""
    again, told = _solve(week, Effort(2.0, jobs, 7, repeatable=True))
    assert again.roster == solved[0].roster
    assert [(p.incumbent, p.bound) for p in told] == [(p.incumbent, p.bound) for p in solved[1]]


def test_the_clock_ends_the_search(week) -> None:
    """By the clock the search ends soon after its seconds."""
    for jobs in (1, 2):
        outcome, _ = _solve(week, Effort(0.5, jobs, 1))
        assert outcome.seconds < 5.0
        assert outcome.objective is not None


def test_stop_keeps_the_best(week) -> None:
    """A stopped search is interrupted and comes back with a roster."""
    outcome, _ = _solve(week, Effort(60.0, 1, 1), stop=lambda: True)
    assert outcome.status is SolveStatus.INTERRUPTED
    assert outcome.roster is not None
    assert outcome.seconds < 20.0


def test_start_is_not_lost(week, solved) -> None:
    """Going on from a roster never ends with a worse one; what cannot be read is left out."""
    best = solved[0]
    outcome, _ = _solve(week, Effort(0.1, 1, 3, repeatable=True), start=best.roster)
    assert outcome.objective <= best.objective + 1e-6
    strange = Roster.of(
        [
            replace(best.roster.assignments[0], employee="nobody"),
            replace(best.roster.assignments[1], location="west"),
            replace(best.roster.assignments[2], pieces=()),
            *best.roster.assignments[3:],
        ]
    )
    again, _ = _solve(week, Effort(0.1, 1, 3, repeatable=True), start=strange)
    assert again.objective is not None


def test_rosters_in_and_out(week, solved) -> None:
    """Lines of a roster give the roster back."""
    case, need = week
    model = build(case, need)
    assert model.roster(model.lines(solved[0].roster)) == solved[0].roster


def test_nobody_to_roster() -> None:
    """Without staff the empty roster is the best, and proven so."""
    case = a_mini(TUESDAY, 2)
    outcome, _ = _solve((case, a_need(case)), Effort(1.0, 1, 1))
    assert outcome.status is SolveStatus.OPTIMAL
    assert outcome.roster == Roster()
    assert outcome.objective > 0


def test_nothing_needed() -> None:
    """Without a requirement a shift at home costs nothing, and that is proven best."""
    case = a_mini(TUESDAY, 2, a_worker(contract_minutes=1200), off=("opening_closing_duty",))
    outcome, _ = _solve((case, Requirement(60, (), (), ())), Effort(0.5, 1, 1, repeatable=True))
    assert outcome.status is SolveStatus.OPTIMAL
    assert outcome.objective == 0.0
    assert len(outcome.roster.assignments) == 1


def test_bound_below_the_optimum_of_a_miniature() -> None:
    """One person, one day: the bound stays below, and near."""
    case = a_mini(TUESDAY, 1, a_worker(contract_minutes=7 * 420))
    outcome, _ = _solve((case, a_need(case)), Effort(2.0, 1, 1, repeatable=True))
    assert outcome.bound <= outcome.objective + 1e-9
    assert outcome.gap < 0.2


def test_too_long_a_horizon() -> None:
    """A horizon of more than a week is refused in words."""
    case = a_mini(TUESDAY, 8, a_worker())
    with pytest.raises(ModelError, match="at most 7 days, not 8"):
        build(case, a_need(case))


@pytest.mark.parametrize("seed", range(6))
def test_model_and_audit_agree_on_random_rosters(seed: int) -> None:
    """On rosters out of a hot search, every point of the model is a point of the findings."""
    first = SATURDAY if seed % 2 else TUESDAY
    case = a_mini(first, 7, *_crew(6), wishful(first), off=("no_sunday_or_holiday",))
    need = a_need(case)
    model = build(case, need)
    state = new_search(model.week, seed)
    ruin_and_recreate(model.week, state, 40, 3, 1e6)
    lines = Lines(*(part.copy() for part in state.lines))
    draw = stream(seed, 0, "days off")
    lines.group[draw.random(lines.group.shape) < 0.2] = -1
    adopt(model.week, state, lines)
    value = cover_cost(model.week, state.cover) + state.own.sum() + model.unreachable
    roster = model.roster(state.lines)
    findings = audit(roster, case, need)
    assert all(f.severity is not Severity.HARD for f in findings)
    assert sum(f.penalty for f in findings) == pytest.approx(value)
    assert LowerBound(model, state.lines).improve() <= value


def test_disagreement_is_an_error(week, monkeypatch) -> None:
    """A roster that the audit prices otherwise never leaves the optimiser."""
    monkeypatch.setattr(module, "penalty_by_rule", lambda findings: {"coverage_short": 1.0})
    with pytest.raises(ModelError, match="search and audit disagree"):
        _solve(week, Effort(0.1, 1, 1, repeatable=True))


def test_pace_counts_work_or_time() -> None:
    """Repeatable effort is a number of beats; small cases get more of them, up to a limit."""
    assert Pace(Effort(10.0, repeatable=True), 700).beats == 20
    assert Pace(Effort(10.0, repeatable=True), 7).beats == 200
    pace = Pace(Effort(10.0, repeatable=True), 700, beat=5)
    assert pace.share == 0.25
    assert Pace(Effort(1e-9), 7).share == 1.0

"""Calm days: the best of all ways to give out the activities, and nothing else changed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations, product

import numpy as np
import pytest

from planner.domain.roster import Activity, Roster
from planner.domain.rule import Severity
from planner.model.roster.activities import compiled_exchange
from planner.model.roster.activities.calm_days import calm_days, longest_stretches, stretch_price
from planner.model.roster.activities.compiled_exchange import BEYOND, PlaceDay, calm
from planner.model.roster.arrays import NOT_WORKING, OFF, Ints, Lines
from planner.model.roster.effort import Effort
from planner.model.roster.model import RosterModel, build
from planner.model.roster.optimise import optimise
from planner.rules.audit import audit, penalty_by_rule
from planner.rules.counter_stretch import CounterStretch
from planner.sim.streams import stream
from tests.roster.interpreted import interpreted
from tests.roster.priced import CREW, a_need, a_week, random_lines

SOFT, WARN = Severity.SOFT, Severity.WARN
PEOPLE, CELLS, ROWS = 3, 6, 2
plain = interpreted(compiled_exchange)
MANY = tuple(replace(e, id=f"{e.id}{n}", wishes=()) for n in range(5) for e in CREW)


def a_day(seed: int) -> PlaceDay:
    """Return a random day of three people at two desks and behind them, with breaks."""
    draw = stream(seed, 0, "day")
    able = draw.random((PEOPLE, ROWS + 1)) < 0.7
    able[:, -1] = True
    activity = np.full((PEOPLE, CELLS), NOT_WORKING)
    for i, c in np.ndindex(activity.shape):
        if draw.random() < 0.85:
            activity[i, c] = int(draw.choice(np.flatnonzero(able[i])) + 1) % (ROWS + 1) - 1
    return PlaceDay(
        activity,
        able,
        (draw.random(PEOPLE) < 0.2).astype(np.int64),
        draw.choice([1.0, 2.5, np.inf], PEOPLE),
    )


def _cells(day: PlaceDay, c: int) -> list[tuple[int, ...]]:
    """Return every way to give out the activities of a cell among people of one kind."""
    now = tuple(day.activity[:, c].tolist())
    ways = set()
    for order in permutations(range(PEOPLE)):
        given = tuple(now[i] for i in order)
        if all(
            given[i] == now[i]
            or (
                NOT_WORKING not in (given[i], now[i])
                and day.kind[i] == day.kind[order[i]]
                and day.able[i, given[i]]
            )
            for i in range(PEOPLE)
        ):
            ways.add(given)
    return sorted(ways)


def _told(activity: Ints, day: PlaceDay) -> float:
    """Return the price of a day by plain words: changes, and cells beyond the longest stretch."""
    price = 0.0
    for i in range(PEOPLE):
        text = "".join(
            "." if a == NOT_WORKING else "b" if a < 0 else str(a) for a in activity[i].tolist()
        )
        price += sum(x != y and "." not in (x, y) for x, y in pairwise(text))
        served = "".join("x" if ch.isdigit() else " " for ch in text).split()
        price += BEYOND * sum(max(0.0, len(run) - day.longest[i]) for run in served)
    return price


@pytest.mark.parametrize("seed", range(12))
def test_the_calmest_of_all_ways_is_found(seed: int) -> None:
    """Every way to give out the activities of six cells is priced; the exchange finds the best."""
    day = a_day(seed)
    ways = [_cells(day, c) for c in range(CELLS)]
    columns = (np.array(chosen).T for chosen in product(*ways))
    lowest = min(_told(activity, day) for activity in columns)
    before = day.activity.copy()
    assert plain.price_of_day(day) == pytest.approx(_told(before, day))
    found = calm(day, before.copy(), 20_000, np.array([seed], np.uint64))
    assert found == pytest.approx(lowest)
    assert _told(day.activity, day) == pytest.approx(lowest)
    assert all(tuple(day.activity[:, c].tolist()) in ways[c] for c in range(CELLS))


def test_the_days_are_of_every_kind() -> None:
    """Among the days above some can be calmed and some cannot; some have stretches too long."""
    prices = []
    for seed in range(12):
        day = a_day(seed)
        before = _told(day.activity, day)
        calm(day, day.activity.copy(), 20_000, np.array([seed], np.uint64))
        prices.append((before, _told(day.activity, day)))
    assert any(after < before for before, after in prices)
    assert any(after >= BEYOND / 2 for _, after in prices)
    assert any(after < BEYOND / 2 <= before for before, after in prices)


def _given(model: RosterModel, lines: Lines) -> np.ndarray:
    """Return how many people do what by place, day and cell."""
    activities = len(model.names.rows) + 2
    count = np.zeros((len(model.names.locations), *lines.activity.shape[1:], activities), np.int64)
    for e, d in np.argwhere(lines.group != OFF):
        place = model.week.groups.place[lines.group[e, d]]
        for c in range(lines.start[e, d], lines.end[e, d]):
            count[place, d, c, lines.activity[e, d, c]] += 1
    return count


STRETCH = CounterStretch(SOFT, price=3.0, minutes=45)


@pytest.mark.parametrize("seed", range(4))
def test_a_calm_week_covers_the_same(seed: int) -> None:
    """Shifts, breaks, and who is able stay; every place has in every cell what it had."""
    staff = tuple(replace(e, trainee=n == 1) for n, e in enumerate(MANY))
    case = a_week((STRETCH,), staff=staff)
    model = build(case, a_need(case))
    lines = random_lines(model, seed, share=1.0)
    before = Lines(*(part.copy() for part in lines))
    calmer = calm_days(case, model, lines, seed)
    for now, was in zip(lines, before, strict=True):
        assert (now == was).all()
    for name in ("group", "start", "end", "pause"):
        assert (getattr(calmer, name) == getattr(before, name)).all()
    assert (_given(model, calmer) == _given(model, before)).all()
    assert ((calmer.activity == NOT_WORKING) == (before.activity == NOT_WORKING)).all()
    assert (calmer.activity[1] == before.activity[1]).all()  # the only trainee
    assert (calmer.activity != before.activity).any()
    for e, d, c in np.argwhere(calmer.activity >= 0):
        rows = model.week.groups.rows
        first, last = model.week.groups.first_row[calmer.group[e, d] :][:2]
        assert calmer.activity[e, d, c] in rows[first:last]
    assert stretch_price(case, model, calmer) <= stretch_price(case, model, before)


@pytest.mark.parametrize("seed", range(4))
def test_time_beyond_the_stretch_costs_what_the_audit_says(seed: int) -> None:
    """With other numbers for a group, a limit between two cells, and a group that is only told."""
    for rule, own in (
        (STRETCH, CounterStretch(SOFT, price=5.0, minutes=30)),
        (STRETCH, CounterStretch(WARN, minutes=30)),
        (CounterStretch(), STRETCH),
    ):
        case = a_week((rule,), (own,), MANY)
        need = a_need(case)
        model = build(case, need)
        lines = random_lines(model, seed, share=1.0)
        told = penalty_by_rule(audit(model.roster(lines), case, need)).get(rule.id, 0.0)
        assert stretch_price(case, model, lines) == pytest.approx(told)
        assert told > 0 or own.severity is not SOFT
        limits = longest_stretches(case, model) * model.clock.minutes
        usual = rule.minutes if rule.severity is SOFT else np.inf
        groups = [employee.contract_group for employee in case.employees]
        assert limits.tolist() == [own.minutes if one == "own" else usual for one in groups]


def test_the_roster_found_has_the_price_in_its_objective() -> None:
    """A search with the rule ends with what the audit says; nobody serves longer without need."""
    case = a_week((CounterStretch(SOFT, price=3.0, minutes=120),))
    need = a_need(case)
    effort = Effort(seconds=0.3, jobs=1, seed=1, repeatable=True)
    outcome = optimise(case, need, effort, lambda _: None, lambda: False)
    assert outcome.roster is not None
    findings = audit(outcome.roster, case, need)
    assert outcome.objective == pytest.approx(sum(f.penalty for f in findings))
    assert outcome.bound is not None
    assert outcome.objective is not None
    assert outcome.bound <= outcome.objective
    assert dict(outcome.terms).get("counter_stretch", 0.0) == pytest.approx(
        sum(f.penalty for f in findings if f.rule == "counter_stretch")
    )


def test_a_roster_keeps_its_pieces_whole() -> None:
    """A calm roster has fewer pieces than the same one with activities as they came."""
    north = tuple(replace(e, locations=("north",), home="north") for e in MANY)
    case = a_week(staff=north)
    model = build(case, a_need(case))
    lines = random_lines(model, 3, share=1.0)
    assert _pieces(model.roster(calm_days(case, model, lines, 1))) < _pieces(model.roster(lines))


def _pieces(roster: Roster) -> int:
    work = [p for a in roster.assignments for p in a.pieces if p.activity is not Activity.BREAK]
    return len(work)

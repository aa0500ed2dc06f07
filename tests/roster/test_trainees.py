"""Trainees beside experienced people: model and audit on every roster of two and three people."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from planner.domain.case import PlanningCase, ShiftRules
from planner.domain.requirement import Requirement, SlotRequirement
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.domain.rule import GroupRule, Severity
from planner.domain.staff import Employee
from planner.model.roster import compiled_cover
from planner.model.roster.arrays import ALONE, Lines
from planner.model.roster.compiled_cover import Cover, Sight
from planner.model.roster.compiled_pricing import memory_for
from planner.model.roster.effort import Effort
from planner.model.roster.model import RosterModel, build
from planner.model.roster.optimise import RosterSearch, optimise
from planner.model.roster.prices import no_prices
from planner.model.roster.training import Beside, hourly_prices
from planner.rules.audit import audit, lawful, penalty_by_rule
from planner.rules.trainee_beside_experienced import TraineeBesideExperienced
from planner.sim.streams import stream
from tests.roster.interpreted import interpreted
from tests.roster.miniature import TUESDAY, a_mini, a_worker

plain = interpreted(compiled_cover)
HARD, SOFT, WARN = Severity.HARD, Severity.SOFT, Severity.WARN
RULE = TraineeBesideExperienced
STARTS = (480, 600, 720)
LENGTH = 240
#: Place and start of the shift; None: a day off.
DAY = (None, *product(("north", "south"), STARTS))
Choice = tuple[str, int] | None


def _crew(learning: tuple[bool, ...], groups: tuple[str, ...]) -> tuple[Employee, ...]:
    return tuple(
        a_worker(
            id=f"w{n}",
            trainee=trainee,
            contract_group=group,
            contract_minutes=1680,
            skills=("residents",),
        )
        for n, (trainee, group) in enumerate(zip(learning, groups, strict=True))
    )


def a_house(
    rule: TraineeBesideExperienced,
    learning: tuple[bool, ...],
    own: TraineeBesideExperienced | None = None,
    days: int = 1,
) -> PlanningCase:
    """Return a day at two sites; the last person's group has the rule as ``own`` says."""
    groups = ("",) * (len(learning) - 1) + ("own",)
    case = a_mini(TUESDAY, days, *_crew(learning, groups), off=("opening_closing_duty",))
    return replace(
        case,
        shifts=ShiftRules(120, LENGTH, LENGTH, 480, 960),
        rules=tuple(rule if isinstance(one, RULE) else one for one in case.rules),
        group_rules=(GroupRule("own", own),) if own else (),
    )


def a_need(case: PlanningCase) -> Requirement:
    """Return a requirement that wants two at one site and, later, one at the other."""
    slots = [
        SlotRequirement(place, day, start, "residents", desks)
        for day in case.horizon.dates
        for place, first, last, desks in (("north", 480, 720, 1), ("south", 600, 960, 2))
        for start in range(first, last, 60)
    ]
    return Requirement(60, tuple(sorted(slots)), (), ())


def a_shift(employee: str, choice: Choice, day=TUESDAY) -> list[Assignment]:
    """Return the shift at the counter, none for a day off."""
    if choice is None:
        return []
    place, start = choice
    piece = Piece(start, start + LENGTH, Activity.COUNTER, "residents")
    return [Assignment(employee, day, place, start, start + LENGTH, (piece,))]


def _value(model: RosterModel, lines: Lines) -> float:
    week, people = model.week, range(len(model.names.employees))
    cover, empty = plain.empty_cover(week), plain.empty_cover(week)
    changes = sum(plain.count_line(week, e, lines, cover, 1) for e in people)
    total = compiled_cover.cover_cost(week, cover)
    assert compiled_cover.cover_cost(week, empty) + changes == pytest.approx(total)
    taken = sum(plain.count_line(week, e, lines, cover, -1) for e in people)
    assert taken == pytest.approx(-changes)
    return total + sum(compiled_cover.own_cost(week, e, lines) for e in people) + model.unreachable


SETTINGS = {
    "law": (RULE(HARD), None),
    "a price": (RULE(SOFT, price=7.0), None),
    "told only": (RULE(WARN), None),
    "law for a group": (RULE(WARN), RULE(HARD)),
    "another price for a group": (RULE(SOFT, price=7.0), RULE(SOFT, price=3.0)),
    "law but for a group": (RULE(HARD), RULE(SOFT, price=3.0)),
    "off for a group": (RULE(HARD), RULE(Severity.OFF)),
}
CREWS = [(False, True), (True, True), (False, True, True), (True, False, True)]


@pytest.mark.parametrize("learning", CREWS)
@pytest.mark.parametrize("name", SETTINGS)
def test_every_roster_has_the_price_that_the_audit_finds(
    name: str, learning: tuple[bool, ...]
) -> None:
    """No unlawful roster is free of the price of law, no lawful one has it; prices are the same."""
    rule, own = SETTINGS[name]
    case = a_house(rule, learning, own)
    need, forbidden, priced = a_need(case), 0, 0
    model = build(case, need)
    for choices in product(DAY, repeat=len(learning)):
        roster = Roster.of([s for n, c in enumerate(choices) for s in a_shift(f"w{n}", c)])
        findings = audit(roster, case, need)
        value = _value(model, model.lines(roster))
        if not all(f.rule == RULE.id or f.severity is not HARD for f in findings):
            continue  # more people at desks than there are: kept by the pricing, not by a price
        assert (value < ALONE) == lawful(findings)
        if lawful(findings):
            assert value == pytest.approx(sum(f.penalty for f in findings))
            priced += RULE.id in penalty_by_rule(findings)
        else:
            forbidden += 1
    severities = {one.severity for one in (rule, own or rule)}
    assert bool(forbidden) == (HARD in severities and (own is None or _matters(learning, case)))
    assert not priced or SOFT in severities


def _matters(learning: tuple[bool, ...], case: PlanningCase) -> bool:
    """Tell whether some trainee has the rule as law."""
    rule = {"": next(r for r in case.rules if isinstance(r, RULE)), "own": case.group_rules[0].rule}
    return any(rule[e.contract_group].severity is HARD for e in case.employees if e.trainee)


def _cheapest(case: PlanningCase, need: Requirement) -> float:
    """Return the lowest price of all lawful rosters, by the checks alone."""
    best = np.inf
    for choices in product(DAY, repeat=len(case.employees)):
        roster = Roster.of([s for n, c in enumerate(choices) for s in a_shift(f"w{n}", c)])
        findings = audit(roster, case, need)
        if lawful(findings):
            best = min(best, sum(f.penalty for f in findings))
    return best


@pytest.mark.parametrize("learning", CREWS)
@pytest.mark.parametrize("name", ["law", "a price", "law but for a group"])
def test_the_search_finds_the_cheapest_of_all(name: str, learning: tuple[bool, ...]) -> None:
    """The roster found costs what the best of all rosters costs, and no more than the bound."""
    rule, own = SETTINGS[name]
    case = a_house(rule, learning, own)
    need = a_need(case)
    effort = Effort(seconds=0.2, jobs=1, seed=1, repeatable=True)
    outcome = optimise(case, need, effort, lambda _: None, lambda: False)
    assert outcome.roster is not None
    assert outcome.objective == pytest.approx(_cheapest_of_any(case, need, outcome.roster))
    assert outcome.bound is not None
    assert outcome.objective is not None
    assert outcome.bound <= outcome.objective + 1e-9


def _cheapest_of_any(case: PlanningCase, need: Requirement, found: Roster) -> float:
    """Return the best of all rosters at counters, or of what was found where it idles behind."""
    own = sum(f.penalty for f in audit(found, case, need))
    assert lawful(audit(found, case, need))
    return min(own, _cheapest(case, need))


def test_a_roster_to_go_on_from_is_made_lawful() -> None:
    """A trainee alone in a given roster gets another line where that is law; soft ones stay."""
    for rule, stays in ((RULE(HARD), False), (RULE(SOFT, price=0.1), True)):
        case = a_house(rule, (False, True))
        need = a_need(case)
        model = build(case, need)
        alone = Roster.of(a_shift("w1", ("north", 480)))
        effort = Effort(seconds=1.0, jobs=1, seed=1, repeatable=True)
        search = RosterSearch(model, effort, lambda _: None, lambda: False)
        search.incumbent.value = np.inf
        search.go_on_from(model.lines(alone))
        lines = search.incumbent.lines
        assert lines is not None
        found = model.roster(lines)
        assert lawful(audit(found, case, need))
        assert (found.assignments[:1] == alone.assignments) == stays


def test_who_is_there_beside_the_plan_keeps_company() -> None:
    """Somebody experienced who is not planned counts but for the break; half a cell does not."""
    case = a_house(RULE(SOFT, price=6.0), (True, True), RULE(HARD))
    need = a_need(case)
    teacher = a_worker(id="teacher")
    whole, split = Piece(480, 720, Activity.BACK_OFFICE), Piece(720, 750, Activity.BREAK)
    pieces = (whole, split, Piece(750, 870, Activity.BACK_OFFICE))
    there = Roster.of([Assignment("teacher", TUESDAY, "north", 480, 870, pieces)])
    places = build(case, need, Beside((teacher,), there)).week.places
    minutes = build(case, need).clock.minutes
    assert minutes == 60
    assert places.experienced[0, 0].tolist() == [1, 1, 1, 1, 0, 1, 0, 0]
    assert places.experienced[1].sum() == places.learners.sum() == 0
    assert hourly_prices(case) == [6.0, np.inf]
    assert places.learner_price.tolist() == [6.0, ALONE]
    learner = replace(teacher, trainee=True)
    places = build(case, need, Beside((learner,), there)).week.places
    assert places.experienced.sum() == 0
    assert places.learners[0, 0, 0].tolist() == [1, 1, 1, 1, 1, 1, 1, 0]
    assert places.learners[1].sum() == 0
    stranger = build(case, need, Beside((), there)).week.places
    assert stranger.experienced.sum() == stranger.learners.sum() == 0


def test_groups_are_the_same_for_all_where_nothing_is_asked() -> None:
    """Without the rule trainees and others share their groups, and nothing is counted."""
    case = a_house(RULE(WARN), (False, True))
    week = build(case, a_need(case)).week
    assert len(week.groups.place) == 2
    assert week.groups.experienced.all()
    assert (week.groups.learner == -1).all()
    assert len(week.places.learner_price) == 0
    asked = build(a_house(RULE(HARD), (False, True)), a_need(case)).week
    assert asked.groups.experienced.tolist() == [True, True, False, False]
    assert asked.groups.learner.tolist() == [-1, -1, 0, 0]


@pytest.mark.parametrize("name", ["law", "a price", "law but for a group", "off for a group"])
def test_what_a_person_more_is_worth_to_those_who_are_alone(name: str) -> None:
    """In every cell and for every group: what the price of all falls by; blind learners see none.

    Up to one experienced person and up to two learners of each kind are there already.
    """
    rule, own = SETTINGS[name]
    case = a_house(rule, (False, True, True), own)
    week = build(case, a_need(case)).week
    groups, memory = week.groups, memory_for(week)
    free = week._replace(places=week.places._replace(learner_price=np.zeros(0)))
    for seed in range(6):
        draw, cover = stream(seed, 0, "company"), plain.empty_cover(week)
        cover.experienced[...] = draw.integers(0, 2, cover.experienced.shape)
        cover.learners[...] = draw.integers(0, 3, cover.learners.shape)
        sight = Sight(cover, no_prices(week), np.array([0.5]), np.zeros(1, np.int64))
        for g in range(len(groups.place)):
            plain.worth(free, g, 0, sight, memory)
            without = memory.values[g, 0].copy()
            plain.worth(week, g, 0, sight, memory)
            more = memory.values[g, 0] - without
            place = groups.place[g]
            for c in range(week.places.first[place, 0], week.places.last[place, 0]):
                after = Cover(*(part.copy() for part in cover))
                after.experienced[place, 0, c] += bool(groups.experienced[g])
                if groups.learner[g] >= 0:
                    after.learners[groups.learner[g], place, 0, c] += 1
                fall = plain.cover_cost(week, cover) - plain.cover_cost(week, after)
                assert more[c] == pytest.approx(fall)
            sight.blind[0] = 1
            plain.worth(week, g, 0, sight, memory)
            sight.blind[0] = 0
            seen = 0.0 if groups.learner[g] >= 0 else more
            assert memory.values[g, 0] - without == pytest.approx(seen)


def test_one_more_beside_somebody_who_is_not_planned_makes_two() -> None:
    """Experienced people are counted on top of those who are there whatever is planned."""
    case = a_house(RULE(HARD), (False, True))
    piece = Piece(480, 720, Activity.BACK_OFFICE)
    there = Roster.of([Assignment("teacher", TUESDAY, "north", 480, 720, (piece,))])
    model = build(case, a_need(case), Beside((a_worker(id="teacher"),), there))
    cover = plain.empty_cover(model.week)
    lines = model.lines(Roster.of(a_shift("w0", ("north", 480))))
    plain.count_line(model.week, 0, lines, cover, 1)
    assert cover.experienced[0, 0].tolist() == [2, 2, 2, 2, 0, 0, 0, 0]

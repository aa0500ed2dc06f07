"""What a roster costs in the arrays is what the audit finds, by person and for the places."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest

from planner.domain.case import PlanningCase, ShiftRules
from planner.domain.requirement import Requirement
from planner.domain.rule import RosterRule
from planner.domain.staff import Wish, WishKind
from planner.model.roster import compiled_cover
from planner.model.roster.arrays import FORBIDDEN, NOT_WORKING, Lines
from planner.model.roster.model import RosterModel, build
from planner.rules.audit import audit
from planner.rules.back_office import BackOffice
from planner.rules.contract_hours import ContractHours
from planner.rules.contract_minimum import ContractMinimum
from planner.rules.coverage_over import CoverageOver
from planner.rules.coverage_short import CoverageShort
from planner.rules.days_together import DaysTogether
from planner.rules.home_location import HomeLocation
from planner.rules.late_fairness import LateFairness
from planner.rules.min_days_off_in_a_row import MinDaysOffInARow
from planner.rules.minimum_presence import MinimumPresence
from planner.rules.opening_closing_duty import OpeningClosingDuty
from planner.rules.refusal_fairness import RefusalFairness
from planner.rules.saturday_fairness import SaturdayFairness
from planner.rules.shifts_of_type import ShiftsOfType, ShiftType
from planner.rules.time_account import TimeAccount
from planner.rules.travel import Travel
from planner.rules.travel_fairness import TravelFairness
from planner.rules.weekday_pattern import WeekdayPattern
from planner.rules.weekly_average import WeeklyAverage
from planner.rules.wishes import Wishes
from tests.roster.interpreted import interpreted
from tests.roster.priced import CREW, DAYS, HARD, SOFT, WARN, a_need, a_week, random_lines

Rules = tuple[RosterRule, ...]
#: Everybody's rules changed, those of a group changed, minutes of a slot of the requirement.
EARLY = ShiftType("early", 1, start_before_minute=540)
LATE = ShiftType("late", 1, end_after_minute=960)
LONG = ShiftType("long", 1, min_paid_minutes=300)
SETTINGS: dict[str, tuple[Rules, Rules, int]] = {
    "as usual": ((), (), 60),
    "agreements at a price": (
        (ContractHours(SOFT, price=3.0), WeekdayPattern(SOFT, price=5.0), WeeklyAverage(WARN)),
        (ContractHours(SOFT, price=7.0),),
        60,
    ),
    "slots finer than shifts": ((Travel(free_minutes=30.0), OpeningClosingDuty(people=2)), (), 30),
    "a group at other prices": (
        (),
        (
            LateFairness(price=5.0, per_week=0.5),
            SaturdayFairness(price=1.0),
            HomeLocation(price=9.0),
            Wishes(price=3.0),
            RefusalFairness(WARN),
            TimeAccount(price=0.75),
            ContractMinimum(price=11.0),
            TravelFairness(price=2.5),
        ),
        60,
    ),
    "nothing of the places": (
        (
            CoverageOver(WARN),
            MinimumPresence(WARN),
            OpeningClosingDuty(WARN),
            BackOffice(WARN),
            CoverageShort(price=4.0),
        ),
        (),
        20,
    ),
    "little of the people": (
        (
            CoverageShort(WARN),
            ContractMinimum(WARN),
            HomeLocation(WARN),
            Travel(WARN),
            Wishes(WARN, early_end_minute=840),
            SaturdayFairness(WARN),
            LateFairness(WARN),
            WeekdayPattern(WARN),
        ),
        (),
        60,
    ),
    "wishes by other clocks": (
        (
            Wishes(early_end_minute=930, late_start_minute=750),
            LateFairness(late_end_minute=990, per_week=1.0),
        ),
        (LateFairness(late_end_minute=990, per_week=2.0),),
        60,
    ),
    "days that go together": (
        (DaysTogether(SOFT, price=6.0, days=((4, 5),)), MinDaysOffInARow(SOFT, price=2.5)),
        (DaysTogether(SOFT, price=3.0, days=((5, 6),)),),
        60,
    ),
    "shifts of a type": (
        (ShiftsOfType(SOFT, price=6.0, types=(LATE, LONG)),),
        (ShiftsOfType(SOFT, price=2.5, types=(EARLY, replace(LATE, most=0))),),
        60,
    ),
}
cover = interpreted(compiled_cover)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_point_of_the_arrays_is_one_of_the_audit(name: str) -> None:
    """On random rosters: each person's own price, and what is missing or beyond at the places."""
    rules, own, slot = SETTINGS[name]
    case = a_week(rules, own)
    _agree(case, a_need(case, slot), seeds=8)


@pytest.mark.parametrize(
    "changes",
    [
        {"travel_minutes": ()},
        {"shifts": ShiftRules(60, 120, 660, 540, 960)},
        {"shifts": ShiftRules(60, 120, 660, 540, 990), "employees": CREW[:1]},
    ],
)
def test_what_is_not_known_or_out_of_reach(changes) -> None:
    """Ways that nobody knows take no time; duties and slots beyond all shifts cost everybody."""
    case = replace(a_week((OpeningClosingDuty(people=2),)), **changes)
    _agree(case, a_need(case), seeds=3)


def _agree(case: PlanningCase, need: Requirement, seeds: int) -> None:
    """Compare the prices of random rosters, by person and for the places."""
    model = build(case, need)
    staff = model.week.staff
    cells = np.arange(staff.most.max() + 1)
    assert (np.isinf(staff.paid_cost) == (cells > staff.most[:, None])).all()
    for seed in range(seeds):
        lines = random_lines(model, seed)
        found: dict[str, float] = defaultdict(float)
        for finding in audit(model.roster(lines), case, need):
            found[finding.employee] += finding.penalty
        given, _ = _counted(model, lines)
        at_places = cover.cover_cost(model.week, given) + model.unreachable
        assert at_places == pytest.approx(found[""])
        for e, who in enumerate(model.names.employees):
            assert cover.own_cost(model.week, e, lines) == pytest.approx(found[who])


WISHES = (Wish(DAYS[0], WishKind.DAY_OFF), Wish(DAYS[2], WishKind.DAY_OFF))
FORBIDDING: list[RosterRule] = [
    HomeLocation(HARD),
    Travel(HARD, free_minutes=25.0),
    Travel(HARD, free_minutes=24.0),
    Wishes(HARD),
    SaturdayFairness(HARD),
    SaturdayFairness(HARD, per_week=1.0),
    LateFairness(HARD),
    LateFairness(HARD, per_week=1.0),
    LateFairness(HARD, per_week=1.75),
    DaysTogether(HARD, days=((4, 5),)),
    MinDaysOffInARow(HARD),
    ShiftsOfType(HARD, types=(replace(LATE, most=0), EARLY)),
    ShiftsOfType(HARD, types=(replace(LONG, most=0),)),
]


@pytest.mark.parametrize("rule", FORBIDDING, ids=lambda rule: str(rule))
def test_preferences_made_law_forbid_what_their_checks_find(rule: RosterRule) -> None:
    """A person's price is more than any week is worth if and only if the rule finds something."""
    staff = tuple(replace(one, wishes=WISHES[: n % 3]) for n, one in enumerate(CREW))
    case = a_week((rule,), staff=staff)
    need, seen = a_need(case), set()
    model = build(case, need)
    for seed in range(12):
        lines = random_lines(model, seed, share=0.2 + 0.05 * seed)
        found = {f.employee for f in rule.check(model.roster(lines), case, need)}
        for e, who in enumerate(model.names.employees):
            assert (cover.own_cost(model.week, e, lines) >= FORBIDDEN) == (who in found)
            seen.add(who in found)
    assert seen == {True, False}


def _counted(model: RosterModel, lines: Lines):
    """Return the cover of the lines, counted one by one, and the changes of price."""
    given = cover.empty_cover(model.week)
    people = range(len(model.names.employees))
    return given, [cover.count_line(model.week, e, lines, given, 1) for e in people]


@pytest.mark.parametrize("seed", range(6))
def test_counting_tells_the_change_of_price(seed: int) -> None:
    """Line by line in and out again: the change is the difference, and nothing is left over."""
    case = a_week()
    model = build(case, a_need(case, 30))
    lines = random_lines(model, seed, share=0.9)
    given, before = cover.empty_cover(model.week), []
    for sign in (1, -1):
        for e in range(len(model.names.employees)):
            before.append(cover.cover_cost(model.week, given))
            change = cover.count_line(model.week, e, lines, given, sign)
            assert change == pytest.approx(cover.cover_cost(model.week, given) - before[-1])
        if sign == 1:
            _same_as_by_hand(model, lines, given)
    assert not any(part.any() for part in given)
    assert max(before) > min(before)


def _same_as_by_hand(model: RosterModel, lines: Lines, given) -> None:
    """Compare the cover with plain counts over people, days and cells."""
    count: dict[tuple[str, int, int, int], int] = defaultdict(int)
    for e, d, c in zip(*(lines.activity != NOT_WORKING).nonzero(), strict=True):
        place, k = int(model.week.groups.place[lines.group[e, d]]), int(lines.activity[e, d, c])
        count["present", place, int(d), int(c)] += 1
        count["back" if k < 0 else "serving", place, 0 if k < 0 else int(d), int(c)] += 1
        if k >= 0:
            count["served", k, int(d), int(c)] += 1
    for what, i, d, c in count:
        if what != "back":
            assert getattr(given, what)[i, d, c] == count[what, i, d, c]
    for place in range(2):
        behind = sum(n for key, n in count.items() if key[:2] == ("back", place))
        assert given.back[place] == behind


@pytest.mark.parametrize("seed", range(6))
def test_rosters_in_and_out(seed: int) -> None:
    """Lines as a roster and back are the same lines."""
    case = a_week()
    model = build(case, a_need(case, 30))
    lines = random_lines(model, seed)
    free = model.week.staff.free
    lines.group[~free] = -1
    lines.activity[~free] = NOT_WORKING
    lines.pause[~free] = -1
    lines.start[~free] = lines.end[~free] = 0
    again = model.lines(model.roster(lines))
    for one, other in zip(lines, again, strict=True):
        assert (one == other).all()

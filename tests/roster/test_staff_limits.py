"""What each person may work in the arrays is what each rule's own check allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import product

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.domain.horizon import Holiday
from planner.domain.requirement import Requirement, SlotRequirement
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.domain.rule import GroupRule, RosterRule, Severity
from planner.domain.staff import Employee, Wish, WishKind
from planner.model.roster.model import RosterModel, build
from planner.rules.absence import Absence
from planner.rules.contract_hours import ContractHours
from planner.rules.forbidden_succession import ForbiddenSuccession
from planner.rules.location_allowed import LocationAllowed
from planner.rules.max_consecutive_days import MaxConsecutiveDays
from planner.rules.max_daily_minutes import MaxDailyMinutes
from planner.rules.max_days_per_week import MaxDaysPerWeek
from planner.rules.min_rest import MinRest
from planner.rules.no_sunday_or_holiday import NoSundayOrHoliday
from planner.rules.registry import default_rules
from planner.rules.skill_held import SkillHeld
from planner.rules.time_account import TimeAccount
from planner.rules.weekday_pattern import WeekdayPattern
from planner.rules.weekly_average import WeeklyAverage
from planner.rules.wishes import Wishes
from tests.rules.cases import FRIDAY, MONDAY, SATURDAY, SUNDAY, TUESDAY, a_case

HARD, SOFT, WARN, OFF = Severity.HARD, Severity.SOFT, Severity.WARN, Severity.OFF
NOTHING = Requirement(30, (), (), ())
EVERY_DAY = tuple(range(7))


def a_worker(**changes: object) -> Employee:
    """Return somebody of a contract group of its own."""
    worker = Employee("w", 2400, 120, 5, "north", ("north",), ("residents",), EVERY_DAY)
    return replace(worker, contract_group="own", **changes)  # type: ignore[arg-type]


def a_model(
    worker: Employee, *own: RosterRule, days: int = 7, first: date = MONDAY
) -> tuple[PlanningCase, RosterModel]:
    """Return a case, and its model, with one worker whose group has these rules otherwise."""
    case = a_case(*default_rules(), staff=(worker,))
    holiday = (Holiday(FRIDAY, "Karfreitag"),)
    case = replace(
        case,
        horizon=replace(case.horizon, first_day=first, days=days, holidays=holiday),
        group_rules=tuple(GroupRule("own", rule) for rule in own),
    )
    return case, build(case, NOTHING)


def a_shift(day: date, start: int, minutes: int, place: str = "north") -> Assignment:
    """Return a shift without a break, of any length."""
    end = start + minutes
    return Assignment("w", day, place, start, end, (Piece(start, end, Activity.BACK_OFFICE),))


def keeps(
    case: PlanningCase, kinds: Iterable[type[RosterRule]], shifts: Iterable[Assignment]
) -> bool:
    """Tell whether none of the worker's rules of these kinds that forbid finds anything."""
    own = {type(one.rule): one.rule for one in case.group_rules}
    rules = [own.get(type(rule), rule) for rule in case.rules]
    binding = [r for r in rules if type(r) in kinds and r.severity is HARD]
    roster = Roster.of(list(shifts))
    return not any(list(rule.check(roster, case, NOTHING)) for rule in binding)


@pytest.mark.parametrize(
    ("worker", "own"),
    [
        (a_worker(), ()),
        (a_worker(absent=(TUESDAY, SATURDAY)), ()),
        (a_worker(absent=(TUESDAY,)), (Absence(WARN),)),
        (a_worker(weekdays=(0, 2, 4, 6)), ()),
        (a_worker(weekdays=(0, 2)), (WeekdayPattern(SOFT),)),
        (a_worker(weekdays=(0, 2, 6)), (NoSundayOrHoliday(OFF),)),
    ],
)
def test_days_on_which_somebody_may_work(worker: Employee, own) -> None:
    """Absence, pattern, Sundays and holidays, each as far as it binds the group."""
    case, model = a_model(worker, *own)
    kinds = (Absence, WeekdayPattern, NoSundayOrHoliday)
    expected = [keeps(case, kinds, [a_shift(day, 600, 240)]) for day in case.horizon.dates]
    assert model.week.staff.free[0].tolist() == expected


@pytest.mark.parametrize(
    ("worker", "own", "days"),
    [
        (a_worker(), (), 7),
        (a_worker(contract_minutes=2900, band_minutes=60), (), 7),
        (a_worker(contract_minutes=2900, band_minutes=600), (), 7),
        (a_worker(contract_minutes=2900), (WeeklyAverage(minutes=1800),), 7),
        (a_worker(), (ContractHours(SOFT), WeeklyAverage(WARN)), 7),
        (a_worker(), (ContractHours(SOFT), TimeAccount(HARD)), 7),
        (a_worker(), (TimeAccount(HARD),), 3),
        (a_worker(absent=(MONDAY, TUESDAY)), (ContractHours(HARD),), 7),
        (a_worker(contract_minutes=100, band_minutes=20), (), 2),
    ],
)
def test_hours_of_a_week(worker: Employee, own, days: int) -> None:
    """One slot more than the arrays allow breaks a rule, unless the days have no more hours."""
    case, model = a_model(worker, *own, days=days)
    most, step = int(model.week.staff.most[0]), model.clock.minutes
    kinds = (WeeklyAverage, ContractHours, TimeAccount)
    for cells in range(days * int(model.week.grid.paid.max()) + 1):
        parts = [cells // days + (n < cells % days) for n in range(days)]
        shifts = [
            a_shift(day, 0, part * step)
            for day, part in zip(case.horizon.dates, parts, strict=True)
            if part
        ]
        assert (cells <= most) == keeps(case, kinds, shifts)
        if cells < model.week.staff.paid_cost.shape[1]:
            assert np.isinf(model.week.staff.paid_cost[0, cells]) == (cells > most)
    assert model.week.staff.paid_cost.shape[1] == most + 1


@pytest.mark.parametrize("own", [(), (MaxDailyMinutes(minutes=330),), (MaxDailyMinutes(OFF),)])
def test_hours_of_a_day(own) -> None:
    """Paid time of a day up to the group's limit, or as long as shifts are."""
    case, model = a_model(a_worker(), *own)
    longest = int(model.week.staff.longest[0])
    for cells in sorted(set(model.week.grid.paid.tolist())):
        shift = a_shift(MONDAY, 0, cells * model.clock.minutes)
        assert (cells <= longest) == keeps(case, (MaxDailyMinutes,), [shift])
    assert longest > 0


RUNS: list[tuple[Employee, tuple[RosterRule, ...], int]] = [
    (a_worker(), (), 7),
    (a_worker(max_days=7), (MaxConsecutiveDays(days=3),), 7),
    (a_worker(max_days=4), (MaxConsecutiveDays(days=4),), 7),
    (a_worker(max_days=4), (MaxConsecutiveDays(days=4), MaxDaysPerWeek(OFF)), 7),
    (a_worker(max_days=3), (MaxConsecutiveDays(days=2), MaxDaysPerWeek(WARN)), 5),
    (a_worker(max_days=6, days_in_row=3), (MaxConsecutiveDays(days=5),), 7),
    (a_worker(max_days=2, days_in_row=4), (MaxConsecutiveDays(days=5),), 7),
    (a_worker(max_days=2, days_in_row=3), (MaxConsecutiveDays(days=5),), 7),
    (a_worker(max_days=5, days_in_row=9), (MaxConsecutiveDays(days=5),), 6),
    (a_worker(max_days=5, days_in_row=9), (MaxConsecutiveDays(WARN),), 6),
    (a_worker(max_days=6, absent=(MONDAY,), days_in_row=4), (MaxConsecutiveDays(days=5),), 7),
    (a_worker(max_days=6, absent=(TUESDAY,), days_in_row=3), (MaxConsecutiveDays(days=4),), 7),
    (a_worker(max_days=3, absent=(TUESDAY,), days_in_row=4), (MaxConsecutiveDays(days=4),), 7),
    (a_worker(max_days=7, absent=(TUESDAY,)), (MaxConsecutiveDays(days=4),), 7),
    (a_worker(max_days=7, absent=(TUESDAY,)), (MaxConsecutiveDays(days=5),), 7),
    (a_worker(absent=(MONDAY, TUESDAY)), (MaxConsecutiveDays(days=1),), 2),
    (a_worker(max_days=6, days_in_row=1), (MaxConsecutiveDays(days=6),), 6),
]


@pytest.mark.parametrize(("worker", "own", "days"), RUNS)
def test_days_of_a_week_and_in_a_row(worker: Employee, own, days: int) -> None:
    """Every choice of days: few enough in all and in a row, those before the horizon included."""
    case, model = a_model(worker, *own, NoSundayOrHoliday(OFF), days=days)
    staff, dates = model.week.staff, case.horizon.dates
    kinds = (MaxConsecutiveDays, MaxDaysPerWeek, Absence)
    for chosen in product((False, True), repeat=days):
        run, fits = int(staff.run_before[0]), sum(chosen) <= staff.most_days[0]
        for d, works in enumerate(chosen):
            run = run + 1 if works else 0
            fits &= not works or bool(staff.free[0, d])
            fits &= not works or staff.most_run[0] < 0 or run <= staff.most_run[0]
        shifts = [a_shift(day, 600, 240) for day, works in zip(dates, chosen, strict=True) if works]
        assert fits == keeps(case, kinds, shifts), chosen


@pytest.mark.parametrize(("worker", "own", "days"), RUNS)
def test_days_in_a_row_are_counted_only_where_they_can_be_too_many(worker, own, days) -> None:
    """Pricing has a state more only for those who could have one day too many otherwise."""
    case, model = a_model(worker, *own, NoSundayOrHoliday(OFF), days=days)
    binds = False
    for chosen in product((False, True), repeat=days):
        dates = [day for day, works in zip(case.horizon.dates, chosen, strict=True) if works]
        shifts = [a_shift(day, 600, 240) for day in dates]
        others = keeps(case, (MaxDaysPerWeek, Absence), shifts)
        binds |= others and not keeps(case, (MaxConsecutiveDays,), shifts)
    limit = next((rule.days for rule in own if isinstance(rule, MaxConsecutiveDays)), 6)
    assert model.week.staff.most_run[0] == (limit if binds else -1)


def _before(hour: int, minute: int = 0, days: int = 1, first: date = MONDAY) -> datetime:
    return datetime.combine(first - timedelta(days=days), time(hour, minute))


WISHES = (
    Wish(MONDAY, WishKind.EARLY),
    Wish(TUESDAY, WishKind.LATE),
    Wish(SATURDAY, WishKind.EARLY),
    Wish(SATURDAY, WishKind.LATE),
    Wish(MONDAY - timedelta(days=1), WishKind.LATE),
    Wish(SUNDAY + timedelta(days=1), WishKind.EARLY),
    Wish(MONDAY, WishKind.LATE),
)
AGREED = ForbiddenSuccession(HARD)


@pytest.mark.parametrize(
    ("worker", "own", "first"),
    [
        (a_worker(), (), MONDAY),
        (a_worker(last_end=_before(22)), (), MONDAY),
        (a_worker(last_end=_before(21, 30)), (MinRest(hours=12.25),), MONDAY),
        (a_worker(last_end=_before(20)), (MinRest(hours=40),), MONDAY),
        (a_worker(last_end=_before(20)), (MinRest(OFF),), MONDAY),
        (a_worker(last_end=_before(18)), (AGREED, MinRest(hours=9)), MONDAY),
        (a_worker(last_end=_before(17, 30)), (AGREED, MinRest(hours=9)), MONDAY),
        (a_worker(last_end=_before(17, 31)), (AGREED, MinRest(hours=9)), MONDAY),
        (a_worker(last_end=_before(18, days=2)), (AGREED, MinRest(hours=9)), MONDAY),
        (a_worker(last_end=_before(22)), (AGREED,), MONDAY),
        (a_worker(last_end=_before(22)), (AGREED, MinRest(hours=12)), MONDAY),
        (a_worker(last_end=_before(19)), (MinRest(hours=23),), MONDAY),
        (a_worker(last_end=_before(22, first=SUNDAY)), (NoSundayOrHoliday(OFF),), SUNDAY),
        (a_worker(wishes=WISHES[:6]), (Wishes(HARD),), MONDAY),
        (a_worker(wishes=WISHES[:6]), (), MONDAY),
        (a_worker(wishes=WISHES[:6], last_end=_before(22)), (Wishes(HARD),), MONDAY),
        (a_worker(wishes=WISHES[6:], last_end=_before(22)), (Wishes(HARD),), MONDAY),
        (a_worker(wishes=WISHES[6:], last_end=_before(23, 45)), (Wishes(HARD),), MONDAY),
    ],
)
def test_when_a_day_may_begin_and_end(worker: Employee, own, first: date) -> None:
    """Rest after the last week, no early after late, wishes that must be granted: every shift."""
    case, model = a_model(worker, *own, days=7, first=first)
    staff, clock = model.week.staff, model.clock
    kinds = (MinRest, ForbiddenSuccession, Wishes)
    for d, day in enumerate(case.horizon.dates):
        for start, end in product(range(clock.cells), range(1, clock.cells + 1)):
            if start < end and end in (start + 1, clock.cells):
                at, until = clock.minute(start), clock.minute(end)
                fits = start >= staff.earliest[0, d] and end <= staff.latest[0, d]
                assert fits == keeps(case, kinds, [a_shift(day, at, until - at)])


def test_where_somebody_works_and_on_what() -> None:
    """Every location that is the person's own and exists; every skill held and asked for there."""
    people = (
        a_worker(locations=("north", "elsewhere", "south"), skills=("residents", "phone")),
        a_worker(locations=("south",), skills=("reception", "residents")),
        a_worker(locations=("south",), skills=("residents", "reception")),
        a_worker(locations=("north",), skills=()),
    )
    staff = tuple(replace(one, id=f"w{n}") for n, one in enumerate(people))
    case = a_case(*default_rules(), staff=staff)
    need = _everything_needed(case)
    model = build(case, need)
    groups, own = model.week.groups, model.week.staff
    for e, person in enumerate(staff):
        mine = own.groups[own.first_group[e] : own.first_group[e + 1]]
        places = [model.names.locations[groups.place[g]] for g in mine]
        assert sorted(places) == sorted({"north", "south"} & set(person.locations))
        for g, place in zip(mine, places, strict=True):
            rows = groups.rows[groups.first_row[g] : groups.first_row[g + 1]]
            skills = {model.names.rows[k] for k in rows}
            index = model.names.locations.index(place)
            for skill in ("residents", "reception", "phone"):
                shift = _serving(person.id, place, skill)
                found = list(SkillHeld().check(Roster((shift,)), case, need))
                assert ((index, skill) in skills) == (found == [])
            assert not list(LocationAllowed().check(Roster((shift,)), case, need))
    assert own.groups[own.first_group[1]] == own.groups[own.first_group[2]]
    assert groups.back.all()


def _everything_needed(case: PlanningCase) -> Requirement:
    """Return a requirement that asks for every skill everywhere, one of them held by no service."""
    places, skills = ("north", "south"), ("phone", "reception", "residents")
    slots = [SlotRequirement(p, MONDAY, 600, s, 1) for p in places for s in skills]
    return Requirement(30, tuple(sorted(slots)), (), ())


def _serving(who: str, place: str, skill: str) -> Assignment:
    known = {"reception": Activity.RECEPTION, "phone": Activity.PHONE}
    pieces = (Piece(600, 900, known.get(skill, Activity.COUNTER), skill),)
    return Assignment(who, MONDAY, place, 600, 900, pieces)

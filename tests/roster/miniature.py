"""Miniature cases whose rosters can be listed, and the model's arrays read as a plain yes or no."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from planner.domain.case import PlanningCase, ShiftRules
from planner.domain.horizon import Horizon
from planner.domain.place import Interval, OpeningHours
from planner.domain.requirement import Requirement, SlotRequirement
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.domain.rule import RosterRule, Severity
from planner.domain.staff import Employee, Wish, WishKind
from planner.model.roster.arrays import FORBIDDEN, Week
from planner.model.roster.model import RosterModel
from planner.rules.opening_closing_duty import OpeningClosingDuty
from planner.rules.registry import default_rules
from tests.rules.cases import a_case, with_severity

#: Saturday before the clock goes forward.
SATURDAY = date(2024, 3, 30)
TUESDAY = date(2024, 4, 9)


@dataclass(frozen=True)
class Shift:
    """A shift of the universe: place, start, end and break start [min] (None: no break)."""

    place: str
    start: int
    end: int
    pause: int | None


def a_worker(**changes: object) -> Employee:
    """Return somebody for both sites with two skills."""
    worker = Employee(
        id="w1",
        contract_minutes=1200,
        band_minutes=120,
        max_days=2,
        home="north",
        locations=("north", "south"),
        skills=("reception", "residents"),
        weekdays=(0, 1, 2, 3, 4, 5, 6),
    )
    return replace(worker, **changes)  # type: ignore[arg-type]


def a_mini(first_day: date, days: int, *staff: Employee, off: tuple[str, ...] = ()) -> PlanningCase:
    """Return two sites, hourly grid 06:00-20:00, open 08:00-18:00 every day, for ``staff``."""
    rules: tuple[RosterRule, ...] = tuple(
        with_severity(rule, Severity.OFF) if rule.id in off else _hourly(rule)
        for rule in default_rules()
    )
    case = a_case(*rules, staff=staff)
    doors = OpeningHours(((Interval(480, 1080),),) * 7)
    north, south = case.locations
    return replace(
        case,
        horizon=Horizon(first_day, days, "Europe/Berlin", 60),
        locations=(
            replace(
                north, opening=doors, desks=1, staffed_before_minutes=60, staffed_after_minutes=60
            ),
            replace(south, opening=doors, staffed_before_minutes=120, staffed_after_minutes=120),
        ),
        shifts=ShiftRules(60, 240, 660, 360, 1200),
    )


def _hourly(rule: RosterRule) -> RosterRule:
    return replace(rule, minutes=60) if isinstance(rule, OpeningClosingDuty) else rule


def a_need(case: PlanningCase) -> Requirement:
    """Return a requirement with peaks in both skills, presence and work behind the counters."""
    slots = []
    for day in case.horizon.dates:
        for start in range(480, 1080, 60):
            slots.append(SlotRequirement("north", day, start, "residents", 1 + (start == 600)))
            if 600 <= start < 900:
                slots.append(SlotRequirement("south", day, start, "reception", 1))
        slots.append(SlotRequirement("south", day, 1200, "residents", 2))
    presence = tuple(
        SlotRequirement("north", day, start, "", 2)
        for day in case.horizon.dates
        for start in (600, 660)
    )
    return Requirement(60, tuple(sorted(slots)), (("north", 240), ("south", 60)), presence)


def universe(model: RosterModel) -> list[Shift]:
    """Return every shift on the grid, lawful or not, without break and with the shortest break."""
    sizes = dict(zip(model.week.grid.span.tolist(), model.week.grid.pause.tolist(), strict=True))
    shifts = []
    for place in ("north", "south"):
        for start in range(360, 1200, 60):
            for end in range(start + 180, min(1200, start + 720) + 1, 60):
                size = sizes.get((end - start) // 60, 1) * 60
                shifts.append(Shift(place, start, end, None))
                if size:
                    shifts.extend(
                        Shift(place, start, end, pause)
                        for pause in range(start, end - size + 1, 60)
                    )
    return shifts


def as_assignment(shift: Shift, employee: str, day: date, size: int) -> Assignment:
    """Return ``shift`` as an assignment behind the counters, with a break of ``size`` minutes."""
    work = Activity.BACK_OFFICE
    pieces = [Piece(shift.start, shift.end, work)]
    if shift.pause is not None:
        stop = shift.pause + size
        pieces = [
            Piece(shift.start, shift.pause, work),
            Piece(shift.pause, stop, Activity.BREAK),
            Piece(stop, shift.end, work),
        ]
    kept = tuple(piece for piece in pieces if piece.minutes)
    return Assignment(employee, day, shift.place, shift.start, shift.end, kept)


def accepts(  # noqa: C901  # one plain question after the other
    week: Week, e: int, days: tuple[Shift | None, ...], model: RosterModel
) -> bool:
    """Tell from the arrays whether the model has this line of employee e."""
    grid, staff, places = week.grid, week.staff, week.places
    own = {
        model.names.locations[int(week.groups.place[g])]
        for g in staff.groups[staff.first_group[e] : staff.first_group[e + 1]]
    }
    paid, worked, night, run = 0, 0, 0, int(staff.run_before[e])
    for d, shift in enumerate(days):
        if shift is None:
            night = run = 0
            continue
        run += 1
        if 0 <= staff.most_run[e] < run:
            return False
        start, end = ((m - model.clock.start_minute) // 60 for m in (shift.start, shift.end))
        spans = [s for s in range(len(grid.span)) if grid.span[s] == end - start]
        if not spans or not staff.free[e, d] or shift.place not in own:
            return False
        s, place = spans[0], model.names.locations.index(shift.place)
        if start < places.first[place, d] or end > places.last[place, d]:
            return False
        if start < staff.earliest[e, d] or end > staff.latest[e, d]:
            return False
        if not (grid.start_on[start] and grid.end_on[end]) or grid.paid[s] > staff.longest[e]:
            return False
        if (shift.pause is None) != (grid.pause[s] == 0):
            return False
        if shift.pause is not None:
            at = (shift.pause - shift.start) // 60
            if not grid.pause_first[s] <= at <= grid.pause_last[s]:
                return False
        if not grid.rested[staff.rest[e], d, night, grid.start_class[start]]:
            return False
        night = int(grid.end_night[grid.end_class[end]])
        paid, worked = paid + int(grid.paid[s]), worked + 1
    few = paid <= staff.most[e] and worked <= staff.most_days[e]
    return bool(few) and _goes_together(week, e, days, model) and _paid_for(week, e, days, model)


def _goes_together(week: Week, e: int, days: tuple[Shift | None, ...], model: RosterModel) -> bool:
    """Tell whether the trail of the days worked comes to an end."""
    staff, at = week.staff, 0
    for d, shift in enumerate(days):
        at = int(staff.trail_next[staff.trail[e], d, at, letter_of(week, shift, model)])
        if at < 0:
            return False
    return bool(at < staff.trail_count[staff.trail[e], len(days)])


def letter_of(week: Week, shift: Shift | None, model: RosterModel) -> int:
    """Return what the trail sees of a day, by plain look-up."""
    if shift is None:
        return 0
    grid = week.grid
    start, end = ((m - model.clock.start_minute) // 60 for m in (shift.start, shift.end))
    s = grid.span.tolist().index(end - start)
    kinds = grid.letter.reshape(len(grid.span), len(grid.end_late), -1)
    return int(kinds[s, grid.end_class[end], grid.start_class[start]])


def _paid_for(week: Week, e: int, days: tuple[Shift | None, ...], model: RosterModel) -> bool:
    """Tell whether no day and no number of late shifts has a price that forbids it."""
    staff, late = week.staff, 0
    for d, shift in enumerate(days):
        if shift is None:
            continue
        own = range(int(staff.first_group[e]), int(staff.first_group[e + 1]))
        here = [
            i
            for i in own
            if model.names.locations[int(week.groups.place[staff.groups[i]])] == shift.place
        ]
        if staff.group_cost[here[0]] + staff.day_cost[e, d] >= FORBIDDEN:
            return False
        end = (shift.end - model.clock.start_minute) // 60
        late += int(week.grid.end_late[week.grid.end_class[end]])
    return bool(staff.late_shift_cost[e, late] < FORBIDDEN)


def some_weeks(shapes: list[Shift], days: int) -> Iterator[tuple[Shift | None, ...]]:
    """Yield every choice of a shape or a day off for each day."""
    yield from product([None, *shapes], repeat=days)


def a_roster(
    days: tuple[Shift | None, ...], case: PlanningCase, model: RosterModel, employee: str
) -> Roster:
    """Return a line of the universe as a roster."""
    sizes = dict(zip(model.week.grid.span.tolist(), model.week.grid.pause.tolist(), strict=True))
    return Roster.of(
        [
            as_assignment(
                shift, employee, day, (sizes.get((shift.end - shift.start) // 60, 0) or 1) * 60
            )
            for shift, day in zip(days, case.horizon.dates, strict=True)
            if shift is not None
        ]
    )


def wishful(day: date) -> Employee:
    """Return somebody with wishes and balances, so that every personal price is in play."""
    return a_worker(
        id="wishful",
        locations=("south", "north"),
        home="south",
        skills=("residents",),
        max_days=3,
        wishes=(Wish(day, WishKind.EARLY), Wish(day, WishKind.LATE, 0.5)),
        late_balance=1.5,
        saturday_balance=0.5,
    )

"""Random rosters of rich weeks, priced by the model and by the findings of the audit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from planner.domain.case import PlanningCase, ShiftRules
from planner.domain.horizon import Holiday, Horizon
from planner.domain.place import Interval, OpeningHours
from planner.domain.requirement import Requirement, SlotRequirement
from planner.domain.rule import GroupRule, RosterRule, Severity
from planner.domain.staff import Employee, Wish, WishKind
from planner.model.roster.arrays import BACK_OFFICE, NOT_WORKING, OFF, Lines, empty_lines
from planner.model.roster.model import RosterModel
from planner.rules.registry import default_rules
from planner.sim.streams import stream
from tests.rules.cases import a_case

FRIDAY = date(2024, 4, 5)
DAYS = tuple(FRIDAY + timedelta(days=n) for n in range(4))


def a_person(name: str, **changes: object) -> Employee:
    """Return somebody for both sites with both skills, at home in the north."""
    person = Employee(
        id=name,
        contract_minutes=1400,
        band_minutes=100,
        max_days=3,
        home="north",
        locations=("north", "south"),
        skills=("reception", "residents"),
        weekdays=(0, 1, 2, 3, 4, 5, 6),
    )
    return replace(person, **changes)  # type: ignore[arg-type]


CREW = (
    a_person("a", late_balance=1.5, saturday_balance=0.5, travel_balance=-1.0),
    a_person(
        "b",
        home="south",
        locations=("south", "north"),
        travel_balance=2.5,
        refused_balance=0.5,
        saturday_balance=-0.9,
        wishes=(
            Wish(DAYS[0], WishKind.EARLY, 0.5),
            Wish(DAYS[1], WishKind.LATE, 2.0),
            Wish(DAYS[1], WishKind.EARLY),
            Wish(DAYS[3], WishKind.DAY_OFF, 3.0),
            Wish(DAYS[0] - timedelta(days=1), WishKind.DAY_OFF),
            Wish(DAYS[3] + timedelta(days=1), WishKind.DAY_OFF),
        ),
    ),
    a_person(
        "c",
        contract_minutes=800,
        contract_group="own",
        weekdays=(0, 4),
        refused_balance=-2.0,
        late_balance=-1.25,
        wishes=(Wish(DAYS[0], WishKind.LATE), Wish(DAYS[2], WishKind.DAY_OFF)),
        skills=("residents",),
    ),
    a_person("d", locations=("north", "elsewhere"), skills=("reception", "phone"), max_days=4),
)


def a_week(
    rules: tuple[RosterRule, ...] = (),
    own: tuple[RosterRule, ...] = (),
    staff: tuple[Employee, ...] = CREW,
) -> PlanningCase:
    """Return Friday to Monday (a holiday) at two sites; ``rules`` and a group's ``own`` changed."""
    changed = {type(rule): rule for rule in rules}
    case = a_case(*(changed.get(type(rule), rule) for rule in default_rules()), staff=staff)
    north, south = case.locations
    doors = (Interval(480, 720), Interval(780, 1080))
    return replace(
        case,
        horizon=Horizon(FRIDAY, 4, "Europe/Berlin", 60, (Holiday(DAYS[3], "Feiertag"),)),
        locations=(
            replace(
                north,
                opening=OpeningHours((doors,) * 7, ((DAYS[2], ()),)),
                staffed_after_minutes=90,
            ),
            replace(south, opening=OpeningHours((doors[:1],) * 5 + (doors[1:],) * 2), desks=1),
        ),
        travel_minutes=(("north", "south", 40.0), ("south", "north", 25.0)),
        shifts=ShiftRules(60, 120, 660, 420, 1140),
        group_rules=tuple(GroupRule("own", rule) for rule in own),
    )


def a_need(case: PlanningCase, slot: int = 60) -> Requirement:
    """Return a requirement in both skills, partly out of reach, with presence and back office."""
    slots, presence = [], []
    for n, day in enumerate((*case.horizon.dates, case.horizon.dates[-1] + timedelta(days=1))):
        for start in range(360 + 60 * n, 1200, slot):
            slots.append(SlotRequirement("north", day, start, "residents", 1 + start % 3))
            if start % 180 == 0:
                slots.append(SlotRequirement("south", day, start, "reception", 1))
            if start % 120 == 0:
                slots.append(SlotRequirement("north", day, start, "reception", 2))
                presence.append(SlotRequirement("south", day, start, "", 1 + n % 2))
    back = (("north", 500), ("south", 130))
    return Requirement(slot, tuple(sorted(slots)), back, tuple(presence))


def random_lines(model: RosterModel, seed: int, share: float = 0.7) -> Lines:
    """Return random shifts, breaks and activities of the grid, with no regard to law but hours."""
    grid, staff, groups = model.week.grid, model.week.staff, model.week.groups
    draw, lines = stream(seed, 0, "lines"), empty_lines(len(staff.most), grid)
    for e in range(len(staff.most)):
        paid = 0
        for d in range(grid.days):
            s = int(draw.integers(len(grid.span)))
            starts = [c for c in range(grid.cells) if grid.start_on[c] and _ends(grid, c, s)]
            if not starts or draw.random() > share or paid + grid.paid[s] > staff.most[e]:
                continue
            paid += int(grid.paid[s])
            start = int(draw.choice(starts))
            g = int(draw.choice(staff.groups[staff.first_group[e] : staff.first_group[e + 1]]))
            lines.group[e, d], lines.start[e, d] = g, start
            lines.end[e, d] = start + grid.span[s]
            kinds = [*groups.rows[groups.first_row[g] : groups.first_row[g + 1]], BACK_OFFICE]
            worked = draw.choice(kinds, int(grid.span[s]))
            lines.activity[e, d, start : start + grid.span[s]] = worked
            if grid.pause[s]:
                first, last = grid.pause_first[s], grid.pause_last[s]
                places = [c for c in range(start + first, start + last + 1) if grid.pause_on[c]]
                at = int(draw.choice(places))
                lines.pause[e, d] = at
                lines.activity[e, d, at : at + grid.pause[s]] = NOT_WORKING
    return lines


def _ends(grid: object, start: int, s: int) -> bool:
    end = start + grid.span[s]  # type: ignore[attr-defined]
    return bool(end <= grid.cells and grid.end_on[end])  # type: ignore[attr-defined]


def works(lines: Lines) -> np.ndarray:
    """Return who works on which day; bool (E, D)."""
    return np.asarray(lines.group != OFF)


HARD, SOFT, WARN = Severity.HARD, Severity.SOFT, Severity.WARN

"""Could a person serve a skill at a place and time?  Exactly, and if not, which rules contradict.

The oracle is the pricing of the roster model for this person alone, with a price on the one slot
that nothing else can outweigh.  A minimal set of contradicting rules and facts follows by deletion
filter (Chinneck and Dravnieks 1991, ORSA J. Computing 3): each is given up in turn, and stays given
up if the slot is out of reach all the same; what is left is needed, every member of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.change import ChangePrices
from planner.domain.requirement import Requirement, SlotRequirement
from planner.domain.roster import Roster
from planner.domain.rule import RosterRule, Severity
from planner.domain.staff import Employee
from planner.model.repair.compiled_respond import attempt, new_repair
from planner.model.repair.original import Wanted, original
from planner.model.repair.repair_week import repair_week
from planner.model.roster.model import build
from planner.model.roster.postings import hard, posted
from planner.model.roster.training import Beside
from planner.rules.back_office import BackOffice
from planner.rules.coverage_over import CoverageOver
from planner.rules.coverage_short import CoverageShort
from planner.rules.home_location import HomeLocation
from planner.rules.late_fairness import LateFairness
from planner.rules.minimum_presence import MinimumPresence
from planner.rules.opening_closing_duty import OpeningClosingDuty
from planner.rules.saturday_fairness import SaturdayFairness
from planner.rules.time_account import TimeAccount
from planner.rules.travel import Travel
from planner.rules.wishes import Wishes

#: Facts that are no rules: the person's other shifts, skills, and places allowed.
OTHER_SHIFTS, SKILL, PLACE = "other_shifts", "skill_held", "location_allowed"
#: Grid, length and breaks of shifts, when nothing else is in the way.
SHIFT_LENGTHS = "shift_lengths"
#: What is given up in turn; what comes late is likelier to be named.
ELEMENTS = (
    *("building_hours", "max_daily_minutes", "weekly_average"),
    *("no_sunday_or_holiday", "contract_hours", "max_consecutive_days", "max_days_per_week"),
    *("min_rest", "shifts_of_type"),
    *("forbidden_succession", "min_days_off_in_a_row", "days_together"),
    *("saturdays_in_window", "paid_minutes_in_window", "trainee_beside_experienced"),
    *("weekday_pattern", "absence", PLACE, SKILL, OTHER_SHIFTS),
)
#: Rules that are preferences unless a case makes them law.
PREFERENCES: tuple[type[RosterRule], ...] = (
    *(HomeLocation, Travel, TimeAccount, LateFairness, SaturdayFairness, Wishes),
)
_SILENT = (BackOffice, CoverageOver, MinimumPresence, OpeningClosingDuty)
_BARE = ChangePrices(
    person=0.0, shift=0.01, near=0.0, published=0.0, work=0.0, own_share=0.01, later_share=0.0
)
_CERTAIN = 1e5
_EVERYTHING = 1e18


@dataclass(frozen=True, slots=True)
class Asked:
    """A slot of the requirement in question."""

    location: str
    day: date
    start_minute: int
    skill: str
    slot_minutes: int


def line_through(
    case: PlanningCase,
    person: Employee,
    roster: Roster,
    asked: Asked,
    given_up: frozenset[str] = frozenset(),
) -> Roster | None:
    """Return the person's line through the slot that changes least, None if there is none.

    Parameters
    ----------
    roster : Roster
        The person's shifts on other days stay, unless ``OTHER_SHIFTS`` is given up; the others
        are where it says, for trainees beside them or for trainees whom the person is beside.
    given_up : frozenset of str
        Rules and facts of ``ELEMENTS`` that do not bind.
    """
    free = _freed(person, asked, given_up)
    places = {*free.locations, *(shift.location for shift in roster.assignments)}
    small = replace(
        case,
        employees=(free,),
        locations=tuple(place for place in case.locations if place.id in places),
        rules=tuple(_rule(rule, given_up) for rule in case.rules),
        group_rules=tuple(replace(own, rule=_rule(own.rule, given_up)) for own in case.group_rules),
    )
    slot = SlotRequirement(asked.location, asked.day, asked.start_minute, asked.skill, 1)
    requirement = Requirement(asked.slot_minutes, (slot,), (), ())
    if asked.location not in places:
        return None
    own = tuple(shift for shift in roster.assignments if shift.employee == person.id)
    if OTHER_SHIFTS in given_up:
        own = tuple(shift for shift in own if shift.day == asked.day)
    locked = frozenset((person.id, shift.day) for shift in own if shift.day != asked.day)
    others = tuple(other for other in case.employees if other.id != person.id)
    wanted = Wanted(Roster(own), frozenset(), locked, frozenset(), asked.day, _BARE)
    return _solved(small, requirement, wanted, Beside(others, roster))


def contradiction(
    case: PlanningCase, person: Employee, roster: Roster, asked: Asked
) -> tuple[str, ...]:
    """Return a minimal set of rules and facts that keep the person from the slot.

    Empty where nothing does.
    """
    if line_through(case, person, roster, asked) is not None:
        return ()
    given_up: frozenset[str] = frozenset()
    elements = (*_made_law(case, person), *ELEMENTS)
    for element in elements:
        more = given_up | {element}
        if line_through(case, person, roster, asked, more) is None:
            given_up = more
    return tuple(e for e in elements if e not in given_up) or (SHIFT_LENGTHS,)


def _made_law(case: PlanningCase, person: Employee) -> tuple[str, ...]:
    """Return the preferences that the case makes law for the person."""
    group = person.contract_group
    return tuple(rule.id for rule in PREFERENCES if hard(posted(case, rule, group)))


def _freed(person: Employee, asked: Asked, given_up: frozenset[str]) -> Employee:
    skills, places = person.skills, person.locations
    if SKILL in given_up:
        skills = tuple(sorted({*skills, asked.skill}))
    if PLACE in given_up:
        places = tuple(dict.fromkeys((*places, asked.location)))
    return replace(person, skills=skills, locations=places)


def _rule(rule: RosterRule, given_up: frozenset[str]) -> RosterRule:
    if isinstance(rule, CoverageShort):
        return replace(rule, severity=Severity.SOFT, price=_CERTAIN)
    if isinstance(rule, _SILENT) or rule.id in given_up:
        return replace(rule, severity=Severity.OFF)  # type: ignore[type-var]
    return rule


def _solved(
    case: PlanningCase, requirement: Requirement, wanted: Wanted, beside: Beside
) -> Roster | None:
    model = build(case, requirement, beside)
    before = original(model, wanted)
    priced = repair_week(model, before, wanted.prices)
    state = new_repair(priced.week, before)
    attempt(priced.week, before, state, np.zeros(1, np.int64), _EVERYTHING)
    short = priced.week.places.need > state.cover.served
    moved = before.locked & (state.lines.group != before.lines.group)
    return None if short.any() or moved.any() or model.unreachable else model.roster(state.lines)

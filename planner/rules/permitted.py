"""What a case may say of a rule: how binding it is, and whether contract groups may differ.

Three things hold whatever a case says: law is never priced, a lawful roster exists in every case
(so nothing may be made law that only people at work can keep), and the roster search posts exactly
what the audit checks (so what it cannot post for one group alone is refused).
"""

from __future__ import annotations

from planner.domain.case import PlanningCase
from planner.domain.rule import RosterRule, Severity
from planner.rules.absence import Absence
from planner.rules.contract_hours import ContractHours
from planner.rules.contract_minimum import ContractMinimum
from planner.rules.counter_stretch import CounterStretch
from planner.rules.days_together import DaysTogether
from planner.rules.forbidden_succession import ForbiddenSuccession
from planner.rules.home_location import HomeLocation
from planner.rules.late_fairness import LateFairness
from planner.rules.location_allowed import LocationAllowed
from planner.rules.max_consecutive_days import MaxConsecutiveDays
from planner.rules.max_daily_minutes import MaxDailyMinutes
from planner.rules.max_days_per_week import MaxDaysPerWeek
from planner.rules.min_days_off_in_a_row import MinDaysOffInARow
from planner.rules.min_rest import MinRest
from planner.rules.no_sunday_or_holiday import NoSundayOrHoliday
from planner.rules.one_shift_per_day import OneShiftPerDay
from planner.rules.paid_minutes_in_window import PaidMinutesInWindow
from planner.rules.pieces_cover_shift import PiecesCoverShift
from planner.rules.refusal_fairness import RefusalFairness
from planner.rules.saturday_fairness import SaturdayFairness
from planner.rules.saturdays_in_window import SaturdaysInWindow
from planner.rules.shift_lengths import ShiftLengths
from planner.rules.shifts_of_type import ShiftsOfType
from planner.rules.skill_held import SkillHeld
from planner.rules.time_account import TimeAccount
from planner.rules.trainee_beside_experienced import TraineeBesideExperienced
from planner.rules.travel import Travel
from planner.rules.travel_fairness import TravelFairness
from planner.rules.weekday_pattern import WeekdayPattern
from planner.rules.weekly_average import WeeklyAverage
from planner.rules.wishes import Wishes

#: Agreements that may be given a price instead.
_PRICED = (ContractHours, WeekdayPattern)
#: Agreements that not every house has: off unless a case asks for them.
_ASKED_FOR = (ForbiddenSuccession,)
#: Such agreements that may be given a price as well.
_ASKED_FOR_OR_PRICED = (
    *(DaysTogether, MinDaysOffInARow, PaidMinutesInWindow, SaturdaysInWindow, ShiftsOfType),
)
#: Such agreements that are never law: who does what is decided after who works when.
_ASKED_FOR_AT_A_PRICE = (CounterStretch,)
#: Preferences that may be made law: who does not work keeps them all.
_LAW = (HomeLocation, LateFairness, SaturdayFairness, TimeAccount, Travel, Wishes)
#: Agreements that are told unless a case asks for more.
_TOLD = (TraineeBesideExperienced,)
#: Rules about one person's line, which contract groups may have otherwise.
_GROUPED = (
    *(Absence, WeekdayPattern, NoSundayOrHoliday, MaxDailyMinutes, WeeklyAverage, MinRest),
    *(ForbiddenSuccession, *_ASKED_FOR_OR_PRICED),
    *(MaxDaysPerWeek, MaxConsecutiveDays, ContractHours, ContractMinimum, TimeAccount),
    *(HomeLocation, Travel, Wishes, LateFairness, SaturdayFairness, TravelFairness),
    *(RefusalFairness, TraineeBesideExperienced, CounterStretch),
)
#: Numbers that are the same for everybody: they cut the day for all shifts alike.
_SHARED = {
    Wishes: ("early_end_minute", "late_start_minute"),
    LateFairness: ("late_end_minute",),
}
#: What makes a line a line: the search keeps it whatever the audit is told.
_ALWAYS_KEPT = (OneShiftPerDay, PiecesCoverShift, LocationAllowed, SkillHeld, ShiftLengths)


def permitted_severities(rule: type[RosterRule]) -> tuple[Severity, ...]:
    """Return the severities that ``rule`` may have in a case, its default first."""
    default = rule().severity
    quiet = (Severity.WARN, Severity.OFF)
    if rule in _TOLD:
        return (default, Severity.HARD, Severity.SOFT, Severity.OFF)
    if rule in _ASKED_FOR:
        return (default, Severity.HARD, Severity.WARN)
    if rule in _ASKED_FOR_OR_PRICED:
        return (default, Severity.HARD, Severity.SOFT, Severity.WARN)
    if rule in _ASKED_FOR_AT_A_PRICE:
        return (default, Severity.SOFT, Severity.WARN)
    if rule in _PRICED:
        return (default, Severity.SOFT, *quiet)
    return (default, Severity.HARD, *quiet) if rule in _LAW else (default, *quiet)


def why_not_otherwise(rule: type[RosterRule]) -> str:
    """Return why ``rule`` has no other severities, empty where it has them all."""
    allowed = permitted_severities(rule)
    if Severity.SOFT not in allowed and Severity.HARD in allowed:
        return "It is law, or what makes a shift a shift: it is never priced."
    if rule in _ASKED_FOR_AT_A_PRICE:
        return "Who does what is decided after who works when: give it a high price instead."
    if Severity.HARD not in allowed and Severity.SOFT in allowed:
        return "A lawful roster must exist in every case: give it a high price instead."
    return ""


def may_differ_by_group(rule: type[RosterRule]) -> bool:
    """Tell whether contract groups may have ``rule`` otherwise."""
    return rule in _GROUPED


def shared_numbers(rule: type[RosterRule]) -> tuple[str, ...]:
    """Return the fields of ``rule`` that are the same for all contract groups."""
    return _SHARED.get(rule, ())


def kept_all_the_same(case: PlanningCase) -> tuple[RosterRule, ...]:
    """Return the rules that ``case`` does not make law and that the roster search keeps anyway."""
    return tuple(
        rule
        for rule in case.rules
        if isinstance(rule, _ALWAYS_KEPT) and rule.severity is not Severity.HARD
    )

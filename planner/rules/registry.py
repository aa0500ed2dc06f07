"""The law of the roster: every rule, in the order in which reports list them."""

from __future__ import annotations

from planner.domain.rule import RosterRule
from planner.rules.absence import Absence
from planner.rules.back_office import BackOffice
from planner.rules.break_minutes import BreakMinutes
from planner.rules.building_hours import BuildingHours
from planner.rules.contract_hours import ContractHours
from planner.rules.contract_minimum import ContractMinimum
from planner.rules.counter_stretch import CounterStretch
from planner.rules.coverage_over import CoverageOver
from planner.rules.coverage_short import CoverageShort
from planner.rules.days_together import DaysTogether
from planner.rules.desks_not_exceeded import DesksNotExceeded
from planner.rules.forbidden_succession import ForbiddenSuccession
from planner.rules.home_location import HomeLocation
from planner.rules.late_fairness import LateFairness
from planner.rules.location_allowed import LocationAllowed
from planner.rules.max_consecutive_days import MaxConsecutiveDays
from planner.rules.max_daily_minutes import MaxDailyMinutes
from planner.rules.max_days_per_week import MaxDaysPerWeek
from planner.rules.max_stretch import MaxStretch
from planner.rules.min_days_off_in_a_row import MinDaysOffInARow
from planner.rules.min_rest import MinRest
from planner.rules.minimum_presence import MinimumPresence
from planner.rules.no_sunday_or_holiday import NoSundayOrHoliday
from planner.rules.one_shift_per_day import OneShiftPerDay
from planner.rules.opening_closing_duty import OpeningClosingDuty
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

RULES: tuple[type[RosterRule], ...] = (
    OneShiftPerDay,
    PiecesCoverShift,
    LocationAllowed,
    SkillHeld,
    Absence,
    WeekdayPattern,
    NoSundayOrHoliday,
    ShiftLengths,
    BuildingHours,
    MaxDailyMinutes,
    WeeklyAverage,
    BreakMinutes,
    MaxStretch,
    CounterStretch,
    MinRest,
    ForbiddenSuccession,
    ShiftsOfType,
    MaxDaysPerWeek,
    MaxConsecutiveDays,
    MinDaysOffInARow,
    DaysTogether,
    SaturdaysInWindow,
    PaidMinutesInWindow,
    ContractHours,
    DesksNotExceeded,
    CoverageShort,
    MinimumPresence,
    OpeningClosingDuty,
    BackOffice,
    CoverageOver,
    ContractMinimum,
    TimeAccount,
    HomeLocation,
    Travel,
    Wishes,
    LateFairness,
    SaturdayFairness,
    TravelFairness,
    RefusalFairness,
    TraineeBesideExperienced,
)


def default_rules() -> tuple[RosterRule, ...]:
    """Return every rule with its default numbers, in registry order."""
    return tuple(rule() for rule in RULES)

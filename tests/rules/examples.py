"""Lawful and unlawful rosters for every rule, written by hand.

A broken example says what is measured and, for soft rules, the excess that the price multiplies.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.roster import Activity, Assignment, Piece, Roster
from tests.rules.cases import (
    FRIDAY,
    MONDAY,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    roster,
    shift,
)

DAYS = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY)
LONG = "07:30 counter 11:30 break 12:00 back_office 16:00"
HALF = "08:00 counter 12:00"
NOON = "12:00 counter 16:00"


@dataclass(frozen=True)
class Broken:
    """A roster that breaks a rule once."""

    roster: Roster
    measured: float
    excess: float = 0.0


def _piece(start: int, end: int, activity: Activity, skill: str = "") -> Assignment:
    return Assignment("anna", MONDAY, "north", start, end, (Piece(start, end, activity, skill),))


def _with_empty_piece() -> Roster:
    """Return a shift without gap or overlap that has a piece of no length."""
    work = Activity.BACK_OFFICE
    pieces = (Piece(480, 600, work), Piece(600, 600, work), Piece(600, 720, work))
    return roster(Assignment("anna", MONDAY, "north", 480, 720, pieces))


def _covered() -> Roster:
    """Return Anna alone in the north on Monday as required."""
    return roster(shift("anna", MONDAY, "07:30 back_office 09:00 counter 10:00 back_office 12:00"))


#: By rule: rosters that keep it.
KEPT: dict[str, tuple[Roster, ...]] = {
    "one_shift_per_day": (roster(shift("anna", MONDAY, HALF), shift("ben", MONDAY, HALF)),),
    "pieces_cover_shift": (roster(shift("anna", MONDAY, LONG)),),
    "location_allowed": (roster(shift("anna", MONDAY, HALF, "south")),),
    "skill_held": (
        roster(shift("anna", MONDAY, "08:00 reception 10:00 counter 12:00 back_office 13:00")),
    ),
    "absence": (roster(shift("anna", MONDAY, HALF), shift("ben", TUESDAY, HALF)),),
    "weekday_pattern": (
        roster(shift("ben", MONDAY, HALF)),
        roster(shift("ben", THURSDAY, HALF), shift("anna", FRIDAY, HALF)),
    ),
    "no_sunday_or_holiday": (roster(shift("anna", SATURDAY, HALF)),),
    "shift_lengths": (
        roster(shift("anna", MONDAY, HALF)),
        roster(shift("anna", MONDAY, "07:30 counter 13:00 break 13:30 counter 18:00")),
        roster(shift("anna", MONDAY, "14:30 counter 18:30")),
    ),
    "building_hours": (
        roster(shift("anna", MONDAY, "07:30 counter 12:00 break 12:30 counter 16:30")),
    ),
    "max_daily_minutes": (
        roster(shift("anna", MONDAY, "07:00 counter 12:00 break 13:00 counter 18:00")),
    ),
    "weekly_average": (
        roster(
            *(
                shift("anna", day, "08:00 counter 13:00 break 14:00 counter 19:00")
                for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY)
            ),
            shift("anna", FRIDAY, "08:00 counter 16:00"),
        ),
    ),
    "break_minutes": (
        roster(shift("anna", MONDAY, "08:00 counter 14:00")),
        roster(shift("anna", MONDAY, "08:00 counter 14:00 break 14:30 counter 17:30")),
        roster(
            shift(
                "anna",
                MONDAY,
                "08:00 counter 11:00 break 11:15 counter 12:00 break 12:15 counter 15:00",
            )
        ),
        roster(shift("anna", MONDAY, "08:00 counter 13:00 break 13:45 counter 18:15")),
        roster(shift("anna", MONDAY, "08:00 counter 09:00 break 09:30 counter 15:30")),
    ),
    "max_stretch": (
        roster(shift("anna", MONDAY, "08:00 counter 14:00 break 14:30 counter 20:30")),
    ),
    "min_rest": (
        roster(
            shift("anna", MONDAY, "14:00 counter 20:00"),
            shift("anna", TUESDAY, "07:00 counter 12:00"),
        ),
        roster(
            shift("anna", SATURDAY, "14:00 counter 20:00"),
            shift("anna", SUNDAY, "08:00 counter 12:00"),
        ),
        roster(shift("anna", MONDAY, HALF), shift("anna", MONDAY, "13:00 counter 15:00")),
    ),
    "forbidden_succession": (
        roster(
            shift("anna", MONDAY, "12:30 counter 17:30"),
            shift("anna", TUESDAY, "07:00 counter 12:00"),
        ),
        roster(
            shift("anna", MONDAY, "14:00 counter 20:00"),
            shift("anna", TUESDAY, "09:00 counter 12:00"),
        ),
        roster(
            shift("anna", MONDAY, "14:00 counter 20:00"),
            shift("anna", WEDNESDAY, "07:00 counter 12:00"),
            shift("ben", TUESDAY, "07:00 counter 12:00"),
        ),
    ),
    "max_days_per_week": (
        roster(*(shift("anna", day, HALF) for day in (MONDAY, WEDNESDAY, THURSDAY))),
    ),
    "contract_hours": (
        roster(
            shift("ben", MONDAY, "07:30 counter 12:00 break 12:30 counter 16:00"),
            shift("ben", TUESDAY, "07:30 counter 12:00 break 12:30 counter 17:00"),
        ),
        roster(
            shift("ben", MONDAY, "07:30 counter 12:00 break 12:30 counter 16:00"),
            shift("ben", TUESDAY, "07:30 counter 13:30"),
        ),
    ),
    "desks_not_exceeded": (
        roster(
            shift("anna", MONDAY, HALF), shift("ben", MONDAY, HALF), shift("cleo", MONDAY, NOON)
        ),
        roster(
            shift("anna", MONDAY, HALF),
            shift("ben", MONDAY, HALF),
            shift("cleo", MONDAY, "08:00 back_office 12:00"),
        ),
    ),
    "coverage_short": (_covered(),),
    "minimum_presence": (_covered(),),
    "opening_closing_duty": (),
    "back_office": (
        _covered(),
        roster(shift("anna", MONDAY, "08:00 back_office 09:00 counter 12:00")),
    ),
    "coverage_over": (_covered(),),
    "contract_minimum": (
        roster(
            shift("anna", MONDAY, LONG),
            shift("ben", MONDAY, LONG),
            shift("ben", TUESDAY, "07:30 counter 11:30 break 12:00 counter 15:00"),
        ),
        roster(
            shift("anna", MONDAY, LONG),
            shift("anna", THURSDAY, LONG),
            shift("ben", MONDAY, LONG),
            shift("ben", TUESDAY, LONG),
        ),
    ),
    "time_account": (
        roster(shift("ben", MONDAY, LONG), shift("ben", TUESDAY, LONG)),
        roster(),
    ),
    "home_location": (roster(shift("anna", MONDAY, HALF)),),
    "travel": (roster(shift("anna", MONDAY, HALF)),),
    "wishes": (
        roster(
            shift("anna", THURSDAY, "08:00 counter 16:00"),
            shift("ben", MONDAY, "10:00 counter 14:00"),
        ),
        roster(),
    ),
    "late_fairness": (
        roster(*(shift("anna", d, "13:00 counter 17:30") for d in (MONDAY, WEDNESDAY, THURSDAY))),
        roster(*(shift("anna", d, "13:00 counter 18:00") for d in (MONDAY, THURSDAY))),
    ),
    "saturday_fairness": (roster(shift("anna", FRIDAY, HALF)), roster(shift("ben", MONDAY, HALF))),
    "max_consecutive_days": (
        roster(*(shift("ben", d, HALF) for d in DAYS[:6])),
        roster(*(shift("ben", d, HALF) for d in (*DAYS[:3], *DAYS[4:]))),
        roster(*(shift("ben", d, HALF) for d in DAYS[1:])),
    ),
    "min_days_off_in_a_row": (
        roster(*(shift("ben", d, HALF) for d in (MONDAY, TUESDAY, FRIDAY))),
        roster(shift("ben", SATURDAY, HALF), shift("anna", MONDAY, HALF)),
        roster(shift("anna", MONDAY, HALF), shift("anna", WEDNESDAY, HALF)),
        roster(shift("ben", THURSDAY, HALF), shift("ben", SATURDAY, HALF)),
    ),
    "days_together": (roster(shift("ben", MONDAY, HALF)),),
    "shifts_of_type": (roster(*(shift("ben", d, HALF) for d in DAYS)), roster()),
    "saturdays_in_window": (roster(shift("ben", SATURDAY, HALF)), roster()),
    "paid_minutes_in_window": (roster(shift("ben", SATURDAY, HALF)), roster()),
    "travel_fairness": (
        roster(shift("anna", MONDAY, HALF)),
        roster(shift("ben", MONDAY, HALF, "south")),
    ),
    "refusal_fairness": (
        roster(shift("anna", THURSDAY, HALF)),
        roster(shift("ben", MONDAY, HALF)),
    ),
    "counter_stretch": (
        roster(shift("anna", MONDAY, "08:00 counter 12:00 break 12:30 phone 16:30")),
        roster(shift("anna", MONDAY, "08:00 counter 10:00 back_office 10:15 counter 14:15")),
        roster(shift("anna", MONDAY, "08:00 back_office 14:00")),
    ),
    "trainee_beside_experienced": (
        roster(shift("ben", MONDAY, HALF), shift("anna", MONDAY, HALF)),
        roster(shift("anna", MONDAY, HALF)),
    ),
}

#: By rule: rosters that break it once.
BROKEN: dict[str, tuple[Broken, ...]] = {
    "one_shift_per_day": (
        Broken(roster(shift("anna", MONDAY, HALF), shift("anna", MONDAY, NOON, "south")), 2),
    ),
    "pieces_cover_shift": (
        Broken(_with_empty_piece(), 1),
        Broken(roster(Assignment("anna", MONDAY, "north", 480, 720, ())), 1),
        Broken(
            roster(
                Assignment(
                    "anna",
                    MONDAY,
                    "north",
                    480,
                    720,
                    (Piece(480, 600, Activity.BACK_OFFICE), Piece(630, 720, Activity.BACK_OFFICE)),
                )
            ),
            1,
        ),
        Broken(
            roster(
                Assignment(
                    "anna", MONDAY, "north", 480, 720, (Piece(480, 750, Activity.BACK_OFFICE),)
                )
            ),
            1,
        ),
    ),
    "location_allowed": (
        Broken(roster(shift("ben", MONDAY, HALF, "south")), 1),
        Broken(roster(shift("anna", MONDAY, HALF, "west")), 1),
        Broken(roster(shift("nobody", MONDAY, HALF)), 1),
    ),
    "skill_held": (
        Broken(roster(shift("ben", MONDAY, "08:00 reception 12:00")), 1),
        Broken(roster(_piece(480, 720, Activity.COUNTER, "reception")), 1),
        Broken(roster(_piece(480, 720, Activity.BACK_OFFICE, "residents")), 1),
        Broken(roster(shift("anna", MONDAY, "08:00 phone 12:00")), 1),
        Broken(roster(_piece(480, 720, Activity.COUNTER, "")), 1),
    ),
    "absence": (Broken(roster(shift("anna", TUESDAY, HALF)), 1),),
    "weekday_pattern": (
        Broken(roster(shift("ben", FRIDAY, HALF)), 1),
        Broken(roster(shift("anna", SUNDAY, HALF)), 1),
        Broken(roster(shift("anna", MONDAY.replace(day=18), HALF)), 1),
        Broken(roster(shift("anna", MONDAY.replace(month=4, day=1), HALF)), 1),
    ),
    "no_sunday_or_holiday": (
        Broken(roster(shift("anna", SUNDAY, HALF)), 1),
        Broken(roster(shift("anna", FRIDAY, HALF)), 1),
    ),
    "shift_lengths": (
        Broken(roster(shift("anna", MONDAY, "08:15 counter 12:15")), 240),
        Broken(roster(shift("anna", MONDAY, "08:00 counter 12:15")), 255),
        Broken(roster(shift("anna", MONDAY, "08:00 counter 11:30")), 210),
        Broken(roster(shift("anna", MONDAY, "07:30 counter 18:30")), 660),
        Broken(roster(shift("anna", MONDAY, "07:00 counter 12:00")), 300),
        Broken(roster(shift("anna", MONDAY, "14:00 counter 19:00")), 300),
    ),
    "building_hours": (
        Broken(roster(shift("anna", MONDAY, "07:00 counter 12:00")), 300),
        Broken(roster(shift("anna", MONDAY, "12:00 counter 17:00")), 300),
        Broken(roster(shift("anna", FRIDAY, HALF)), 240),
        Broken(roster(shift("anna", SUNDAY, HALF)), 240),
    ),
    "max_daily_minutes": (
        Broken(roster(shift("anna", MONDAY, "07:00 counter 12:00 break 13:00 counter 18:30")), 630),
    ),
    "weekly_average": (
        Broken(
            roster(
                *(
                    shift("anna", day, "08:00 counter 13:00 break 14:00 counter 19:00")
                    for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY)
                ),
                shift("anna", FRIDAY, "08:00 counter 16:30"),
            ),
            2910,
        ),
    ),
    "break_minutes": (
        Broken(roster(shift("anna", MONDAY, "08:00 counter 14:30")), 0),
        Broken(roster(shift("anna", MONDAY, "08:00 counter 12:00 break 12:20 counter 15:00")), 20),
        Broken(roster(shift("anna", MONDAY, "08:00 counter 13:00 break 13:30 counter 18:00")), 30),
        Broken(
            roster(
                shift(
                    "anna",
                    MONDAY,
                    "08:00 counter 11:00 break 11:10 counter 13:00 break 13:20 counter 15:00",
                )
            ),
            20,
        ),
        Broken(roster(shift("anna", MONDAY, "08:00 counter 08:30 break 09:00 counter 15:00")), 30),
        Broken(roster(shift("anna", MONDAY, "08:00 counter 14:00 break 14:30 counter 15:00")), 30),
    ),
    "max_stretch": (
        Broken(roster(shift("anna", MONDAY, "08:00 counter 14:30")), 390),
        Broken(roster(shift("anna", MONDAY, "08:00 counter 09:00 break 09:30 counter 16:00")), 390),
    ),
    "forbidden_succession": (
        Broken(
            roster(
                shift("anna", MONDAY, "12:30 counter 17:31"),
                shift("anna", TUESDAY, "08:59 counter 12:00"),
            ),
            539,
        ),
        Broken(
            roster(
                shift("anna", SATURDAY, "14:00 counter 20:00"),
                shift("anna", SUNDAY, "07:30 counter 12:00"),
            ),
            450,
        ),
    ),
    "min_rest": (
        Broken(
            roster(
                shift("anna", MONDAY, "18:00 counter 24:00"),
                shift("anna", TUESDAY, "10:00 counter 14:00"),
            ),
            10.0,
        ),
        Broken(
            roster(
                shift("anna", MONDAY, "14:00 counter 20:30"),
                shift("anna", TUESDAY, "07:00 counter 12:00"),
            ),
            10.5,
        ),
        Broken(
            roster(
                shift("anna", SATURDAY, "14:00 counter 20:00"),
                shift("anna", SUNDAY, "07:00 counter 12:00"),
            ),
            10.0,
        ),
    ),
    "max_days_per_week": (
        Broken(
            roster(*(shift("anna", d, HALF) for d in (MONDAY, WEDNESDAY, THURSDAY, SATURDAY))), 4
        ),
    ),
    "contract_hours": (
        Broken(
            roster(
                shift("ben", MONDAY, "07:30 counter 12:00 break 12:30 counter 16:30"),
                shift("ben", TUESDAY, "07:30 counter 12:00 break 12:30 counter 16:30"),
                shift("ben", WEDNESDAY, "07:30 counter 08:00"),
            ),
            1050,
        ),
    ),
    "desks_not_exceeded": (
        Broken(
            roster(
                shift("anna", MONDAY, HALF),
                shift("ben", MONDAY, HALF),
                shift("cleo", MONDAY, "11:30 reception 15:30"),
            ),
            3,
        ),
    ),
    "coverage_short": (
        Broken(roster(shift("anna", MONDAY, "09:30 counter 13:30")), 0.0, 1.0),
        Broken(roster(shift("anna", MONDAY, "09:15 counter 13:15")), 0.5, 0.5),
    ),
    "minimum_presence": (
        Broken(roster(shift("anna", MONDAY, "09:30 back_office 13:30")), 0, 1.0),
        Broken(
            roster(shift("anna", MONDAY, "08:00 counter 09:00 break 09:30 counter 12:30")), 0, 1.0
        ),
    ),
    "opening_closing_duty": (),
    "back_office": (
        Broken(roster(), 0.0, 1.0),
        Broken(roster(shift("anna", MONDAY, "08:00 back_office 08:30 counter 12:00")), 0.5, 0.5),
    ),
    "coverage_over": (
        Broken(
            roster(
                shift("anna", MONDAY, "07:30 back_office 09:00 counter 10:15 back_office 12:00")
            ),
            0.25,
            0.5,
        ),
        Broken(roster(shift("anna", MONDAY, "08:00 counter 12:00")), 3.0, 6.0),
        Broken(roster(shift("anna", TUESDAY, "08:00 reception 12:00")), 4.0, 8.0),
    ),
    "contract_minimum": (
        Broken(
            roster(
                shift("anna", MONDAY, LONG),
                shift("anna", THURSDAY, LONG),
                shift("ben", MONDAY, LONG),
            ),
            480,
            7.0,
        ),
    ),
    "time_account": (
        Broken(
            roster(
                shift("ben", MONDAY, LONG),
                shift("ben", TUESDAY, "07:30 counter 12:00 break 12:30 counter 16:30"),
            ),
            990,
            0.5,
        ),
    ),
    "home_location": (Broken(roster(shift("anna", MONDAY, HALF, "south")), 1, 1.0),),
    "travel": (Broken(roster(shift("anna", MONDAY, HALF, "south")), 30.0, 0.5),),
    "wishes": (
        Broken(roster(shift("anna", WEDNESDAY, HALF)), 1, 1.0),
        Broken(roster(shift("anna", THURSDAY, "12:30 counter 16:30")), 1, 2.0),
        Broken(roster(shift("ben", MONDAY, "09:30 counter 13:30")), 1, 1.0),
    ),
    "late_fairness": (
        Broken(
            roster(
                *(shift("anna", d, "14:00 counter 18:00") for d in (MONDAY, THURSDAY, SATURDAY))
            ),
            3,
            1.0,
        ),
    ),
    "saturday_fairness": (
        Broken(roster(shift("anna", SATURDAY, HALF)), 1, 0.75),
        Broken(roster(shift("ben", SATURDAY, HALF)), 2, 1.0),
    ),
    "max_consecutive_days": (Broken(roster(*(shift("ben", d, HALF) for d in DAYS)), 7),),
    "min_days_off_in_a_row": (
        Broken(roster(shift("ben", MONDAY, HALF), shift("ben", WEDNESDAY, HALF)), 1),
        Broken(roster(*(shift("ben", d, HALF) for d in (MONDAY, TUESDAY, THURSDAY))), 1),
    ),
    "days_together": (),
    "shifts_of_type": (),
    "saturdays_in_window": (),
    "paid_minutes_in_window": (),
    "travel_fairness": (Broken(roster(shift("anna", MONDAY, HALF, "south")), 0.5, 0.25),),
    "refusal_fairness": (
        Broken(roster(shift("anna", WEDNESDAY, HALF)), 0.5, 0.5),
        Broken(roster(shift("anna", THURSDAY, "13:00 counter 17:00")), 0.5, 1.0),
    ),
    "counter_stretch": (
        Broken(roster(shift("anna", MONDAY, "08:00 counter 12:30")), 270),
        Broken(
            roster(shift("ben", MONDAY, "08:00 counter 10:00 reception 12:00 phone 12:15")), 255
        ),
        Broken(
            roster(shift("anna", MONDAY, "07:00 counter 11:30 back_office 12:00 counter 17:00")),
            300,
        ),
    ),
    "trainee_beside_experienced": (
        Broken(roster(shift("ben", MONDAY, HALF)), 240),
        Broken(roster(shift("ben", MONDAY, HALF), shift("anna", MONDAY, HALF, "south")), 240),
        Broken(
            roster(shift("ben", MONDAY, HALF), shift("anna", MONDAY, "10:00 counter 14:00")), 120
        ),
    ),
}

#: Rules whose own tests stand in ``test_rules.py``, ``test_day_rules.py``, ``test_windows.py``,
#: ``test_shifts_of_type.py``.
ELSEWHERE = {
    *("opening_closing_duty", "days_together", "saturdays_in_window", "paid_minutes_in_window"),
    "shifts_of_type",
}

#: By rule: what the rule allows, as its findings on the broken examples say.
LIMITS: dict[str, tuple[float, ...]] = {
    "counter_stretch": (240,) * 3,
    "one_shift_per_day": (1,),
    "shift_lengths": (630,) * 6,
    "building_hours": (540, 540, 0, 0),
    "max_daily_minutes": (600,),
    "weekly_average": (2880,),
    "break_minutes": (30, 30, 45, 30, 60, 60),
    "max_stretch": (360, 360),
    "min_rest": (11, 11, 11),
    "forbidden_succession": (540, 540),
    "max_days_per_week": (3,),
    "max_consecutive_days": (6,),
    "min_days_off_in_a_row": (2, 2),
    "contract_hours": (1020,),
    "desks_not_exceeded": (2,),
    "coverage_short": (1, 1),
    "minimum_presence": (1, 1),
    "back_office": (1, 1),
    "contract_minimum": (900,),
    "time_account": (960,),
    "late_fairness": (2,),
    "saturday_fairness": (0.25, 1),
}

#: By rule: points per unit beyond the limit, unless a case says otherwise.
PRICES: dict[str, float] = {
    "weekday_pattern": 20,
    "contract_hours": 20,
    "days_together": 10,
    "shifts_of_type": 10,
    "min_days_off_in_a_row": 5,
    "saturdays_in_window": 10,
    "paid_minutes_in_window": 6,
    "coverage_short": 10,
    "minimum_presence": 60,
    "opening_closing_duty": 15,
    "back_office": 8,
    "coverage_over": 1,
    "contract_minimum": 6,
    "time_account": 1,
    "home_location": 3,
    "travel": 4,
    "wishes": 8,
    "late_fairness": 2,
    "saturday_fairness": 4,
    "travel_fairness": 1,
    "refusal_fairness": 4,
    "trainee_beside_experienced": 10,
    "counter_stretch": 4,
}

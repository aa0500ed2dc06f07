"""Rosters by hand for the small case."""

from __future__ import annotations

from datetime import date, timedelta

from planner.domain.case import PlanningCase
from planner.domain.roster import Activity, Assignment, Piece, Roster

COUNTER, BREAK, OFFICE = Activity.COUNTER, Activity.BREAK, Activity.BACK_OFFICE


def shift(
    employee: str, day: date, location: str, *pieces: tuple[int, int, Activity]
) -> Assignment:
    """Return a shift from pieces (start, end, activity) in minutes after midnight."""
    return Assignment(
        employee,
        day,
        location,
        pieces[0][0],
        pieces[-1][1],
        tuple(
            Piece(start, end, activity, "residents" if activity is COUNTER else "")
            for start, end, activity in pieces
        ),
    )


def counter_week(case: PlanningCase) -> Roster:
    """Everybody at the counter or the phone of their home, Monday to Friday, lunch in two waves."""
    found = []
    for number, employee in enumerate(case.employees):
        serving = Activity.PHONE if "phone" in employee.skills else COUNTER
        lunch = 720 + 30 * (number % 2)
        for offset in range(5):
            day = case.horizon.first_day + timedelta(days=offset)
            pieces = (
                (450, lunch, serving),
                (lunch, lunch + 30, BREAK),
                (lunch + 30, 990, serving),
                (990, 1110, OFFICE if number % 3 == 0 else serving),
            )
            found.append(shift(employee.id, day, employee.home, *pieces))
    return Roster.of(found)

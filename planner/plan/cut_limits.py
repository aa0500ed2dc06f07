"""What a roster of people could not fill, as limits for the shifts of the next round.

The master does not know contracts, rests and wishes.  Where its people are not to be had, the
roster is short; then no more people may be asked for in these slots than the roster found, and the
day's shifts are chosen anew: earlier or later people do their work, as far as the targets allow.
"""

from __future__ import annotations

from collections.abc import Sequence

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.model.shift_master import Profile
from planner.plan.cut_day import CutDay
from planner.plan.shortfalls import covered_desks


def short_people(requirement: Requirement, roster: Roster) -> int:
    """Return the people missing, summed up over slots and skills."""
    covered = covered_desks(requirement, roster)
    return sum(
        max(0, slot.desks - covered[slot.location, slot.day, slot.skill, slot.start_minute])
        for slot in requirement.slots
    )


def unfilled(
    case: PlanningCase, requirement: Requirement, roster: Roster, days: Sequence[CutDay]
) -> dict[str, dict[int, Profile]]:
    """Return by location and day the people found, where some are short; elsewhere all desks."""
    covered, size = covered_desks(requirement, roster), case.horizon.slot_minutes
    asked = {
        (slot.location, slot.day, slot.start_minute // size): slot for slot in requirement.slots
    }
    limits: dict[str, dict[int, Profile]] = {}
    for day in days:
        date, desks = case.horizon.dates[day.day], case.location(day.location).desks
        limit, short = [desks] * len(day.slots), False
        for place, slot in enumerate(day.slots):
            row = asked.get((day.location, date, slot))
            if row is None:
                continue
            found = covered[day.location, date, row.skill, row.start_minute]
            if found < row.desks:
                limit[place], short = found, True
        if short:
            limits.setdefault(day.location, {})[day.day] = tuple(limit)
    return limits

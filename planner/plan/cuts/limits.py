"""What a roster of people could not fill, as limits for the shifts of the next round.

The master does not know contracts, rests and wishes.  Where its people are not to be had, the
roster is short; then no more people may be asked for in these slots than the roster found, and the
day's shifts are chosen anew: earlier or later people do their work, as far as the targets allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.model.shift_master import Profile
from planner.plan.cuts.day import CutDay
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
    """Return by location and day the people found, where some are short; elsewhere all desks.

    As in a day's profile: by slot and, within a slot, by group.
    """
    covered, size = covered_desks(requirement, roster), case.horizon.slot_minutes
    asked = {
        (slot.location, slot.day, slot.start_minute // size, slot.skill): slot.desks
        for slot in requirement.slots
    }
    limits: dict[str, dict[int, Profile]] = {}
    for day in days:
        date, groups = case.horizon.dates[day.day], len(day.rows)
        limit = [case.location(day.location).desks] * (len(day.slots) * groups)
        short = False
        for (place, slot), row in product(enumerate(day.slots), sorted(set(day.rows))):
            found = covered[day.location, date, row, slot * size]
            if found < asked.get((day.location, date, slot, row), 0):
                own = [place * groups + group for group in range(groups) if day.rows[group] == row]
                _share(limit, own, day.profile, found)
                short = True
        if short:
            limits.setdefault(day.location, {})[day.day] = tuple(limit)
    return limits


def _share(limit: list[int], periods: list[int], profile: Profile, found: int) -> None:
    """Give the people found to the groups of one row, in order; what is left is the last one's."""
    for period in periods[:-1]:
        limit[period] = min(found, profile[period])
        found -= limit[period]
    limit[periods[-1]] = found

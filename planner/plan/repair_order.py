"""What happened to a roster, and what of it must stay."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from planner.domain.case import PlanningCase
from planner.domain.change import ChangePrices
from planner.domain.requirement import Requirement, SlotRequirement
from planner.domain.roster import Roster
from planner.model.repair.original import Wanted


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody cannot come, first and last day included."""

    employee: str
    first_day: date
    last_day: date

    @property
    def days(self) -> tuple[date, ...]:
        """The days in order."""
        count = (self.last_day - self.first_day).days + 1
        return tuple(self.first_day + timedelta(days=n) for n in range(count))


@dataclass(frozen=True, slots=True)
class Closing:
    """A location closes early: from ``minute`` of the day on its doors are shut."""

    location: str
    day: date
    minute: int


@dataclass(frozen=True, slots=True)
class RepairOrder:
    """What happened and what must stay.

    Attributes
    ----------
    added : tuple of str
        Ids of people who are new in the case.
    locked_people, locked_days, locked_cells : frozenset
        What must stay: whole lines, whole days, single cells (employee, day).
    published_until : date or None
        Days up to this one have been told to people: their changes are dearer.
    today : date or None
        Days before stay; None: nothing is in the past, and the first day concerned is near.
    """

    absent: tuple[Absent, ...] = ()
    closings: tuple[Closing, ...] = ()
    added: tuple[str, ...] = ()
    locked_people: frozenset[str] = frozenset()
    locked_days: frozenset[date] = frozenset()
    locked_cells: frozenset[tuple[str, date]] = frozenset()
    published_until: date | None = None
    today: date | None = None
    prices: ChangePrices = field(default_factory=ChangePrices)

    def first_day(self, case: PlanningCase) -> date:
        """Return the first day that something happens on."""
        days = [day for one in self.absent for day in one.days if day in case.horizon.dates]
        days += [one.day for one in self.closings]
        return min(days, default=case.horizon.first_day)


def wanted(order: RepairOrder, case: PlanningCase, roster: Roster) -> Wanted:
    """Return ``order`` as the model wants it."""
    dates = case.horizon.dates
    people = [employee.id for employee in case.employees]
    past = {day for day in dates if order.today and day < order.today}
    locked = set(order.locked_cells)
    locked |= {(person, day) for person in people for day in order.locked_days | past}
    locked |= {(person, day) for person in order.locked_people for day in dates}
    published = {day for day in dates if order.published_until and day <= order.published_until}
    return Wanted(
        before=roster,
        added=frozenset(order.added),
        locked=frozenset(locked),
        published=frozenset(published),
        today=order.today or order.first_day(case),
        prices=order.prices,
    )


def still_required(requirement: Requirement, closings: tuple[Closing, ...]) -> Requirement:
    """Return what is still required: nothing at a location once its doors are shut."""
    shut = {(one.location, one.day): one.minute for one in closings}

    def needed(slot: SlotRequirement) -> bool:
        minute = shut.get((slot.location, slot.day))
        return minute is None or slot.start_minute < minute

    return replace(
        requirement,
        slots=tuple(filter(needed, requirement.slots)),
        presence=tuple(filter(needed, requirement.presence)),
    )

"""The weekly counter hours that hold the lead-time targets, by location.

Bookings reach a location by first choice (the shared book evens out what single locations lack).
In the long run a book must offer what is asked for, and a little more: the surplus that keeps the
backlog of a random book below the lead target (heavy traffic).  Where the case lists the bookings
of today, a backlog that is longer than the target allows has to be cleared by the end of the
planned days.  What a location's present appointment desks offer stands beside it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from planner.domain.case import PlanningCase
from planner.domain.demand import BookingPolicy, Channel, Demand
from planner.domain.place import Location
from planner.domain.target import Sense, Target
from planner.queueing.appointment_book import (
    slots_to_clear,
    surplus_for_mean,
    surplus_for_share,
)
from planner.units import DAYS_PER_WEEK, MINUTES_PER_HOUR, WEEKS_PER_YEAR

LEAD_MEANS = ("lead_booked_mean", "lead_offered_mean")
#: Measures of the lead that slots can hold.
LEADS = (*LEAD_MEANS, "lead_within_14_days")
WITHIN_14_DAYS = 14.0
#: A lead target below this cannot be held by capacity [working days]: the next day is the first.
LEAST_LEAD = 1.5


@dataclass(frozen=True, slots=True)
class CounterHours:
    """Counter hours of an ordinary week for appointments at one location.

    Attributes
    ----------
    requests_per_week : float
        Appointments asked for, first choice, in the month of the horizon.
    slots_per_week : float
        Slots needed to hold the lead targets, cancelled slots used again and overbooking counted;
        with bookings listed: from their day on, to hold them at the end of the planned days.
    needed_hours : float
        Desk hours behind these slots [h].
    nominal_hours : float
        Desk hours that the case plans for appointments [h].
    """

    location: str
    requests_per_week: float
    slots_per_week: float
    needed_hours: float
    nominal_hours: float

    @property
    def missing_hours(self) -> float:
        """Hours needed beyond the nominal ones [h]; negative: to spare."""
        return self.needed_hours - self.nominal_hours


def counter_hours(case: PlanningCase) -> tuple[CounterHours, ...]:
    """Return the counter hours of every location that takes appointments, in order of the case."""
    policies = {policy.area: policy for policy in case.booking}
    requests, slots = _weekly(case)
    return tuple(
        _counter_hours(
            case, location, policies[location.area], (requests[location.id], slots[location.id])
        )
        for location in case.locations
        if location.area in policies and requests[location.id] > 0
    )


def _weekly(case: PlanningCase) -> tuple[dict[str, float], dict[str, float]]:
    """Return appointments asked for and slots they take, per week and first-choice location."""
    requests: dict[str, float] = defaultdict(float)
    slots: dict[str, float] = defaultdict(float)
    for demand in case.demand:
        service = case.service(demand.service)
        per_week = _appointments_per_week(case, demand)
        origin = dict(demand.origin_share)
        for choice in case.location_choice:
            if choice.area == service.area:
                count = per_week * origin.get(choice.origin, 0.0) * choice.share
                requests[choice.location] += count
                slots[choice.location] += count * service.slots
    return requests, slots


def _appointments_per_week(case: PlanningCase, demand: Demand) -> float:
    month = case.profile(demand.booking_profile).month[case.horizon.first_day.month - 1]
    share = dict(demand.channel_share).get(Channel.APPOINTMENT, 0.0)
    return demand.requests_per_year / WEEKS_PER_YEAR * month * share


def _counter_hours(
    case: PlanningCase, location: Location, policy: BookingPolicy, weekly: tuple[float, float]
) -> CounterHours:
    requests, slots = weekly
    open_days = max(1, sum(bool(day) for day in location.opening.weekly))
    # A cancelled slot returns to the book at once and is used again.
    used = 1.0 - policy.cancelled_share
    lasting = slots * used / open_days + _surplus(case, location)
    ahead = used * _booked_slots(case, location, slots / requests)
    needed = open_days * max(lasting, _clearing(case, location, ahead, slots * used / open_days))
    bookable = needed / (1.0 + policy.overbooking_share)
    nominal = sum(
        row.desks * (row.end_minute - row.start_minute)
        for row in case.appointment_desks
        if row.location == location.id
    )
    return CounterHours(
        location=location.id,
        requests_per_week=requests,
        slots_per_week=bookable,
        needed_hours=bookable * location.slot_minutes / MINUTES_PER_HOUR,
        nominal_hours=nominal / MINUTES_PER_HOUR,
    )


def _surplus(case: PlanningCase, location: Location) -> float:
    """Slots a day beyond the requests for the tightest lead target of the location."""
    areas = {location.area, "all"}
    wanted = [_target_surplus(case, location, t) for t in case.targets if t.area in areas]
    return max(wanted, default=0.0)


def _target_surplus(case: PlanningCase, location: Location, target: Target) -> float:
    days = _target_days(case, location, target)
    if days is None:
        return 0.0
    if target.measure in LEAD_MEANS:
        return surplus_for_mean(days)
    return surplus_for_share(days, min(target.limit, 0.999))


def _target_days(case: PlanningCase, location: Location, target: Target) -> float | None:
    """Return the wait for a slot that the target allows [working days]; None: no lead target."""
    if target.measure in LEAD_MEANS and target.sense is Sense.AT_MOST:
        days = target.limit
    elif target.measure == "lead_within_14_days" and target.sense is Sense.AT_LEAST:
        days = WITHIN_14_DAYS
    else:
        return None
    working = sum(bool(day) for day in location.opening.weekly) / DAYS_PER_WEEK
    return max(LEAST_LEAD, (days - _wished_days(case, target.measure)) * working)


def _booked_slots(case: PlanningCase, location: Location, usual: float) -> float:
    """Return the slots of the bookings listed; ``usual`` each where the service is not known."""
    slots = {service.id: float(service.slots) for service in case.services}
    own = (row for row in case.booked if row.location == location.id)
    return sum(row.bookings * slots.get(row.service, usual) for row in own)


def _clearing(case: PlanningCase, location: Location, ahead: float, requests: float) -> float:
    """Return the slots a day that bring the bookings down to the targets' waits in time."""
    areas = {location.area, "all"}
    held = [
        days - (target.measure in LEAD_MEANS)  # a mean lead is 1 + backlog / slots
        for target in case.targets
        if target.area in areas and (days := _target_days(case, location, target)) is not None
    ]
    if not ahead or not held:
        return 0.0
    open_days = max(1, sum(bool(day) for day in location.opening.weekly))
    span = (case.horizon.dates[-1] - case.book_opens).days + 1
    return slots_to_clear(ahead, requests, span * open_days / DAYS_PER_WEEK, min(held))


def _wished_days(case: PlanningCase, measure: str) -> float:
    """Part of the lead that customers wish for themselves [days]: no capacity shortens it."""
    notice = sum(case.choice.notice_days) / 2.0
    if measure != "lead_booked_mean":
        return notice
    return notice + case.choice.late_wish_share * sum(case.choice.late_wish_days) / 2.0

"""One simulated day at one location as a table that a person can read: who waited for whom.

The log is made from customers, staffing and outcomes alone, so both engines give the same one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.roster import Activity, Assignment
from planner.sim.clerk_spells import SpellKind, clerk_spells
from planner.sim.customer_table import CHANNELS, Customers, queue_at
from planner.sim.doors import open_doors
from planner.sim.engine import Outcomes
from planner.sim.staffing import LocationStaffing
from planner.sim.visit_events import COMES, GOES, NOBODY, Event, Visits
from planner.units import MS_PER_DAY, MS_PER_MINUTE, MS_PER_SECOND

COLUMNS = [
    "time",
    "event",
    "customer",
    "service",
    "channel",
    "desk",
    "waited_minutes",
    "waited_for",
    "after_customer",
    "waiting",
]
#: Order of the words within an instant: that of L1, but cases are put down before newcomers.
ORDER = (
    "doors open",
    "finishes",
    "hands over",
    "waits again",
    "stops serving",
    "back office ends",
    "break ends",
    "shift ends",
    "is absent",
    "shift starts",
    "break starts",
    "back office starts",
    "starts serving",
    "arrives",
    "takes over",
    "is called",
    "is called again",
    "gives up",
    "is turned away",
    "is not served",
    "doors close",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Which day is looked at: code of the location, day of the horizon, and its shifts if any.

    Attributes
    ----------
    present, absent : tuple of Assignment
        The roster of the day at the location: who came (stand-ins included), who fell out.
    """

    location: int
    day: int
    present: tuple[Assignment, ...] = ()
    absent: tuple[Assignment, ...] = ()


def event_log(
    case: PlanningCase,
    customers: Customers,
    staffing: LocationStaffing,
    outcomes: Outcomes,
    place: Place,
) -> pd.DataFrame:
    """Return the events of one day at one location in order.

    Parameters
    ----------
    staffing, outcomes : LocationStaffing, Outcomes
        Of the location.

    Returns
    -------
    DataFrame
        ``time`` (HH:MM:SS), ``event``, ``customer`` (row within the location), ``service``,
        ``channel``, ``desk`` (the clerk concerned), ``waited_minutes`` (since arrival, or the
        booked time if later), ``waited_for``: customers called while this one waited, in order and
        joined by ``;``, ``after_customer``: whom the desk served just before (-1: nobody that
        day), and ``waiting``: customers waiting after the event.  Further calls appear too.  A case
        handed on (L16, L19) ends at a desk as ``hands over`` or ``waits again`` and begins at one
        as ``takes over`` or ``is called again``; then ``waited_minutes`` counts from the former.
    """
    rows = customers.rows(place.location)
    midnight = place.day * MS_PER_DAY
    queue = queue_at(case, customers, place.location)
    visits = Visits(customers, rows, queue, outcomes, staffing.names)
    events = [
        *_door_events(case, place.location),
        *_shift_events(case, place, staffing),
        *_clerk_events(staffing, outcomes),
        *visits.events(midnight, midnight + MS_PER_DAY),
    ]
    today = [event for event in events if midnight <= event.instant < midnight + MS_PER_DAY]
    today.sort(key=lambda e: (e.instant, ORDER.index(e.word), e.row, e.desk))
    waiting = visits.waiting_at(midnight)
    records = []
    for event in today:
        waiting += (event.word in COMES) - (event.word in GOES)
        records.append(_record(case, customers, rows, event, (midnight, waiting)))
    return pd.DataFrame(records, columns=COLUMNS)


def _record(
    case: PlanningCase,
    customers: Customers,
    rows: slice,
    event: Event,
    state: tuple[int, int],
) -> tuple[object, ...]:
    midnight, waiting = state
    known = event.row != NOBODY
    return (
        _clock(event.instant - midnight),
        event.word,
        event.row,
        case.services[customers.service[rows][event.row]].id if known else "",
        CHANNELS[customers.came[rows][event.row]].value if known else "",
        event.desk,
        event.waited,
        event.waited_for,
        event.after,
        waiting,
    )


def _door_events(case: PlanningCase, location: int) -> Iterator[Event]:
    for opening, closing in open_doors(case, case.locations[location]).tolist():
        yield Event(opening, "doors open")
        yield Event(closing, "doors close")


def _clerk_events(staffing: LocationStaffing, outcomes: Outcomes) -> Iterator[Event]:
    """Yield when clerks were there for customers and when they were on a break, as it happened."""
    words = {
        SpellKind.SERVING: ("starts serving", "stops serving"),
        SpellKind.BREAK: ("break starts", "break ends"),
    }
    for spell in clerk_spells(staffing.clerks, outcomes):
        first, last = words[spell.kind]
        yield Event(spell.start, first, desk=staffing.names[spell.clerk])
        yield Event(spell.end, last, desk=staffing.names[spell.clerk])


def _shift_events(case: PlanningCase, place: Place, staffing: LocationStaffing) -> Iterator[Event]:
    """Yield shifts, back office and the breaks that follow no serving, as the roster has them."""
    midnight = place.day * MS_PER_DAY
    today = case.horizon.first_day + timedelta(days=place.day)
    for gone in place.absent:
        if gone.day == today:
            begins = midnight + gone.start_minute * MS_PER_MINUTE
            yield Event(begins, "is absent", desk=gone.employee)
    for shift in place.present:
        if shift.day == today:
            taken = _breaks_after_serving(staffing, shift.employee)
            for word, start, end in _planned_spans(shift):
                begins = midnight + start * MS_PER_MINUTE
                if word != "break" or begins not in taken:
                    ends = midnight + end * MS_PER_MINUTE
                    yield Event(begins, f"{word} starts", desk=shift.employee)
                    yield Event(ends, f"{word} ends", desk=shift.employee)


def _planned_spans(shift: Assignment) -> Iterator[tuple[str, int, int]]:
    """Yield (word, start, end) of the shift, its back office and its breaks [min]."""
    yield "shift", shift.start_minute, shift.end_minute
    words = {Activity.BACK_OFFICE: "back office", Activity.BREAK: "break"}
    for piece in shift.pieces:
        if piece.activity in words:
            yield words[piece.activity], piece.start_minute, piece.end_minute


def _breaks_after_serving(staffing: LocationStaffing, name: str) -> set[int]:
    """Return when the breaks of a clerk are due that the engine moves (L8) [ms]."""
    if name not in staffing.names:
        return set()
    clerks, number = staffing.clerks, staffing.names.index(name)
    pieces = slice(int(clerks.first[number]), int(clerks.first[number + 1]))
    return set(clerks.end[pieces][clerks.pause[pieces] > 0].tolist())


def _clock(since_midnight: int) -> str:
    seconds = since_midnight // MS_PER_SECOND
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"

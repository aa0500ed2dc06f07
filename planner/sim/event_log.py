"""One simulated day at one location as a table that a person can read: who waited for whom.

The log is made from customers, staffing and outcomes alone, so both engines give the same one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.domain.case import PlanningCase
from planner.sim.customer_table import CHANNELS, Came, Customers
from planner.sim.doors import open_doors
from planner.sim.engine import Fate, Outcomes
from planner.sim.staffing import LocationStaffing
from planner.units import MS_PER_DAY, MS_PER_MINUTE, MS_PER_SECOND

COLUMNS = ["time", "event", "customer", "service", "channel", "desk", "waited_minutes", "waiting"]
#: Order of the words within an instant (L1).
ORDER = (
    "doors open",
    "finishes",
    "ends",
    "starts",
    "arrives",
    "is called",
    "gives up",
    "is turned away",
    "is not served",
    "doors close",
)
LEAVES = {
    Fate.ABANDONED: "gives up",
    Fate.TURNED_AWAY: "is turned away",
    Fate.NOT_SERVED: "is not served",
}
Event = tuple[int, str, int, str, float]


def event_log(
    case: PlanningCase,
    customers: Customers,
    staffing: LocationStaffing,
    outcomes: Outcomes,
    place: tuple[int, int],
) -> pd.DataFrame:
    """Return the events of one day at one location in order.

    Parameters
    ----------
    staffing, outcomes : LocationStaffing, Outcomes
        Of the location.
    place : (location, day)
        Code of the location and number of the day in the horizon.

    Returns
    -------
    DataFrame
        ``time`` (HH:MM:SS), ``event``, ``customer`` (row within the location), ``service``,
        ``channel``, ``desk`` (the clerk concerned), ``waited_minutes`` (since arrival, or the
        booked time if later) and ``waiting``: customers waiting after the event.  Callers who call
        again appear with their last call.
    """
    location, day = place
    rows = customers.rows(location)
    midnight = day * MS_PER_DAY
    events = [
        *_door_events(case, location),
        *_clerk_events(staffing),
        *_customer_events(customers, rows, staffing, outcomes),
    ]
    today = [event for event in events if midnight <= event[0] < midnight + MS_PER_DAY]
    today.sort(key=lambda event: (event[0], ORDER.index(event[1]), event[2], event[3]))
    records = []
    waiting = 0
    for instant, word, row, desk, waited in today:
        waiting += (word == "arrives") - (word == "is called" or word in LEAVES.values())
        known = row >= 0
        records.append(
            (
                _clock(instant - midnight),
                word,
                row if known else -1,
                case.services[customers.service[rows][row]].id if known else "",
                CHANNELS[customers.came[rows][row]].value if known else "",
                desk,
                waited,
                waiting,
            )
        )
    return pd.DataFrame(records, columns=COLUMNS)


def _door_events(case: PlanningCase, location: int) -> Iterator[Event]:
    for opening, closing in open_doors(case, case.locations[location]).tolist():
        yield opening, "doors open", -1, "", np.nan
        yield closing, "doors close", -1, "", np.nan


def _clerk_events(staffing: LocationStaffing) -> Iterator[Event]:
    """Yield the planned starts and ends of serving; who is busy ends with the customer."""
    clerks = staffing.clerks
    for number, name in enumerate(staffing.names):
        for piece in range(clerks.first[number], clerks.first[number + 1]):
            yield int(clerks.start[piece]), "starts", -1, name, np.nan
            yield int(clerks.end[piece]), "ends", -1, name, np.nan


def _customer_events(
    customers: Customers, rows: slice, staffing: LocationStaffing, outcomes: Outcomes
) -> Iterator[Event]:
    came, booked = customers.came[rows], customers.booked[rows]
    for row, fate in enumerate(outcomes.fate.tolist()):
        arrival, finish = int(outcomes.last[row]), int(outcomes.finish[row])
        since = max(arrival, int(booked[row])) if came[row] == Came.APPOINTMENT else arrival
        yield arrival, "arrives", row, "", np.nan
        if fate == Fate.SERVED:
            call, desk = int(outcomes.call[row]), staffing.names[outcomes.clerk[row]]
            yield call, "is called", row, desk, max(0.0, (call - since) / MS_PER_MINUTE)
            yield finish, "finishes", row, desk, np.nan
        else:
            yield finish, LEAVES[Fate(fate)], row, "", max(0.0, (finish - since) / MS_PER_MINUTE)


def _clock(since_midnight: int) -> str:
    seconds = since_midnight // MS_PER_SECOND
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"

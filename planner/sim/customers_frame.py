"""The customers table of one replication: who came, waited, was served by whom, or never came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.sim.booking_result import NO_TIME, BookingResult
from planner.sim.booking_result import Fate as RequestFate
from planner.sim.customer_table import CHANNELS, NO_REQUEST, Customers
from planner.sim.engine import NO_CLERK, NOT_CALLED, Fate, Outcomes
from planner.sim.staffing import Staffing
from planner.tables import CUSTOMERS
from planner.units import MS_PER_DAY

#: Words for requests that bring nobody within the horizon.
REQUEST_WORDS = {
    RequestFate.ONLINE: "online",
    RequestFate.LOST: "lost",
    RequestFate.SHOWS: "booked",
    RequestFate.NO_SHOW: "booked",
    RequestFate.CANCELLED: "cancelled",
    RequestFate.SEARCHING: "searching",
}
FATES = np.array([fate.name.lower() for fate in Fate])


def customers_frame(
    case: PlanningCase,
    booking: BookingResult,
    customers: Customers,
    staffing: Staffing,
    outcomes: Sequence[Outcomes],
) -> pd.DataFrame:
    """Return everybody who comes or calls in the horizon, was to come, or asks in it.

    Rows are in order of request, then of arrival.  Requests of the warm-up that do not lead into
    the horizon are left out.  ``called`` is the first call and ``desk`` the last one who served,
    where a case was handed on (L20); who was not called again has no end of service (L21).
    """
    parts = [
        _came(case, booking, customers, staffing, outcomes),
        _did_not_show(case, booking),
        _asked(case, booking),
    ]
    frame = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    order = np.lexsort((frame["row"], frame["arrived_ms"], frame["requested_ms"]))
    frame = frame.iloc[order].reset_index(drop=True)
    return CUSTOMERS.conform(_written(case, frame))


def _came(
    case: PlanningCase,
    booking: BookingResult,
    customers: Customers,
    staffing: Staffing,
    outcomes: Sequence[Outcomes],
) -> pd.DataFrame:
    request = customers.request
    requested = customers.arrival.copy()
    known = request != NO_REQUEST
    requested[known] = booking.requests.requested_ms[request[known]]
    call, finish, fate = (
        np.concatenate([getattr(outcome, name) for outcome in outcomes])
        for name in ("call", "finish", "fate")
    )
    desks = [_desks(staffing, code, outcome) for code, outcome in enumerate(outcomes)]
    return pd.DataFrame(
        {
            "row": np.arange(len(customers)),
            "service": customers.service,
            "origin": customers.origin,
            "channel": np.array([channel.value for channel in CHANNELS])[customers.came],
            "requested_ms": requested,
            "location": customers.location,
            "booked_ms": customers.booked,
            "arrived_ms": customers.arrival,
            "called_ms": np.where(call == NOT_CALLED, NO_TIME, call),
            "finished_ms": np.where(fate == Fate.SERVED, finish, NO_TIME),
            "fate": FATES[fate],
            "desk": np.concatenate([*desks, np.empty(0, dtype=str)]),
        }
    )


def _desks(staffing: Staffing, location: int, outcomes: Outcomes) -> NDArray[np.str_]:
    names = np.array([*staffing.locations[location].names, ""])
    return names[np.where(outcomes.clerk == NO_CLERK, len(names) - 1, outcomes.clerk)]


def _did_not_show(case: PlanningCase, booking: BookingResult) -> pd.DataFrame:
    kept = booking.appointments
    rows = np.flatnonzero(~kept.shows)
    return _absent(
        service=kept.service[rows],
        origin=kept.origin[rows],
        requested_ms=kept.requested_ms[rows],
        location=kept.location[rows],
        booked_ms=kept.booked_ms[rows],
        fate=np.full(len(rows), "no_show"),
    )


def _asked(case: PlanningCase, booking: BookingResult) -> pd.DataFrame:
    """Return the requests made in the horizon that bring nobody into it."""
    asked = booking.requests
    within = (asked.booked_ms >= 0) & (asked.booked_ms < case.horizon.days * MS_PER_DAY)
    due = within & np.isin(asked.fate, (RequestFate.SHOWS, RequestFate.NO_SHOW))
    told = np.isin(asked.fate, list(REQUEST_WORDS))
    rows = np.flatnonzero((asked.requested_ms >= 0) & told & ~due)
    words = np.array([REQUEST_WORDS.get(fate, "") for fate in RequestFate])
    return _absent(
        service=asked.service[rows],
        origin=asked.origin[rows],
        requested_ms=asked.requested_ms[rows],
        location=asked.location[rows],
        booked_ms=asked.booked_ms[rows],
        fate=words[asked.fate[rows]],
    )


def _absent(**columns: NDArray[np.generic]) -> pd.DataFrame:
    frame = pd.DataFrame(columns)
    online = frame["fate"] == "online"
    frame["channel"] = np.where(online, "online", "appointment")
    for name in ("arrived_ms", "called_ms", "finished_ms"):
        frame[name] = NO_TIME
    return frame.assign(row=np.arange(len(frame)), desk="")


def _written(case: PlanningCase, frame: pd.DataFrame) -> pd.DataFrame:
    """Return codes as identifiers and milliseconds as ISO times."""
    service = frame["service"].to_numpy()
    names = {
        "area": np.array([s.area for s in case.services])[service],
        "service": np.array([s.id for s in case.services])[service],
        "origin": np.array([d.id for d in case.districts])[frame["origin"].to_numpy()],
        "location": np.array([*(p.id for p in case.locations), ""])[frame["location"].to_numpy()],
    }
    times = {
        name: _iso(case, frame[f"{column}_ms"].to_numpy(dtype=np.int64))
        for name, column in (
            ("requested", "requested"),
            ("booked_for", "booked"),
            ("arrived", "arrived"),
            ("called", "called"),
            ("finished", "finished"),
        )
    }
    kept = {name: frame[name] for name in ("channel", "fate", "desk")}
    return pd.DataFrame({"customer": np.arange(len(frame)), **names, **times, **kept})


def _iso(case: PlanningCase, instants: NDArray[np.int64]) -> NDArray[np.object_]:
    """Return local ISO times to the second (rounded down); empty for ``NO_TIME``."""
    midnight = np.datetime64(datetime.combine(case.horizon.first_day, time()), "s")
    seconds = np.where(instants == NO_TIME, 0, instants) // 1000
    written = np.datetime_as_string(midnight + seconds.astype("timedelta64[s]"), unit="s")
    return np.where(instants == NO_TIME, "", written).astype(object)

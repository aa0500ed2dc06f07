"""The measures of the booking stage of one replication, channel ``appointment``.

==================  =====  =====================================================================
measure             unit   meaning
==================  =====  =====================================================================
lead_booked_mean    days   from the date of booking to the date of the appointment, over all
                           bookings made in the 60 days to the end of the horizon, later wishes
                           and cancelled ones included (the Senate's definition), by booked
                           location
lead_offered_mean   days   from the date of the request to the first acceptable free slot from
                           the earliest day the customer could come, at the first search, over
                           the requests of the horizon, by first choice; without offer: the
                           booking horizon
lead_within_14_days share  of the same requests, offered within 14 days; no offer counts as not
no_offer_share      share  of the same requests, without any offer at the first search
lead_third_next     days   to the third next free slot, mean over the mornings of the horizon;
                           districts and city: weighted by the locations' slots
requests            1      requests for an appointment made in the horizon, by first choice
not_served_share    share  lost, of the searches that ended in the horizon, by first choice
cancelled_share     share  of the bookings of ``lead_booked_mean``
no_show_share       share  of the appointments of the horizon that were not cancelled
==================  =====  =====================================================================

Every measure but ``requests`` is a ratio of sums over the locations of its scope; one without
anything to measure has no row.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.sim.booking_result import BOOKED_FATES, BookingResult, Fate
from planner.sim.measures import groups
from planner.units import MS_PER_DAY

CHANNEL = "appointment"
TRAILING_DAYS = 60
PROMISED_DAYS = 14

MeasureRow = tuple[str, str, str, str, str, str, float]
Rows = NDArray[np.int64]


class _Ratio(NamedTuple):
    """A measure as numerator and denominator by location, float64 arrays (locations,)."""

    measure: str
    unit: str
    numerator: NDArray[np.float64]
    denominator: NDArray[np.float64]


def booking_measures(case: PlanningCase, result: BookingResult) -> list[MeasureRow]:
    """Return (scope, id, area, channel, measure, unit, value) of every defined measure.

    Scopes are each location with appointments, and districts and city by field of work and for
    all.
    """
    ratios = (
        *_bookings(result),
        *_offers(case, result),
        _not_served(result),
        _third_next(result),
        _no_shows(result),
    )
    rows: list[MeasureRow] = []
    for group in groups(case):
        key, codes = (group.scope, group.id, group.area, CHANNEL), list(group.locations)
        for ratio in ratios:
            below = float(ratio.denominator[codes].sum())
            if below > 0:
                value = float(ratio.numerator[codes].sum()) / below
                rows.append((*key, ratio.measure, ratio.unit, value))
            if ratio.measure == "lead_offered_mean" and below > 0:
                rows.append((*key, "requests", "1", below))
    return rows


def _bookings(result: BookingResult) -> tuple[_Ratio, ...]:
    """Measure the bookings made in the trailing window."""
    requests = result.requests
    since = (result.last_day - TRAILING_DAYS) * MS_PER_DAY
    rows = _own(result, requests.decided_ms >= since)
    rows = rows[np.isin(requests.fate[rows], BOOKED_FATES)]
    place = requests.location[rows]
    count = _sums(result, place, np.ones(len(rows)))
    lead = _sums(result, place, requests.booked_lead_days[rows])
    cancelled = _sums(result, place, requests.fate[rows] == Fate.CANCELLED)
    return (
        _Ratio("lead_booked_mean", "days", lead, count),
        _Ratio("cancelled_share", "share", cancelled, count),
    )


def _offers(case: PlanningCase, result: BookingResult) -> tuple[_Ratio, ...]:
    """Measure the first searches of the requests made in the horizon."""
    requests = result.requests
    rows = _own(result, requests.requested_ms >= 0)
    longest = {policy.area: policy.horizon_days for policy in case.booking}
    limits = np.array([longest.get(area.id, 0) for area in case.areas])[requests.area[rows]]
    offered, place = requests.offered_lead_days[rows], requests.first_location[rows]
    none = offered < 0
    count = _sums(result, place, np.ones(len(rows)))
    lead = _sums(result, place, np.where(none, limits, offered))
    within = _sums(result, place, ~none & (offered <= PROMISED_DAYS))
    return (
        _Ratio("lead_offered_mean", "days", lead, count),
        _Ratio("lead_within_14_days", "share", within, count),
        _Ratio("no_offer_share", "share", _sums(result, place, none), count),
    )


def _not_served(result: BookingResult) -> _Ratio:
    """Measure how the searches that ended in the horizon ended."""
    requests = result.requests
    rows = _own(result, requests.decided_ms >= 0)
    place = requests.first_location[rows]
    lost = _sums(result, place, requests.fate[rows] == Fate.LOST)
    return _Ratio("not_served_share", "share", lost, _sums(result, place, np.ones(len(rows))))


def _third_next(result: BookingResult) -> _Ratio:
    slots = result.capacity.sum(axis=0).astype(np.float64)
    slots[np.isnan(result.third_next)] = 0.0
    days = np.where(slots > 0, result.third_next, 0.0)
    return _Ratio("lead_third_next", "days", days * slots, slots)


def _no_shows(result: BookingResult) -> _Ratio:
    kept = result.appointments
    missed = _sums(result, kept.location, ~kept.shows)
    return _Ratio(
        "no_show_share", "share", missed, _sums(result, kept.location, np.ones(len(kept)))
    )


def _own(result: BookingResult, chosen: NDArray[np.bool_]) -> Rows:
    """Return the chosen rows that look for an appointment and are no start backlog."""
    rows = np.flatnonzero(chosen & (result.requests.first_location >= 0))
    return rows[rows >= result.backlog_rows]


def _sums(
    result: BookingResult, place: NDArray[np.int16], values: NDArray[np.generic]
) -> NDArray[np.float64]:
    """Return the sums of ``values`` by location."""
    return np.bincount(place, weights=values, minlength=len(result.third_next)).astype(np.float64)

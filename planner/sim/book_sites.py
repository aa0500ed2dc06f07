"""Which locations a customer looks at: the first choice, those near it, and all of the field.

First choices are drawn by weighted rendezvous hashing: every customer has a random mark, every
location its name; the location with the smallest exponential race time ``-log(u) / share`` wins.
A location that is added takes customers over, but moves nobody between the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.place import Location
from planner.sim.booking_result import NO_CODE
from planner.sim.mixing import BLOCK
from planner.sim.streams import marked_uniform


@dataclass(frozen=True)
class SiteLists:
    """Locations to look at by first choice, the nearest first.

    Attributes
    ----------
    site : int16 array (locations, width)
        Row ``f``: the first choice ``f`` itself, then the other locations of the field by travel
        time (ties in order of id), then -1.  Only ``f`` where residence binds.
    near, everywhere : int16 arrays (locations,)
        How many of them are within travel tolerance, and how many there are.
    """

    site: NDArray[np.int16]
    near: NDArray[np.int16]
    everywhere: NDArray[np.int16]


def site_lists(case: PlanningCase) -> SiteLists:
    """Return the locations that take appointments, by first choice and distance."""
    minutes = {(a, b): time for a, b, time in case.travel_minutes}
    bound = {policy.area for policy in case.booking if policy.bound_to_residence}
    offering = {window.location for window in case.appointment_desks}
    site = np.full((len(case.locations), len(case.locations)), NO_CODE, np.int16)
    near, everywhere = np.ones(len(site), np.int16), np.ones(len(site), np.int16)
    for code, first in enumerate(case.locations):
        others = [] if first.area in bound else _others(case, first, offering)
        reach = sorted((minutes.get((first.id, case.locations[c].id), np.inf), c) for c in others)
        site[code, : len(reach) + 1] = [code, *(other for _minutes, other in reach)]
        near[code] += sum(time <= case.choice.travel_tolerance_minutes for time, _other in reach)
        everywhere[code] += len(reach)
    return SiteLists(site, near, everywhere)


def first_choices(
    case: PlanningCase,
    area: NDArray[np.int16],
    origin: NDArray[np.int16],
    marks: NDArray[np.uint64],
) -> NDArray[np.int16]:
    """Return the code of each customer's first-choice location, -1 where the field has none.

    An origin without location choice chooses evenly among the locations of the field.

    Parameters
    ----------
    area, origin : int16 arrays
        Codes of the field of work and of the district of residence.
    marks : uint64 array
        Random mark of each customer.
    """
    chosen = np.full(len(marks), NO_CODE, np.int16)
    pair = area.astype(np.int64) * len(case.districts) + origin
    for code in np.unique(pair).tolist():
        area_code, origin_code = divmod(code, len(case.districts))
        rows = np.flatnonzero(pair == code)
        options = _options(case, case.areas[area_code].id, case.districts[origin_code].id)
        chosen[rows] = _race(case, options, marks[rows])
    return chosen


def _others(case: PlanningCase, first: Location, offering: set[str]) -> list[int]:
    """Return the codes of the other locations of the field that take appointments."""
    return [
        code
        for code, place in enumerate(case.locations)
        if place.area == first.area and place.id != first.id and place.id in offering
    ]


def _options(case: PlanningCase, area: str, origin: str) -> list[tuple[int, float]]:
    """Return (location code, share) of the locations that an origin's customers choose."""
    shares = {
        choice.location: choice.share
        for choice in case.location_choice
        if choice.area == area and choice.origin == origin and choice.share > 0
    }
    if not shares:
        shares = {place.id: 1.0 for place in case.locations if place.area == area}
    codes = {place.id: code for code, place in enumerate(case.locations)}
    return [(codes[location], share) for location, share in sorted(shares.items())]


def _race(
    case: PlanningCase, options: list[tuple[int, float]], marks: NDArray[np.uint64]
) -> NDArray[np.int16]:
    """Weighted rendezvous (Thaler & Ravishankar 1998; weights by exponential race times)."""
    if len(options) == 1:
        return np.full(len(marks), options[0][0], np.int16)
    winner = np.full(len(marks), NO_CODE, np.int16)
    for first in range(0, len(marks), BLOCK):
        part = slice(first, first + BLOCK)
        best = np.full(len(marks[part]), np.inf)
        for code, share in options:
            time = np.log(marked_uniform(marks[part], case.locations[code].id)) / -share
            winner[part][time < best] = code
            np.minimum(time, best, out=best)
    return winner

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
from planner.sim.streams import marked_uniform


@dataclass(frozen=True)
class SiteLists:
    """Locations to look at by first choice, the nearest first, as lists in one array.

    The locations for first choice ``f`` are ``site[start[f]:start[f + 1]]``; ``start`` is an int32
    array (locations + 1,), ``site`` int16.
    """

    start: NDArray[np.int32]
    site: NDArray[np.int16]

    def of(self, first: int) -> list[int]:
        """Return the locations for first choice ``first``, the nearest first."""
        return [int(site) for site in self.site[self.start[first] : self.start[first + 1]]]


def near_sites(case: PlanningCase) -> SiteLists:
    """Return the locations within travel tolerance of each first choice, itself included."""
    return _site_lists(case, case.choice.travel_tolerance_minutes)


def all_sites(case: PlanningCase) -> SiteLists:
    """Return all locations of the field of work; only the first choice where residence binds."""
    return _site_lists(case, float("inf"))


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
    for area_code, origin_code in sorted(set(zip(area.tolist(), origin.tolist(), strict=True))):
        rows = np.flatnonzero((area == area_code) & (origin == origin_code))
        options = _options(case, case.areas[area_code].id, case.districts[origin_code].id)
        chosen[rows] = _race(case, options, marks[rows])
    return chosen


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
    best = np.full(len(marks), np.inf)
    winner = np.full(len(marks), NO_CODE, np.int16)
    for code, share in options:
        if len(options) == 1:
            return np.full(len(marks), code, np.int16)
        time = np.log(marked_uniform(marks, case.locations[code].id)) / -share
        faster = time < best
        best = np.where(faster, time, best)
        winner[faster] = code
    return winner


def _site_lists(case: PlanningCase, tolerance: float) -> SiteLists:
    minutes = {(a, b): time for a, b, time in case.travel_minutes}
    bound = {policy.area for policy in case.booking if policy.bound_to_residence}
    offering = {window.location for window in case.appointment_desks}
    lists = []
    for first in case.locations:
        others = [] if first.area in bound else _others(case, first, offering)
        reach = [(minutes.get((first.id, case.locations[c].id), np.inf), c) for c in others]
        own = case.locations.index(first)
        lists.append([own, *(code for time, code in sorted(reach) if time <= tolerance)])
    start = np.cumsum([0, *(len(sites) for sites in lists)]).astype(np.int32)
    return SiteLists(start, np.array([site for sites in lists for site in sites], np.int16))


def _others(case: PlanningCase, first: Location, offering: set[str]) -> list[int]:
    """Return the codes of the other locations of the field that take appointments."""
    return [
        code
        for code, place in enumerate(case.locations)
        if place.area == first.area and place.id != first.id and place.id in offering
    ]

"""Whether the people asked for on a day can be had, each at one place: a matching, or why not.

People are asked for by place and skills; a person may serve where they may work and hold the
skills.  If not everybody asked for is found, a minimum cut names the places that together ask for
more people than may serve there (Hall 1935, J. London Math. Soc. 10; Ford, Fulkerson 1956, Canad.
J. Math. 8): whatever is done elsewhere, these are short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, maximum_flow

from planner.domain.staff import Employee


@dataclass(frozen=True, slots=True)
class Asked:
    """People asked for at a location on a day: all of these skills, so many."""

    location: str
    skills: tuple[str, ...]
    people: int

    def served_by(self, person: Employee) -> bool:
        """Tell whether the person may work there and holds the skills."""
        return self.location in person.locations and set(self.skills) <= set(person.skills)


@dataclass(frozen=True, slots=True)
class Lack:
    """A set that asks for more people than there are.

    Attributes
    ----------
    members : tuple of int
        What is asked for, by number.
    people : int
        People who may serve any of them.
    missing : int
        So many people are asked for beyond these.
    """

    members: tuple[int, ...]
    people: int
    missing: int


def first_lack(asked: Sequence[Asked], staff: Sequence[Employee]) -> Lack | None:
    """Return a set whose people are too few, connected by people whom its members share; or None.

    Parameters
    ----------
    staff : sequence of Employee
        Who is there on the day, each at one location.
    """
    may = np.array(
        [[place.served_by(person) for person in staff] for place in asked], dtype=np.bool_
    ).reshape(len(asked), len(staff))
    short = _short_side(np.array([place.people for place in asked], dtype=np.int32), may)
    for members in _connected(short, may):
        people = int(may[members].any(axis=0).sum())
        missing = sum(asked[member].people for member in members) - people
        if missing > 0:
            return Lack(tuple(members), people, missing)
    return None


def _short_side(people: np.ndarray, may: np.ndarray) -> list[int]:
    """Return what is asked for on the source's side of a minimum cut: it can have no more."""
    places, staff = may.shape
    source, sink = places + staff, places + staff + 1
    capacity = np.zeros((sink + 1, sink + 1), dtype=np.int32)
    capacity[source, :places] = people
    capacity[:places, places:source] = may * people.max(initial=0)
    capacity[places:source, sink] = 1
    flow = maximum_flow(csr_array(capacity), source, sink).flow.toarray()
    left = csr_array((capacity - flow > 0).astype(np.int32))
    reached = breadth_first_order(left, source, return_predecessors=False)
    return sorted(int(node) for node in reached if node < places)


def _connected(short: list[int], may: np.ndarray) -> list[list[int]]:
    """Return the members in sets that share people, the first member's first."""
    if not short:
        return []
    own = may[short].astype(np.int32)
    shared = csr_array(own @ own.T)
    count, label = connected_components(shared, directed=False)
    return [[short[n] for n in np.flatnonzero(label == number)] for number in range(count)]

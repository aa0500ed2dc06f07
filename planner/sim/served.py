"""What is served where: the service by which a customer is served at a location.

A location serves the services of its own field of work.  Who calls a line about a service of
another field (and who gave up looking for an appointment and calls) is served by the line's
main service: the one of its field with the largest volume.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.demand import Patience


def served_as(case: PlanningCase, location: int) -> NDArray[np.int16]:
    """Return for each service asked for the code of the service served at the location.

    -1 where the location's field of work has no service at all.
    """
    area = case.locations[location].area
    own = [code for code, service in enumerate(case.services) if service.area == area]
    volume = {demand.service: demand.requests_per_year for demand in case.demand}
    main = max(own, key=lambda code: volume.get(case.services[code].id, 0.0), default=-1)
    return np.array(
        [code if code in own else main for code in range(len(case.services))], dtype=np.int16
    )


def skill_codes(case: PlanningCase, location: int) -> NDArray[np.int8]:
    """Return for each service asked for the number of its skill within the location.

    Skills are numbered in the order of ``case.skills_at``.
    """
    skills = case.skills_at(case.locations[location])
    number = {skill: code for code, skill in enumerate(skills)}
    codes = served_as(case, location)
    return np.array([number.get(case.services[code].skill, 0) for code in codes], dtype=np.int8)


def patience_at(case: PlanningCase, location: int) -> Patience:
    """Return the patience of the location's customers; without an entry they wait without limit."""
    kind = case.locations[location].kind
    for patience in case.patience:
        if patience.location_kind == kind.value:
            return patience
    return Patience(location_kind=kind.value, mean_minutes=None)

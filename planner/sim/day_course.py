"""Waits over the day, for comparisons of scenarios: the mean wait by hour of arrival.

Rows have the scope ``hour`` and the hour as id (``08:00``), by field of work and channel, over all
days of the horizon; a wait belongs to the hour of the customer's first arrival or call.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.domain.case import PlanningCase
from planner.sim.customer_table import Customers
from planner.sim.engine import Fate, Outcomes
from planner.sim.measures import CHANNEL_OF, Row
from planner.sim.visits import tries_of
from planner.units import HOURS_PER_DAY, MS_PER_DAY, MS_PER_HOUR, ms_to_minutes

HOUR = "hour"


def waits_by_hour(
    case: PlanningCase, customers: Customers, outcomes: Sequence[Outcomes]
) -> list[Row]:
    """Return the mean wait [min] of everybody admitted, by hour, where anybody came."""
    areas = sorted({place.area for place in case.locations})
    shape = (len(areas), len(CHANNEL_OF), HOURS_PER_DAY)
    count, total = np.zeros(shape), np.zeros(shape)
    for code, place in enumerate(case.locations):
        tries = tries_of(customers, code, outcomes[code])
        admitted = tries.fate != Fate.TURNED_AWAY
        arrival = customers.arrival[customers.rows(code)][tries.customer[admitted]]
        cell = (tries.came[admitted], arrival % MS_PER_DAY // MS_PER_HOUR)
        area = areas.index(place.area)
        np.add.at(count[area], cell, 1.0)
        np.add.at(total[area], cell, tries.wait[admitted])
    rows = []
    for channel, came in CHANNEL_OF.items():
        for area, hour in zip(*np.nonzero(count[:, came]), strict=True):
            people = float(count[area, came, hour])
            mean = ms_to_minutes(float(total[area, came, hour]) / people)
            key = (HOUR, f"{hour:02d}:00", areas[area], channel)
            rows.append(Row(*key, "wait_mean", "min", mean, people))
    return rows

"""Absence at short notice: who of a roster does not come, keyed by employee and day.

On each day a location draws the probability of absence p from a beta distribution and each of its
people is absent with probability p: the beta-binomial model (Skellam 1948, J. R. Statist. Soc. B
10, 257-261).  With mean ``rate`` and parameters summing to 1/rho - 1, the correlation between two
people of one location and day is rho (Griffiths 1973, Biometrics 29, 637-648).
"""

from __future__ import annotations

from datetime import date

from planner.domain.case import PlanningCase
from planner.domain.roster import Roster
from planner.sim.streams import name_key, stream

Absences = frozenset[tuple[str, date]]


def sample_absences(case: PlanningCase, roster: Roster, seed: int, replication: int) -> Absences:
    """Return the (employee, day) of the roster that fall out.

    Whether an employee is absent depends on the employee, the location and the day only, so
    hiring or another roster elsewhere changes nobody else.
    """
    rate = case.absence.rate
    if rate <= 0:
        return frozenset()
    shares: dict[tuple[str, date], float] = {}
    absent = []
    for assignment in roster.assignments:
        place = (assignment.location, assignment.day)
        if place not in shares:
            shares[place] = _share(case, place, seed, replication)
        names = ("absent", seed, replication, assignment.employee, assignment.day.isoformat())
        if int(name_key(*names)) / 2**64 < shares[place]:
            absent.append((assignment.employee, assignment.day))
    return frozenset(absent)


def _share(case: PlanningCase, place: tuple[str, date], seed: int, replication: int) -> float:
    """Return the probability of absence of a location and day."""
    rate, correlation = case.absence.rate, case.absence.site_correlation
    if correlation <= 0 or rate >= 1:
        return rate
    weight = 1.0 / correlation - 1.0
    draw = stream(seed, replication, "absence", place[0], place[1].isoformat())
    return float(draw.beta(rate * weight, (1.0 - rate) * weight))

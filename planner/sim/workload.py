"""The expected work that reaches each location, for the requirement."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.requirement import Workload
from planner.parallel import ordered_map
from planner.sim.customer_table import NO_REQUEST, Came, Customers
from planner.sim.replicate import sample_replication
from planner.sim.served import served_as, skill_codes
from planner.sim.walk_ins import WalkInSources, walk_in_sources
from planner.units import MINUTES_PER_DAY, MS_PER_DAY, MS_PER_MINUTE

Counts = NDArray[np.float64]


def workloads(
    case: PlanningCase, seed: int, replications: int, jobs: int = 1
) -> tuple[Workload, ...]:
    """Return the expected arrivals by location and skill on the slot grid.

    Walk-ins and calls come from their rates, those who gave up looking and the appointments from
    the mean of the sampled replications.

    Parameters
    ----------
    seed, replications : int
        Replications of the booking stage to average over.
    jobs : int
        Worker processes; the result does not depend on it.
    """
    one = partial(_counts, case, seed)
    return _workloads(case, list(ordered_map(one, range(replications), jobs)))


def workloads_of(case: PlanningCase, weeks: Sequence[Customers]) -> tuple[Workload, ...]:
    """Return the same from replications that are sampled already."""
    return _workloads(case, [_count(case, customers) for customers in weeks])


def _workloads(case: PlanningCase, sampled: Sequence[Counts]) -> tuple[Workload, ...]:
    mean = _expected_walk_ins(case)
    if sampled:
        mean += np.mean(sampled, axis=0)
    return tuple(
        _workload(case, location, number, mean[:, location])
        for location, place in enumerate(case.locations)
        for number in range(len(case.skills_at(place)))
    )


def _workload(case: PlanningCase, location: int, skill: int, counts: Counts) -> Workload:
    """Return the workload of one skill; ``counts`` as in ``_counts`` for one location."""
    place = case.locations[location]
    asked = np.flatnonzero(skill_codes(case, location) == skill)
    mean_minutes, squared_cv = _moments(case, location, asked, counts[:, asked])
    arrivals = counts[:, asked].sum(axis=1)
    return Workload(
        location=place.id,
        skill=case.skills_at(place)[skill],
        walk_in_rate=arrivals[0],
        appointment_rate=arrivals[1],
        mean_minutes=mean_minutes,
        squared_cv=squared_cv,
    )


def _moments(
    case: PlanningCase, location: int, asked: NDArray[np.int64], counts: Counts
) -> tuple[float, float]:
    """Return mean [min] and squared CV of the work content of a mixture of services.

    Second moments add up: E[S²] = sum of p_i m_i² (1 + cv_i²).
    """
    times = [case.services[code].time for code in served_as(case, location)[asked]]
    weights = counts.sum(axis=(0, 2, 3))
    weights = weights / weights.sum() if weights.sum() > 0 else np.full(len(asked), 1 / len(asked))
    means = np.array([time.mean_minutes for time in times])
    squares = means**2 * (1 + np.array([time.squared_cv for time in times]))
    mean = float(weights @ means)
    return mean, max(0.0, float(weights @ squares) / mean**2 - 1)


def _expected_walk_ins(case: PlanningCase) -> Counts:
    """Return expected walk-ins and calls, shape as ``_counts``."""
    expected = _nothing(case)
    for source in walk_in_sources(case):
        for day, rate in enumerate(source.rates):
            for start, end, mean in rate.pieces:
                cell = expected[0, source.location, source.service, day]
                _spread(cell, (start, end, mean), case.horizon.slot_minutes)
    return expected


def _spread(slots: Counts, piece: tuple[float, float, float], slot_minutes: int) -> None:
    """Add a piece (start, end, expected) [min] to the slots that it touches."""
    start, end, mean = piece
    for slot in range(int(start // slot_minutes), int(np.ceil(end / slot_minutes))):
        low, high = max(start, slot * slot_minutes), min(end, (slot + 1) * slot_minutes)
        slots[slot] += mean * (high - low) / (end - start)


def _counts(case: PlanningCase, seed: int, replication: int) -> Counts:
    """Count one replication: those who gave up looking and come, and the appointments kept.

    Returns
    -------
    float64 array (2, locations, services, days, slots)
        First walk-ins and calls by arrival, then appointments by booked time.
    """
    return _count(
        case, sample_replication(case, seed, replication, sources=WalkInSources()).customers
    )


def _count(case: PlanningCase, customers: Customers) -> Counts:
    """Count the customers who come out of the booking stage; shape as ``_counts``."""
    booked = customers.came == Came.APPOINTMENT
    rows = np.flatnonzero(booked | (customers.request != NO_REQUEST))
    instant = np.where(booked, customers.booked, customers.arrival)[rows]
    day, within = np.divmod(instant, MS_PER_DAY)
    slot = within // (case.horizon.slot_minutes * MS_PER_MINUTE)
    counts = _nothing(case)
    codes = (customers.location[rows], customers.service[rows])
    np.add.at(counts, (booked[rows].astype(np.int64), *codes, day, slot), 1.0)
    return counts


def _nothing(case: PlanningCase) -> Counts:
    slots = MINUTES_PER_DAY // case.horizon.slot_minutes
    return np.zeros((2, len(case.locations), len(case.services), case.horizon.days, slots))

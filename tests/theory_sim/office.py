"""An office day for the engines: opens empty, staff by the hour, one of three closing rules.

What happens to customers at a desk when fewer clerks are wanted (staffing note, sec. 1.3):

* ``COUNT`` (A): a desk is lost; the next completions free none.  For the engine everybody is there
  all day and the number of desks changes (L5).
* ``LEAVING`` (B): idle clerks go first; a busy one finishes the customer beside the others.  For
  the engine who goes hands the case over to an idle colleague, if there is one (L17): the clerks
  are alike, so this is as if the colleague had gone.
* ``NAMED`` (C): the highest numbers go, idle or not, and finish their customer first (L4, L9).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from planner.sim.engine import Clerks, Hand, House, Outcomes, Queue, get_engine
from planner.sim.streams import stream
from planner.units import MS_PER_DAY, MS_PER_HOUR
from tests.theory_sim.queues import Floats, Markov, open_house, queue_of, waits

Hours = NDArray[np.int64]


class Closing(StrEnum):
    """The rule when desks close, by the letter of the tables."""

    COUNT = "A"
    LEAVING = "B"
    NAMED = "C"


@dataclass(frozen=True)
class OfficeDay:
    """Arrivals an hour, clerks by the hour, mean minutes of service, late beyond the threshold."""

    rates: tuple[float, ...]
    plan: tuple[int, ...]
    minutes: float
    threshold: float


@dataclass(frozen=True)
class DaySums:
    """Sums by day and hour of arrival, shape (days, hours): customers, late, delayed, minutes."""

    count: Floats
    late: Floats
    delayed: Floats
    waited: Floats


def simulated(office: OfficeDay, closing: Closing, days: int, seed: int) -> DaySums:
    """Play so many days under a closing rule."""
    queue, cell = _customers(office, days, seed)
    if closing is Closing.COUNT:
        outcomes = _play(office, queue, *_desks_change(office, days))
    elif closing is Closing.NAMED:
        outcomes = _play(office, queue, _roster(office, *_named(office, days)), None)
    else:
        clerks = _roster(office, *_leaving(office, days))
        over = np.full(len(clerks.start), Hand.OVER, dtype=np.int8)
        outcomes = _play(office, queue, clerks._replace(hands=over), None)
    wait = waits(queue, outcomes)
    return DaySums(
        *(
            _by_cell(cell, values, days, len(office.plan))
            for values in (np.ones(len(wait)), wait > office.threshold, wait > 0, wait)
        )
    )


def _customers(office: OfficeDay, days: int, seed: int) -> tuple[Queue, Hours]:
    draw = stream(seed, 0, "office days", *office.plan)
    hours = len(office.plan)
    cell = np.repeat(np.arange(hours * days), draw.poisson(np.tile(office.rates, days)))
    day, hour = np.divmod(cell, hours)
    within = (hour + draw.random(len(cell))) * MS_PER_HOUR
    arrival = np.floor(day * MS_PER_DAY + within).astype(np.int64)
    order = np.argsort(arrival, kind="stable")
    return queue_of(arrival[order], draw, Markov(1.0, office.minutes, 1)), cell[order]


def _by_cell(cell: Hours, values: NDArray[np.generic], days: int, hours: int) -> Floats:
    sums = np.bincount(cell, weights=values.astype(np.float64), minlength=days * hours)
    return np.asarray(sums.reshape(days, hours), dtype=np.float64)


def _play(
    office: OfficeDay, queue: Queue, clerks: Clerks, desks: tuple[Hours, Hours] | None
) -> Outcomes:
    days = int(queue.arrival[-1]) // MS_PER_DAY + 1
    opening = np.arange(days, dtype=np.int64) * MS_PER_DAY
    house = open_house(opening, opening + len(office.plan) * MS_PER_HOUR, 999)
    if desks is not None:
        house = _with_desks(house, *desks)
    return get_engine("compiled").run(queue, clerks, house)


def _with_desks(house: House, since: Hours, desks: Hours) -> House:
    return house._replace(desks_from=since, desks=desks.astype(np.int32))


def _desks_change(office: OfficeDay, days: int) -> tuple[Clerks, tuple[Hours, Hours]]:
    """Return clerks who are there all day, and the changes of desks (rule A)."""
    hours, staff = len(office.plan), max(office.plan)
    everyone = np.zeros((days, staff), dtype=np.int64)
    clerks = _roster(office, everyone, everyone + hours)
    since = np.arange(days)[:, None] * MS_PER_DAY + np.arange(hours) * MS_PER_HOUR
    return clerks, (since.ravel(), np.tile(np.array(office.plan), days))


def _named(office: OfficeDay, days: int) -> tuple[list[Hours], list[Hours]]:
    """Return starts and ends by clerk: clerk i is there in hours with more than i (rule C)."""
    starts, ends = [], []
    for clerk in range(max(office.plan)):
        spans = _runs(office.plan, clerk)
        starts.append(np.tile(np.array([start for start, _ in spans]), (days, 1)))
        ends.append(np.tile(np.array([end for _, end in spans]), (days, 1)))
    return starts, ends


def _leaving(office: OfficeDay, days: int) -> tuple[Hours, Hours]:
    """Return starts and ends of clerks who go at a fall of the staff, first come first gone.

    Every clerk is there once a day, so that who joins is never somebody still busy.
    """
    plan, hours = office.plan, len(office.plan)
    change = np.diff(plan, prepend=0)
    start = np.repeat(np.arange(hours), np.maximum(change, 0))
    end = np.repeat(np.arange(hours), np.maximum(-change, 0))
    end = np.append(end, np.full(len(start) - len(end), hours))
    return np.tile(start, (days, 1)), np.tile(end, (days, 1))


def _roster(
    office: OfficeDay, starts: Sequence[Hours] | Hours, ends: Sequence[Hours] | Hours
) -> Clerks:
    """Return clerks from hours by day: arrays (days, clerks), or one (days, spans) a clerk."""
    if isinstance(starts, np.ndarray):
        starts, ends = list(starts.T[..., None]), list(np.asarray(ends).T[..., None])
    days = np.arange(len(starts[0]), dtype=np.int64)[:, None] * MS_PER_DAY
    first = [(days + s * MS_PER_HOUR).ravel() for s in starts]
    last = [(days + e * MS_PER_HOUR).ravel() for e in ends]
    start, end = np.concatenate(first), np.concatenate(last)
    return Clerks(
        first=np.cumsum([0, *map(len, first)]).astype(np.int32),
        start=start,
        end=end,
        mask=np.ones_like(start),
        pause=np.zeros_like(start),
        stays=(end % MS_PER_DAY) == len(office.plan) * MS_PER_HOUR,
        hands=np.zeros(len(start), dtype=np.int8),
        speed=np.full(len(first), 1000, dtype=np.int32),
    )


def _runs(plan: Sequence[int], clerk: int) -> list[tuple[int, int]]:
    """Return the spans of hours in which the plan has more than ``clerk`` clerks."""
    runs: list[tuple[int, int]] = []
    for hour, count in enumerate(plan):
        if count > clerk and runs and runs[-1][1] == hour:
            runs[-1] = (runs[-1][0], hour + 1)
        elif count > clerk:
            runs.append((hour, hour + 1))
    return runs

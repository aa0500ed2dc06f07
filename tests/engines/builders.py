"""Small locations by hand: times in minutes, readable defaults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.sim.engine import CLASS_SHIFT, ENDLESS, Clerks, Hand, House, Queue
from planner.units import MS_PER_MINUTE


def ms(minutes: float) -> int:
    """Return minutes as milliseconds."""
    return round(minutes * MS_PER_MINUTE)


@dataclass(frozen=True)
class A:
    """A customer: ``arrives`` and ``works`` for so long; with ``booked`` an appointment."""

    arrives: float
    works: float = 10
    skill: int = 0
    booked: float | None = None
    bonus: float = 0
    klass: int = 0
    patience: Sequence[float | None] = (None,)
    delays: Sequence[float] = ()


@dataclass(frozen=True)
class P:
    """A piece of a shift from ``start`` to ``end`` with ``skills``, then a ``pause``."""

    start: float
    end: float
    skills: Sequence[int] = (0,)
    pause: float = 0
    stays: bool = False
    hands: Hand = Hand.FINISH


@dataclass(frozen=True)
class Place:
    """Doors, desks and balking; ``desks`` as (from, number) changes."""

    doors: Sequence[tuple[float, float]] = ((0, 600),)
    desks: Sequence[tuple[float, int]] = ((0, 99),)
    balk: float | None = None
    mean_work: Sequence[float] = (10, 10)
    tries: int = field(default=3)
    desk_loss: bool = False


def queue(*customers: A) -> Queue:
    """Return the customers as a queue, in the order given (which must be that of arrival)."""
    depth = max((len(a.delays) for a in customers), default=0)
    rank = [
        (a.klass << CLASS_SHIFT) + ms(a.arrives if a.booked is None else a.booked - a.bonus)
        for a in customers
    ]
    patience = [[_limit(p) for p in _padded(a.patience, depth + 1)] for a in customers]
    delay = [[ms(d) for d in (*a.delays, *[1.0] * (depth - len(a.delays)))] for a in customers]
    size = len(customers)
    return Queue(
        arrival=np.array([ms(a.arrives) for a in customers], dtype=np.int64),
        rank=np.array(rank, dtype=np.int64),
        work=np.array([ms(a.works) for a in customers], dtype=np.int32),
        skill=np.array([a.skill for a in customers], dtype=np.int8),
        patience=np.array(patience, dtype=np.int32).reshape(size, depth + 1),
        delay=np.array(delay, dtype=np.int32).reshape(size, depth),
        tries=np.array([len(a.delays) for a in customers], dtype=np.int8),
        may_balk=np.array([a.booked is None for a in customers], dtype=np.bool_),
    )


def clerks(*shifts: Sequence[P], speed: Sequence[int] | None = None) -> Clerks:
    """Return one clerk for each sequence of pieces."""
    pieces = [piece for shift in shifts for piece in shift]
    return Clerks(
        first=np.cumsum([0, *map(len, shifts)]).astype(np.int32),
        start=np.array([ms(p.start) for p in pieces], dtype=np.int64),
        end=np.array([ms(p.end) for p in pieces], dtype=np.int64),
        mask=np.array([sum(1 << s for s in p.skills) for p in pieces], dtype=np.int64),
        pause=np.array([ms(p.pause) for p in pieces], dtype=np.int64),
        stays=np.array([p.stays for p in pieces], dtype=np.bool_),
        hands=np.array([p.hands for p in pieces], dtype=np.int8),
        speed=np.array(speed or [1000] * len(shifts), dtype=np.int32),
    )


def house(place: Place, staff: Clerks) -> House:
    """Return doors, desks and balking; who stays at a closing is read from the clerks."""
    closing = np.array([ms(door[1]) for door in place.doors], dtype=np.int64)
    remaining = [
        int(np.bitwise_or.reduce(staff.mask[staff.stays & (staff.end == end)])) for end in closing
    ]
    return House(
        opening=np.array([ms(door[0]) for door in place.doors], dtype=np.int64),
        closing=closing,
        remaining=np.array(remaining, dtype=np.int64),
        desks_from=np.array([ms(change[0]) for change in place.desks], dtype=np.int64),
        desks=np.array([change[1] for change in place.desks], dtype=np.int32),
        desk_loss=int(place.desk_loss),
        balk=-1 if place.balk is None else ms(place.balk),
        mean_work=np.array([ms(mean) for mean in place.mean_work], dtype=np.int64),
    )


def location(
    staff: Clerks, *customers: A, place: Place | None = None
) -> tuple[Queue, Clerks, House]:
    """Return what an engine plays."""
    return queue(*customers), staff, house(place or Place(), staff)


def desks_fall() -> tuple[Queue, Clerks, House]:
    """Return two clerks with one desk from minute 10, at which the second customer comes."""
    place = Place(desks=((0, 2), (10, 1)))
    staff = clerks([P(0, 600)], [P(0, 600)])
    return location(staff, A(0, 30), A(10, 10), A(20, 10), place=place)


def stay_ends() -> tuple[Queue, Clerks, House]:
    """Return a clerk who stays for somebody without a desk, whose patience ends at an arrival."""
    staff = clerks([P(0, 60, stays=True), P(200, 300)])
    place = Place(doors=((0, 60), (90, 300)), desks=((0, 9), (50, 0), (150, 9)))
    return location(staff, A(55, patience=(45,)), A(100, skill=1), A(120), A(130), place=place)


def _limit(patience: float | None) -> int:
    return ENDLESS if patience is None else ms(patience)


def _padded(values: Sequence[float | None], length: int) -> list[float | None]:
    return [*values, *[values[-1]] * (length - len(values))]

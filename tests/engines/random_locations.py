"""Random locations that use every feature at once, with all times on a grid."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.sim.engine import CLASS_SHIFT, ENDLESS, Clerks, Hand, House, Queue
from planner.sim.streams import stream
from planner.units import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE

Piece = tuple[int, int, int, int, bool]


@dataclass(frozen=True)
class Shape:
    """What a random location is like: all times are multiples of ``grid`` milliseconds."""

    grid: int = 1
    days: int = 2
    customers: int = 250
    clerks: int = 8
    skills: int = 3
    balks: bool = True
    redials: bool = True
    hands_on: bool = False


def random_location(seed: int, shape: Shape) -> tuple[Queue, Clerks, House]:
    """Return one location: customers, clerks and house that fit each other."""
    draw = stream(seed, 0, "random location", shape.grid)
    doors = _doors(draw, shape)
    clerks = _clerks(draw, shape, doors)
    queue, house = _queue(draw, shape, doors), _house(draw, shape, doors, clerks)
    if shape.hands_on:
        clerks, house = _with_rules(draw, clerks, house)
    return queue, clerks, house


def untimed_location(seed: int, grid: int, hands_on: bool = False) -> tuple[Queue, Clerks, House]:
    """Return a location where the end of patience is no event: nobody comes again, nobody balks.

    Few desks, so that clerks who stay wait for patience to end.
    """
    shape = Shape(grid=grid, days=3, customers=400, clerks=10, balks=False, redials=False)
    shape = replace(shape, hands_on=hands_on)
    queue, clerks, house = random_location(seed, shape)
    lean = queue._replace(
        patience=np.ascontiguousarray(queue.patience[:, :1]),
        delay=np.empty((len(queue.arrival), 0), dtype=np.int32),
    )
    desks = np.minimum(house.desks, 3 + seed % 5).astype(np.int32)
    return lean, clerks, house._replace(balk=-1, desks=desks)


def _with_rules(draw: np.random.Generator, clerks: Clerks, house: House) -> tuple[Clerks, House]:
    """Mix what becomes of cases in hand piece by piece (L16); desks fall more often (L19)."""
    hands = draw.choice([Hand.FINISH, Hand.OVER, Hand.BACK], len(clerks.start), p=[0.2, 0.4, 0.4])
    since = np.sort(draw.choice(clerks.start, 12)) if len(clerks.start) else house.desks_from
    desks = draw.integers(0, len(clerks.speed) + 2, len(since)).astype(np.int32)
    loss = int(draw.random() < 0.6)
    return (
        clerks._replace(hands=hands.astype(np.int8)),
        house._replace(desks_from=since, desks=desks, desk_loss=loss),
    )


def _snap(values: NDArray[np.float64], grid: int) -> NDArray[np.int64]:
    return np.maximum(np.round(values / grid).astype(np.int64), 0) * grid


def _doors(draw: np.random.Generator, shape: Shape) -> list[tuple[int, int]]:
    doors = []
    for day in range(shape.days):
        start = day * MS_PER_DAY + 8 * MS_PER_HOUR
        if draw.random() < 0.4:
            doors += [
                (start, start + 4 * MS_PER_HOUR),
                (start + 5 * MS_PER_HOUR, start + 8 * MS_PER_HOUR),
            ]
        else:
            doors.append((start, start + 7 * MS_PER_HOUR))
    return doors


def _clerks(draw: np.random.Generator, shape: Shape, doors: list[tuple[int, int]]) -> Clerks:
    pieces: list[list[Piece]] = []
    for _ in range(int(draw.integers(1, shape.clerks + 1))):
        mine: list[Piece] = []
        for opening, closing in doors:
            if draw.random() < 0.85:
                mine += _pieces(draw, shape, opening, closing)
        pieces.append(mine)
    flat = [piece for mine in pieces for piece in mine]
    columns: list[tuple[object, ...]] = list(zip(*flat, strict=True)) if flat else [()] * 5
    return Clerks(
        first=np.cumsum([0, *map(len, pieces)]).astype(np.int32),
        start=np.array(columns[0], dtype=np.int64),
        end=np.array(columns[1], dtype=np.int64),
        mask=np.array(columns[2], dtype=np.int64),
        pause=np.array(columns[3], dtype=np.int64),
        stays=np.array(columns[4], dtype=np.bool_),
        hands=np.zeros(len(flat), dtype=np.int8),
        speed=draw.choice([500, 1000, 1000, 1000], len(pieces)).astype(np.int32),
    )


def _pieces(draw: np.random.Generator, shape: Shape, opening: int, closing: int) -> list[Piece]:
    """Return up to three pieces of one clerk in one open interval, some with breaks between."""
    step = max(shape.grid, MS_PER_MINUTE) if draw.random() < 0.5 else 30 * MS_PER_MINUTE
    edges = np.unique(draw.integers(0, (closing - opening) // step + 1, 6)) * step + opening
    if draw.random() < 0.5:
        edges[-1] = closing
    pieces: list[Piece] = []
    for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        pauses = draw.random() < 0.3 and end != closing
        mask = int(draw.integers(1, 1 << shape.skills))
        if pieces and pieces[-1][3]:
            start = min(start + pieces[-1][3], end)
        if draw.random() < 0.8 and start < end:
            pause = 15 * MS_PER_MINUTE if pauses else 0
            pieces.append((start, end, mask, pause, end == closing and draw.random() < 0.8))
    return pieces


def _queue(draw: np.random.Generator, shape: Shape, doors: list[tuple[int, int]]) -> Queue:
    count = int(draw.integers(1, shape.customers + 1))
    opening, closing = np.array(doors).T
    door = draw.integers(0, len(doors), count)
    inside = opening[door] + draw.random(count) * (closing - opening)[door]
    stray = draw.random(count) < 0.03
    arrival = _snap(np.where(stray, inside + 3 * MS_PER_HOUR, inside), shape.grid)
    arrival.sort()
    booked = draw.random(count) < 0.4
    due = np.where(booked, arrival + _snap(draw.normal(0, 8e5, count), shape.grid), arrival)
    classes = draw.integers(0, 3, count)
    patience = _snap(draw.exponential(12 * MS_PER_MINUTE, (count, 4)), shape.grid)
    patience[draw.random(count) < 0.3] = ENDLESS
    delay = _snap(draw.exponential(10 * MS_PER_MINUTE, (count, 3)), shape.grid) + shape.grid
    work = _snap(draw.gamma(2.0, 5 * MS_PER_MINUTE, count), shape.grid) + shape.grid
    return Queue(
        arrival=arrival,
        rank=(classes.astype(np.int64) << CLASS_SHIFT) + due,
        work=work.astype(np.int32),
        skill=draw.integers(0, shape.skills, count).astype(np.int8),
        patience=np.minimum(patience, ENDLESS).astype(np.int32),
        delay=delay.astype(np.int32),
        tries=(draw.integers(0, 4, count) * shape.redials).astype(np.int8),
        may_balk=~booked & shape.balks,
    )


def _house(
    draw: np.random.Generator, shape: Shape, doors: list[tuple[int, int]], clerks: Clerks
) -> House:
    opening, closing = np.array(doors, dtype=np.int64).T.copy()
    stays = [clerks.mask[clerks.stays & (clerks.end == instant)] for instant in closing]
    middle = int(opening[0] + 2 * MS_PER_HOUR)
    return House(
        opening=opening,
        closing=closing,
        remaining=np.array([np.bitwise_or.reduce(masks) for masks in stays], dtype=np.int64),
        desks_from=np.array([0, middle, middle + MS_PER_HOUR], dtype=np.int64),
        desks=draw.integers(1, shape.clerks + 1, 3).astype(np.int32),
        desk_loss=0,
        balk=int(draw.choice([-1, 10 * MS_PER_MINUTE, 60 * MS_PER_MINUTE])),
        mean_work=np.full(shape.skills, 10 * MS_PER_MINUTE, dtype=np.int64),
    )

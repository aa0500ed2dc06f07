"""The recipe: relax, decide, settle, name, exchange."""

from __future__ import annotations

import math
import time
from typing import NamedTuple

import numpy as np

from planner.model.roster.arrays import NOT_WORKING, OFF, Lines, Week, empty_lines
from planner.model.roster.unnamed.clock import Clock
from planner.model.roster.unnamed.compiled_exchange import (
    Exchange,
    Shifts,
    exchange,
    exchange_of,
    left_by,
)
from planner.model.roster.unnamed.decide import decide, relaxed_plan
from planner.model.roster.unnamed.naming import named
from planner.model.roster.unnamed.plain_week import PlainWeek
from planner.model.roster.unnamed.settle import settle


class Stage(NamedTuple):
    """A stage of exchanging.

    Attributes
    ----------
    tries : int
        For each person.
    heat, cooled : float
        At first and at last [cells worked wrongly].
    dear : float
        Price of a person missing in a cell [cells worked wrongly]; 0 if the cover stands.
    """

    tries: int
    heat: float
    cooled: float
    dear: float


#: First the cover stands; what is wrong then is bought, little by little.
FREELY, BOUGHT = Stage(25_000, 1.0, 0.15, 0.0), Stage(15_000, 0.12, 0.05, 1.2)
#: If that was not enough: at a price that is always paid.
AT_LAST = Stage(10_000, 0.05, 0.05, 0.9)
#: Times that shifts are exchanged from the start, and that what is left is bought; the best counts.
ATTEMPTS, PURCHASES = 4, 20
#: More attempts are made while so many times as long as they have taken is left.
SPARE = 3.0
#: Seconds that a week of ``MEASURED`` shares (person, day, group) takes, and how they grow.
SECONDS, MEASURED, GROWTH = 190.0, 15_700, 1.3


def seconds_for(plain: PlainWeek) -> float:
    """Return about how long ``unnamed_roster`` takes [s]."""
    shares = sum(len(own) * int(plain.free[e].sum()) for e, own in enumerate(plain.groups))
    return float(SECONDS * (shares / MEASURED) ** GROWTH)


def unnamed_roster(plain: PlainWeek, week: Week, clock: Clock, seed: int) -> Lines | None:
    """Return a roster of a plain week; None if none was found in time.

    Parameters
    ----------
    clock : Clock
        When it is over, this ends soon without a roster.
    """
    shifts = shifts_of(plain, clock, seed)
    return None if shifts is None else _lines(week, shifts)


def shifts_of(plain: PlainWeek, clock: Clock, seed: int) -> Shifts | None:
    """Return the shifts of a plain week; None if none were found in time."""
    plan = relaxed_plan(plain, clock)
    if plan is None or not decide(plan, clock) or not settle(plan, clock):
        return None
    return exchanged(plain, named(plan), clock, seed)


def exchanged(plain: PlainWeek, shifts: Shifts, clock: Clock, seed: int) -> Shifts | None:
    """Return shifts in which everybody works what they owe; None if none were found in time.

    ``shifts`` have the best cover that was found, so the attempts end once nothing was bought.
    """
    best: Shifts | None = None
    value, least = np.inf, _missing(plain, shifts)
    began, attempt = time.monotonic(), 0
    while value > least and _goes_on(attempt, time.monotonic() - began, clock):
        freely = exchange_of(plain, shifts, seed + attempt)
        _go_through(freely, FREELY, clock)
        for purchase in range(PURCHASES):
            state = exchange_of(plain, freely.shifts, seed + ATTEMPTS + purchase)
            _go_through(state, BOUGHT, clock)
            _go_through(state, AT_LAST, clock)
            now = _missing(plain, state.shifts)
            if state.figures[0] == 0 and now < value:
                best, value = state.shifts, now
        attempt += 1
    return best


def _goes_on(attempt: int, seconds: float, clock: Clock) -> bool:
    """Tell whether another attempt is made after ``seconds`` of attempts."""
    spare = not math.isinf(clock.left) and clock.left > SPARE * seconds
    return attempt < ATTEMPTS or spare


def _go_through(state: Exchange, stage: Stage, clock: Clock, parts: int = 10) -> None:
    """Go through a stage, looking at the clock now and then."""
    cooler = (stage.cooled / stage.heat) ** (1.0 / parts)
    heat = stage.heat
    for _ in range(parts):
        if not clock.over:
            tries = stage.tries * len(state.owed) // parts
            exchange(state, tries, heat, heat * cooler, stage.dear)
        heat *= cooler


def _missing(plain: PlainWeek, shifts: Shifts) -> float:
    """Return the price of the people missing [points]."""
    missing = np.maximum(left_by(plain, shifts), 0).sum(axis=(1, 2))
    return float((missing * (plain.short + plain.over)).sum())


def _lines(week: Week, shifts: Shifts) -> Lines:
    """Return ``shifts`` as lines of ``week``."""
    lines = empty_lines(len(shifts.group), week.grid)
    works = shifts.group != OFF
    lines.group[works], lines.start[works] = shifts.group[works], shifts.start[works]
    lines.end[works] = shifts.end[works]
    for e, d in np.argwhere(works):
        row = week.groups.rows[shifts.group[e, d]]
        lines.activity[e, d, shifts.start[e, d] : shifts.end[e, d]] = row
    assert (lines.activity[~works] == NOT_WORKING).all()
    return lines

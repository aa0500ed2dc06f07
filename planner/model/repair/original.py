"""What a roster was before it is mended, and what each change of it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from planner.domain.change import ChangePrices
from planner.domain.roster import Activity, Assignment, Roster
from planner.model.roster.arrays import BACK_OFFICE, NOT_WORKING, OFF, Bools, Floats, Lines
from planner.model.roster.model import RosterModel, place_shift

#: Employee and day.
Cell = tuple[str, date]


class Original(NamedTuple):
    """The roster before, and the prices of leaving it.

    Attributes
    ----------
    lines : Lines
        Everybody's line before.
    shift_price : float64 (E, D)
        Price of another shift than before; 0 where the shift before is no longer possible.
    person_price : float64 (E,)
        Price of any change of shifts on days on which it would not have to be; 0 for new people.
    work_price : float
        Price of a day with other activities or another break in the same shift.
    possible : bool (E, D)
        Whether what was before is still possible.
    locked : bool (E, D)
        Whether it must stay.
    counted : bool (E,)
        Whether a change touches a person who could have been left alone: neither somebody who
        must change nor somebody new.
    """

    lines: Lines
    shift_price: Floats
    person_price: Floats
    work_price: float
    possible: Bools
    locked: Bools
    counted: Bools


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must and may change.

    Attributes
    ----------
    before : Roster
        The roster to be mended.
    added : frozenset of str
        New people: their shifts cost nothing.
    locked : frozenset of (employee, day)
        What must stay.
    published : frozenset of date
        Days that people have been told.
    today : date
        From when on days are near.
    prices : ChangePrices
        What changes cost.
    """

    before: Roster
    added: frozenset[str]
    locked: frozenset[Cell]
    published: frozenset[date]
    today: date
    prices: ChangePrices


def original(model: RosterModel, wanted: Wanted) -> Original:
    """Return the arrays of ``wanted``.

    A shift that ``model`` does not know because the case has changed is no longer possible.  One
    that it does not know though the person is there that day (another break than the shortest,
    say) is counted as it is and stays, with the person's whole line.
    """
    lines = model.lines(wanted.before)
    names, staff = model.names, model.week.staff
    shape = (len(names.employees), len(names.days))
    possible, locked = np.ones(shape, np.bool_), np.zeros(shape, np.bool_)
    index = {name: e for e, name in enumerate(names.employees)}
    for shift in wanted.before.assignments:
        if shift.day not in names.days:
            continue
        e, d = index[shift.employee], names.days.index(shift.day)
        if lines.group[e, d] != OFF and _in_house(model, lines, e, d):
            continue
        if staff.free[e, d] and not _closed(model, shift, d) and _odd(model, shift, lines, (e, d)):
            locked[e, :] = True
        else:
            possible[e, d] = False
    for employee, day in wanted.locked:
        if employee in index and day in names.days:
            locked[index[employee], names.days.index(day)] = True
    locked &= possible
    fresh = np.array([name in wanted.added for name in names.employees])
    counted = possible.all(axis=1) & ~fresh
    price = np.where(possible & ~fresh[:, None], _day_prices(model, wanted)[None, :], 0.0)
    person = np.where(fresh, 0.0, wanted.prices.person)
    return Original(lines, price, person, wanted.prices.work, possible, locked, counted)


def _day_prices(model: RosterModel, wanted: Wanted) -> Floats:
    prices = wanted.prices
    return np.array(
        [
            prices.shift
            + prices.near * (0 <= (day - wanted.today).days < prices.near_days)
            + prices.published * (day in wanted.published)
            for day in model.names.days
        ]
    )


def _in_house(model: RosterModel, lines: Lines, e: int, d: int) -> bool:
    """Tell whether the building may be staffed during the whole shift."""
    place = int(model.week.groups.place[lines.group[e, d]])
    places = model.week.places
    return bool(
        places.first[place, d] <= lines.start[e, d] and lines.end[e, d] <= places.last[place, d]
    )


def _closed(model: RosterModel, shift: Assignment, d: int) -> bool:
    if shift.location not in model.names.locations:
        return True
    place = model.names.locations.index(shift.location)
    first, last = (int(edge[place, d]) for edge in model.week.places[:2])
    return shift.end_minute > model.clock.minute(last) or shift.start_minute < model.clock.minute(
        first
    )


def _odd(model: RosterModel, shift: Assignment, lines: Lines, at: tuple[int, int]) -> bool:
    """Write a shift that the model would not make, as far as cells go; tell whether it could."""
    plain = Assignment(
        shift.employee, shift.day, shift.location, shift.start_minute, shift.end_minute, ()
    )
    if place_shift(model, shift, lines):
        return True
    e, d = at
    groups = model.week.staff.groups[
        model.week.staff.first_group[e] : model.week.staff.first_group[e + 1]
    ]
    here = [
        int(g)
        for g in groups
        if model.names.locations[int(model.week.groups.place[g])] == plain.location
    ]
    if not here:
        return False
    cell = [model.clock.at_or_after(m) for m in (plain.start_minute, plain.end_minute)]
    lines.group[e, d], lines.start[e, d], lines.end[e, d] = here[0], *cell
    rows = {model.names.rows[k]: k for k in range(len(model.names.rows))}
    place = int(model.week.groups.place[here[0]])
    for piece in shift.pieces:
        first, last = (model.clock.at_or_after(m) for m in (piece.start_minute, piece.end_minute))
        work = rows.get((place, piece.skill), BACK_OFFICE)
        lines.activity[e, d, first:last] = NOT_WORKING if piece.activity is Activity.BREAK else work
    return True

"""The week of a city as arrays: what compiled pricing and search read.

Indices: e employee, d day, c cell of the day, l location, k cover row (location and skill),
g group (a location with the activities that some employee may do there), s span (shift length).
A *cell* is the finest step of the day that shifts and the requirement share; all minutes are in
cells here.  A *kind* is what the days of a line see of a shift: its span, whether it is late, and
how it stands to the night before and after; kind = (s * ends + end class) * starts + start class.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Price of what is not allowed [points].
FORBIDDEN = 1e7
#: Price of a cell in which a trainee is alone where that is law: more than a line can save
#: otherwise, and small enough for a whole week of it to be less than what is certain in a repair
#: (``compiled_respond.CERTAIN``) [points].
ALONE = float(2**20)

OFF = -1
BACK_OFFICE = -1
NOT_WORKING = -2


class Grid(NamedTuple):
    """Which shifts exist.

    Attributes
    ----------
    days, cells : int
        Days of the horizon, cells of a day.
    start_on, end_on : bool (cells + 1,)
        Cells at which shifts may start and end.
    span, paid, pause : int64 (S,)
        Length of a shift, the paid part and the break [cells]; a span without a lawful break
        is left out.
    pause_first, pause_last : int64 (S,)
        Earliest and latest start of the break within the shift [cells].
    pause_on : bool (cells + 1,)
        Cells at which breaks may start.
    end_class, start_class : int64 (cells + 1,)
        Class of a shift by its end and by its start.
    end_late : bool (ends,)
        Whether shifts of an end class are late.
    end_night : int64 (ends,)
        What the end leaves for the next morning: 0 nothing, else a class of ``rested``.
    rested : bool (rests, days, nights, starts)
        Whether a start class may follow the night class on day d, by rule of rest.
    letter : int64 (kinds,)
        What the trails of the staff see of a kind of shift: 1, or by the types of shift that some
        rule counts a number from 1 on (``type_counts``); 0 is a day off.
    """

    days: int
    cells: int
    start_on: Bools
    end_on: Bools
    span: Ints
    paid: Ints
    pause: Ints
    pause_first: Ints
    pause_last: Ints
    pause_on: Bools
    end_class: Ints
    start_class: Ints
    end_late: Bools
    end_night: Ints
    rested: Bools
    letter: Ints


class Places(NamedTuple):
    """What the locations need.

    Attributes
    ----------
    first, last : int64 (L, D)
        Staffed time [cells]; equal where closed.
    desks : int64 (L,)
        Most people who serve at once.
    row_place : int64 (K,)
        Location of a cover row.
    need, short, over : int64 (K, D, C), float64 (K,), float64 (K,)
        People required, and the prices per person and cell.
    present_need, present_price : int64 (2, L, D, C), float64 (2,)
        People present, for minimum presence and for opening and closing duty.
    back_need, back_price : float64 (L,), float
        Back-office work [cells] and the price per cell not done.
    learner_price : float64 (H,)
        Price of a cell in which somebody learning is alone, by class of learner; none where no
        rule asks.
    experienced, learners : int64 (L, D, C), int64 (H, L, D, C)
        Experienced people and learners who are present whatever is planned.
    """

    first: Ints
    last: Ints
    desks: Ints
    row_place: Ints
    need: Ints
    short: Floats
    over: Floats
    present_need: Ints
    present_price: Floats
    back_need: Floats
    back_price: float
    learner_price: Floats
    experienced: Ints
    learners: Ints


class Groups(NamedTuple):
    """Locations with the activities that some employee may do there.

    Attributes
    ----------
    place : int64 (G,)
        Location.
    first_row : int64 (G + 1,)
        ``rows[first_row[g]:first_row[g + 1]]`` are the cover rows that may be served.
    rows : int64
        Cover rows.
    back : bool (G,)
        Whether back-office work is possible.
    experienced : bool (G,)
        Whether learners may work beside these people.
    learner : int64 (G,)
        Class of learners that these people are; -1 for others.
    """

    place: Ints
    first_row: Ints
    rows: Ints
    back: Bools
    experienced: Bools
    learner: Ints


class Staff(NamedTuple):
    """What the employees may work and what it costs by itself.

    Attributes
    ----------
    first_group : int64 (E + 1,)
        ``groups[first_group[e]:first_group[e + 1]]`` are the groups in which e may work.
    groups, group_cost : int64, float64
        Groups, and the price of a day in them (away from home, travel).
    free : bool (E, D)
        Days on which e may work.
    day_cost, early_cost, late_cost : float64 (E, D)
        Price of working, of ending after ``early_end``, of starting before ``late_start``.
    early_end, late_start : int
        Ends after, starts before these cells refuse the wish.
    earliest, latest : int64 (E, D)
        Nobody starts before, ends after these cells.
    longest : int64 (E,)
        Most paid cells of a day.
    rest : int64 (E,)
        Rule of rest, an index of ``rested`` of the grid.
    most_days : int64 (E,)
        Working days at the most.
    most_run, run_before : int64 (E,)
        Working days in a row at the most (-1: no line can have too many), and those just before
        the horizon.
    most : int64 (E,)
        Most paid cells of the week.
    paid_cost : float64 (E, P)
        Price of the paid cells of the week; infinite where not allowed.
    late_shift_cost : float64 (E, D + 1)
        Price of the number of late shifts.
    trail : int64 (E,)
        What the days worked and off leave for the days to come and for the price: an index of the
        three below (``trails``); the first has one state and no price.
    trail_count : int64 (A, D + 1)
        States after each number of days; one before the first day.
    trail_next : int64 (A, D, T, letters)
        State after a day of each letter of the grid; ``OFF`` where the day may not be so.
    trail_cost : float64 (A, T)
        Price of the last state.
    """

    first_group: Ints
    groups: Ints
    group_cost: Floats
    free: Bools
    day_cost: Floats
    early_cost: Floats
    late_cost: Floats
    early_end: int
    late_start: int
    earliest: Ints
    latest: Ints
    longest: Ints
    rest: Ints
    most_days: Ints
    most_run: Ints
    run_before: Ints
    most: Ints
    paid_cost: Floats
    late_shift_cost: Floats
    trail: Ints
    trail_count: Ints
    trail_next: Ints
    trail_cost: Floats


class Week(NamedTuple):
    """Everything of the week."""

    grid: Grid
    places: Places
    groups: Groups
    staff: Staff


class Lines(NamedTuple):
    """One line per employee.

    Attributes
    ----------
    group, start, end, pause : int64 (E, D)
        Group (``OFF`` on a day off), start and end of the shift and start of the break [cells];
        ``pause`` is -1 where there is none.
    activity : int64 (E, D, C)
        Cover row served, ``BACK_OFFICE`` or ``NOT_WORKING``.
    """

    group: Ints
    start: Ints
    end: Ints
    pause: Ints
    activity: Ints


def empty_lines(employees: int, grid: Grid) -> Lines:
    """Return lines in which nobody works."""
    shape = (employees, grid.days)
    return Lines(
        np.full(shape, OFF),
        np.zeros(shape, np.int64),
        np.zeros(shape, np.int64),
        np.full(shape, -1),
        np.full((*shape, grid.cells), NOT_WORKING),
    )

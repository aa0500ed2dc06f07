"""Weeks whose shifts are intervals and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.model.roster.arrays import Bools, Floats, Ints, Week


@dataclass(frozen=True, eq=False)
class PlainWeek:
    """What a plain week asks; g group (one cover row each), d day, c cell, e employee.

    Attributes
    ----------
    shortest, longest : int
        Length of a shift [cells]; every length between them exists.
    first, last : int64 (G, D)
        Shifts lie between these cells; equal where closed.
    need, short, over : int64 (G, D, C), float64 (G,), float64 (G,)
        People required, and the prices per person and cell.
    place : int64 (G,)
        Location.
    groups : tuple of tuple of int
        Groups in which each employee may work.
    free : bool (E, D)
        Days on which e may work.
    owed, most_days : int64 (E,)
        Cells to be worked in the week, exactly, and working days at the most.
    """

    shortest: int
    longest: int
    first: Ints
    last: Ints
    need: Ints
    short: Floats
    over: Floats
    place: Ints
    groups: tuple[tuple[int, ...], ...]
    free: Bools
    owed: Ints
    most_days: Ints

    @property
    def fewest_days(self) -> Ints:
        """Working days at the least, (E,)."""
        return -(-self.owed // self.longest)

    @property
    def able(self) -> Bools:
        """Whether an employee may work in a group, (E, G)."""
        able = np.zeros((len(self.groups), len(self.place)), np.bool_)
        for employee, own in enumerate(self.groups):
            able[employee, list(own)] = True
        return able


def plain_week(week: Week) -> PlainWeek | None:
    """Return ``week`` as a plain one; None if a rule or a price of it could not be told."""
    grid, places, groups, staff = week
    if not (_plain_grid(week) and _plain_places(week) and _plain_staff(week)):
        return None
    row, place = groups.rows, groups.place
    plain = PlainWeek(
        int(grid.span.min()),
        int(grid.span.max()),
        places.first[place],
        np.minimum(places.last[place], grid.cells),
        places.need[row],
        places.short[row],
        places.over[row],
        place,
        tuple(
            tuple(staff.groups[staff.first_group[e] : staff.first_group[e + 1]].tolist())
            for e in range(len(staff.most))
        ),
        staff.free,
        np.argmin(staff.paid_cost, axis=1).astype(np.int64),
        staff.most_days,
    )
    fit = plain.fewest_days <= np.minimum(plain.most_days, plain.owed // plain.shortest)
    return plain if fit.all() else None


def _plain_grid(week: Week) -> bool:
    """Tell whether shifts are intervals of all lengths between two, at any cell."""
    grid = week.grid
    lengths = np.arange(grid.span.min(), grid.span.max() + 1) if len(grid.span) else grid.span
    return bool(
        len(grid.span)
        and np.array_equal(np.sort(grid.span), lengths)
        and np.array_equal(grid.paid, grid.span)
        and not grid.pause.any()
        and grid.start_on.all()
        and grid.end_on.all()
        and grid.rested.all()
    )


def _plain_places(week: Week) -> bool:
    """Tell whether places want cover only, by groups of one row each, and have desks for all."""
    places, groups = week.places, week.groups
    return bool(
        np.array_equal(groups.first_row, np.arange(len(groups.place) + 1))
        and len(np.unique(groups.rows)) == len(groups.rows) == len(places.need)
        and not groups.back.any()
        and not (places.present_need.any() and places.present_price.any())
        and not (places.back_need.any() and places.back_price)
        and not len(places.learner_price)
        and (places.desks >= len(week.staff.most)).all()
    )


def _plain_staff(week: Week) -> bool:
    """Tell whether people owe cells and days and nothing else."""
    grid, staff = week.grid, week.staff
    cheapest = staff.paid_cost.min(axis=1)
    return bool(
        not any(
            price.any()
            for price in (
                staff.group_cost,
                staff.day_cost,
                staff.early_cost,
                staff.late_cost,
                staff.late_shift_cost,
                staff.trail,
                staff.trail_cost[:1],
            )
        )
        and (staff.earliest <= week.places.first.min(initial=grid.cells)).all()
        and (staff.latest >= grid.cells).all()
        and (staff.longest >= grid.span.max()).all()
        and (staff.most_run < 0).all()
        and not cheapest.any()
        and (np.isfinite(staff.paid_cost).sum(axis=1) == 1).all()
    )

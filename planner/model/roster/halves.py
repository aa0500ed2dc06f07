"""Decomposition by location: two halves of the city that share nobody who moves.

Whoever may work in both halves stays put while they are searched side by side; other halves the
next time, so that nobody stays put for long.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.model.roster.arrays import Bools, Ints, Week


class Half(NamedTuple):
    """The people who may work within a half only.

    Attributes
    ----------
    people : int64
        Employees.
    members, first_member : int64
        ``members[first_member[l]:first_member[l + 1]]`` are those who may work at place l.
    """

    people: Ints
    members: Ints
    first_member: Ints


def everybody(week: Week) -> Half:
    """Return the half that is the whole city."""
    return _half(may_work(week), np.ones(len(week.places.desks), np.bool_))


def halves(week: Week, turn: int) -> tuple[Half, Half]:
    """Return two halves; they grow from another place each ``turn``."""
    may = may_work(week)
    chosen = _grown(may, turn % max(1, may.shape[1]))
    return _half(may, chosen), _half(may, ~chosen)


def may_work(week: Week) -> Bools:
    """Return who may work where; bool (E, L)."""
    staff = week.staff
    may = np.zeros((len(staff.most), len(week.places.desks)), np.bool_)
    who = np.repeat(np.arange(len(staff.most)), np.diff(staff.first_group))
    may[who, week.groups.place[staff.groups]] = True
    return may


def _half(may: Bools, chosen: Bools) -> Half:
    inside = np.asarray(may.any(axis=1) & ~may[:, ~chosen].any(axis=1))
    mine = may & inside[:, None]
    _, members = np.nonzero(mine.T)
    first = np.concatenate([[0], np.cumsum(mine.sum(axis=0))])
    return Half(np.flatnonzero(inside), members.astype(np.int64), first.astype(np.int64))


def _grown(may: Bools, start: int) -> Bools:
    """Return the places of a half: from ``start`` on, the most closely tied place next."""
    ties = may.T.astype(np.int64) @ may.astype(np.int64)
    chosen = np.zeros(may.shape[1], np.bool_)
    at = start
    while not chosen.all():
        chosen[at] = True
        if 2 * int((~may[:, ~chosen].any(axis=1)).sum()) >= len(may):
            break
        tied = np.where(chosen, -1, ties[chosen].sum(axis=0))
        at = int(np.argmax(np.roll(tied, -start)) + start) % len(tied)
    return chosen

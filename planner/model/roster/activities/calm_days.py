"""Calm days: the same cover with few changes of activity, and nobody too long with customers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.rule import Severity
from planner.model.roster.activities.compiled_exchange import PlaceDay, calm
from planner.model.roster.arrays import OFF, Floats, Ints, Lines
from planner.model.roster.model import RosterModel
from planner.model.roster.postings import price_of, stated
from planner.rules.counter_stretch import CounterStretch

#: Exchanges that are tried, by person at work.
TRIES = 4000


def calm_days(case: PlanningCase, model: RosterModel, lines: Lines, seed: int) -> Lines:
    """Return ``lines`` with activities exchanged between people of a place and day.

    Shifts and breaks stay, and so does what every location has in every cell; trainees exchange
    with trainees only, because they work at another speed.
    """
    calmer = Lines(*(part.copy() for part in lines))
    chance = np.array([seed], np.uint64)
    longest = longest_stretches(case, model)
    kinds = np.array([employee.trainee for employee in case.employees], np.int64)
    for d, people in _together(model, lines):
        day = PlaceDay(
            np.ascontiguousarray(lines.activity[people, d]),
            _able(model, lines.group[people, d]),
            kinds[people],
            longest[people],
        )
        calm(day, day.activity.copy(), TRIES * len(people), chance)
        calmer.activity[people, d] = day.activity
    return calmer


def longest_stretches(case: PlanningCase, model: RosterModel) -> Floats:
    """Return everybody's longest stretch with customers [cells], infinite where nobody asks."""
    rules = (stated(case, CounterStretch, e.contract_group) for e in case.employees)
    return np.array(
        [
            rule.minutes / model.clock.minutes
            if rule is not None and rule.severity is not Severity.OFF
            else np.inf
            for rule in rules
        ],
        np.float64,
    )


def stretch_price(case: PlanningCase, model: RosterModel, lines: Lines) -> float:
    """Return the price of all time with customers beyond the longest stretch [points]."""
    longest, total = longest_stretches(case, model), 0.0
    hours = model.clock.minutes / 60
    for e, employee in enumerate(case.employees):
        price = price_of(stated(case, CounterStretch, employee.contract_group))
        for d in np.flatnonzero(lines.group[e] != OFF) if price else ():
            runs = _runs(lines.activity[e, d, lines.start[e, d] : lines.end[e, d]] >= 0)
            total += price * hours * float(np.maximum(runs - longest[e], 0.0).sum())
    return total


def _runs(serving: np.ndarray) -> Ints:
    """Return the lengths of the runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], serving.astype(np.int64), [0]])))
    return edges[1::2] - edges[::2]


def _together(model: RosterModel, lines: Lines) -> Iterator[tuple[int, Ints]]:
    """Yield day and people of every place at which two or more are at work."""
    for d in range(model.week.grid.days):
        works = np.flatnonzero(lines.group[:, d] != OFF)
        place = model.week.groups.place[lines.group[works, d]]
        for one in np.unique(place):
            if (place == one).sum() > 1:
                yield d, works[place == one]


def _able(model: RosterModel, own: Ints) -> np.ndarray:
    """Return who can serve which row, and do back-office work, by group at hand."""
    groups = model.week.groups
    able = np.zeros((len(own), len(model.names.rows) + 1), np.bool_)
    for i, g in enumerate(own):
        able[i, groups.rows[groups.first_row[g] : groups.first_row[g + 1]]] = True
        able[i, -1] = groups.back[g]
    return able

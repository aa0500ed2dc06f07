"""Shifts and slots of a day against enumeration, and the load that desks carry against desks."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from planner.model.requirement_curve import DayWork, desks_by_slot, most_load
from planner.model.requirement_promise import Promise
from planner.model.shift_master import Shift
from planner.model.slot_master import SlotDay, shifts_and_slots, shifts_for

EFFORT = 5.0
MENU = (
    Shift("early", (True, True, False), 2),
    Shift("late", (False, True, True), 2),
    Shift("long", (True, True, True), 3),
)


def a_day(slots: int, walk_ins: tuple[float, ...] = (0.2, 1.2, 0.2)) -> SlotDay:
    """Return a day of three periods, three shifts and three bookable times."""
    return SlotDay(
        menu=MENU,
        least=(1, 1, 1),
        carried=(0.0, 0.7, 1.6),
        walk_ins=walk_ins,
        work=((0.4, 0.0, 0.0), (0.2, 0.2, 0.0), (0.0, 0.0, 0.4)),
        most_slots=(2, 2, 2),
        slots=slots,
    )


def fits(day: SlotDay, profile: tuple[int, ...], slots: tuple[int, ...]) -> bool:
    """Tell whether people carry walk-ins and slots."""
    loads = np.array(day.walk_ins) + np.array(slots) @ np.array(day.work)
    return all(
        load <= day.carried[people] + 1e-9 for load, people in zip(loads, profile, strict=True)
    )


def cheapest(day: SlotDay) -> int | None:
    """Return the least cost of any shifts and slots, counted out."""
    costs = []
    for counts in product(range(3), repeat=3):
        profile = tuple(
            sum(n for n, shift in zip(counts, MENU, strict=True) if shift.covers[period])
            for period in range(3)
        )
        if max(profile) > 2 or min(profile) < 1:
            continue
        grids = (g for g in product(range(3), repeat=3) if sum(g) == day.slots)
        if any(fits(day, profile, grid) for grid in grids):
            costs.append(sum(n * shift.cost for n, shift in zip(counts, MENU, strict=True)))
    return min(costs, default=None)


@pytest.mark.parametrize("walk_in", [0.2, 0.6, 1.2])
@pytest.mark.parametrize("slots", range(7))
def test_shifts_and_slots_cost_what_enumeration_finds(slots: int, walk_in: float) -> None:
    """Shifts and slots cost what enumeration finds."""
    day = a_day(slots, (0.2, walk_in, 0.2))
    found = shifts_and_slots(day, EFFORT)
    least = cheapest(day)
    assert found is not None
    assert found.proven
    assert sum(found.slots) + found.unplaced == slots
    if least is None:
        assert found.unplaced > 0
    else:
        assert (found.cost, found.unplaced, found.over) == (least, 0, 0.0)
        assert fits(day, found.profile, found.slots)


def test_slots_that_lie_as_given_are_never_cheaper() -> None:
    """Slots that lie as given are never cheaper."""
    day = a_day(3)
    free = shifts_and_slots(day, EFFORT)
    at_the_peak = shifts_for(day, (1, 1, 1), EFFORT)
    assert free is not None
    assert at_the_peak is not None
    assert at_the_peak.slots == (1, 1, 1)
    assert free.cost < at_the_peak.cost
    assert shifts_and_slots(day, EFFORT, at_the_peak) == free


def test_what_all_desks_cannot_carry_is_told_and_not_hidden() -> None:
    """What all desks cannot carry is told and not hidden."""
    found = shifts_and_slots(a_day(0, (0.2, 2.1, 0.2)), EFFORT)
    assert found is not None
    assert found.profile[1] == 2
    assert found.over == pytest.approx(0.5)
    assert found.proven
    assert found.bound == pytest.approx(found.cost)


def test_the_bound_leaves_out_the_price_of_what_is_lacking() -> None:
    """Slots without a place raise no bound."""
    day = a_day(9)
    found = shifts_and_slots(day, EFFORT)
    assert found is not None
    assert found.unplaced > 0
    assert found.bound == pytest.approx(found.cost)
    hurried = shifts_for(day, (0, 0, 0), EFFORT)
    assert hurried is not None
    assert hurried.unplaced == 9
    assert hurried.bound <= hurried.cost


def test_without_people_there_is_no_plan() -> None:
    """Without people there is no plan."""
    day = replace(a_day(1), carried=(0.0,))
    assert shifts_and_slots(day, EFFORT) is None


@pytest.mark.parametrize("desks", [1, 2, 3, 5, 8])
def test_the_most_load_needs_exactly_these_desks(desks: int) -> None:
    """The most load needs exactly these desks."""
    promise = Promise("wait_mean", "all", 5.0, 30.0)
    work = DayWork(np.array([2.0]), np.array([1.0]), 30.0, 12.0, 0.5)
    share = 1.0 / 3.0
    load = most_load(work, (promise,), desks)

    def needed(total: float) -> int:
        rate = total / 12.0 * 30.0
        # Without a start at empty doors: rates behind a long day give just this load.
        day = DayWork(np.full(40, (1.0 - share) * rate), np.full(40, share * rate), 30.0, 12.0, 0.5)
        return int(desks_by_slot(day, (promise,), 20)[-1])

    assert needed(load - 0.01) <= desks < needed(load + 0.01)

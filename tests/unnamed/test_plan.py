"""The programme without names: small weeks reach its price, and a part leaves the rest alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planner.model.roster.unnamed.plan import PartialModel, Plan
from tests.unnamed.plain_weeks import (
    CELLS,
    DAYS,
    LONGEST,
    SHORTEST,
    least_price,
    least_price_of,
    random_plain_week,
)

SEEDS = range(8)


def everything(week, settled: bool = False):
    """Return the plan and the programme of the whole week, everybody's days whole."""
    plan = Plan.open(week)
    everybody = range(len(week.owed))
    model = PartialModel(plan, set(week.place.tolist()), everybody, kept=False, settled=settled)
    return plan, model


def price_of(week, plan) -> float:
    """Return what is missing and beyond by starts and ends, cell by cell."""
    given = np.zeros_like(week.need)
    for (group, day), starts in plan.starts.items():
        first = int(week.first[group, day])
        for until, since, sign in ((starts, first, 1), (plan.ends[group, day], None, -1)):
            begin = first + SHORTEST if since is None else since
            for cell in range(CELLS):
                if cell >= begin:
                    given[group, day, cell] += sign * until[min(cell - begin, len(until) - 1)]
    left = week.need - given
    missing, beyond = np.maximum(left, 0).sum(axis=(1, 2)), np.maximum(-left, 0).sum(axis=(1, 2))
    return float((missing * week.short + beyond * week.over).sum())


@pytest.mark.parametrize(
    ("over", "equal"), [((1.0, 1.0, 1.0), 6), ((3.0, 1.0, 2.0), 4)], ids=["same", "differ"]
)
def test_small_weeks_cost_nearly_what_the_best_roster_costs(over, equal: int) -> None:
    """Never more than the best with every shift by name, at most 22 less, mostly the same.

    Less, because times need not be lengths of the very shifts (fixed seeds: 6 and 4 of 8 equal).
    """
    found = []
    for seed in SEEDS:
        week = replace(random_plain_week(seed), over=np.array(over))
        plan, model = everything(week, settled=True)
        point = model.programme.best(30.0)
        assert point is not None
        model.write(point)
        least = least_price_of(seed) if set(over) == {1.0} else least_price(week)
        found.append(least - price_of(week, plan))
    assert -1e-6 <= min(found) <= max(found) <= 22.0 + 1e-6
    assert sum(abs(less) < 1e-6 for less in found) == equal


def test_a_written_plan_keeps_the_laws() -> None:
    """Days are whole, one group a day, days and cells as owed, lengths as they exist."""
    week = random_plain_week(4)
    plan, model = everything(week)
    point = model.programme.best(30.0)
    assert point is not None
    model.write(point)
    assert plan.decided.all()
    for employee, (works, time) in enumerate(zip(plan.works, plan.time, strict=True)):
        assert set(works.values()) == {1.0}
        assert works.keys() == time.keys()
        assert len({day for day, _ in works}) == len(works)
        assert week.fewest_days[employee] <= len(works) <= week.most_days[employee]
        assert sum(time.values()) == pytest.approx(week.owed[employee])
        assert all(SHORTEST - 1e-6 <= t <= LONGEST + 1e-6 for t in time.values())
        assert {group for _, group in works} <= set(week.groups[employee])


def settled(week, works, time):
    """Return the plan of given days and times of one place after it is settled, and its price."""
    plan = Plan.open(week)
    plan.works, plan.time = works, time
    plan.decided[:] = True
    model = PartialModel(plan, {0}, settled=True)
    point = model.programme.best(30.0)
    assert point is not None
    model.write(point)
    return plan, float(point @ model.programme.prices)


@pytest.fixture
def alone():
    """Return a week of one group in which one person is needed all the time, and one person."""
    week = random_plain_week(0, people=1, groups=1)
    return replace(
        week,
        need=np.ones_like(week.need),
        first=np.zeros_like(week.first),
        last=np.full_like(week.last, week.need.shape[2]),
        groups=((0,),),
        owed=np.array([7]),
        most_days=np.array([DAYS]),
    )


def test_times_become_whole_and_are_what_is_worked(alone) -> None:
    """Two days of three and a half cells become three and four; starts and ends say the same."""
    days = {(0, 0): 1.0, (2, 0): 1.0}
    plan, _ = settled(alone, [days], [{(0, 0): 3.5, (2, 0): 3.5}])
    assert sorted(plan.time[0].values()) == [3.0, 4.0]
    for (day, group), cells in plan.time[0].items():
        starts, ends = plan.starts[group, day], plan.ends[group, day]
        start = int(np.flatnonzero(starts)[0])
        assert int(np.flatnonzero(ends)[0]) + SHORTEST - start == cells


def test_nobody_works_more_because_somebody_is_missing(alone) -> None:
    """A person who owes two cells too few for a day works them; one who owes less misses none."""
    plan, price = settled(alone, [{(0, 0): 1.0}], [{(0, 0): 7.0}])  # seven cells on one day
    assert plan.time[0] == {(0, 0): 4.0}
    missing = 11.0 * (alone.need[0, 0].sum() - 4)
    assert price == pytest.approx(missing + 0.1 * 11.0 * 3)
    one_day = replace(alone, owed=np.array([3]))
    plan, price = settled(one_day, [{(0, 0): 1.0}], [{(0, 0): 3.0}])
    assert plan.time[0] == {(0, 0): 3.0}
    assert price == pytest.approx(11.0 * (alone.need[0, 0].sum() - 3))
    tiny = replace(alone, owed=np.array([1]))
    plan, price = settled(tiny, [{(0, 0): 1.0}], [{(0, 0): 2.0}])
    assert price == pytest.approx(11.0 * (alone.need[0, 0].sum() - 2) + 1.1 * 11.0)


def test_what_is_done_elsewhere_stands() -> None:
    """A part counts days and cells elsewhere, leaves them, and takes no day that is used up."""
    week = replace(
        random_plain_week(0, people=1, groups=2),
        groups=((0, 1),),
        owed=np.array([6]),
        most_days=np.array([2]),
        need=np.ones((2, DAYS, 7), np.int64),
    )
    plan = Plan.open(week)
    elsewhere = (0, 1)
    plan.works[0] = {(0, 0): 0.0, (1, 0): 0.0, (2, 0): 0.0, elsewhere: 1.0}
    plan.time[0] = {(0, 0): 0.0, (1, 0): 0.0, (2, 0): 0.0, elsewhere: 3.0}
    model = PartialModel(plan, {0}, whole=[0], kept=False)
    point = model.programme.best(30.0)
    assert point is not None
    model.write(point)
    assert plan.time[0].pop(elsewhere) == 3.0
    ((day, group),) = plan.time[0]
    assert (day > 0, group) == (True, 0)
    assert plan.time[0][day, group] == pytest.approx(3.0)
    assert plan.places(0) == {0, 1}
    assert plan.at({1}) == [0]


def test_whole_days_are_kept_if_asked() -> None:
    """A day that is whole already stays where it is, though another would be better."""
    week = replace(
        random_plain_week(0, people=1, groups=1),
        groups=((0,),),
        owed=np.array([3]),
        most_days=np.array([1]),
        need=np.array([[[0] * 7, [1] * 7, [0] * 7]]),
    )
    for kept, day in ((True, 0), (False, 1)):
        plan = Plan.open(week)
        plan.works[0] = {(0, 0): 1.0, (1, 0): 0.5}
        plan.time[0] = {(0, 0): 3.0, (1, 0): 0.0}
        model = PartialModel(plan, {0}, whole=[0], kept=kept)
        point = model.programme.best(30.0)
        assert point is not None
        model.write(point)
        assert list(plan.works[0]) == [(day, 0)]


def solved(plan, places, **how) -> float:
    """Solve a part of a plan, write it, and return its price."""
    model = PartialModel(plan, places, **how)
    point = model.programme.best(30.0)
    assert point is not None
    model.write(point)
    return float(point @ model.programme.prices)


def one_group(**changes):
    """Return a week of one group that is always open and needs nobody, with some changes."""
    week = random_plain_week(0, people=1, groups=1)
    given: dict[str, Any] = {
        "first": np.zeros((1, DAYS), np.int64),
        "last": np.full((1, DAYS), CELLS),
        "need": np.zeros((1, DAYS, CELLS), np.int64),
        **changes,
    }
    return replace(week, **given)


def test_an_open_plan_has_every_day_on_which_a_shift_fits() -> None:
    """A day as long as the shortest shift counts, a shorter one does not; nothing is given yet."""
    week = one_group(groups=((0,),))
    week.last[0, 1] = SHORTEST
    week.first[0, 2], week.last[0, 2] = 3, 3 + SHORTEST - 1
    plan = Plan.open(week)
    assert plan.works == plan.time == [{(0, 0): 0.0, (1, 0): 0.0}]
    assert not plan.decided.any()


def test_people_are_at_their_places_only() -> None:
    """Who may work at a place: by the groups that are left to them."""
    week = replace(random_plain_week(0, people=3), groups=((0,), (1, 2), (0, 2)))
    plan = Plan.open(week)
    assert [plan.places(e) for e in range(3)] == [{0}, {1}, {0, 1}]
    assert plan.at({0}) == [0, 2]
    assert plan.at({1}) == [1, 2]


def test_shares_of_the_relaxation_are_kept_as_they_are() -> None:
    """Nobody's days are rounded before they are decided."""
    week = random_plain_week(1)
    plan = Plan.open(week)
    model = PartialModel(plan, set(week.place.tolist()))
    point = model.programme.relaxed(30.0)
    assert point is not None
    model.write(point)
    shares = [share for own in plan.works for share in own.values()]
    assert min(shares) > 0
    assert any(0.01 < share < 0.99 for share in shares)


def test_a_person_is_there_once() -> None:
    """Where somebody is needed early and late, one who works in between starts once."""
    need = np.zeros((1, DAYS, CELLS), np.int64)
    need[0, 0, [0, 1, 5, 6]] = 1
    week = one_group(groups=((0,),), owed=np.array([4]), need=need)
    plan, _ = settled(week, [{(0, 0): 1.0}], [{(0, 0): 4.0}])
    assert plan.starts[0, 0].max() == 1


def test_cells_are_worked_by_those_who_are_there() -> None:
    """Nobody works a cell for somebody else on a day off: one person stays missing in a cell."""
    need = np.zeros((1, DAYS, CELLS), np.int64)
    need[0, 0, :4], need[0, 1, :3] = 1, 1
    week = one_group(
        need=need,
        groups=((0,), (0,)),
        free=np.array([[True, False, False], [True, True, False]]),
        owed=np.array([3, 4]),
        most_days=np.array([1, 1]),
    )
    plan = Plan.open(week)
    assert solved(plan, {0}, whole=range(2), kept=False) == pytest.approx(11.0)


def test_no_more_days_than_may_be() -> None:
    """Three days want somebody; who may work on two works on two."""
    need = np.zeros((1, DAYS, CELLS), np.int64)
    need[0, :, :2] = 1
    limits = {"groups": ((0,),), "owed": np.array([6]), "most_days": np.array([2])}
    plan = Plan.open(one_group(need=need, **limits))
    assert solved(plan, {0}, whole=[0], kept=False) == pytest.approx(2 * 11.0)
    assert len(plan.works[0]) == 2


@pytest.mark.parametrize("wanted", [0, 1])
def test_days_elsewhere_are_used_up_and_counted(wanted: int) -> None:
    """Who works elsewhere on the first day, and may work on two, comes on one day, not on that."""
    need = np.zeros((2, DAYS, CELLS), np.int64)
    need[0, wanted:, :2] = 1
    week = replace(
        one_group(),
        first=np.zeros((2, DAYS), np.int64),
        last=np.full((2, DAYS), CELLS),
        need=need,
        short=np.full(2, 10.0),
        over=np.ones(2),
        place=np.array([0, 1]),
        groups=((0, 1),),
        owed=np.array([8]),
        most_days=np.array([2]),
    )
    plan = Plan.open(week)
    plan.works[0] = {**dict.fromkeys(((0, 0), (1, 0), (2, 0)), 0.0), (0, 1): 1.0}
    plan.time[0] = {**dict.fromkeys(((0, 0), (1, 0), (2, 0)), 0.0), (0, 1): 4.0}
    solved(plan, {0}, whole=[0], kept=False)
    inside = [day for day, group in plan.works[0] if group == 0]
    assert len(inside) == 1
    assert inside[0] > 0


def test_cells_beyond_cost_more_than_the_dearest_gap() -> None:
    """Where a missing person costs more in one group, nobody works more to fill it."""
    week = replace(
        one_group(),
        first=np.zeros((2, DAYS), np.int64),
        last=np.full((2, DAYS), CELLS),
        need=np.ones((2, DAYS, CELLS), np.int64),
        short=np.array([10.0, 100.0]),
        over=np.ones(2),
        place=np.array([0, 0]),
        groups=((1,),),
        owed=np.array([3]),
        most_days=np.array([1]),
    )
    plan, _ = settled(week, [{(0, 1): 1.0}], [{(0, 1): 3.0}])
    assert plan.time[0] == {(0, 1): 3.0}

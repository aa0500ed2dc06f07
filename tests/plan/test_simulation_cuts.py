"""Simulation cuts on one service day: proven optima, hopeless targets, limits."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import pytest

from planner.errors import ModelError
from planner.model.shift_master import (
    MasterSolution,
    Profile,
    Shift,
    ShiftMaster,
    contiguous_menu,
)
from planner.plan.cuts import simulation_cuts
from planner.plan.cuts.simulation_cuts import DayProblem, DayStatus, cheapest_cover, least_staff
from planner.plan.exact_day import ExactDay, offered_load_requirement, stationary_requirement
from planner.queueing.finite_day import FiniteDay, Office
from tests.theory.offices import office
from tests.theory.reference import floats, rows

MENUS = {"hourly": (1,), "standard_8h_4h": (8, 4), "flexible_8h_6h_4h": (8, 6, 4)}


def _problem(case: str, lengths: tuple[int, ...], most: int) -> DayProblem:
    day = office(case)
    periods = len(day.rates)
    menu = contiguous_menu(periods, lengths)
    return DayProblem(menu, (most,) * periods, (1,) * periods, ExactDay(day, 0.1))


@pytest.mark.parametrize(
    "row", rows("shift_exact_optimum"), ids=lambda row: f"{row['case'][7:]} {row['menu']}"
)
def test_every_tabulated_optimum_is_reached_and_proven(row: dict[str, str]) -> None:
    """Three offices, three menus: the proven paid hours, and those of the two-step way."""
    problem = _problem(row["case"], MENUS[row["menu"]], int(row["counter_cap"]))
    found = least_staff(problem, 60.0)
    best = float(row["min_paid_hours_proven"])
    assert found.status is DayStatus.OPTIMAL
    assert found.cost == best
    assert found.bound == pytest.approx(best)
    assert found.exact
    day = FiniteDay(office(row["case"]))
    assert day.late_shares(found.profile).max() <= 0.1
    requirement = stationary_requirement(office(row["case"]), 0.1)
    two_step = cheapest_cover(problem, requirement, 10.0)
    assert two_step.cost == float(row["two_step_sipp_cover_paid_hours"])


@pytest.mark.parametrize("row", rows("day_exact_optimum"), ids=lambda row: row["case"])
def test_hourly_optima_equal_an_exhaustive_search(row: dict[str, str]) -> None:
    """The tabulated optima of a tree search over a box, with the requirement as a start."""
    day = office(row["case"])
    most = tuple(int(value) for value in floats(row["search_box_max"]))
    evaluator = ExactDay(day, 0.1)
    problem = DayProblem(contiguous_menu(8, (1,)), most, (1,) * 8, evaluator)
    found = least_staff(problem, 60.0, start=offered_load_requirement(day, 0.1))
    assert found.status is DayStatus.OPTIMAL
    assert found.cost == int(row["min_window_hours"])


def test_small_days_agree_with_enumeration() -> None:
    """Three short days: the optimum is that of all profiles and shift schedules."""
    for rates in ((0.1, 0.2, 0.1), (0.3, 0.1, 0.25), (0.05, 0.4, 0.0)):
        day = Office(rates, 30.0, 8.0, 10.0)
        evaluator, menu = ExactDay(day, 0.15), contiguous_menu(3, (2, 3))
        found = least_staff(DayProblem(menu, (6,) * 3, (0,) * 3, evaluator), 20.0)
        costs = [
            sum(count * shift.cost for count, shift in zip(counts, menu, strict=True))
            for counts in product(range(7), repeat=len(menu))
            if _holds(evaluator, _profile(menu, counts))
        ]
        assert found.status is DayStatus.OPTIMAL
        assert found.cost == min(costs)


def _profile(menu: tuple[Shift, ...], counts: tuple[int, ...]) -> Profile:
    periods = range(len(menu[0].covers))
    pairs = list(zip(menu, counts, strict=True))
    return tuple(sum(count for shift, count in pairs if shift.covers[t]) for t in periods)


def _holds(evaluator: ExactDay, profile: Profile) -> bool:
    return max(profile) <= 6 and not any(
        evaluator.missed(profile, target) for target in range(evaluator.targets)
    )


def test_the_start_is_an_incumbent() -> None:
    """With no time left after the start, the two-step plan comes back with its bound."""
    problem = _problem("office_1.5E_S8", (8, 4), 7)
    told: list[tuple[float | None, float]] = []
    start = stationary_requirement(office("office_1.5E_S8"), 0.1)
    found = least_staff(problem, 60.0, start, lambda *now: told.append(now), stop=lambda: True)
    assert found.status is DayStatus.FEASIBLE
    assert found.cost == 24
    assert found.bound <= 24
    assert told == [(24, found.bound)]


def test_out_of_time_says_so() -> None:
    """Stopped without a start there is no schedule."""
    found = least_staff(_problem("office_1.5E_S8", (1,), 7), 60.0, stop=lambda: True)
    assert (found.status, found.counts, found.cost) == (DayStatus.OUT_OF_TIME, None, None)


def test_progress_tells_a_rising_bound() -> None:
    """The bound never falls, and the last entry has the optimum on both sides."""
    told: list[tuple[float | None, float]] = []
    least_staff(
        _problem("office_3E_S20", (1,), 10), 60.0, on_progress=lambda *now: told.append(now)
    )
    bounds = [bound for _, bound in told]
    assert bounds == sorted(bounds)
    assert told[-1][0] == 35
    assert bounds[-1] == pytest.approx(35.0)


def test_hopeless_targets_are_named() -> None:
    """One desk cannot serve the busy second hour: that hour is named."""
    day = Office((0.01, 0.3, 0.0), 60.0, 8.0, 10.0)
    problem = DayProblem(contiguous_menu(3, (3,)), (1,) * 3, (0,) * 3, ExactDay(day, 0.1))
    found = least_staff(problem, 10.0)
    assert (found.status, found.impossible) == (DayStatus.INFEASIBLE, (1,))


def test_a_menu_that_cannot_hold_the_targets_is_infeasible() -> None:
    """Shifts that leave out the last hour cannot hold its target, though desks could."""
    day = Office((0.1, 0.1, 0.1), 60.0, 8.0, 10.0)
    menu = (Shift("early", (True, True, False), 2),)
    problem = DayProblem(menu, (4,) * 3, (0,) * 3, ExactDay(day, 0.1))
    found = least_staff(problem, 10.0)
    assert (found.status, found.counts, found.impossible) == (DayStatus.INFEASIBLE, None, ())


def test_cuts_name_only_what_can_be_raised() -> None:
    """A profile at the most in its whole window leaves no schedule."""
    master = ShiftMaster(contiguous_menu(2, (1,)), (1, 1), (0, 0))
    master.exclude((0, 1), (0, 1))
    assert master.solve(5.0).profile == (1, 0)
    master.exclude((1, 1), (0, 1))
    assert master.solve(5.0).counts is None


def test_a_shift_of_other_length_is_refused() -> None:
    """Shifts and limits must have the same periods."""
    with pytest.raises(ModelError, match="shift day: 3 periods, not 2"):
        ShiftMaster((Shift("day", (True,) * 3, 1),), (1, 1), (0, 0))


class _Opaque:
    """Two targets that hold from three people in both periods on; not known to be monotone."""

    targets = 2
    monotone = False

    def missed(self, profile: Profile, target: int) -> bool:
        """Tell whether fewer than three are present in any period."""
        return min(profile) < 3

    def window(self, target: int) -> tuple[int, ...]:
        """Return both periods."""
        return (0, 1)

    def own_period(self, target: int) -> int:
        """Return the target's number."""
        return target


def test_heuristic_evaluators_are_told_apart() -> None:
    """The schedule is found all the same, and the result does not claim a proof."""
    problem = DayProblem(contiguous_menu(2, (1, 2)), (5, 5), (0, 0), _Opaque())
    found = least_staff(problem, 10.0, start=(1, 1))
    assert (found.cost, found.profile, found.exact) == (6, (3, 3), False)


def test_a_start_beyond_the_desks_is_cut_to_them() -> None:
    """A requirement of nine where five desks are is covered with five."""
    problem = DayProblem(contiguous_menu(2, (2,)), (5, 5), (0, 0), _Opaque())
    assert cheapest_cover(problem, (9, 1), 5.0).profile == (5, 5)


class _UnprovenMaster(ShiftMaster):
    """A master that ran out of time: schedules without proof."""

    def solve(self, seconds: float, seed: int = 0, effort: float = math.inf) -> MasterSolution:
        """Return the schedule with half of its cost as the bound."""
        found = super().solve(seconds, seed, effort)
        return replace(found, bound=found.cost / 2, proven=False)


def test_an_unproven_master_ends_with_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A schedule that holds while the master still had a gap is feasible, not optimal."""
    monkeypatch.setattr(simulation_cuts, "ShiftMaster", _UnprovenMaster)
    problem = DayProblem(contiguous_menu(2, (1,)), (5, 5), (0, 0), _Opaque())
    found = least_staff(problem, 10.0)
    assert (found.status, found.cost, found.bound) == (DayStatus.FEASIBLE, 6, 3.0)

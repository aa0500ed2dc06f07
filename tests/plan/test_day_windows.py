"""The bound from windows of a day against enumeration: never above the optimum, often near."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.model.requirement import desk_plans
from planner.model.shift_master import Profile, Shift, contiguous_menu
from planner.model.window_bound import Window, WindowChoice, WindowDay, window_bound
from planner.plan.cuts.day_windows import day_bound
from planner.plan.cuts.sampled_day import SampledDay
from planner.plan.refined_requirement import RefinementWork, location_trial, sample_weeks
from planner.plan.requirement_trial import tolerances
from planner.scenario.loading import load_case
from planner.sim.workload import workloads_of

CASE_FILE = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"
PERIODS, MOST = 4, 3


@pytest.fixture(scope="module")
def day() -> SampledDay:
    """Return the south's Tuesday of five sampled weeks."""
    case: PlanningCase = load_case(CASE_FILE)
    weeks = sample_weeks(case, 5, 5)
    work = RefinementWork(case, desk_plans(case, workloads_of(case, weeks)), weeks, 5)
    plan = next(p for p in work.plans if p.location == "south")
    trial = location_trial(work, plan)
    return SampledDay(trial, plan, 1, 0.25 * tolerances(trial.promises).limits)


def _schedules(menu: tuple[Shift, ...], most: int) -> list[tuple[int, Profile]]:
    """Return cost and people by period of every schedule within the desks."""
    covers = np.array([shift.covers for shift in menu], dtype=np.int64)
    costs = np.array([shift.cost for shift in menu])
    found = []
    for counts in product(range(most + 1), repeat=len(menu)):
        profile = np.array(counts) @ covers
        if profile.max() <= most:
            found.append((int(np.array(counts) @ costs), tuple(int(p) for p in profile)))
    return sorted(found)


def _cheapest(schedules: list[tuple[int, Profile]], holds: Callable[[Profile], bool]) -> int:
    return next(cost for cost, profile in schedules if holds(profile))


def test_bound_of_separable_days_is_below_the_optimum_and_near_it() -> None:
    """Scores that are sums over periods: the bound is valid on 40 random days, exact on many."""
    rng = np.random.default_rng(7)
    menu = contiguous_menu(PERIODS, (2, 3))
    schedules, gaps = _schedules(menu, MOST), []
    for _ in range(40):
        table = np.sort(rng.uniform(0.0, 10.0, (PERIODS, MOST + 1)), axis=1)[:, ::-1]
        allowed = float(table.min(axis=1).sum() + rng.uniform(1.0, 8.0))
        windows = tuple(
            Window(
                (2 * number, 2 * number + 1),
                tuple(
                    WindowChoice((a, b), (float(table[2 * number, a] + table[2 * number + 1, b]),))
                    for a, b in product(range(MOST + 1), repeat=2)
                ),
            )
            for number in range(2)
        )
        asked = WindowDay(menu, (MOST,) * PERIODS, (0,) * PERIODS, (windows,), (allowed,))

        def holds(
            profile: Profile,
            table: np.ndarray = table,
            allowed: float = allowed,
        ) -> bool:
            return float(sum(table[t, p] for t, p in enumerate(profile))) <= allowed

        gaps.append(_cheapest(schedules, holds) - window_bound(asked))
    assert min(gaps) >= 0
    assert sum(gap == 0 for gap in gaps) >= 10


def test_nothing_is_claimed_without_a_solution() -> None:
    """A window whose every choice exceeds what is allowed leaves no programme, so no bound."""
    window = Window((0,), (WindowChoice((0,), (5.0,)), WindowChoice((1,), (4.0,))))
    asked = WindowDay(contiguous_menu(1, (1,)), (1,), (0,), ((window,),), (3.0,))
    assert window_bound(asked) == 0


@pytest.mark.parametrize("near", [1, 2, 3])
def test_bound_of_a_sampled_day_is_below_every_schedule_that_holds(
    day: SampledDay, near: int
) -> None:
    """Four long shifts on a real day, all schedules played: valid wherever it looks closely."""
    slots = len(day.slots)
    edges = ((0, slots), (0, slots // 2), (slots // 2, slots), (slots // 4, 3 * slots // 4))
    menu = tuple(
        Shift(f"{a}-{b}", tuple(a <= t < b for t in range(slots)), 30 * (b - a)) for a, b in edges
    )
    best = _cheapest(
        _schedules(menu, day.plan.most),
        lambda profile: (
            all(a >= b for a, b in zip(profile, day.least(), strict=True))
            and not any(day.missed(profile, target) for target in range(day.targets))
        ),
    )
    bound = day_bound(day, menu, (near,) * slots)
    assert 30 * sum(day.least()) < bound <= best


def test_windows_hold_every_customer_once(day: SampledDay) -> None:
    """With nobody there all are late in their windows, and the windows make up the day."""
    slots = len(day.slots)
    nobody = (0,) * slots
    parts = [day.window_scores(nobody, (a, min(a + 3, slots))) for a in range(0, slots, 3)]
    assert np.allclose(np.sum(parts, axis=0), day.scores(nobody).score.sum(axis=1))

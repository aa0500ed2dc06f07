"""Two sites that share a floater, against sending everybody everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest

from planner.model.shift_master import Profile, contiguous_menu
from planner.plan.cuts.joint_day import SharedPeople, joint_problem
from planner.plan.cuts.simulation_cuts import Budget, DayProblem, DayStatus, least_staff

SLOTS, MENU = 4, contiguous_menu(4, (2, 3, 4))


@dataclass
class Waiting:
    """Work by slot; what is not done waits.  One target: not more than ``limit`` units wait."""

    work: tuple[int, ...]
    limit: int
    targets: int = 1
    monotone: bool = True

    def waiting(self, profile: Profile) -> int:
        """Return units that wait, summed up over the slots."""
        left = total = 0
        for units, people in zip(self.work, profile, strict=True):
            left = max(0, left + units - people)
            total += left
        return total

    def missed(self, profile: Profile, target: int) -> bool:
        """Tell whether too much waits."""
        return self.waiting(profile) > self.limit

    def excess(self, profile: Profile) -> np.ndarray:
        """Return how far beyond the limit, in shares of it."""
        return np.array([(self.waiting(profile) - self.limit) / max(self.limit, 1)])

    def window(self, target: int) -> tuple[int, ...]:
        """Return all slots."""
        return tuple(range(SLOTS))

    def own_period(self, target: int) -> int:
        """Return the busiest slot."""
        return int(np.argmax(self.work))


#: Who may work where: one at the first site, one at the second, and a floater.
MAY_WORK = ((0,), (1,), (0, 1))
#: Hall's condition over all sets of sites: people over the shifts of these at the most.
LIMITS = (((0,), 2), ((1,), 2), ((0, 1), 3))


def _joint(sites: tuple[Waiting, Waiting], slopes: bool) -> DayProblem:
    problems = [
        DayProblem(MENU, (2,) * SLOTS, (0,) * SLOTS, site, site if slopes else None)
        for site in sites
    ]
    shared = [
        SharedPeople(tuple((site, shift) for site in own for shift in range(len(MENU))), most)
        for own, most in LIMITS
    ]
    return joint_problem(problems, shared)


def _cheapest(sites: tuple[Waiting, Waiting]) -> int | None:
    """Send everybody to every shift of every site where they may work, or nowhere."""
    choices = [
        [None, *((site, shift) for site in own for shift in range(len(MENU)))] for own in MAY_WORK
    ]
    costs = []
    for sent in product(*choices):
        worked = [choice for choice in sent if choice is not None]
        profiles = [
            tuple(
                sum(MENU[shift].covers[slot] for at, shift in worked if at == site)
                for slot in range(SLOTS)
            )
            for site in (0, 1)
        ]
        if not any(site.missed(own, 0) for site, own in zip(sites, profiles, strict=True)):
            costs.append(sum(MENU[shift].cost for _, shift in worked))
    return min(costs, default=None)


@pytest.mark.parametrize("slopes", [False, True])
@pytest.mark.parametrize(
    "sites",
    [
        (Waiting((1, 2, 1, 1), 1), Waiting((1, 1, 1, 0), 0)),
        (Waiting((2, 1, 1, 2), 1), Waiting((1, 1, 1, 1), 2)),
        (Waiting((1, 1, 1, 1), 0), Waiting((0, 2, 2, 1), 2)),
        (Waiting((1, 2, 2, 1), 2), Waiting((1, 0, 2, 1), 2)),
        (Waiting((2, 2, 1, 1), 1), Waiting((2, 2, 1, 1), 1)),
    ],
)
def test_floaters_go_where_they_save_most(sites: tuple[Waiting, Waiting], slopes: bool) -> None:
    """The joint optimum is that of all ways of sending people; none is found where none is."""
    problem = _joint(sites, slopes)
    budget = Budget(slopes=200) if slopes else None
    found = least_staff(problem, 30.0, start=(1,) * (2 * SLOTS), budget=budget)
    best = _cheapest(sites)
    assert found.cost == best
    assert found.status is (DayStatus.INFEASIBLE if best is None else DayStatus.OPTIMAL)


def test_sites_stand_side_by_side() -> None:
    """Targets, windows and periods of the second site come after those of the first."""
    problem = _joint((Waiting((1, 2, 1, 1), 1), Waiting((0, 0, 3, 0), 0)), slopes=True)
    both = problem.evaluator
    assert both.targets == 2
    assert both.monotone
    assert both.window(0) == (0, 1, 2, 3)
    assert both.window(1) == (4, 5, 6, 7)
    assert both.own_period(1) == 6
    profile = (1, 2, 1, 1, 0, 0, 2, 0)
    assert not both.missed(profile, 0)
    assert both.missed(profile, 1)
    assert problem.measuring is not None
    assert problem.measuring.excess(profile).tolist() == pytest.approx([-1.0, 2.0])
    assert len(problem.menu) == 2 * len(MENU)
    assert problem.menu[len(MENU)].covers == (False,) * SLOTS + MENU[0].covers

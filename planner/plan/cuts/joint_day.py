"""One day of several sites that share people: one master over all of their periods.

The periods of the sites stand one after the other; each site's targets depend on its own periods
only, so cuts and slopes are those of the sites.  What couples them are rows: people over some
shifts, each of whom works one of them, are at most as many as there are.  Then there is less at one
site where a later or a longer shift saves people, or a floater goes where it saves most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from planner.model.shift_master import PeopleRow, Profile, Shift
from planner.plan.cuts.simulation_cuts import DayProblem, Evaluator
from planner.plan.cuts.slope_search import Measuring


@dataclass(frozen=True, slots=True)
class SharedPeople:
    """At most so many people over shifts of some sites: pairs (number of the site, shift)."""

    shifts: tuple[tuple[int, int], ...]
    most: int


def joint_problem(sites: Sequence[DayProblem], shared: Sequence[SharedPeople]) -> DayProblem:
    """Return the sites as one problem, with what they share.

    Parameters
    ----------
    sites : sequence of DayProblem
        All with a measuring evaluator, or all without.
    """
    evaluators = SideBySide(
        tuple(site.evaluator for site in sites),
        tuple(site.measuring for site in sites if site.measuring is not None),
        tuple(len(site.most) for site in sites),
    )
    firsts = starts([len(site.menu) for site in sites])
    rows = [
        replace(row, shifts=tuple(first + shift for shift in row.shifts))
        for site, first in zip(sites, firsts, strict=False)
        for row in site.rows
    ]
    rows += [
        PeopleRow(tuple(firsts[site] + shift for site, shift in limit.shifts), most=limit.most)
        for limit in shared
    ]
    return DayProblem(
        menu=tuple(shift for number in range(len(sites)) for shift in _widened(sites, number)),
        most=tuple(people for site in sites for people in site.most),
        least=tuple(people for site in sites for people in site.least),
        evaluator=evaluators,
        measuring=evaluators if len(evaluators.measuring) == len(sites) else None,
        rows=tuple(rows),
    )


def starts(sizes: Sequence[int]) -> list[int]:
    """Return where each part of a row of parts begins, and where the last ends."""
    return [0, *accumulate(sizes)]


@dataclass
class SideBySide:
    """Evaluators of several sites as one; targets and periods stand one after the other.

    Attributes
    ----------
    evaluators, measuring : tuple
        By site; without slopes the second is empty.
    sizes : tuple of int
        Periods by site.
    targets : int
        Targets of all sites.
    monotone : bool
        Whether more people never make a target of any site worse.
    """

    evaluators: tuple[Evaluator, ...]
    measuring: tuple[Measuring, ...]
    sizes: tuple[int, ...]

    def __post_init__(self) -> None:
        self.targets = sum(evaluator.targets for evaluator in self.evaluators)
        self.monotone = all(evaluator.monotone for evaluator in self.evaluators)

    def missed(self, profile: Profile, target: int) -> bool:
        """Tell whether a site's target is missed with these people."""
        site, own, first = self._site(target)
        return self.evaluators[site].missed(profile[first : first + self.sizes[site]], own)

    def window(self, target: int) -> tuple[int, ...]:
        """Return the periods of the target's site that can matter to it."""
        site, own, first = self._site(target)
        return tuple(first + period for period in self.evaluators[site].window(own))

    def own_period(self, target: int) -> int:
        """Return the period that the target is about."""
        site, own, first = self._site(target)
        return first + self.evaluators[site].own_period(own)

    def excess(self, profile: Profile) -> NDArray[np.float64]:
        """Return by target what the mean score is beyond its limit, in shares of the limit."""
        firsts = starts(self.sizes)
        return np.concatenate(
            [
                measuring.excess(profile[first:last])
                for measuring, first, last in zip(
                    self.measuring, firsts[:-1], firsts[1:], strict=True
                )
            ]
        )

    def _site(self, target: int) -> tuple[int, int, int]:
        """Return the target's site, its number there, and the site's first period."""
        firsts = starts([evaluator.targets for evaluator in self.evaluators])
        site = int(np.searchsorted(firsts, target, side="right")) - 1
        return site, target - firsts[site], starts(self.sizes)[site]


def _widened(sites: Sequence[DayProblem], number: int) -> tuple[Shift, ...]:
    """Return the shifts of a site over the periods of all."""
    firsts = starts([len(site.most) for site in sites])
    before, after = firsts[number], firsts[-1] - firsts[number + 1]
    return tuple(
        replace(shift, covers=(False,) * before + shift.covers + (False,) * after)
        for shift in sites[number].menu
    )

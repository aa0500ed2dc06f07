"""Large-neighbourhood search: free a few employees, generate lines for them, choose exactly.

Each step is a small problem of the same kind; its Lagrangian bound ends the hopeless ones early.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from planner.model.lines.budget import Budget
from planner.model.lines.chance import Chance
from planner.model.lines.generate import ColumnGeneration, GenerationLimits
from planner.model.lines.incumbent import Incumbent
from planner.model.lines.integer import IntegerLimits, best_choice
from planner.model.lines.master import RestrictedMaster
from planner.model.lines.neighbourhood import neighbourhood
from planner.model.lines.problem import FloatArray, Line

#: A change of value smaller than this is none [points].
EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class SearchShape:
    """Sizes of the neighbourhood search.

    Attributes
    ----------
    smallest, largest : int
        Employees freed together; the size moves between them with success and failure.
    remembered : int
        Pooled lines given to each freed employee at the start.
    candidates : int
        Lines handed to the integer phase at the most.
    rounds : int
        Rounds of column generation in each step.
    integer : IntegerLimits
        Limits of each integer phase.
    """

    smallest: int = 4
    largest: int = 16
    remembered: int = 40
    candidates: int = 1500
    rounds: int = 12
    integer: IntegerLimits = field(default_factory=IntegerLimits)


@dataclass(slots=True)
class NeighbourhoodSearch:
    """The loop over neighbourhoods of one incumbent.

    Attributes
    ----------
    duals : float64 array, shape (m,)
        Worth of cover by which pooled lines are ranked [points].
    on_better : callable
        Told the value after every improvement.
    """

    generation: ColumnGeneration
    shape: SearchShape
    chance: Chance
    duals: FloatArray
    on_better: Callable[[Incumbent], None]

    def run(self, incumbent: Incumbent, goal: float, budget: Budget) -> None:
        """Improve ``incumbent`` in place until its value is ``goal`` or the budget is over."""
        size, smallest = float(self.shape.smallest), float(self.shape.smallest)
        while incumbent.value > goal + EPSILON and not budget.over:
            free = neighbourhood(incumbent, self.generation.pool, int(size), self.chance)
            before = incumbent.value
            easy = self.step(incumbent, free)
            if incumbent.value < before - EPSILON:
                self.on_better(incumbent)
            size = min(self.shape.largest, size + 0.25) if easy else max(smallest, 0.8 * size)

    def step(self, incumbent: Incumbent, free: list[int]) -> bool:
        """Choose the lines of ``free`` anew; return whether the small problem was an easy one."""
        problem, pool = incumbent.problem, self.generation.pool
        master = RestrictedMaster(problem, free, incumbent.others(free))
        standing = [incumbent.lines[employee] for employee in free]
        master.add(standing)
        for employee in free:
            master.add(pool.best(employee, self.duals, self.shape.remembered))
        goal = incumbent.value - (1.0 if problem.integral else EPSILON)
        ended = self.generation.run(
            master, GenerationLimits(rounds=self.shape.rounds, goal=goal + EPSILON)
        )
        if ended.bound > goal + EPSILON:
            return True
        candidates = self._candidates(master, standing, incumbent.value - ended.point.value)
        limits = self.shape.integer
        chosen = best_choice(problem, candidates, master.residual, standing, limits)
        self.generation.budget.spend(limits.work / 2)
        if chosen is not None and incumbent.gain(chosen) >= -EPSILON:
            incumbent.replace(chosen)
        return len(candidates) < self.shape.candidates

    def _candidates(self, master: RestrictedMaster, standing: list[Line], gap: float) -> list[Line]:
        """Return the lines that can be part of something better, the most promising first."""
        costs = master.reduced_costs()
        order = np.argsort(costs, kind="stable")[: self.shape.candidates]
        chosen = [master.lines[k] for k in order.tolist() if costs[k] <= gap + EPSILON]
        keys = {line.key for line in chosen}
        return chosen + [line for line in standing if line.key not in keys]

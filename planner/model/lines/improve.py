"""Large-neighbourhood search: free a few employees, generate lines for them, choose exactly.

Each step is a small problem of the same kind: its Lagrangian bound ends the hopeless ones early, a
dive brings lines that fit together, and the integer phase chooses among all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.model.lines.budget import Budget
from planner.model.lines.chance import Chance
from planner.model.lines.dive import DivePace, dive
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
        Employees freed together.
    grow, shrink : float
        Factors of that number after a step that was solved exactly, and after one that was not.
    remembered : int
        Pooled lines given to each freed employee at the start.
    candidates : int
        Lines handed to the integer phase at the most.
    rounds : int
        Rounds of column generation in each step.
    integer : IntegerLimits
        Limits of each integer phase.
    """

    smallest: int = 8
    largest: int = 24
    grow: float = 1.15
    shrink: float = 0.8
    remembered: int = 20
    candidates: int = 2000
    rounds: int = 100
    pace: DivePace = field(default_factory=lambda: DivePace(portion=0.3))
    integer: IntegerLimits = field(default_factory=IntegerLimits)


@dataclass(slots=True)
class NeighbourhoodSearch:
    """The loop over neighbourhoods of one incumbent.

    Attributes
    ----------
    duals : float64 array, shape (m,)
        Worth of cover by which pooled lines are ranked [points].
    on_better : callable
        Told after every improvement.
    """

    generation: ColumnGeneration
    shape: SearchShape
    chance: Chance
    duals: FloatArray
    on_better: Callable[[Incumbent], None]

    def run(self, incumbent: Incumbent, goal: float, budget: Budget) -> None:
        """Improve ``incumbent`` in place until its value is ``goal`` or the budget is over."""
        size = float(self.shape.smallest)
        largest = min(self.shape.largest, incumbent.problem.employees)
        while incumbent.value > goal + EPSILON and not budget.over:
            free = neighbourhood(incumbent, self.generation.pool, int(size), self.chance)
            before = incumbent.value
            solved = self.step(incumbent, free)
            if incumbent.value < before - EPSILON:
                self.on_better(incumbent)
            size *= self.shape.grow if solved else self.shape.shrink
            size = min(largest, max(self.shape.smallest, size))

    def step(self, incumbent: Incumbent, free: Sequence[int]) -> bool:
        """Choose the lines of ``free`` anew; return whether the choice is proven the best.

        Proven among the candidates, which need not be all lines unless the pricer can list them.
        """
        master = self._small_master(incumbent, free)
        goal = incumbent.value - (1.0 if incumbent.problem.integral else EPSILON)
        limits = GenerationLimits(self.shape.rounds, goal=goal, start=self.duals)
        ended = self.generation.run(master, limits)
        if ended.exceeds(goal):
            return True
        standing = [incumbent.lines[employee] for employee in free]
        candidates = self._candidates(master, standing, goal - ended.point.value)
        known = len(master.lines)
        dived = dive(self.generation, master, self.shape.pace, goal, self.duals)
        if dived is not None and incumbent.gain(dived) > EPSILON:
            incumbent.replace(dived)
            return True
        candidates += master.lines[known:]
        choice = best_choice(
            incumbent.problem, candidates, master.residual, standing, self.shape.integer
        )
        self.generation.budget.spend(self.shape.integer.work / 2)
        if incumbent.gain(choice.lines) >= -EPSILON:
            incumbent.replace(choice.lines)
        return choice.proven

    def _small_master(self, incumbent: Incumbent, free: Sequence[int]) -> RestrictedMaster:
        """Return a master of ``free`` with their standing and their best pooled lines."""
        master = RestrictedMaster(incumbent.problem, free, incumbent.others(free))
        for employee in free:
            master.add([incumbent.lines[employee]])
            master.add(self.generation.pool.best(employee, self.duals, self.shape.remembered))
        return master

    def _candidates(
        self, master: RestrictedMaster, standing: Sequence[Line], slack: float
    ) -> list[Line]:
        """Return known lines that can be part of something better, and the standing ones."""
        costs = master.reduced_costs()
        order = np.argsort(costs, kind="stable")[: self.shape.candidates // 2]
        chosen = [master.lines[k] for k in order.tolist() if costs[k] <= slack + EPSILON]
        keys = {line.key for line in chosen}
        return chosen + [line for line in standing if line.key not in keys]

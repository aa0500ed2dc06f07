"""Large-neighbourhood search: free a few employees, generate lines for them, choose exactly.

Each step is a small problem of the same kind: its Lagrangian bound ends the hopeless ones early, a
dive brings lines that fit together, and the integer phase chooses among all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import numpy as np

from planner.model.lines.budget import Budget
from planner.model.lines.chance import Chance
from planner.model.lines.dive import DivePace, dive
from planner.model.lines.generate import ColumnGeneration, GenerationLimits
from planner.model.lines.incumbent import Incumbent
from planner.model.lines.integer import IntegerLimits, best_choice
from planner.model.lines.master import MasterFailed, RestrictedMaster
from planner.model.lines.neighbourhood import SHORT_WINDOW, neighbourhood, stretch, window
from planner.model.lines.pool import LinePool
from planner.model.lines.problem import FloatArray, Line
from planner.model.lines.section import Sectional

#: A change of value smaller than this is none [points].
EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class SearchShape:
    """Sizes of the neighbourhood search.

    Attributes
    ----------
    begin, largest : int
        Employees freed together, at first and at the most.
    fewest : int
        Employee-days freed in a window at the least.
    longest : int
        Days of a line that is chosen anew at once.
    swept : int
        Days of the windows of the first sweep.
    loose : float
        Column generation of the sweep ends at this gap, as a share of the value.
    crowd : int
        People freed together for two weeks at first.
    step_share, step : float
        A step may take this share of the budget left, or this much of it [s or work units].
    dear : float
        Steps of more work than this ask for smaller ones [work units].
    grow, shrink, halt : float
        Factors of that number after a step that was solved exactly, after one that was not, and
        in the sweep after one that did not come to its end.
    remembered : int
        Pooled lines given to each freed employee at the start.
    candidates : int
        Lines handed to the integer phase at the most.
    rounds : int
        Rounds of column generation in each step.
    integer : IntegerLimits
        Limits of each integer phase.
    """

    begin: int = 8
    largest: int = 24
    fewest: int = 200
    longest: int = 84
    swept: int = 28
    loose: float = 0.004
    crowd: int = 50
    step_share: float = 0.05
    step: float = 15.0
    dear: float = 8.0
    grow: float = 1.15
    shrink: float = 0.8
    halt: float = 0.5
    remembered: int = 20
    candidates: int = 2000
    rounds: int = 100
    pace: DivePace = field(default_factory=lambda: DivePace(portion=0.3))
    integer: IntegerLimits = field(default_factory=IntegerLimits)


@dataclass(slots=True)
class _Way:
    """A way to free a part of the roster, with the size that it has grown to."""

    step: Callable[[NeighbourhoodSearch, Incumbent, int], bool]
    smallest: int
    largest: int
    size: float
    effort: float = 0.0

    def follow(self, shape: SearchShape, small_enough: bool) -> None:
        """Grow after a step that was solved exactly and cheaply, shrink after another."""
        self.size *= shape.grow if small_enough else shape.shrink
        self.size = min(self.largest, max(self.smallest, self.size))


@dataclass(slots=True)
class NeighbourhoodSearch:
    """The loop over neighbourhoods of one incumbent.

    Attributes
    ----------
    duals : float64 array, shape (m,)
        Worth of cover by which pooled lines are ranked [points].
    on_better : callable
        Told after every improvement.
    gap : float
        Column generation ends at this gap, as a share of the value.
    """

    generation: ColumnGeneration
    shape: SearchShape
    chance: Chance
    duals: FloatArray
    on_better: Callable[[Incumbent], None]
    gap: float = 0.0

    def run(self, incumbent: Incumbent, goal: float, budget: Budget) -> None:
        """Improve ``incumbent`` in place until its value is ``goal`` or the budget is over.

        Where the pricer can cut sections, long lines of a few employees and short windows of many
        take turns: hours and weekends move over the horizon in the first, people in the second.
        Each gets the same effort, and what brings something better counts little.
        """
        ways = self._ways(incumbent)
        while incumbent.value > goal + EPSILON and not budget.over:
            way = min(ways, key=lambda way: way.effort)
            before, part = incumbent.value, self._part(budget)
            generation = ColumnGeneration(self.generation.team, self.generation.pool, part)
            try:
                solved = way.step(replace(self, generation=generation), incumbent, int(way.size))
            except MasterFailed:
                solved = False
            budget.spend(part.spent)
            better = incumbent.value < before - EPSILON
            if better:
                self.on_better(incumbent)
            way.effort += (part.spent if budget.repeatable else part.elapsed) / (4 if better else 1)
            dear = part.over or part.spent > self.shape.dear
            way.follow(self.shape, small_enough=solved and not dear)

    def _part(self, budget: Budget) -> Budget:
        """Return what one step may take: a share of what is left, yet enough to come to an end."""
        enough = self.shape.step / max(budget.left, self.shape.step)
        return budget.share(max(self.shape.step_share, enough))

    def _ways(self, incumbent: Incumbent) -> list[_Way]:
        shape, people = self.shape, incumbent.problem.employees
        largest = min(shape.largest, people)
        pricer = self.generation.team.pricer
        long = isinstance(pricer, Sectional) and pricer.days > shape.longest
        begin = min(largest, shape.begin // 2 if long else shape.begin)
        ways = [_Way(NeighbourhoodSearch.some_people, 2, largest, begin)]
        if isinstance(pricer, Sectional) and pricer.days > SHORT_WINDOW:
            length = shape.swept if long else SHORT_WINDOW
            first = max(2 * shape.fewest, min(people, shape.crowd) * length)
            ways.insert(0, _Way(NeighbourhoodSearch.some_days, shape.fewest, 8 * first, first))
        return ways

    def sweep(self, incumbent: Incumbent, budget: Budget) -> None:
        """Choose every window anew for everybody, from the first to the last, twice.

        As many people together as a step can settle; the second time windows lie across the
        borders of the first.
        """
        pricer = self.generation.team.pricer
        if not isinstance(pricer, Sectional):
            return
        shape = replace(self.shape, pace=replace(self.shape.pace, gap=self.shape.loose, rounds=30))
        days, length, size = pricer.days, shape.swept, float(shape.crowd)
        half = length // 2
        for first in (*range(0, days - half, length), *range(half, days - half, length)):
            left = self.chance.shuffled(range(incumbent.problem.employees))
            while left and not budget.over:
                part = self._part(budget)
                generation = ColumnGeneration(self.generation.team, self.generation.pool, part)
                group, left = sorted(left[: int(size)]), left[int(size) :]
                step = replace(self, generation=generation, shape=shape, gap=shape.loose)
                with suppress(MasterFailed):
                    step.section(pricer, incumbent, group, range(first, min(first + length, days)))
                budget.spend(part.spent)
                self.on_better(incumbent)
                took = part.spent if budget.repeatable else part.elapsed
                if part.over or took > shape.dear:
                    size = max(shape.begin, size * (shape.halt if part.over else shape.shrink))

    def some_people(self, incumbent: Incumbent, size: int) -> bool:
        """Choose the lines of ``size`` employees anew, whole ones where that is affordable."""
        free = neighbourhood(incumbent, self.generation.pool, size, self.chance)
        pricer = self.generation.team.pricer
        if isinstance(pricer, Sectional) and pricer.days > self.shape.longest:
            days = stretch(pricer.days, self.shape.longest, self.chance)
            return self.section(pricer, incumbent, free, days)
        return self.step(incumbent, free)

    def some_days(self, incumbent: Incumbent, size: int) -> bool:
        """Choose a window of about ``size`` employee-days anew."""
        pricer = self.generation.team.pricer
        assert isinstance(pricer, Sectional)
        people, days = window(incumbent, self.generation.pool, pricer.days, size, self.chance)
        return self.section(pricer, incumbent, people, days)

    def section(
        self, pricer: Sectional, incumbent: Incumbent, people: Sequence[int], days: range
    ) -> bool:
        """Choose the lines of ``people`` on ``days`` anew."""
        whole = self.generation
        section = pricer.section(incumbent.problem, incumbent.lines, people, days)
        inner = Incumbent(section.problem, section.standing)
        pool, team = LinePool(section.problem), whole.team.at(section.pricer)
        search = NeighbourhoodSearch(
            ColumnGeneration(team, pool, whole.budget),
            self.shape,
            self.chance,
            section.inward(self.duals),
            self.on_better,
            self.gap,
        )
        solved = search.step(inner, range(len(people)))
        lines = section.whole(inner.lines)
        whole.pool.add(lines)
        if incumbent.gain(lines) >= -EPSILON:
            incumbent.replace(lines)
        return solved

    def step(self, incumbent: Incumbent, free: Sequence[int]) -> bool:
        """Choose the lines of ``free`` anew; return whether the choice is proven the best.

        Proven among the candidates, which need not be all lines unless the pricer can list them.
        """
        master = self._small_master(incumbent, free)
        goal = incumbent.value - (1.0 if incumbent.problem.integral else EPSILON)
        gap = max(GenerationLimits().gap, self.gap * abs(incumbent.value))
        reach = GenerationLimits(self.shape.rounds, gap, goal, self.duals)
        ended = self.generation.run(master, reach)
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
        limits = self.shape.integer.within(self.generation.budget)
        choice = best_choice(incumbent.problem, candidates, master.residual, standing, limits)
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

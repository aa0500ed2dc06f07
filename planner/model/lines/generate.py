"""Column generation: solve the master, price every employee, add what helps, until nothing does."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from planner.model.lines.budget import Budget
from planner.model.lines.master import MasterPoint, RestrictedMaster
from planner.model.lines.pool import LinePool
from planner.model.lines.pricing import Priced, PricingTeam
from planner.model.lines.problem import FloatArray, Line, LineProblem
from planner.model.lines.stabilise import Smoothing

#: Reduced costs above minus this count as zero [points].
TOLERANCE = 1e-6
#: Work of solving a master once [work units]; pricing is accounted by the calls.
MASTER_WORK = 0.01
PRICE_WORK = 0.002


@dataclass(frozen=True, slots=True)
class GenerationLimits:
    """When to leave the loop before it ends by itself.

    Attributes
    ----------
    rounds : int
        Masters solved at the most.
    gap : float
        Leave when value less bound is at most this [points].
    goal : float
        Leave when the bound reaches this: nothing better than ``goal`` is there [points].
    """

    rounds: int = 10_000
    gap: float = 1e-4
    goal: float = float("inf")


@dataclass(slots=True)
class Generated:
    """How a run of column generation ended.

    Attributes
    ----------
    point : MasterPoint
        Last optimum of the master.
    bound : float
        Best Lagrangian bound, rounded up for whole-number problems [points].
    proven : bool
        Whether no line could lower the master's value by more than the tolerance.
    """

    point: MasterPoint
    bound: float
    proven: bool
    rounds: int = 0


@dataclass(slots=True)
class ColumnGeneration:
    """The loop, with what all its runs in a search share.

    Attributes
    ----------
    on_bound : callable
        Told every improvement of the bound of the run.
    """

    team: PricingTeam
    pool: LinePool
    budget: Budget
    on_bound: Callable[[float], None] = field(default=lambda _bound: None)

    def run(self, master: RestrictedMaster, limits: GenerationLimits) -> Generated:
        """Add lines of the free employees to ``master`` until nothing helps or a limit is met."""
        smoothing, exact, rounds = Smoothing(), False, 0
        while True:
            point, rounds = master.solve(), rounds + 1
            self.budget.spend(MASTER_WORK)
            if self._done(master.problem, point, smoothing.bound, limits):
                return self._ended(master, point, smoothing, rounds, proven=True)
            if rounds >= limits.rounds or self.budget.over:
                return self._ended(master, point, smoothing, rounds, proven=False)
            decisive = exact and smoothing.at_newest
            found = self._round(master, point, smoothing, exact)
            if not found and decisive:
                return self._ended(master, point, smoothing, rounds, proven=True)
            exact = exact or not found

    def _round(
        self, master: RestrictedMaster, point: MasterPoint, smoothing: Smoothing, exact: bool
    ) -> bool:
        """Price at the smoothed duals; return whether the master got a line that helps it."""
        problem = master.problem
        duals = np.clip(smoothing.point(point.duals), -problem.over_price, problem.under)
        free = master.free
        priced = self.team.price(free, duals, exact)
        self.budget.spend(PRICE_WORK * len(free))
        bound = lagrangian_bound(master, duals, priced)
        helping = [
            line
            for answer in priced
            for line in answer.lines
            if reduced_cost(line, point) < -TOLERANCE
        ]
        self.pool.add(line for answer in priced for line in answer.lines)
        better = bound > smoothing.bound
        smoothing.record(duals, bound, found=master.add(helping) > 0)
        if better:
            self.on_bound(rounded(problem, bound))
        return bool(helping)

    @staticmethod
    def _done(
        problem: LineProblem, point: MasterPoint, bound: float, limits: GenerationLimits
    ) -> bool:
        """Whether value and bound have met, or the bound shows that the goal is out of reach."""
        return point.value - bound <= limits.gap or rounded(problem, bound) >= limits.goal

    @staticmethod
    def _ended(
        master: RestrictedMaster,
        point: MasterPoint,
        smoothing: Smoothing,
        rounds: int,
        proven: bool,
    ) -> Generated:
        return Generated(point, rounded(master.problem, smoothing.bound), proven, rounds)


def reduced_cost(line: Line, point: MasterPoint) -> float:
    """Return cost less duals less the employee's share at ``point`` [points]."""
    worth = float(point.duals[line.rows].sum())
    return line.cost - worth - point.shares[line.employee]


def rounded(problem: LineProblem, bound: float) -> float:
    """Return ``bound``, rounded up when only whole values occur [points]."""
    if problem.integral and math.isfinite(bound):
        return float(math.ceil(bound - 1e-6))
    return bound


def lagrangian_bound(master: RestrictedMaster, duals: FloatArray, priced: list[Priced]) -> float:
    """Return a valid lower bound from any duals (Lübbecke and Desrosiers 2005, §2.2).

    With ``duals`` within [−over, under] the slack costs nothing, and
    L(π) = Σ_r π_r need_r + Σ_e min_l (c_l − Σ_r π_r a_rl), frozen lines standing alone.
    """
    frozen = sum(line.cost - float(duals[line.rows].sum()) for line in master.frozen_lines)
    least = sum(answer.least for answer in priced)
    return master.fixed_cost + float(duals @ master.residual) + least + frozen

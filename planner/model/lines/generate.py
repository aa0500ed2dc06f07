"""Column generation: solve the master, price every employee, add what helps, until nothing does."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
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
#: Work of solving a master once and of pricing an employee once [work units].
MASTER_WORK = 0.01
PRICE_WORK = 0.002
#: Employees priced between two looks at the budget.
AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class GenerationLimits:
    """Where to start, and when to leave the loop before it ends by itself.

    Attributes
    ----------
    rounds : int
        Masters solved at the most.
    gap : float
        Leave when value less bound is at most this [points].
    goal : float
        Leave when the bound exceeds this: nothing as good as ``goal`` is there [points].
    start : float64 array, shape (m,), optional
        Duals to smooth with at first.
    known : float
        Bound that they give: they stay until better ones come.
    """

    rounds: int = 10_000
    gap: float = 1e-4
    goal: float = float("inf")
    start: FloatArray | None = None
    known: float = float("-inf")


@dataclass(frozen=True, slots=True)
class Bound:
    """A Lagrangian bound and where it was found.

    Attributes
    ----------
    value : float
        No choice of lines costs less [points].
    duals : float64 array, shape (m,)
        The duals π of the bound [points].
    least : dict of int to float
        Least cost less duals of each free employee's lines [points].
    """

    value: float
    duals: FloatArray
    least: dict[int, float]


@dataclass(frozen=True, slots=True)
class Generated:
    """How a run of column generation ended.

    Attributes
    ----------
    point : MasterPoint
        Last optimum of the master.
    bound : Bound or None
        Best bound of the run; None if nothing was priced.
    proven : bool
        Whether value and bound have met or no line could lower the value.
    """

    point: MasterPoint
    bound: Bound | None
    proven: bool

    def exceeds(self, goal: float) -> bool:
        """Return whether nothing as good as ``goal`` is there."""
        return self.bound is not None and self.bound.value > goal + TOLERANCE


@dataclass(slots=True)
class ColumnGeneration:
    """The loop, with what all its runs in a search share.

    Attributes
    ----------
    on_bound : callable
        Told every improvement of the bound of a run, rounded up for whole-number problems.
    """

    team: PricingTeam
    pool: LinePool
    budget: Budget
    on_bound: Callable[[float], None] = field(default=lambda _bound: None)

    def within(self, fraction: float) -> ColumnGeneration:
        """Return the same loop on ``fraction`` of what is left of the budget, told to nobody.

        Add its ``budget.spent`` to this budget afterwards.
        """
        return ColumnGeneration(self.team, self.pool, self.budget.share(fraction))

    def run(self, master: RestrictedMaster, limits: GenerationLimits) -> Generated:
        """Add lines of the free employees to ``master`` until nothing helps or a limit is met."""
        smoothing, bound = Smoothing(start=limits.start, bound=limits.known), None
        exact, rounds = False, 0
        while True:
            point, rounds = master.solve(), rounds + 1
            self.budget.spend(MASTER_WORK)
            ended = Generated(point, bound, proven=_met(point, bound, limits))
            if ended.proven or rounds >= limits.rounds or self.budget.over:
                return ended
            newest = smoothing.at_newest
            answer = self._round(master, point, smoothing, exact)
            if answer is None:
                return ended
            found, here = answer
            if bound is None or here.value > bound.value:
                bound = here
                self.on_bound(rounded(master.problem, bound.value))
            if not found and newest and exact:
                return Generated(point, bound, proven=True)
            exact = not found and newest

    def _round(
        self, master: RestrictedMaster, point: MasterPoint, smoothing: Smoothing, exact: bool
    ) -> tuple[bool, Bound] | None:
        """Price at the smoothed duals; return whether the master got help, and the bound there.

        None once the budget is over.
        """
        problem, free = master.problem, master.free
        duals = np.clip(smoothing.point(point.duals), -problem.over_price, problem.under)
        priced = self._priced(free, duals, exact)
        if priced is None:
            return None
        self.budget.spend(PRICE_WORK * len(free))
        bound = lagrangian_bound(master, duals, priced)
        lines = [line for answer in priced for line in answer.lines]
        self.pool.add(lines)
        helping = [line for line in lines if reduced_cost(line, point) < -TOLERANCE]
        master.add(helping)
        smoothing.record(duals, bound.value, found=bool(helping))
        return bool(helping), bound

    def _priced(self, free: Sequence[int], duals: FloatArray, exact: bool) -> list[Priced] | None:
        """Price ``free`` some at a time; return None if the budget ends between."""
        priced: list[Priced] = []
        for first in range(0, len(free), AT_ONCE):
            if first and self.budget.over:
                return None
            priced += self.team.price(free[first : first + AT_ONCE], duals, exact)
        return priced


def _met(point: MasterPoint, bound: Bound | None, limits: GenerationLimits) -> bool:
    """Return whether value and bound have met, or the bound shows the goal to be out of reach."""
    if bound is None:
        return False
    return point.value - bound.value <= limits.gap or bound.value > limits.goal + TOLERANCE


def reduced_cost(line: Line, point: MasterPoint) -> float:
    """Return cost less duals less the employee's share at ``point`` [points]."""
    worth = float(point.duals[line.rows].sum())
    return line.cost - worth - point.shares[line.employee]


def rounded(problem: LineProblem, bound: float) -> float:
    """Return ``bound``, rounded up when only whole values occur [points]."""
    if problem.integral and math.isfinite(bound):
        return float(math.ceil(bound - TOLERANCE))
    return bound


def lagrangian_bound(
    master: RestrictedMaster, duals: FloatArray, priced: Sequence[Priced]
) -> Bound:
    """Return a valid lower bound from any duals (Lübbecke and Desrosiers 2005, §2.2).

    With ``duals`` within [−over, under] the slack costs nothing, and
    L(π) = Σ_r π_r need_r + Σ_e min_l (c_l − Σ_r π_r a_rl), frozen lines standing alone.
    """
    frozen = sum(line.cost - float(duals[line.rows].sum()) for line in master.frozen_lines)
    least = {e: answer.least for e, answer in zip(master.free, priced, strict=True)}
    value = master.fixed_cost + float(duals @ master.residual) + sum(least.values()) + frozen
    return Bound(value, duals, least)

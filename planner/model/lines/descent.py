"""A bound and good prices soon, whatever the horizon: proximal steps over runs alone.

Column generation needs minutes to say anything about half a year of many people, since every line
it adds is exact.  Here all amounts are fined and the programme keeps runs only, so that a sweep
over everybody takes milliseconds; the bound it gives is valid, close, and its prices are where
column generation and neighbourhoods begin.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from planner.model.lines.budget import Budget
from planner.model.lines.chance import Chance
from planner.model.lines.compiled_descent import Rows, Weights, empty_mix, least_value, move
from planner.model.lines.compiled_runs import Runs, room_for
from planner.model.lines.generate import rounded
from planner.model.lines.pricing import Pricer, PricingTeam
from planner.model.lines.problem import FloatArray, Line, LineProblem
from planner.model.lines.respond import first_line

#: Work of moving one employee-day once [work units].
MOVE_WORK = 6e-7


@dataclass(frozen=True, slots=True)
class DescentPace:
    """How the descent goes about it.

    Attributes
    ----------
    sweeps : int
        Moves of everybody between two evaluations of the bound.
    amounts : float
        Weight of the fined amounts, as a share of that of cover.
    patience, gentler : int and float
        Steps without a better bound before the weights shrink, and by which factor.
    least : float
        A round of the descent ends when the weights are below this share of the first ones.
    again, worthwhile : float
        The next one begins at this share with twice the sweeps, if this one gained more than so
        much, as a share of the bound.
    rounding : float
        Change of a price per person missing while mixes give way to lines [points].
    """

    sweeps: int = 3
    amounts: float = 0.3
    patience: int = 2
    gentler: float = 0.6
    least: float = 1e-4
    again: float = 0.02
    worthwhile: float = 1e-3
    rounding: float = 20.0


@runtime_checkable
class Descending(Pricer, Protocol):
    """A pricer that can state each employee's rules for the descent."""

    def runs(self) -> Sequence[Runs] | None:
        """Return everybody's rules; None if somebody has no lawful line."""
        ...

    def begin(self, fines: Sequence[FloatArray]) -> None:
        """Begin quick pricing at everybody's ``fines``, as ``Runs`` number the amounts."""
        ...


@dataclass(frozen=True, slots=True)
class Prices:
    """Duals of cover rows and fines of everybody's amounts, and the bound that they give."""

    bound: float
    duals: FloatArray
    fines: tuple[FloatArray, ...]


class Descent:
    """Proximal steps; ``run`` raises ``best`` until it stalls or the budget is over.

    Parameters
    ----------
    runs : sequence of Runs
        By employee.

    Attributes
    ----------
    best : Prices
        Those of the best bound.
    """

    def __init__(
        self,
        problem: LineProblem,
        runs: Sequence[Runs],
        chance: Chance,
        pace: DescentPace | None = None,
    ) -> None:
        self._problem, self._runs, self._chance = problem, runs, chance
        self._pace = pace or DescentPace()
        self._rooms = [room_for(own) for own in runs]
        self._mixes = [empty_mix(own) for own in runs]
        need, none = problem.need.astype(np.float64), np.zeros(problem.rows)
        self._rows = Rows(need, problem.under, problem.over_price, none, none.copy())
        self._dearest = float(np.median(problem.under)) if problem.rows else 0.0
        self._share, self._failures, self._sweeps = 1.0, 0, self._pace.sweeps
        fines = tuple(np.zeros(len(own.cap)) for own in runs)
        self.best = Prices(float("-inf"), none.copy(), fines)

    def run(self, budget: Budget, on_bound: Callable[[float], None]) -> Prices:
        """Raise the bound, tell every improvement; return the best prices."""
        while not budget.over:
            before = self.best.bound
            self._until_gentle(budget, on_bound)
            gained = self.best.bound - before
            if not gained > self._pace.worthwhile * abs(self.best.bound):
                break
            self._share, self._sweeps = self._pace.again, 2 * self._sweeps
        return self.best

    def _until_gentle(self, budget: Budget, on_bound: Callable[[float], None]) -> None:
        """Step until the weights are as small as they may become."""
        days = sum(len(own.off_cost) for own in self._runs)
        while self._share > self._pace.least and not budget.over:
            before = self.best.bound
            self._step(budget)
            budget.spend(MOVE_WORK * days * (self._sweeps + 1))
            if self.best.bound > before:
                on_bound(rounded(self._problem, self.best.bound))

    def roster(self, team: PricingTeam) -> list[Line] | None:
        """Return a line for everybody near the mixes; None if somebody has no lawful line.

        Employee by employee the mix gives way to the best whole line at prices that say what all
        others give by now.  The mixes are used up.
        """
        rows, lines = self._rows, list[Line]()
        for e in self._chance.shuffled(range(len(self._runs))):
            np.subtract.at(rows.total, self._runs[e].rows, self._mixes[e].shares)
            duals = self.best.duals + self._pace.rounding * (rows.need - 0.5 - rows.total)
            line = first_line(team, e, np.clip(duals, -rows.over, rows.under))
            if line is None:
                return None
            np.add.at(rows.total, line.rows, 1.0)
            lines.append(line)
        return lines

    def _step(self, budget: Budget) -> None:
        """Do one proximal step and evaluate its prices."""
        weights = Weights(*(self._share * self._dearest * w for w in (1.0, self._pace.amounts)))
        for _ in range(self._sweeps):
            for e in self._chance.shuffled(range(len(self._runs))):
                move(self._runs[e], self._rooms[e], self._rows, self._mixes[e], weights)
            if budget.over:
                break
        here = self._evaluated(weights)
        self._failures = 0 if here.bound > self.best.bound else self._failures + 1
        if here.bound > self.best.bound:
            self.best = here
        if self._failures > self._pace.patience:
            self._share, self._failures, here = self._share * self._pace.gentler, 0, self.best
        self._rows.centre[:] = here.duals
        for mix, fines in zip(self._mixes, here.fines, strict=True):
            mix.centre[:] = fines

    def _evaluated(self, weights: Weights) -> Prices:
        """Return the prices of now with the bound that they give.

        L(π, φ) = Σ_r π_r need_r + Σ_e (min_l (c_l − Σ_r π_r a_rl + φ_e u_l) − φ_e cap_e), the
        minimum over lines that keep their runs.
        """
        rows = self._rows
        duals = rows.centre + weights.cover * (rows.need - rows.total)
        duals = np.clip(duals, -rows.over, rows.under)
        value, every = float(duals @ rows.need), []
        for own, room, mix in zip(self._runs, self._rooms, self._mixes, strict=True):
            fines = np.maximum(0.0, mix.centre + weights.amounts * (mix.mean - own.cap))
            value += least_value(own, room, duals, fines)
            every.append(fines)
        return Prices(value, duals, tuple(every))

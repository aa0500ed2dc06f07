"""The whole search: first roster, root bound, integer phase, dive, neighbourhoods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np

from planner.model.lines.budget import Budget
from planner.model.lines.chance import Chance
from planner.model.lines.closing import ClosingLimits, close
from planner.model.lines.descent import Descending, Descent
from planner.model.lines.dive import DivePace, dive
from planner.model.lines.generate import Bound, ColumnGeneration, Generated, GenerationLimits
from planner.model.lines.improve import EPSILON, NeighbourhoodSearch, SearchShape
from planner.model.lines.incumbent import Incumbent
from planner.model.lines.master import MasterFailed, RestrictedMaster
from planner.model.lines.pool import LinePool
from planner.model.lines.pricing import Pricer, PricingTeam
from planner.model.lines.problem import FloatArray, Line, LineProblem
from planner.model.lines.respond import Respondents, first_lines, respond
from planner.model.lines.section import Sectional

#: On long horizons everybody responds again if that gained this share of the value.
RESPONSE = 0.003


@dataclass(frozen=True, slots=True)
class LineProgress:
    """Where the search is: told at every better roster and every better bound.

    ``value`` and ``bound`` are infinite (plus, minus) while there is none.
    """

    seconds: float
    value: float
    bound: float
    phase: str


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """What the search found.

    Attributes
    ----------
    lines : tuple of Line or None
        One per employee, in their order; None if somebody has no lawful line.
    value, bound : float
        Price of the lines and proven lower bound on any choice of lines [points].
    seconds : float
        Wall time [s].
    """

    lines: tuple[Line, ...] | None
    value: float
    bound: float
    seconds: float


def _silent(_progress: LineProgress) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How the search goes about it.

    Attributes
    ----------
    jobs : int
        Threads for pricing.
    seed : int
        Seed of all choices.
    respond_share, long_respond_share : float
        Share of the budget for best responses, each time; on long horizons for quick ones.
    root_share : float
        Share of the budget for the root's column generation at the most.
    dive_share : float
        Share of what is left then for the dive at the most.
    long : int
        Over so many days or more neighbourhoods come before the root, which may not converge.
    first_share : float
        Share of the budget for them at the most.
    descent_share : float
        Share of the budget for the descent at the most.
    near : float
        On long horizons the root is worth it only within this gap, as a share of the value.
    remembered : int
        Lines of each employee that the dive begins with.
    hasty, pace
        Of a first dive, for a roster soon, and of the thorough one.
    closing, shape
        Of the proof and of the neighbourhoods.
    """

    jobs: int = 1
    seed: int = 0
    respond_share: float = 0.08
    long_respond_share: float = 0.2
    root_share: float = 0.5
    dive_share: float = 0.7
    long: int = 120
    first_share: float = 0.8
    descent_share: float = 0.15
    near: float = 0.003
    remembered: int = 60
    closing: ClosingLimits = field(default_factory=ClosingLimits)
    hasty: DivePace = field(default_factory=lambda: DivePace(rounds=8))
    pace: DivePace = field(default_factory=DivePace)
    shape: SearchShape = field(default_factory=SearchShape)


@dataclass(slots=True)
class LineSearch:
    """One search; ``run`` is the recipe.

    Attributes
    ----------
    on_progress : callable
        Told every better roster and bound.
    """

    problem: LineProblem
    pricer: Pricer
    budget: Budget
    settings: SearchSettings = field(default_factory=SearchSettings)
    on_progress: Callable[[LineProgress], None] = _silent
    bound: float = field(default=float("-inf"), init=False)
    _best: Incumbent | None = field(default=None, init=False)
    _phase: str = field(default="start", init=False)
    _duals: FloatArray | None = field(default=None, init=False)

    def run(self, start: Sequence[Line] | None = None) -> LineOutcome:
        """Search until proven, out of budget or stopped; the best so far is always kept."""
        chance = Chance(self.settings.seed)
        with PricingTeam(self.pricer, self.settings.jobs) as team:
            pool = LinePool(self.problem)
            everybody = chance.shuffled(range(self.problem.employees))
            descent = self._descended(chance)
            if start is not None or descent is None:
                lines = start or first_lines(self.problem, team, everybody, pool)
            else:
                lines = descent.roster(team)
            if lines is None:
                return LineOutcome(None, float("inf"), float("inf"), self.budget.elapsed)
            pool.add(lines)
            incumbent = Incumbent(self.problem, lines)
            self._offer(incumbent)
            self._respond(incumbent, Respondents(team, everybody, exact=not self._long), pool)
            if self._long:
                self._improve_first(team, pool, chance)
            self._from_the_root(team, pool, chance)
        return self._outcome()

    def _descended(self, chance: Chance) -> Descent | None:
        """Return the descent that has given a bound and prices; None if the pricer knows none."""
        runs = self.pricer.runs() if isinstance(self.pricer, Descending) else None
        if runs is None or not isinstance(self.pricer, Descending):
            return None
        self._phase = "descent"
        share = self.budget.share(self.settings.descent_share)
        descent = Descent(self.problem, runs, chance)
        prices = descent.run(share, self._raise_bound)
        self.budget.spend(share.spent)
        self.pricer.begin(prices.fines)
        self._duals = prices.duals
        return descent

    def _improve_first(self, team: PricingTeam, pool: LinePool, chance: Chance) -> None:
        """Search neighbourhoods before the root; on and on while far from the bound."""
        duals = np.zeros(self.problem.rows) if self._duals is None else self._duals
        share = self.budget.share(self.settings.first_share)
        self._improve(ColumnGeneration(team, pool, share), duals, chance)
        self.budget.spend(share.spent)
        if self._value * (1.0 - self.settings.near) > self.bound > float("-inf"):
            self._improve(ColumnGeneration(team, pool, self.budget), duals, chance, swept=True)

    def _from_the_root(self, team: PricingTeam, pool: LinePool, chance: Chance) -> None:
        """Bound at the root, dive, then search neighbourhoods until the end."""
        if self.budget.over:
            return
        everybody = range(self.problem.employees)
        master = RestrictedMaster(self.problem, everybody)
        for employee in everybody:
            master.add(pool.best(employee, np.zeros(self.problem.rows), 1000))
        root = self._root(master, team, pool)
        if root is None:
            generation = ColumnGeneration(team, pool, self.budget)
            self._improve(generation, np.zeros(self.problem.rows), chance, swept=True)
        elif not self._proven and not self.budget.over:
            self._after_the_root(root, team, pool, chance)

    def _after_the_root(
        self, root: Generated, team: PricingTeam, pool: LinePool, chance: Chance
    ) -> None:
        """Dive, then prove or search neighbourhoods until the end."""
        duals = root.point.duals if root.bound is None else root.bound.duals
        worth_it = root.proven or not self._long
        for pace in (self.settings.hasty, self.settings.pace) if worth_it else ():
            if not self._proven:
                self._dive(team, pool, duals, pace)
        generation = ColumnGeneration(team, pool, self.budget)
        if root.bound is None or not self._closed(team, root.bound):
            self._improve(generation, duals, chance, swept=True)
            if root.bound is not None:
                self._closed(team, root.bound)

    def _root(
        self, master: RestrictedMaster, team: PricingTeam, pool: LinePool
    ) -> Generated | None:
        """Return the root's column generation; None if the linear programme was given up."""
        self._phase = "bound"
        share = self.budget.share(self.settings.root_share)
        generation = ColumnGeneration(team, pool, share, self._raise_bound)
        root: Generated | None = None
        with suppress(MasterFailed):
            root = generation.run(master, GenerationLimits(start=self._duals, known=self.bound))
        self.budget.spend(share.spent)
        return root

    def _dive(self, team: PricingTeam, pool: LinePool, duals: FloatArray, pace: DivePace) -> None:
        """Dive from the best lines of the root, then let everybody respond."""
        self._phase = "dive"
        everybody = range(self.problem.employees)
        master = RestrictedMaster(self.problem, everybody)
        for employee in everybody:
            master.add(pool.best(employee, duals, self.settings.remembered))
        share = self.budget.share(self.settings.dive_share)
        generation = ColumnGeneration(team, pool, share)
        lines: list[Line] | None = None
        with suppress(MasterFailed):
            lines = dive(generation, master, pace, self._value, duals)
        self.budget.spend(share.spent)
        if lines is None:
            return
        incumbent = Incumbent(self.problem, lines)
        self._offer(incumbent)
        self._respond(incumbent, Respondents(team, everybody), pool)

    def _respond(self, incumbent: Incumbent, who: Respondents, pool: LinePool) -> None:
        """Let everybody respond in turn until few gain or a small share of the budget is spent."""
        settings = self.settings
        share = settings.long_respond_share if self._long else settings.respond_share
        part = self.budget.share(share)
        least = RESPONSE if self._long else 0.0
        while respond(incumbent, who, pool, part) > max(EPSILON, least * incumbent.value):
            self._offer(incumbent)
        self._offer(incumbent)
        self.budget.spend(part.spent)

    def _closed(self, team: PricingTeam, bound: Bound) -> bool:
        """Try to prove the best roster, or a better one, to be the best of all."""
        if not self._proven and not self.budget.over:
            self._phase = "proof"
            limits = self.settings.closing.within(self.budget)
            choice = close(self.problem, team, bound, self._best_lines, limits)
            if choice is not None:
                self._offer(Incumbent(self.problem, choice.lines))
                if choice.proven:
                    self._raise_bound(self._value)
        return self._proven

    def _improve(
        self, generation: ColumnGeneration, duals: FloatArray, chance: Chance, swept: bool = False
    ) -> None:
        self._phase = "improve"
        incumbent = Incumbent(self.problem, self._best_lines)
        search = NeighbourhoodSearch(
            generation, self.settings.shape, chance, duals, on_better=self._offer
        )
        if self._long and not swept:
            search.sweep(incumbent, generation.budget)
        search.run(incumbent, self.bound, generation.budget)

    @property
    def _long(self) -> bool:
        pricer = self.pricer
        return isinstance(pricer, Sectional) and pricer.days >= self.settings.long

    @property
    def _value(self) -> float:
        return float("inf") if self._best is None else self._best.value

    @property
    def _best_lines(self) -> list[Line]:
        return [] if self._best is None else self._best.lines

    @property
    def _proven(self) -> bool:
        return self._value <= self.bound + EPSILON

    def _offer(self, incumbent: Incumbent) -> None:
        """Keep ``incumbent`` if it is the best so far."""
        if incumbent.value < self._value - EPSILON:
            self._best = Incumbent(self.problem, incumbent.lines)
            self._tell()

    def _raise_bound(self, bound: float) -> None:
        if bound > self.bound + EPSILON:
            self.bound = bound
            self._tell()

    def _tell(self) -> None:
        self.on_progress(LineProgress(self.budget.elapsed, self._value, self.bound, self._phase))

    def _outcome(self) -> LineOutcome:
        lines = tuple(self._best_lines)
        return LineOutcome(lines, self.problem.value(lines), self.bound, self.budget.elapsed)

"""The integer model of opening hours (CP-SAT): the same definitions as ``score``, posted anew.

Variables: one boolean per site and week (exactly one a site), one per site, weekday and kind of
day (early, late, both, neither) that spreads the week over its days, one per place of residence
and occasion (only if a site within reach serves it), reach and worst reach in thousandths.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from planner.domain.outcome import SolveStatus
from planner.model.opening_hours.blocks import OCCASIONS, SATURDAY, WEEKDAYS, Block
from planner.model.opening_hours.problem import REACH_WHOLE, WHOLE, HoursProblem, Plan
from planner.model.opening_hours.score import (
    displaced,
    district_sums,
    hours_of,
    opened_in_district,
)
from planner.model.opening_hours.weeks import KINDS, kind_of, weeks_of

_OUTCOMES = {
    cp_model.OPTIMAL: SolveStatus.OPTIMAL,
    cp_model.FEASIBLE: SolveStatus.FEASIBLE,
    cp_model.INFEASIBLE: SolveStatus.INFEASIBLE,
}


@dataclass(frozen=True, slots=True)
class Floors:
    """What a plan must reach at least and cost at most; None: any."""

    reach: int = 0
    worst: int = 0
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Solved:
    """A search: its status, the best plan and the bound on what was optimised."""

    status: SolveStatus
    plan: Plan | None
    value: int | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class SearchLimits:
    """Effort of one search.

    Attributes
    ----------
    effort : float
        Deterministic time of CP-SAT, equal on every machine; a second or more each.
    seed : int
        Seed of the search.
    stop : callable () -> bool
        True once the caller wants the best plan so far.
    """

    effort: float
    seed: int
    stop: Callable[[], bool]


class HoursModel:
    """The model of one problem; every search posts its floors on a fresh copy."""

    def __init__(self, problem: HoursProblem) -> None:
        self._problem = problem
        self._model = cp_model.CpModel()
        self._weeks = [weeks_of(problem, site) for site in problem.sites]
        self._taken = [
            [self._model.new_bool_var(f"w{site}.{i}") for i in range(len(weeks))]
            for site, weeks in enumerate(self._weeks)
        ]
        for taken in self._taken:
            self._model.add_exactly_one(taken)
        self._kinds = [self._spread(site) for site in range(len(problem.sites))]
        self._changes = self._changes_of_today()
        self._work = self._work_parts()
        self._staff = [self._staff_of(site) for site in range(len(problem.sites))]
        self._post_limits()
        self._reach, self._worst = self._post_reach()
        self._cost = self._cost_of()

    def cheapest(self, floors: Floors, limits: SearchLimits, hint: Plan) -> Solved:
        """Return the cheapest plan that reaches ``floors``."""
        return self._solve(floors, limits, hint, maximise=False)

    def widest(self, floors: Floors, limits: SearchLimits, hint: Plan) -> Solved:
        """Return the plan within ``floors`` with most reach, and of those the best worst."""
        return self._solve(floors, limits, hint, maximise=True)

    def _total(self, site: int, name: str) -> cp_model.LinearExpr:
        """Return an amount of the chosen week."""
        amounts = [int(getattr(week, name)) for week in self._weeks[site]]
        return cp_model.LinearExpr.weighted_sum(self._taken[site], amounts)

    def _spread(self, site: int) -> list[list[cp_model.IntVar]]:
        """Return booleans by weekday and kind, as many of each kind as the week has."""
        model, weeks, taken = self._model, self._weeks[site], self._taken[site]
        kinds = [
            [model.new_bool_var(f"k{site}.{day}.{kind}") for kind in range(len(KINDS))]
            for day in range(WEEKDAYS)
        ]
        for day in range(WEEKDAYS):
            model.add_exactly_one(kinds[day])
        for kind in range(len(KINDS)):
            count = sum(w.kinds[kind] * t for w, t in zip(weeks, taken, strict=True))
            model.add(sum(day[kind] for day in kinds) == count)
        place = self._problem.sites[site]
        if any(place.options[day] != place.options[0] for day in range(WEEKDAYS)):
            for day, hours in enumerate(place.hours(place.today)[:WEEKDAYS]):
                model.add(kinds[day][kind_of(self._problem, hours)] == 1)
        return kinds

    def _changes_of_today(self) -> list[cp_model.LinearExpr]:
        """Displaced customers of each site, less those of today [1/10000]."""
        problem = self._problem
        today = [displaced(hours, problem.reaction) for hours in hours_of(problem, problem.today)]
        return [self._total(site, "displaced") - before for site, before in enumerate(today)]

    def _work_parts(self) -> list[cp_model.LinearExpr]:
        """Work of each site [min/10000]."""
        problem = self._problem
        work = [cp_model.LinearExpr.constant(s.work_minutes * WHOLE) for s in problem.sites]
        for source, site in enumerate(problem.sites):
            for target, share in enumerate(problem.flows[source]):
                moving = round(problem.reaction.switch * share * site.work_minutes)
                work[source] -= moving * self._changes[source]
                work[target] += moving * self._changes[source]
        return work

    def _staff_of(self, site: int) -> cp_model.LinearExpr:
        model, place = self._model, self._problem.sites[site]
        opened, slack = self._total(site, "open_minutes"), self._total(site, "slack")
        counter = model.new_int_var(0, place.staff_minutes, f"staff{site}")
        model.add(WHOLE * counter >= self._work[site] + WHOLE * slack)
        model.add(counter >= place.presence * opened)
        setup = place.presence * self._problem.setup_minutes
        staff = counter + setup * self._total(site, "open_days")
        model.add(staff <= place.staff_minutes)
        model.add(self._work[site] + WHOLE * slack <= WHOLE * place.desks * opened)
        return staff

    def _post_limits(self) -> None:
        problem = self._problem
        self._model.add(cp_model.LinearExpr.sum(self._staff) <= problem.limits.staff_minutes)
        if problem.reaction.lost > 0:
            total = sum(site.work_minutes for site in problem.sites)
            gone = cp_model.LinearExpr.sum(
                [
                    site.work_minutes * self._total(number, "displaced")
                    for number, site in enumerate(problem.sites)
                ]
            )
            most = problem.limits.lost_share / problem.reaction.lost * WHOLE * total
            self._model.add(gone <= int(most + 1e-6))
        today = hours_of(problem, problem.today)
        for district in problem.limits.no_loss:
            opened = cp_model.LinearExpr.sum(
                [
                    self._total(number, "open_minutes")
                    for number, site in enumerate(problem.sites)
                    if site.district == district
                ]
            )
            self._model.add(opened >= opened_in_district(problem, today, district))

    def _post_reach(self) -> tuple[cp_model.IntVar, cp_model.IntVar]:
        problem, model = self._problem, self._model
        weights, everybody = sum(problem.occasion_weights), 0
        today = dict(district_sums(problem, hours_of(problem, problem.today), problem.edge))
        found, sums = self._found(), []
        worst = model.new_int_var(0, REACH_WHOLE, "worst")
        for district, residents in problem.residents:
            total = cp_model.LinearExpr.sum(
                [
                    weight * people * found[home, occasion]
                    for occasion, weight in enumerate(problem.occasion_weights)
                    for home, people in enumerate(residents)
                    if people
                ]
            )
            sums.append(total)
            everybody += sum(residents)
            if sum(residents):
                model.add(weights * sum(residents) * worst <= REACH_WHOLE * total)
            if district in problem.limits.no_loss:
                model.add(total >= today[district])
        reach = model.new_int_var(0, REACH_WHOLE, "reach")
        model.add(weights * everybody * reach <= REACH_WHOLE * cp_model.LinearExpr.sum(sums))
        return reach, worst

    def _found(self) -> dict[tuple[int, int], cp_model.IntVar]:
        """Whether those who live at a site find an open one within reach at an occasion."""
        found = {}
        for home, near in enumerate(self._problem.near):
            for occasion, (day, block) in enumerate(OCCASIONS):
                variable = self._model.new_bool_var(f"found{home}.{occasion}")
                serving = [self._serving(site, day, block) for site in near]
                self._model.add(cp_model.LinearExpr.sum(serving) >= variable)
                found[home, occasion] = variable
        return found

    def _serving(self, site: int, day: int, block: Block) -> cp_model.LinearExpr:
        if day == SATURDAY:
            return self._total(site, "opens_saturday")
        position = 0 if block is Block.EARLY else 1
        days = zip(KINDS, self._kinds[site][day], strict=True)
        return cp_model.LinearExpr.sum([z for kind, z in days if kind[position]])

    def _cost_of(self) -> cp_model.LinearExpr:
        problem = self._problem
        surcharge = cp_model.LinearExpr.sum(
            [
                problem.saturday_price(place) * self._total(site, "saturday_minutes")
                for site, place in enumerate(problem.sites)
            ]
        )
        return cp_model.LinearExpr.sum(self._staff) * problem.money.staff_minute + surcharge

    def _solve(self, floors: Floors, limits: SearchLimits, hint: Plan, *, maximise: bool) -> Solved:
        model = self._model.clone()
        model.add(self._reach >= floors.reach)
        model.add(self._worst >= floors.worst)
        if floors.cost is not None:
            model.add(self._cost <= floors.cost)
        if maximise:
            model.maximize((REACH_WHOLE + 1) * self._reach + self._worst)
        else:
            model.minimize(self._cost)
        self._hint(model, hint)
        solver = _solver(limits)
        found = solver.solve(model, _Stopping(limits.stop))
        outcome = _OUTCOMES.get(found, SolveStatus.OUT_OF_TIME)
        if outcome not in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE):
            return Solved(outcome, None, None, None)
        value, bound = round(solver.objective_value), solver.best_objective_bound
        return Solved(outcome, self._plan(solver), value, bound)

    def _hint(self, model: cp_model.CpModel, hint: Plan) -> None:
        for site, chosen in enumerate(hint):
            key = (tuple(sorted(chosen[:WEEKDAYS])), chosen[SATURDAY])
            for week, taken in zip(self._weeks[site], self._taken[site], strict=True):
                model.add_hint(taken, (tuple(sorted(week.weekdays)), week.saturday) == key)
            for day, hours in enumerate(self._problem.sites[site].hours(chosen)[:WEEKDAYS]):
                for kind, variable in enumerate(self._kinds[site][day]):
                    model.add_hint(variable, kind == kind_of(self._problem, hours))

    def _plan(self, solver: cp_model.CpSolver) -> Plan:
        return tuple(self._site_plan(solver, site) for site in range(len(self._problem.sites)))

    def _site_plan(self, solver: cp_model.CpSolver, site: int) -> tuple[int, ...]:
        """Return the chosen week with its weekdays where their kinds stand."""
        pairs = zip(self._weeks[site], self._taken[site], strict=True)
        week = next(week for week, taken in pairs if solver.boolean_value(taken))
        options = self._problem.sites[site].options
        left = list(week.weekdays)
        chosen = []
        for day in range(WEEKDAYS):
            kind = next(k for k, z in enumerate(self._kinds[site][day]) if solver.boolean_value(z))
            index = next(i for i in left if kind_of(self._problem, options[day][i]) == kind)
            left.remove(index)
            chosen.append(index)
        return (*chosen, week.saturday)


class _Stopping(cp_model.CpSolverSolutionCallback):
    """Ends the search at the next solution once the caller wants to stop."""

    def __init__(self, stop: Callable[[], bool]) -> None:
        super().__init__()
        self._stop = stop

    def on_solution_callback(self) -> None:
        """Look whether the caller wants to stop."""
        if self._stop():
            self.stop_search()


def _solver(limits: SearchLimits) -> cp_model.CpSolver:
    """Return a solver whose result depends on seed and effort only, not on the machine."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False  # an interrupt is the caller's
    solver.parameters.max_deterministic_time = limits.effort
    solver.parameters.random_seed = limits.seed
    return solver

"""Capacity over months: when to hire how many, so that the book of appointments keeps its lead.

One group of posts (a location or cluster, and a skill).  Hires start after a lead time, learn for
some months, and leave at a constant rate; what is not served this month waits in the book.

    B_t = B_{t-1} + D_t - u_t,   0 <= u_t <= capacity_t,   lead_t = B_t / capacity_t · working days

Linear, with whole hires if asked for (Gans and Zhou 2002, Oper. Res. 50, 991-1006: the model in
the mean is within a percent of the stochastic optimum in most cases).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ortools.linear_solver import pywraplp

from planner.domain.outcome import SolveStatus

_OUTCOMES = {
    pywraplp.Solver.OPTIMAL: SolveStatus.OPTIMAL,
    pywraplp.Solver.FEASIBLE: SolveStatus.FEASIBLE,
    pywraplp.Solver.INFEASIBLE: SolveStatus.INFEASIBLE,
}


@dataclass(frozen=True, slots=True)
class CapacityProblem:
    """Months ahead for one group of posts.

    Attributes
    ----------
    demand : tuple of float
        Slots asked for by month.
    initial_fte : float
        Fully productive posts at the start.
    attrition : float
        Share of heads who leave in a month.
    start_lead : int
        Months from the decision to hire to the first day.
    productivity : tuple of float
        Productivity in the first months since the start; 1 afterwards.
    slots_per_fte : float
        Slots that a fully productive post serves in a month.
    most_hires : float
        Hires a month at the most.
    backlog : float
        Slots booked at the start.
    """

    demand: tuple[float, ...]
    initial_fte: float
    attrition: float
    start_lead: int
    productivity: tuple[float, ...]
    slots_per_fte: float
    most_hires: float
    backlog: float = 0.0

    def heads_of_hire(self, decided: int, month: int) -> float:
        """Return the expected heads in ``month`` of one hire decided in month ``decided``."""
        since = month - decided - self.start_lead
        return (1.0 - self.attrition) ** since if since >= 0 else 0.0

    def fte_of_hire(self, decided: int, month: int) -> float:
        """Return the productive posts in ``month`` of one hire decided in month ``decided``."""
        since = month - decided - self.start_lead
        learning = 0 <= since < len(self.productivity)
        rate = self.productivity[since] if learning else 1.0
        return rate * self.heads_of_hire(decided, month)

    def initial_heads(self, month: int) -> float:
        """Return those of the start who are still there in ``month``."""
        return self.initial_fte * (1.0 - self.attrition) ** month


@dataclass(frozen=True, slots=True)
class CapacityGoals:
    """Prices and promises.

    Attributes
    ----------
    salary, hire_cost, backlog_cost : float
        Per head and month, per hire, per waiting slot and month [currency].
    end_backlog : float or None
        Backlog at the end at the most; None: free.
    lead_days : float or None
        Mean lead to be held [working days]; None: not promised.
    lead_from : int
        First month in which the lead is promised.
    working_days : float
        Working days of a month.
    whole_hires : bool
        Hires are whole people.
    """

    salary: float
    hire_cost: float
    backlog_cost: float = 0.0
    end_backlog: float | None = None
    lead_days: float | None = None
    lead_from: int = 0
    working_days: float = 21.0
    whole_hires: bool = True


@dataclass(frozen=True, slots=True)
class CapacityPlan:
    """The cheapest hires; ``cost`` is None when no plan was found or none keeps the promises.

    Attributes
    ----------
    status : SolveStatus
        How the search ended.
    hires, heads, fte, backlog : tuple of float
        By month: decided hires, heads paid, productive posts, backlog at the end.
    cost, bound : float or None
        Total cost and the proven bound on any plan's cost.
    """

    status: SolveStatus
    hires: tuple[float, ...]
    heads: tuple[float, ...]
    fte: tuple[float, ...]
    backlog: tuple[float, ...]
    cost: float | None
    bound: float | None


def plan_capacity(
    problem: CapacityProblem, goals: CapacityGoals, seconds: float = 60.0
) -> CapacityPlan:
    """Return the cheapest hires that keep the promises."""
    return _CapacityModel(problem, goals).solve(seconds)


class _CapacityModel:
    """Variables and constraints of one group."""

    def __init__(self, problem: CapacityProblem, goals: CapacityGoals) -> None:
        self._problem, self._goals = problem, goals
        name = "SCIP" if goals.whole_hires else "GLOP"
        self._solver = pywraplp.Solver.CreateSolver(name)
        months = range(len(problem.demand))
        make = self._solver.IntVar if goals.whole_hires else self._solver.NumVar
        self._hires = [make(0.0, problem.most_hires, f"h{month}") for month in months]
        endless = self._solver.infinity()
        self._backlog = [self._solver.NumVar(0.0, endless, f"B{month}") for month in months]
        self._served = [self._solver.NumVar(0.0, endless, f"u{month}") for month in months]
        self._heads = [self._people(month, problem.heads_of_hire) for month in months]
        self._fte = [self._people(month, problem.fte_of_hire) for month in months]
        for month in months:
            self._post(month)
        self._solver.Minimize(
            goals.salary * sum(self._heads)
            + goals.hire_cost * sum(self._hires)
            + goals.backlog_cost * sum(self._backlog)
        )

    def solve(self, seconds: float) -> CapacityPlan:
        """Return the plan."""
        self._solver.SetTimeLimit(int(seconds * 1000))
        status = self._solver.Solve()
        outcome = _OUTCOMES.get(status, SolveStatus.OUT_OF_TIME)
        if outcome not in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE):
            return CapacityPlan(outcome, (), (), (), (), None, None)
        objective = self._solver.Objective()
        return CapacityPlan(
            status=outcome,
            hires=tuple(variable.solution_value() for variable in self._hires),
            heads=tuple(_value(people) for people in self._heads),
            fte=tuple(_value(people) for people in self._fte),
            backlog=tuple(variable.solution_value() for variable in self._backlog),
            cost=objective.Value(),
            bound=objective.BestBound() if self._goals.whole_hires else objective.Value(),
        )

    def _people(self, month: int, per_hire: Callable[[int, int], float]) -> pywraplp.LinearExpr:
        joined = [per_hire(decided, month) * hires for decided, hires in enumerate(self._hires)]
        return self._problem.initial_heads(month) + sum(joined)

    def _post(self, month: int) -> None:
        problem, goals = self._problem, self._goals
        capacity = problem.slots_per_fte * self._fte[month]
        before = self._backlog[month - 1] if month else problem.backlog
        demand = problem.demand[month]
        self._solver.Add(self._backlog[month] == before + demand - self._served[month])
        self._solver.Add(self._served[month] <= capacity)
        if goals.lead_days is not None and month >= goals.lead_from:
            self._solver.Add(
                self._backlog[month] * goals.working_days <= goals.lead_days * capacity
            )
        if goals.end_backlog is not None and month == len(problem.demand) - 1:
            self._solver.Add(self._backlog[month] <= goals.end_backlog)


def _value(people: pywraplp.LinearExpr) -> float:
    return float(people.solution_value())


def posts_for_lead(problem: CapacityProblem, lead_days: float, working_days: float = 21.0) -> float:
    """Return the fully productive posts that serve the mean demand at a mean lead.

    In the long run capacity must cover demand; the book then holds ``lead_days`` of it without
    growing, so the lead sets the backlog, not the posts.  A start backlog above that is cleared
    over the months of the problem.
    """
    mean = sum(problem.demand) / len(problem.demand)
    excess = max(0.0, problem.backlog - mean * lead_days / working_days)
    return (mean + excess / len(problem.demand)) / problem.slots_per_fte

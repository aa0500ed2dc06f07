"""The MIP over months: hires now, overtime and loans later, the promise as a chance constraint.

A binary per scenario says that its promise may be broken; at most ``(1 - p)`` of them may be.
The big-M of a broken promise is the worst book of the scenario without hires and overtime, so it
is as small as it can be.
"""

from __future__ import annotations

import numpy as np
from ortools.linear_solver import pywraplp

from planner.model.capacity.book import no_recourse, play
from planner.model.capacity.problem import Floats, MonthsProblem, Recourse

#: Broken promises are branched on before hires: once they are settled, the bound is tight.
_FIRST = 10

Cell = tuple[pywraplp.Variable, ...]


class MonthsModel:
    """Variables and constraints of one field of work.

    Parameters
    ----------
    linear : bool
        Hires in parts of people, for a quick answer.
    """

    def __init__(self, problem: MonthsProblem, linear: bool = False) -> None:
        self.problem = problem
        self.solver = pywraplp.Solver.CreateSolver("GLOP" if linear else "SCIP")
        groups, months = len(problem.groups), problem.months
        columns = max(0, months - problem.people.start_lead)
        make = self.solver.NumVar if linear else self.solver.IntVar
        self._hires = [
            [make(0.0, problem.people.most_hires, "") for _ in range(columns)]
            for _ in range(groups)
        ]
        self._limit_hires(columns)
        self._posts = [
            [self._posts_row(group, month) for month in range(months)] for group in range(groups)
        ]
        self.broken = self._broken_scenarios()
        self._cells = [self._book_rows(scenario) for scenario in range(problem.scenarios)]
        self._minimise()

    def set_aside(self, scenarios: frozenset[int]) -> None:
        """Fix which scenarios break the promise."""
        for scenario, broken in enumerate(self.broken):
            aside = float(scenario in scenarios)
            broken.SetBounds(aside, aside)

    def set_free(self) -> None:
        """Let the solver choose again which scenarios break the promise."""
        for broken in self.broken:
            broken.SetBounds(0.0, 1.0)

    def hires(self) -> Floats:
        """Return the hires of the solution by decision month, array (groups, months)."""
        found = np.zeros((len(self.problem.groups), self.problem.months))
        for group, row in enumerate(self._hires):
            found[group, : len(row)] = [round(hire.solution_value()) for hire in row]
        return found

    def recourse(self) -> Recourse:
        """Return overtime and loans of the solution."""
        parts = np.array(
            [
                [[[v.solution_value() for v in cell[1:]] for cell in row] for row in cells]
                for cells in self._cells
            ]
        )
        overtime, lent, borrowed = np.moveaxis(np.maximum(parts, 0.0), 3, 0)
        return Recourse(overtime, lent, borrowed)

    def _limit_hires(self, columns: int) -> None:
        for month in range(columns):
            together = sum(row[month] for row in self._hires)
            self.solver.Add(together <= self.problem.people.most_hires)

    def _posts_row(self, group: int, month: int) -> pywraplp.Variable:
        """Make the productive posts of a group and month, tied to the hires."""
        posts = self.solver.NumVar(0.0, self.solver.infinity(), "")
        fixed = float(self.problem.people.initial_posts[group, month])
        shares = self._shares(group, month)
        people = sum(share * hire for hire, share in zip(self._hires[group], shares, strict=True))
        self.solver.Add(posts == fixed + people)
        return posts

    def _shares(self, group: int, month: int) -> list[float]:
        """Return the productive posts in ``month`` of one hire by decision month."""
        people, months = self.problem.people, self.problem.months
        since = month - people.start_lead - np.arange(len(self._hires[group]))
        working = people.survival(months) * people.speed(months)
        return [float(x) for x in np.where(since >= 0, working[np.maximum(since, 0)], 0.0)]

    def _broken_scenarios(self) -> list[pywraplp.Variable]:
        broken = [self.solver.BoolVar("") for _ in range(self.problem.scenarios)]
        for variable in broken:
            variable.SetBranchingPriority(_FIRST)
        self.solver.Add(sum(broken) <= self.problem.may_fail)
        return broken

    def _book_rows(self, scenario: int) -> list[list[Cell]]:
        """Make (book, overtime, lent, borrowed) of each group and month, and tie them."""
        most = self._worst_book(scenario)
        cells = []
        for group in range(len(self.problem.groups)):
            before: pywraplp.Variable | float = float(self.problem.book[group])
            row = []
            for month in range(self.problem.months):
                cell = self._cell((scenario, group, month), before, float(most[group, month]))
                row.append(cell)
                before = cell[0]
            cells.append(row)
        for month in range(self.problem.months):
            lent = sum(row[month][2] for row in cells)
            self.solver.Add(sum(row[month][3] for row in cells) == lent)
        return cells

    def _cell(
        self, at: tuple[int, int, int], before: pywraplp.Variable | float, most: float
    ) -> Cell:
        """Make one month of a group: the book follows from the slots, and keeps the promise."""
        problem, endless = self.problem, self.solver.infinity()
        scenario, group, month = at
        rate, today = float(problem.rate[at]), float(problem.people.initial_heads[group, 0])
        limits = problem.limits
        share = limits.lent_share if len(problem.groups) > 1 else 0.0
        overtime = self.solver.NumVar(0.0, limits.overtime_share * today, "")
        lent = self.solver.NumVar(0.0, share * rate * today, "")
        borrowed = self.solver.NumVar(0.0, endless if share else 0.0, "")
        book = self.solver.NumVar(float(problem.wished[at]), endless, "")
        slots = rate * self._posts[group][month] + rate * overtime - lent
        slots = slots + (1.0 - limits.lent_loss) * borrowed
        self.solver.Add(book >= before + float(problem.asked[at]) - slots)
        if month >= limits.promise_from:
            allowed = limits.lead_days / float(problem.days[month])
            self.solver.Add(book <= allowed * slots + most * self.broken[scenario])
        return book, overtime, lent, borrowed

    def _worst_book(self, scenario: int) -> Floats:
        """Return the book with as few slots as there can be, by group and month."""
        problem = self.problem
        posts, single = problem.people.initial_posts, len(problem.groups) == 1
        lent = 0.0 if single else problem.limits.lent_share * problem.people.initial_heads[:, [0]]
        years = play(problem, np.maximum(posts - lent, 0.0), no_recourse(problem))
        return np.asarray(np.maximum(years.book[scenario], 1.0), dtype=np.float64)

    def _minimise(self) -> None:
        problem, prices = self.problem, self.problem.prices
        alive = problem.people.survival(problem.months)
        terms = []
        for group, hires in enumerate(self._hires):
            terms.append(prices.post * float(problem.people.initial_heads[group].sum()))
            for decided, hire in enumerate(hires):
                paid = problem.months - decided - problem.people.start_lead
                terms.append((prices.hire + prices.post * float(alive[:paid].sum())) * hire)
        each = 1.0 / problem.scenarios
        for scenario, group, month in np.ndindex(problem.asked.shape):
            book, overtime, lent, _borrowed = self._cells[scenario][group][month]
            rate = float(problem.rate[scenario, group, month])
            terms.append(each * prices.overtime * overtime)
            terms.append(each * prices.lent / rate * lent)
            terms.append(each * prices.waiting * book)
        self.solver.Minimize(sum(terms))

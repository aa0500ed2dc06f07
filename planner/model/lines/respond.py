"""Best response: one employee at a time takes the line that helps the others most as they stand.

Gives a first roster from nothing and polishes any other; for lines that serve a row at most once
the answer is the exact best line of the employee.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.errors import ModelError
from planner.model.lines.budget import Budget
from planner.model.lines.generate import PRICE_WORK
from planner.model.lines.incumbent import Incumbent
from planner.model.lines.pool import LinePool
from planner.model.lines.pricing import PricingTeam
from planner.model.lines.problem import FloatArray, Line, LineProblem


def first_line(team: PricingTeam, employee: int, duals: FloatArray) -> Line | None:
    """Return a good line of ``employee`` at ``duals``; None if there is no lawful one."""
    for exact in (False, True):
        answer = team.price([employee], duals, exact)[0]
        if answer.lines:
            return answer.lines[0]
    return None


def first_lines(
    problem: LineProblem, team: PricingTeam, order: Sequence[int], pool: LinePool
) -> list[Line] | None:
    """Return a line for each employee, chosen in turn; None if somebody has no lawful line."""
    served = np.zeros(problem.rows, np.int32)
    chosen: list[Line] = []
    for employee in order:
        answer = team.price([employee], problem.marginal(served), exact=True)[0]
        if not answer.lines:
            return None
        pool.add(answer.lines)
        chosen.append(answer.lines[0])
        np.add.at(served, answer.lines[0].rows, 1)
    return chosen


@dataclass(frozen=True, slots=True)
class Respondents:
    """Who responds, in which order, and whether to exact prices (long lines: to quick ones)."""

    team: PricingTeam
    order: Sequence[int]
    exact: bool = True


def respond(incumbent: Incumbent, who: Respondents, pool: LinePool, budget: Budget) -> float:
    """Let each employee respond once; return by how much the value fell [points].

    Raises
    ------
    ModelError
        If exact pricing finds no line for an employee who has one.
    """
    before = incumbent.value
    for employee in who.order:
        if budget.over:
            break
        served = incumbent.served.copy()
        np.add.at(served, incumbent.lines[employee].rows, -1)
        answer = who.team.price([employee], incumbent.problem.marginal(served), who.exact)[0]
        budget.spend(PRICE_WORK)
        if not answer.lines and who.exact:
            raise ModelError(f"no line for employee {employee}, who has one")
        if not answer.lines:
            continue
        pool.add(answer.lines)
        best = max(answer.lines, key=lambda line: incumbent.gain([line]))
        if incumbent.gain([best]) >= 0:
            incumbent.replace([best])
    return before - incumbent.value

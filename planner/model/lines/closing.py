"""Closing the gap: list every line that can be part of something better, and choose exactly.

A line whose reduced cost exceeds ``goal`` less the bound cannot stand in a choice as good as
``goal`` (reduced-cost fixing; Baldacci, Christofides and Mingozzi 2008, doi
10.1007/s10107-007-0178-5, enumerate columns to a proof in the same way).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from planner.model.lines.budget import Budget
from planner.model.lines.generate import Bound
from planner.model.lines.integer import Choice, IntegerLimits, best_choice
from planner.model.lines.pricing import PricingTeam
from planner.model.lines.problem import Line, LineProblem


@dataclass(frozen=True, slots=True)
class ClosingLimits:
    """When listing is worth it.

    Attributes
    ----------
    lines : int
        Lines of one employee at the most; more of them, and there is no proof.
    integer : IntegerLimits
        Limits of the integer phase.
    """

    lines: int = 600
    integer: IntegerLimits = field(default_factory=lambda: IntegerLimits(work=20.0))

    def within(self, budget: Budget) -> ClosingLimits:
        """Return these limits within what is left of ``budget``."""
        return replace(self, integer=self.integer.within(budget))


def close(
    problem: LineProblem,
    team: PricingTeam,
    bound: Bound,
    incumbent: Sequence[Line],
    limits: ClosingLimits,
) -> Choice | None:
    """Return the best choice of all, proven, or what is found on the way; None if too many lines.

    Parameters
    ----------
    bound : Bound
        Of the root, exact prices in it.
    incumbent : sequence of Line
        The best choice so far, one line per employee.
    """
    step = 1.0 if problem.integral else 0.0
    slack = problem.value(incumbent) - step - bound.value
    candidates = list(incumbent)
    keys = {line.key for line in incumbent}
    for employee, least in bound.least.items():
        listed = team.within({employee: least}, bound.duals, slack, limits.lines)[0]
        if not listed.whole:
            return None
        candidates += [line for line in listed.lines if line.key not in keys]
    return best_choice(problem, candidates, problem.need, incumbent, limits.integer)

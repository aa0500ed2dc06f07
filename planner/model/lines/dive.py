"""The dive: freeze the lines that the linear programme likes best, price again, until all stand.

Strandmark, Qu and Curtois (2020, §4.4) fix columns in the same way.  Column generation between two
steps goes to its end: lines that fit the few employees left are the ones not known yet, and a
master without them pays for cover that nobody need miss (measured: ``DECISIONS.md``).
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.model.lines.generate import ColumnGeneration, GenerationLimits
from planner.model.lines.master import RestrictedMaster
from planner.model.lines.problem import FloatArray, Line

#: Nobody has two lines heavier than this.
HALF = 0.5 + 1e-6


@dataclass(frozen=True, slots=True)
class DivePace:
    """How fast lines are frozen.

    Attributes
    ----------
    sure : float
        Lines at least this heavy are frozen at once.
    portion : float
        At most this share of all employees in one step (at least one of them).
    crowd : int
        Where nobody is sure, one of so many free employees takes a line that weighs a half or more.
    rounds : int
        Rounds of column generation after each step at the most.
    patience : float
        A step with n employees left may take this many n-th parts of the budget left.
    gap : float
        Column generation between steps ends at this gap, as a share of the value.
    """

    sure: float = 0.8
    portion: float = 0.15
    crowd: int = 12
    rounds: int = 300
    patience: float = 3.0
    gap: float = 2e-4


def dive(
    generation: ColumnGeneration,
    master: RestrictedMaster,
    pace: DivePace,
    goal: float,
    duals: FloatArray | None = None,
) -> list[Line] | None:
    """Return one line per employee of ``master``; None once nothing as good as ``goal`` is left.

    ``master`` is left with its employees frozen.  Once the budget is over, everybody takes the
    heaviest line at once.  ``duals`` are those of the root.
    """
    value = 0.0
    while master.free:
        limits = GenerationLimits(pace.rounds, pace.gap * value, goal, duals)
        step = generation.within(min(1.0, pace.patience / len(master.free)))
        ended = step.run(master, limits)
        generation.budget.spend(step.budget.spent)
        if ended.exceeds(goal):
            return None
        value = ended.point.value
        duals = duals if ended.bound is None else ended.bound.duals
        hurried = generation.budget.over
        for line in _heaviest(master) if hurried else _to_freeze(master, pace):
            master.freeze(line)
    return master.frozen_lines


def _heaviest(master: RestrictedMaster) -> list[Line]:
    """Return the heaviest line of each free employee."""
    free, heaviest = set(master.free), dict[int, Line]()
    for _, line in master.weights():
        if line.employee in free:
            heaviest.setdefault(line.employee, line)
    return list(heaviest.values())


def _to_freeze(master: RestrictedMaster, pace: DivePace) -> list[Line]:
    """Return the heaviest lines: all sure ones up to the portion, else some halves, at least one.

    Early steps cost nothing (others make up for them), so a crowd is frozen in few of them.
    """
    free = set(master.free)
    weights = [(x, line) for x, line in master.weights() if line.employee in free]
    most = max(1, int(pace.portion * len(master.employees)))
    sure = [line for x, line in weights if x >= pace.sure][:most]
    halves = [line for x, line in weights if x >= HALF][: len(free) // pace.crowd]
    return sure or halves or [weights[0][1]]

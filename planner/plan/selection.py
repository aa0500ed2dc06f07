"""Choosing the best of k options by simulation, with a guarantee: the procedure KN.

Kim and Nelson 2001, "A fully sequential procedure for indifference-zone selection in simulation",
ACM TOMACS 11, 251-273.  With the Bonferroni constant

    eta = ((2 alpha / (k - 1)) ** (-2 / (n0 - 1)) - 1) / 2,      h² = 2 eta (n0 - 1)

the guarantee holds under common random numbers: the option chosen is the best with probability at
least 1 - alpha if the best is better than the second by the indifference zone delta or more, and
within delta of the best otherwise.  Observations are one number a replication, near normal.

Constraints come first: an option that misses a target with confidence is out.  Each of the m
targets of k options is judged by a one-sided t test at level alpha_1 / (k m) (Bonferroni), and
alpha = alpha_1 + alpha_2 is shared between judging and selecting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]


class Standing(StrEnum):
    """What became of an option in the selection."""

    BEST = "best"
    ELIMINATED = "eliminated"
    SURVIVES = "survives"
    CONSTRAINED = "misses_target"


@dataclass(frozen=True, slots=True)
class SelectionRules:
    """What is promised.

    Attributes
    ----------
    indifference : float
        Differences below this do not matter [unit of the measure], positive.
    alpha : float
        Accepted probability of a wrong selection.
    first_stage : int
        Replications before the first elimination (n0), at least 2.
    larger_is_better : bool
        Sense of the measure.
    """

    indifference: float
    alpha: float = 0.05
    first_stage: int = 20
    larger_is_better: bool = True


@dataclass(frozen=True, slots=True)
class Selected:
    """The outcome: ``best`` is the option chosen, or None where the effort did not suffice.

    ``stages`` says after how many replications each option fell out (0: it did not).
    """

    best: int | None
    standings: tuple[Standing, ...]
    stages: tuple[int, ...]
    replications: int


def kn_constants(options: int, first_stage: int, alpha: float) -> tuple[float, float]:
    """Return (eta, h²) of KN, valid under common random numbers (Bonferroni form)."""
    eta = 0.5 * ((2.0 * alpha / (options - 1)) ** (-2.0 / (first_stage - 1)) - 1.0)
    return eta, 2.0 * eta * (first_stage - 1)


def select(
    values: Floats, rules: SelectionRules, feasible: Sequence[bool] | None = None
) -> Selected:
    """Run KN over replications that were made in order.

    Parameters
    ----------
    values : float64 array (replications, options)
        The measure of every option in each replication, on common customers.
    feasible : sequence of bool, optional
        Options that take part; the others miss a target.
    """
    allowed = np.ones(values.shape[1], bool) if feasible is None else np.array(feasible, bool)
    taking = np.flatnonzero(allowed)
    signed = values[:, taking] if rules.larger_is_better else -values[:, taking]
    alive, stages, used = _run(signed, rules)
    standings = [Standing.CONSTRAINED] * values.shape[1]
    fallen = [0] * values.shape[1]
    decided = int(alive.sum()) == 1
    for place, option in enumerate(taking.tolist()):
        kept = Standing.BEST if decided else Standing.SURVIVES
        standings[option] = kept if alive[place] else Standing.ELIMINATED
        fallen[option] = stages[place]
    best = int(taking[np.flatnonzero(alive)[0]]) if decided else None
    return Selected(best, tuple(standings), tuple(fallen), used)


def judged(values: Floats, weights: Floats, limit: float, level: float) -> tuple[bool, bool]:
    """Return whether a mean is above ``limit``, and whether below it, each with confidence.

    Parameters
    ----------
    values, weights : float64 arrays (replications,)
        One measure of one option.
    level : float
        Error probability of either one-sided test.
    """
    use = (weights > 0) & ~np.isnan(values)
    values = values[use]
    if len(values) < 2:
        return False, False
    spread = float(values.std(ddof=1)) / len(values) ** 0.5
    reach = float(stats.t.ppf(1 - level, len(values) - 1)) * spread
    mean = float(values.mean())
    return mean - reach > limit, mean + reach < limit


def _run(values: Floats, rules: SelectionRules) -> tuple[NDArray[np.bool_], list[int], int]:
    """Return who is left, when the others fell out, and the replications used."""
    count, options = values.shape
    alive, stages = np.ones(options, bool), [0] * options
    first = rules.first_stage
    if options < 2 or count < first:
        return alive, stages, min(count, first)
    _eta, h2 = kn_constants(options, first, rules.alpha)
    pairs = values[:first, :, None] - values[:first, None, :]
    spread = pairs.var(axis=0, ddof=1)
    sums = values[:first].sum(axis=0)
    for stage in range(first, count + 1):
        if stage > first:
            sums = sums + values[stage - 1]
        reach = h2 * spread / rules.indifference**2 - stage
        slack = np.maximum(0.0, rules.indifference / 2 * reach)
        behind = (sums[:, None] - sums[None, :] < -slack) & alive[None, :] & alive[:, None]
        np.fill_diagonal(behind, val=False)
        for option in np.flatnonzero(behind.any(axis=1)).tolist():
            alive[option], stages[option] = False, stage
        if alive.sum() == 1:
            return alive, stages, stage
    return alive, stages, count

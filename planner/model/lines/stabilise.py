"""Dual smoothing: price between the best and the newest duals (Wentges 1997).

Duals of a restricted master jump from round to round; smoothing them saves most of the rounds
(Pessoa, Sadykov, Uchoa and Vanderbeck 2018, doi 10.1287/ijoc.2017.0784, §2).
"""

from __future__ import annotations

from planner.model.lines.problem import FloatArray


class Smoothing:
    """Keeps the duals of the best bound and mixes them into each new point.

    Parameters
    ----------
    weight : float
        α of Wentges: share of the best duals in the point that is priced, in ``[0, 1)``.
    start : float64 array, optional
        Duals to begin with, of a similar problem.
    bound : float
        Bound that they give, if it is known.
    """

    def __init__(
        self,
        weight: float = 0.7,
        start: FloatArray | None = None,
        bound: float = float("-inf"),
    ) -> None:
        self._weight = weight
        self._misses = 0
        self.best = start
        self.bound = bound

    def point(self, newest: FloatArray) -> FloatArray:
        """Return the duals to be priced next."""
        if self.best is None or self.at_newest:
            return newest
        return self._alpha * self.best + (1.0 - self._alpha) * newest

    @property
    def at_newest(self) -> bool:
        """Whether the next point is the newest duals themselves (so that pricing is decisive)."""
        return self.best is None or self._alpha <= 0.0

    def record(self, duals: FloatArray, bound: float, found: bool) -> None:
        """Tell what pricing at ``duals`` gave.

        A round without a line that helps the master is a miss; each miss moves the next point
        nearer to the newest duals, the k-th to α_k = max(0, 1 − k (1 − α)).
        """
        self._misses = 0 if found else self._misses + 1
        if bound > self.bound:
            self.bound, self.best = bound, duals

    @property
    def _alpha(self) -> float:
        return max(0.0, 1.0 - (self._misses + 1) * (1.0 - self._weight))

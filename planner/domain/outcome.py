"""How a search ended: five words, never merged, and no sentinels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from planner.domain.roster import Roster


class SolveStatus(StrEnum):
    """How a search ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    OUT_OF_TIME = "out_of_time"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class SolveOutcome:
    """Result of a roster search.

    Attributes
    ----------
    roster : Roster or None
        Best roster found; None when there is none.
    objective, bound : float or None
        Value of the roster and proven lower bound on any roster's value [points].
    terms : tuple of (name, value)
        The objective by term, recomputed from the finished roster [points].
    seconds : float
        Wall time of the search [s].
    """

    status: SolveStatus
    roster: Roster | None
    objective: float | None
    bound: float | None
    terms: tuple[tuple[str, float], ...]
    seconds: float

    @property
    def gap(self) -> float | None:
        """``(objective - bound) / objective``; 0 when both are 0, None where one is missing."""
        if self.objective is None or self.bound is None:
            return None
        if self.objective == 0:
            return 0.0
        return max(0.0, (self.objective - self.bound) / abs(self.objective))

"""Service targets: what was promised, and how a measure decides whether it was kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sense(StrEnum):
    """Which side of the limit keeps the promise."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"


class Verdict(StrEnum):
    """Whether a target is kept, judged by the measure's confidence interval."""

    MET = "met"
    MISSED = "missed"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Target:
    """A promise about one measure.

    Attributes
    ----------
    measure : str
        Name of the measure (CONTRACT "Names of measures").
    scope : str
        ``location``, ``district``, ``city`` or ``phone``: for each of which the promise is made.
    area, channel : str
        As in the measures table.
    sense, limit : Sense, float
        The limit in the unit of the measure.
    threshold_minutes : float or None
        For ``wait_within_target``: the wait that counts as within target [min].
    """

    measure: str
    scope: str
    area: str
    channel: str
    sense: Sense
    limit: float
    threshold_minutes: float | None = None

    def verdict(self, low: float, high: float) -> Verdict:
        """Judge the target by a confidence interval ``[low, high]`` of its measure."""
        if self.sense is Sense.AT_MOST:
            kept, broken = high <= self.limit, low > self.limit
        else:
            kept, broken = low >= self.limit, high < self.limit
        if kept:
            return Verdict.MET
        return Verdict.MISSED if broken else Verdict.UNDECIDED

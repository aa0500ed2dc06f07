"""The question of a comparison: which scenario is best, by which measure, keeping which targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.target import Sense, Target
from planner.errors import PlannerError
from planner.plan.selection import Selected, SelectionRules, judged, select
from planner.sim.samples import Sample
from planner.units import DAYS_PER_WEEK

_KEY_LENGTH = 5
#: Share of the error probability that judging the targets may use; selecting has the rest.
_JUDGING_SHARE = 0.4
#: Measures of which more is better; of every other one less is.
_LARGER = frozenset(
    {
        "lead_within_14_days",
        "wait_within_target",
        "answered_within_30s",
        "reachability",
        "customers",
        "late_customers",
    }
)
#: Indifference zone by unit, unless the caller says otherwise.
_INDIFFERENCE = {"share": 0.01, "days": 0.5, "min": 0.5, "h": float(DAYS_PER_WEEK), "1": 50.0}


@dataclass(frozen=True)
class Question:
    """What is selected by.

    Attributes
    ----------
    key : (scope, id, area, channel, measure)
        The measure, one value a replication.
    targets : tuple of Target
        City-wide promises of the base that come first.
    wanted : float
        Indifference zone given by the caller; 0: by the unit of the measure.
    confidence : float
        Probability of a right answer.
    """

    key: tuple[str, ...]
    targets: tuple[Target, ...]
    wanted: float
    confidence: float
    first_stage: int

    @staticmethod
    def of(case: PlanningCase, measure: str, indifference: float, first_stage: int) -> Question:
        """Return the question of a case.

        The measure left out: the share of requests with an offer within 14 days (a book cut short
        cannot flatter it), else the mean wait.

        Raises
        ------
        PlannerError
            When ``measure`` is not ``scope/id/area/channel/measure``.
        """
        key = tuple(measure.split("/")) if measure else _default_key(case)
        if len(key) != _KEY_LENGTH:
            raise PlannerError(
                f"--best {measure}: must be scope/id/area/channel/measure, e.g. "
                "city/city/residents/appointment/lead_within_14_days"
            )
        targets = tuple(t for t in case.targets if t.scope in {"city", "phone"})
        return Question(key, targets, indifference, case.simulation.confidence, first_stage)

    @property
    def larger_is_better(self) -> bool:
        """Sense of the measure."""
        return self.key[-1] in _LARGER

    def indifference(self, unit: str) -> float:
        """Return the indifference zone [unit of the measure]."""
        return self.wanted or _INDIFFERENCE.get(unit, 1.0)

    def unit(self, sample: Sample) -> str:
        """Return the unit of the measure; empty when the base does not have it."""
        rows = [key for key in sample.keys if tuple(key[:5]) == self.key]
        return str(rows[0][5]) if rows else ""

    def values(self, samples: Sequence[Sample]) -> np.ndarray:
        """Return the measure (replications, scenarios); NaN where one does not have it."""
        columns = []
        for sample in samples:
            row = next((n for n, k in enumerate(sample.keys) if tuple(k[:5]) == self.key), None)
            nothing = np.full(sample.replications, np.nan)
            columns.append(nothing if row is None else sample.value[row])
        return np.column_stack(columns)

    def missed(self, samples: Sequence[Sample]) -> list[tuple[str, ...]]:
        """Return the targets that each scenario misses with confidence."""
        tests = max(1, len(samples) * len(self.targets))
        level = (1 - self.confidence) * _JUDGING_SHARE / tests
        return [
            tuple(t.measure for t in self.targets if self._misses(sample, t, level))
            for sample in samples
        ]

    def answer(self, samples: Sequence[Sample]) -> Selected:
        """Return the selection among those that miss no target; among all where none is left."""
        feasible = [not names for names in self.missed(samples)]
        values = self.values(samples)
        known = ~np.isnan(values).any(axis=0)
        taking = known & (np.array(feasible) if any(feasible) else True)
        rules = SelectionRules(
            indifference=self.indifference(self.unit(samples[0])),
            alpha=(1 - self.confidence) * (1 - _JUDGING_SHARE),
            first_stage=self.first_stage,
            larger_is_better=self.larger_is_better,
        )
        return select(np.nan_to_num(values), rules, taking.tolist())

    def _misses(self, sample: Sample, target: Target, level: float) -> bool:
        key = (target.scope, target.area, target.channel, target.measure)
        for row, found in enumerate(sample.keys):
            if (found[0], *found[2:5]) == key:
                above, below = judged(sample.value[row], sample.weight[row], target.limit, level)
                return above if target.sense is Sense.AT_MOST else below
        return False


def _default_key(case: PlanningCase) -> tuple[str, ...]:
    if case.booking:
        count = {area.id: 0 for area in case.areas}
        for place in case.locations:
            count[place.area] += 1
        area = max((policy.area for policy in case.booking), key=lambda name: count[name])
        return ("city", "city", area, "appointment", "lead_within_14_days")
    return ("city", "city", case.locations[0].area, "all", "wait_mean")

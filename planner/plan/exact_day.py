"""The exact finite day as an evaluator: every period's share of late customers has a limit."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from planner.model.shift_master import Profile
from planner.queueing.finite_day import FiniteDay, Office
from planner.queueing.offered_load import load_means
from planner.queueing.staffing import servers_for_wait


@dataclass
class ExactDay:
    """Plays profiles of one office exactly (one queue, exponential service, leaving clerks).

    Attributes
    ----------
    office : Office
        The office and its threshold.
    late_limit : float
        Tolerated share of late customers in every period.
    """

    office: Office
    late_limit: float
    monotone: bool = True
    _known: dict[tuple[Profile, int], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.targets = len(self.office.rates)
        self._day = FiniteDay(self.office)

    def missed(self, profile: Profile, target: int) -> bool:
        """Tell whether more than the limit of a period's customers are late."""
        if self.office.rates[target] <= 0:
            return False
        seen = profile[: self.office.reach(target) + 1]
        key = (seen, target)
        if key not in self._known:
            self._known[key] = self._day.late_share(seen, target) > self.late_limit
        return self._known[key]

    def window(self, target: int) -> tuple[int, ...]:
        """Return the periods up to the last in which a late customer's wait can end."""
        return tuple(range(self.office.reach(target) + 1))

    def own_period(self, target: int) -> int:
        """Return the target's period: targets are numbered like periods."""
        return target


def offered_load_requirement(office: Office, late_limit: float) -> Profile:
    """Return counters by period from the mean offered load and Erlang C (the usual first step)."""
    loads = load_means(np.array(office.rates), office.period_minutes, office.service_minutes)
    return _erlang(office, loads.tolist(), late_limit)


def stationary_requirement(office: Office, late_limit: float) -> Profile:
    """Return counters by period from each period's own rate and Erlang C (SIPP)."""
    loads = [rate * office.service_minutes for rate in office.rates]
    return _erlang(office, loads, late_limit)


def _erlang(office: Office, loads: list[float], late_limit: float) -> Profile:
    within = 1.0 - late_limit
    return tuple(
        servers_for_wait(load, office.service_minutes, office.threshold_minutes, within)
        for load in loads
    )

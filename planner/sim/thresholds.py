"""The wait that counts as within target, for every scope, field of work and channel."""

from __future__ import annotations

from planner.domain.case import PlanningCase
from planner.units import minutes_to_ms

DEFAULT_MINUTES = 30.0
DEFAULT_PHONE_MINUTES = 0.5


def wait_threshold(case: PlanningCase, scope: str, area: str, channel: str) -> int:
    """Return the threshold of ``wait_within_target`` [ms].

    That of the target for the same scope, field of work and channel; else of the field of work
    and channel; else 30 min, and 30 s on the phone.
    """
    targets = [t for t in case.targets if t.threshold_minutes is not None]
    near = [target for target in targets if (target.area, target.channel) == (area, channel)]
    exact = [target for target in near if target.scope == scope]
    for target in (*exact, *near):
        return minutes_to_ms(float(target.threshold_minutes or 0.0))
    phone = channel == "phone" or scope == "phone"
    return minutes_to_ms(DEFAULT_PHONE_MINUTES if phone else DEFAULT_MINUTES)

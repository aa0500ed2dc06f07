"""Starts, ends and whole times, place by place, once it is decided who works where."""

from __future__ import annotations

from planner.model.roster.unnamed.clock import Clock
from planner.model.roster.unnamed.decide import STEP, chain
from planner.model.roster.unnamed.plan import PartialModel, Plan

#: Places settled together.
CORE = 2
#: Seconds of a step: what is known then is good enough, and a solution is nearly always known.
QUICK = 8.0
#: Gap at which a step ends: less than one of the hundred people missing.
NEAR = 0.01


def settle(plan: Plan, clock: Clock) -> bool:
    """Make starts, ends and times whole; False if time is up before.

    People who work at places of two steps may end with a cell too many or too few; so may those
    whose times do not come out otherwise (``naming`` and ``compiled_exchange`` see to them).
    """
    order = chain(plan.plain)
    for first in range(0, len(order), CORE):
        if not _settle_some(plan, set(order[first : first + CORE]), clock):
            return False
    return True


def _settle_some(plan: Plan, places: set[int], clock: Clock) -> bool:
    model = PartialModel(plan, places, settled=True)
    for seconds in (QUICK, STEP):
        point = model.programme.best(clock.part(seconds), NEAR) if not clock.over else None
        if point is not None:
            model.write(point)
            return True
    return False

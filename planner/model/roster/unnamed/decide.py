"""Who works where on which day: relax, then decide a few places after the other.

Relax and fix (Pochet and Wolsey 2006, Production Planning by Mixed Integer Programming, ch. 3.6) in
the neighbourhood of what the relaxation uses (relaxation enforced neighbourhood search: Berthold
2014, J. Heuristics 20): a share of a day that the linear optimum leaves at none stays so, and one
that it makes whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from planner.model.roster.unnamed.clock import Clock
from planner.model.roster.unnamed.plain_week import PlainWeek
from planner.model.roster.unnamed.plan import PartialModel, Plan

#: A step may take this long [s] before it is cut in two.
STEP = 20.0


def relaxed_plan(plain: PlainWeek, clock: Clock) -> Plan | None:
    """Return the optimum of the linear relaxation; None if it takes longer than is left."""
    plan = Plan.open(plain)
    model = PartialModel(plan, set(plain.place.tolist()))
    point = model.programme.relaxed(clock.left)
    if point is None:
        return None
    model.write(point)
    for employee, own in enumerate(plan.works):
        plan.decided[employee] = all(share > 1.0 - 1e-6 for share in own.values())
    return plan


def decide(plan: Plan, clock: Clock) -> bool:
    """Make everybody's days whole, place by place, where each works most; False if it fails."""
    mostly = [_mostly_at(plan, employee) for employee in range(len(plan.works))]
    for place in chain(plan.plain):
        people = [e for e, at in enumerate(mostly) if at == place and not plan.decided[e]]
        if not _decide_some(plan, people, clock):
            return False
    return True


def _mostly_at(plan: Plan, employee: int) -> int:
    """Return the place at which the relaxation has an employee for most of the time."""
    time: defaultdict[int, float] = defaultdict(float)
    for (_, group), cells in plan.time[employee].items():
        time[int(plan.plain.place[group])] += cells
    return max(sorted(time), key=lambda place: time[place], default=-1)


def _decide_some(plan: Plan, people: Sequence[int], clock: Clock) -> bool:
    """Make the days of ``people`` whole, those who work where they do moving with them."""
    if not people:
        return True
    if clock.over:
        return False
    places = set().union(*map(plan.places, people))
    model = PartialModel(plan, places, whole=people, kept=len(people) > 1)
    point = model.programme.best(clock.part(STEP))
    if point is not None:
        model.write(point)
        return True
    half = len(people) // 2
    return half > 0 and all(_decide_some(plan, p, clock) for p in (people[:half], people[half:]))


def chain(plain: PlainWeek) -> list[int]:
    """Return the places so that those who share many people follow on one another."""
    places = np.unique(plain.place)
    able = np.stack([plain.able[:, plain.place == at].any(axis=1) for at in places]).astype(int)
    shared = able @ able.T
    order = [int(np.argmin(shared.sum(axis=1) - shared.diagonal()))]
    while len(order) < len(places):
        rest = [k for k in range(len(places)) if k not in order]
        order.append(max(rest, key=lambda k: (shared[order[-1], k], shared[order, k].sum(), -k)))
    return [int(places[k]) for k in order]

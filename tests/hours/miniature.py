"""A miniature of opening hours: two sites, few hours to choose from."""

from __future__ import annotations

from functools import cache
from itertools import product

from planner.domain.place import Interval
from planner.model.opening_hours.blocks import DAYS, SATURDAY, DayHours
from planner.model.opening_hours.problem import (
    HoursProblem,
    Limits,
    Money,
    Plan,
    ReactionShares,
    Site,
)
from planner.model.opening_hours.score import PlanScore, broken_limits, score

_LATE: DayHours = (Interval(12 * 60, 19 * 60),)
_EARLY: DayHours = (Interval(7 * 60, 12 * 60),)
_SATURDAY: DayHours = (Interval(9 * 60, 14 * 60),)


def site(name: str, work: int, hours: tuple[DayHours, ...], saturdays: bool) -> Site:
    """Return a site of its own district that opens early on all weekdays today."""
    weekday = tuple(sorted({_EARLY, *hours}))
    saturday: tuple[DayHours, ...] = ((), _SATURDAY) if saturdays else ((),)
    today = (weekday.index(_EARLY),) * 5 + (0,)
    options = (*(weekday,) * (DAYS - 1), saturday)
    return Site(name, name, 4, 2, work, 6000, options, today, 2)


def miniature(no_loss: tuple[str, ...] = (), staff: int = 10_000) -> HoursProblem:
    """Return a problem with two sites and 21 · 2 · 32 different plans."""
    return HoursProblem(
        sites=(
            site("a", 2600, ((), _LATE), saturdays=True),
            site("b", 900, (_LATE,), saturdays=False),
        ),
        residents=(("a", (5200, 800)), ("b", (700, 3300))),
        near=((0, 1), (1,)),
        flows=((0.0, 1.0), (1.0, 0.0)),
        occasion_weights=(75, 75, 75, 75, 75, 80, 80, 80, 80, 80, 250),
        edge=60,
        edge_in_work=120,
        setup_minutes=20,
        beta=0.5,
        money=Money(4800, 0.2),
        limits=Limits(staff, 0.2, no_loss),
        reaction=ReactionShares("mid", (0.15, 0.6, 0.15, 0.1), 0.6, 0.3),
    )


def all_plans(problem: HoursProblem) -> list[tuple[Plan, PlanScore]]:
    """Return every plan that keeps all limits of ``problem``, a miniature, with its value."""
    return [pair for pair in _every_plan() if not broken_limits(problem, *pair)]


@cache
def _every_plan() -> tuple[tuple[Plan, PlanScore], ...]:
    problem = miniature()
    weeks = [
        list(product(*(range(len(s.options[day])) for day in range(DAYS)))) for s in problem.sites
    ]
    plans = (plan for plan in product(*weeks) if _ordered(plan))
    return tuple((plan, score(problem, plan)) for plan in plans)


def _ordered(plan: Plan) -> bool:
    """Keep one of the orders of weekdays of the first site: all weekdays are alike."""
    first = plan[0][:SATURDAY]
    return list(first) == sorted(first)


def best_values(plans: list[tuple[Plan, PlanScore]]) -> set[tuple[int, int, int]]:
    """Return the values that no other plan beats."""
    values = {value.objectives for _plan, value in plans}

    def beaten(own: tuple[int, int, int]) -> bool:
        return any(
            o != own and o[0] <= own[0] and o[1] >= own[1] and o[2] >= own[2] for o in values
        )

    return {own for own in values if not beaten(own)}

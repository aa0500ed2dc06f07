"""A plan over months as rows: by group and month."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.domain.case import PlanningCase
from planner.model.capacity.months_search import MonthsPlan
from planner.model.capacity.problem import Floats, MonthsProblem
from planner.results.capacity_frames import PlanRow
from planner.sim.months import month_starts
from planner.workflow.capacity_case import Field


def plan_rows(case: PlanningCase, field: Field, plan: MonthsPlan) -> Iterator[PlanRow]:
    """Yield the plan of a field of work by group and month."""
    problem, years = plan.problem, plan.years
    book, lead = (np.quantile(part, (0.1, 0.5, 0.9), axis=0) for part in (years.book, years.lead))
    mean = {
        "overtime": plan.recourse.overtime.mean(axis=0),
        "lent_slots": plan.recourse.lent.mean(axis=0),
        "borrowed_slots": plan.recourse.borrowed.mean(axis=0),
        "asked_slots": problem.asked.mean(axis=0),
        "offered_slots": years.slots.mean(axis=0),
        "absent_share": _absent(case, field, problem),
    }
    training = in_training(problem, plan.hires, case.capacity.training_months)
    held = (years.lead <= problem.limits.lead_days + 1e-4).mean(axis=0)
    starts = month_starts(case.horizon.first_day, problem.months)
    for at in np.ndindex(plan.hires.shape):
        group, month = field.groups[at[0]], at[1]
        yield PlanRow(
            area=field.area,
            group=group.id,
            name=group.name,
            month=month,
            first_day=starts[month].isoformat(),
            hires=int(plan.hires[at]),
            posts=float(plan.heads[at]),
            in_training=float(training[at]),
            productive=float(plan.posts[at]),
            **{name: float(values[at]) for name, values in mean.items()},
            **_quantiles("book", book[(slice(None), *at)]),
            **_quantiles("lead", lead[(slice(None), *at)]),
            target_days=problem.limits.lead_days,
            promised=month >= problem.limits.promise_from,
            held_share=float(held[at]),
        )


def in_training(problem: MonthsProblem, hires: Floats, training_months: int) -> Floats:
    """Return the hired posts that are still in training, array (groups, months).

    Those in training today count as far as their speed is below full.
    """
    people = problem.people
    alive = people.survival(problem.months)
    learning = np.zeros_like(hires)
    for decided in range(problem.months):
        first = decided + people.start_lead
        last = min(problem.months, first + training_months)
        if first < last:
            learning[:, first:last] += hires[:, [decided]] * alive[: last - first]
    if people.ramp and people.ramp[0] < 1.0:
        lacking = people.initial_heads - people.initial_posts
        learning = learning + lacking / (1.0 - people.ramp[0])
    return learning


def _absent(case: PlanningCase, field: Field, problem: MonthsProblem) -> Floats:
    """Return the mean absence behind the rates, array (groups, months)."""
    today = problem.people.initial_posts[:, [0]]
    full = field.offered / today
    present = problem.rate.mean(axis=0) / full * (1.0 - case.capacity.absence_share_mean)
    return np.asarray(1.0 - present, dtype=np.float64)


def _quantiles(name: str, values: Floats) -> dict[str, float]:
    return {f"{name}_p{p}": float(v) for p, v in zip((10, 50, 90), values, strict=True)}

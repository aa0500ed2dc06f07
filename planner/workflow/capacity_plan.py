"""The plan over months of one field of work and the answers to what management asks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.domain.outcome import SolveStatus
from planner.model.capacity.months_search import Effort, MonthsPlan, constant_posts, plan_months
from planner.model.capacity.questions import Clearing, clearing, posts_question
from planner.sim.absence_months import sample_years
from planner.workflow.capacity_case import Field, Town, fields_of
from planner.workflow.options import Watch

#: Hires in the first month for which the time to clear the book is told.
CLEARING_HIRES = (0, 5, 10, 20, 40)
#: How much more absence is priced (share).
MORE_ABSENCE = 0.01
#: Shares of the time of a field of work: plan, posts, more absence.
_SHARES = (0.4, 0.3, 0.3)


@dataclass(frozen=True)
class FieldPlan:
    """What was found for one field of work.

    Attributes
    ----------
    plan : MonthsPlan or None
        The cheapest plan; None when there is none.
    status : SolveStatus
        How the search for the plan ended.
    promise_from : int
        First month in which any plan can keep the promise, from the wanted one on.
    posts : MonthsPlan or None
        Constant posts that hold the promise in every month.
    more_absence : MonthsPlan or None
        The cheapest plan with a hundredth more absence and the same promise.
    """

    field: Field
    plan: MonthsPlan | None
    status: SolveStatus
    promise_from: int
    clearings: tuple[Clearing, ...]
    posts: MonthsPlan | None = None
    more_absence: MonthsPlan | None = None


@dataclass(frozen=True)
class Search:
    """How to search: seconds for everything, and how to speak and stop meanwhile."""

    seconds: float
    watch: Watch


def plan_fields(town: Town, seed: int, search: Search) -> tuple[FieldPlan, ...]:
    """Plan every field of work and answer the questions."""
    fields = fields_of(town)
    worse = {field.area: field for field in fields_of(_more_absent(town, seed))}
    seconds = search.seconds / len(fields)
    found = []
    for number, field in enumerate(fields):
        each = Search(seconds, search.watch)
        search.watch.say("capacity", number / len(fields), field.area)
        found.append(_answered(_planned(field, each), worse[field.area], each))
    return tuple(found)


def _planned(field: Field, search: Search) -> FieldPlan:
    """Return the cheapest plan, with the promise from the first month that can keep it."""
    problem = field.problem
    clearings = tuple(clearing(problem, hires) for hires in CLEARING_HIRES)
    status = SolveStatus.INFEASIBLE
    for month in range(problem.limits.promise_from, problem.months):
        if search.watch.stop():
            return FieldPlan(field, None, SolveStatus.INTERRUPTED, month, clearings)
        search.watch.say("capacity plan", None, f"{field.area}: {month}")
        effort = Effort(search.seconds * _SHARES[0], search.watch.stop)
        found = plan_months(problem.promised_from(month), effort)
        if isinstance(found, MonthsPlan):
            return FieldPlan(field, found, found.status, month, clearings)
        status = found
        if status is not SolveStatus.INFEASIBLE:
            return FieldPlan(field, None, status, month, clearings)
    return FieldPlan(field, None, status, problem.months, clearings)


def _answered(plan: FieldPlan, worse: Field, search: Search) -> FieldPlan:
    if search.watch.stop():
        return plan
    search.watch.say("capacity posts", None, plan.field.area)
    effort = Effort(search.seconds * _SHARES[1], search.watch.stop)
    posts = constant_posts(posts_question(plan.field.problem), effort)
    plan = replace(plan, posts=posts if isinstance(posts, MonthsPlan) else None)
    if plan.plan is None or search.watch.stop():
        return plan
    search.watch.say("capacity absence", None, plan.field.area)
    effort = Effort(search.seconds * _SHARES[2], search.watch.stop)
    more = plan_months(worse.problem.promised_from(plan.promise_from), effort)
    return replace(plan, more_absence=more if isinstance(more, MonthsPlan) else None)


def _more_absent(town: Town, seed: int) -> Town:
    """Return the town with a hundredth more absence; capacity is still told by today's mean."""
    settings = town.case.capacity
    mean = settings.absence_share_mean + MORE_ABSENCE
    more = replace(town.case, capacity=replace(settings, absence_share_mean=mean))
    people = np.array([sum(e.home == p.id for e in more.employees) for p in more.locations])
    return replace(town, years=sample_years(more, people, seed))

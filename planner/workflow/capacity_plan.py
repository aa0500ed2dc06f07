"""The plan over months of one field of work and the answers to what management asks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.domain.outcome import SolveStatus
from planner.model.capacity.constant_posts import ConstantPosts, constant_posts
from planner.model.capacity.months_search import Effort, MonthsPlan, can_keep, plan_months
from planner.model.capacity.questions import Clearing, clearing, posts_question
from planner.sim.absence_months import sample_years
from planner.workflow.capacity_case import Field, Town, fields_of
from planner.workflow.options import Watch

#: Hires in the first month for which the time to clear the book is told.
CLEARING_HIRES = (0, 20, 40, 60, 80)
#: How much more absence is priced (share).
MORE_ABSENCE = 0.01
#: Shares of the time of a field of work: plan, more absence.
_SHARES = (0.6, 0.4)


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
        Month from which the promise is kept, from the wanted one on.
    posts : ConstantPosts or None
        Constant posts that hold the promise in every month.
    more_absence : MonthsPlan or None
        The cheapest plan with a hundredth more absence and the same promise.
    """

    field: Field
    plan: MonthsPlan | None
    status: SolveStatus
    promise_from: int
    clearings: tuple[Clearing, ...]
    posts: ConstantPosts | None = None
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
    status, best = SolveStatus.INFEASIBLE, None
    # Where no month can be kept with the hardest set aside, the last one is searched in full.
    month = min(_first_month(field, search), problem.months - 1)
    while best is None and month < problem.months:
        found = _searched(field, month, search)
        status = found.status if isinstance(found, MonthsPlan) else found
        best = found if isinstance(found, MonthsPlan) else None
        month += best is None
        if best is None and status is not SolveStatus.INFEASIBLE:
            return FieldPlan(field, None, status, month, clearings)
    return FieldPlan(field, best, status, month, clearings)


def _searched(field: Field, month: int, search: Search) -> MonthsPlan | SolveStatus:
    if search.watch.stop():
        return SolveStatus.INTERRUPTED
    search.watch.say("capacity plan", None, f"{field.area}: {month}")
    effort = Effort(search.seconds * _SHARES[0], search.watch.stop)
    return plan_months(field.problem.promised_from(month), effort)


def _first_month(field: Field, search: Search) -> int:
    """Return the first month from which the promise can be kept, by bisection.

    A later promise is a weaker one.  Checked in parts of people and with the hardest scenarios
    set aside, so that an earlier month is not excluded for every choice of scenarios.
    """
    low, high = field.problem.limits.promise_from, field.problem.months
    while low < high and not search.watch.stop():
        search.watch.say("capacity month", None, f"{field.area}: {low} … {high}")
        middle = (low + high) // 2
        if can_keep(field.problem.promised_from(middle)):
            high = middle
        else:
            low = middle + 1
    return high


def _answered(plan: FieldPlan, worse: Field, search: Search) -> FieldPlan:
    if search.watch.stop():
        return plan
    search.watch.say("capacity posts", None, plan.field.area)
    posts = constant_posts(posts_question(plan.field.problem))
    plan = replace(plan, posts=posts if isinstance(posts, ConstantPosts) else None)
    if plan.plan is None or search.watch.stop():
        return plan
    search.watch.say("capacity absence", None, plan.field.area)
    effort = Effort(search.seconds * _SHARES[1], search.watch.stop)
    more = plan_months(worse.problem.promised_from(plan.promise_from), effort)
    return replace(plan, more_absence=more if isinstance(more, MonthsPlan) else None)


def _more_absent(town: Town, seed: int) -> Town:
    """Return the town with a hundredth more absence; capacity is still told by today's mean."""
    settings = town.case.capacity
    mean = settings.absence_share_mean + MORE_ABSENCE
    more = replace(town.case, capacity=replace(settings, absence_share_mean=mean))
    people = np.array([sum(e.home == p.id for e in more.employees) for p in more.locations])
    return replace(town, years=sample_years(more, people, seed))

"""The fluid book: what a plan does to the lead, computed forward and without a solver.

Independent of the MIP: its plans are priced and judged here before they are told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.model.capacity.problem import Floats, MonthsProblem, People, Recourse

#: Leads are compared with the promise to this many days.
TOLERANCE_DAYS = 1e-4


@dataclass(frozen=True)
class BookYears:
    """Slots, book and lead by scenario, arrays (scenarios, groups, months); lead in days."""

    slots: Floats
    book: Floats
    lead: Floats


def staff(people: People, hires: Floats) -> tuple[Floats, Floats]:
    """Return heads and productive posts, arrays (groups, months), of hires by decision month."""
    months = hires.shape[1]
    alive, speed = people.survival(months), people.speed(months)
    heads, posts = people.initial_heads.copy(), people.initial_posts.copy()
    for decided in range(months):
        since = months - decided - people.start_lead
        if since > 0:
            first = months - since
            heads[:, first:] += hires[:, [decided]] * alive[:since]
            posts[:, first:] += hires[:, [decided]] * (alive * speed)[:since]
    return heads, posts


def no_recourse(problem: MonthsProblem) -> Recourse:
    """Return a year in which nobody works overtime and nobody is lent."""
    nothing = np.zeros_like(problem.asked)
    return Recourse(nothing, nothing, nothing)


def play(
    problem: MonthsProblem, posts: Floats, recourse: Recourse, longest_days: float = np.inf
) -> BookYears:
    """Return the book of every scenario under these posts, the shortest possible each month.

    Parameters
    ----------
    longest_days : float
        Booking horizon: what would be booked beyond it is lost [days].
    """
    loss = problem.limits.lent_loss
    slots = problem.rate * (posts + recourse.overtime)
    slots = slots - recourse.lent + (1.0 - loss) * recourse.borrowed
    book = np.empty_like(slots)
    before = np.broadcast_to(problem.book, slots.shape[:2])
    for month in range(problem.months):
        rest = before + problem.asked[:, :, month] - slots[:, :, month]
        before = np.maximum(rest, problem.wished[:, :, month])
        if np.isfinite(longest_days):
            full = longest_days / problem.days[month] * slots[:, :, month]
            before = np.minimum(before, full)
        book[:, :, month] = before
    return BookYears(slots, book, lead_days(problem, book, slots))


def lead_days(problem: MonthsProblem, book: Floats, slots: Floats) -> Floats:
    """Return the mean lead by Little's law: the book over what is booked in a day.

    That is the slots of the day where they are the bottleneck, and what is asked for where
    customers book ahead by their own wish only.  Endless without slots.
    """
    with np.errstate(divide="ignore"):
        months = np.where(slots > 0, book / np.maximum(slots, 1e-12), np.inf)
    wished = problem.wished / np.maximum(problem.asked, 1e-12)
    return np.asarray(np.maximum(months, wished) * problem.days, dtype=np.float64)


def kept(problem: MonthsProblem, years: BookYears) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return by scenario whether every group keeps the promise in every promised month."""
    late = years.lead[:, :, problem.limits.promise_from :] > (
        problem.limits.lead_days + TOLERANCE_DAYS
    )
    return np.asarray(~late.any(axis=(1, 2)), dtype=np.bool_)


def cost(problem: MonthsProblem, heads: Floats, hires: Floats, recourse: Recourse) -> float:
    """Return pay and hires plus the mean cost of overtime and loans over the scenarios [cent]."""
    prices = problem.prices
    lent_posts = recourse.lent / problem.rate
    later = prices.overtime * recourse.overtime + prices.lent * lent_posts
    fixed = prices.post * heads.sum() + prices.hire * hires.sum()
    return float(fixed + later.sum() / problem.scenarios)

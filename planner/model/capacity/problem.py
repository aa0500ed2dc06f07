"""What is planned over months: groups of posts in one field of work, month by month, by scenario.

Research note (Gans and Zhou 2002, Oper. Res. 50, 991-1006; Whitt 2006, POMS 15, 88-102): hires are
decided before absence and demand are known, overtime and loans between groups afterwards.

    heads_t = initial_t + sum_k hires_{t-lead-k} (1 - a)^k          posts paid
    posts_t = the same, each at the speed of its month since the start
    slots_st = rate_st (posts_t + overtime_st) - lent_st + (1 - loss) borrowed_st
    book_st >= book_{s,t-1} + asked_st - slots_st,   book_st >= wished_st,   book >= 0
    lead_st = book_st / slots_st · days_t

The book holds every booking ahead (Little's law: bookings a day times their mean lead), so it
never falls below what customers book ahead by their own wish.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.errors import ModelError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class People:
    """How people come, learn and leave.

    Attributes
    ----------
    initial_heads, initial_posts : float64 arrays (groups, months)
        Of today's people: those still there, and their productive posts.
    attrition : float
        Share of the people who leave in a month.
    start_lead : int
        Months from the decision to hire to the first day.
    ramp : tuple of float
        Speed in the first months since the start; 1 afterwards.
    most_hires : int
        Hires a month over all groups at the most.
    """

    initial_heads: Floats
    initial_posts: Floats
    attrition: float
    start_lead: int
    ramp: tuple[float, ...]
    most_hires: int

    def survival(self, months: int) -> Floats:
        """Return the share still there in month k since the start, array (months,)."""
        return np.asarray((1.0 - self.attrition) ** np.arange(months), dtype=np.float64)

    def speed(self, months: int) -> Floats:
        """Return the speed in month k since the start, array (months,)."""
        early = np.array(self.ramp[:months], dtype=np.float64)
        return np.concatenate((early, np.ones(months - len(early))))


@dataclass(frozen=True)
class Prices:
    """Money [cent]: a post, overtime and a lent post a month, a hire, a slot waiting a month."""

    post: float
    hire: float
    overtime: float
    lent: float
    waiting: float = 0.0


@dataclass(frozen=True)
class Limits:
    """Promises and limits.

    Attributes
    ----------
    lead_days : float
        Mean lead that is promised [calendar days].
    promise_from : int
        First month in which it is promised.
    probability : float
        Share of the scenarios in which it holds in every group and month.
    overtime_share, lent_share, lent_loss : float
        Overtime and lent posts over productive posts at the most; lent work lost on the way.
    """

    lead_days: float
    promise_from: int
    probability: float
    overtime_share: float = 0.0
    lent_share: float = 0.0
    lent_loss: float = 0.0


@dataclass(frozen=True)
class MonthsProblem:
    """One field of work over months.

    Attributes
    ----------
    groups : tuple of str
        Names of the groups.
    asked : float64 array (scenarios, groups, months)
        Slots asked for, cancelled ones deducted.
    rate : float64 array (scenarios, groups, months)
        Slots that a productive post offers in the month, absence deducted.
    wished : float64 array (scenarios, groups, months)
        Slots booked ahead by the customers' own wish.
    book : float64 array (groups,)
        Slots booked ahead at the start.
    days : float64 array (months,)
        Calendar days of the months.
    """

    groups: tuple[str, ...]
    asked: Floats
    rate: Floats
    wished: Floats
    book: Floats
    days: Floats
    people: People
    prices: Prices
    limits: Limits

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit each other.

        Raises
        ------
        ModelError
            When shapes differ, or a month offers no slot a post.
        """
        shape, months = self.asked.shape, (len(self.groups), self.months)
        same = self.rate.shape == shape == self.wished.shape and shape[1:] == months
        staff = self.people.initial_heads.shape == months == self.people.initial_posts.shape
        if not same or not staff or self.book.shape != months[:1]:
            raise ModelError(f"capacity: arrays of {shape} do not fit {months} groups and months")
        if not (self.rate > 0).all():
            raise ModelError("capacity: a group has a month without any slot a post")

    @property
    def months(self) -> int:
        """Number of months."""
        return len(self.days)

    @property
    def scenarios(self) -> int:
        """Number of scenarios."""
        return len(self.asked)

    @property
    def may_fail(self) -> int:
        """Scenarios in which the promise may be broken."""
        return int(np.floor((1.0 - self.limits.probability) * self.scenarios + 1e-9))

    def promised_from(self, month: int) -> MonthsProblem:
        """Return the same problem with a promise from ``month`` on."""
        return replace(self, limits=replace(self.limits, promise_from=month))


@dataclass(frozen=True)
class Recourse:
    """What is done once absence and demand are known; arrays (scenarios, groups, months).

    ``overtime`` in posts, ``lent`` and ``borrowed`` in slots of the lending and borrowing group
    before the loss.
    """

    overtime: Floats
    lent: Floats
    borrowed: Floats

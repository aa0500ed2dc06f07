"""What may be decided about opening hours, and how customers are assumed to react."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.domain.place import Interval

#: Variants of the customers' reaction, in the order of the triples of ``Reaction``.
VARIANTS = ("low", "mid", "high")
Triple = tuple[float, float, float]


def _hours(*spans: tuple[int, int]) -> tuple[Interval, ...]:
    return tuple(Interval(start * 60, end * 60) for start, end in spans)


@dataclass(frozen=True, slots=True)
class Reaction:
    """How customers react to hours that do not suit them; each value for low, mid and high.

    Counts never show who would have come at closed times, so all of it is an assumption.

    Attributes
    ----------
    wish_early, wish_late, wish_saturday : (low, mid, high)
        Share of customers who wish a time before 9:00, after 17:00, on Saturday; the rest wish a
        time from 9:00 to 17:00 on weekdays.
    retime, switch : (low, mid, high)
        Share of those who find their time closed that come to the same site at another time, and
        that go to a site nearby; the rest is lost.
    """

    wish_early: Triple = (0.10, 0.15, 0.20)
    wish_late: Triple = (0.10, 0.15, 0.20)
    wish_saturday: Triple = (0.05, 0.10, 0.15)
    retime: Triple = (0.5, 0.7, 0.85)
    switch: Triple = (0.3, 0.25, 0.14)


@dataclass(frozen=True, slots=True)
class OpeningChoice:
    """Opening hours as a decision.

    Attributes
    ----------
    area : str
        Field of work whose sites decide; empty: the one with most counters.
    weekday_hours, saturday_hours : tuple of Interval
        Hours that a site may take on a day; those of today always may stay.
    minimum_days : int
        Days on which a site opens at least (or as many as today, if fewer).
    reach_minutes : float
        Travel time within which a site counts as reachable [min].
    edge_minutes, edge_minutes_in_work : int
        How long it must be open before 9:00, after 17:00 or on Saturday to count, for all
        residents and for those in work [min].
    employed_share : float
        Share of residents in work.
    no_loss : tuple of str
        Districts that must not lose open hours or reach.
    lost_limit : float
        Share of customers lost to unsuitable hours, at the most.
    staffing_beta : float
        Desks beyond the offered load R of an hour: beta · sqrt(R) (square-root rule).
    setup_minutes : float
        Before and after each opened day, for each of the minimum presence [min].
    saturday_supplement : float
        Surcharge on staff hours on Saturdays.
    """

    area: str = ""
    weekday_hours: tuple[Interval, ...] = field(
        default=_hours((7, 19), (8, 16), (7, 12), (12, 19), (8, 14))
    )
    saturday_hours: tuple[Interval, ...] = field(default=_hours((9, 14)))
    minimum_days: int = 3
    reach_minutes: float = 30.0
    edge_minutes: int = 60
    edge_minutes_in_work: int = 120
    employed_share: float = 0.53
    no_loss: tuple[str, ...] = ()
    lost_limit: float = 0.05
    staffing_beta: float = 0.25
    setup_minutes: float = 30.0
    saturday_supplement: float = 0.2
    reaction: Reaction = field(default_factory=Reaction)

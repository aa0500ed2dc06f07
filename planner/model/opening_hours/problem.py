"""The problem of opening hours: which hours each site may take, and what every choice costs.

Residents live where their first-choice site is (an assumption: cases know districts, not
addresses).  For site s open O_s minutes on n_s days, with W_s minutes of work a week,

    staff_s = max(m O_s, W_s + beta sqrt(W0_s O_s)) + m n_s setup          [min/week]

with the minimum presence m: square-root staffing (Halfin and Whitt 1981, Oper. Res. 29, 567-588)
summed over the open time, so that the same work in fewer hours needs fewer idle minutes.  Work
reacts to the hours: of those who find their wished time closed (displaced, D_s as a share of the
site's customers), ``switch`` go to sites nearby, ``retime`` stay, the rest is lost; the work of the
lost stays counted, so that no plan saves money by losing customers.

All numbers of the model are whole, so that a plan has exactly one value.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from planner.model.opening_hours.blocks import DAYS, DayHours

#: Parts of a whole: displaced shares are counted in ten-thousandths, reach in thousandths.
WHOLE = 10_000
REACH_WHOLE = 1_000

#: A plan: for every site, the index of the chosen hours on each day (Monday to Saturday).
Plan = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A site that decides.

    Attributes
    ----------
    work_minutes : int
        Work of an average week with today's hours [min].
    staff_minutes : int
        Counter minutes of a week of all who may work here [min].
    presence : int
        People who must be present while it is open.
    options : tuple of DAYS tuples of DayHours
        Hours that may be chosen by day; lawful and possible with the people who may work there.
    today : tuple of int
        Index of today's hours by day.
    least_days : int
        Days open at least.
    """

    id: str
    district: str
    desks: int
    presence: int
    work_minutes: int
    staff_minutes: int
    options: tuple[tuple[DayHours, ...], ...]
    today: tuple[int, ...]
    least_days: int

    def hours(self, chosen: tuple[int, ...]) -> tuple[DayHours, ...]:
        """Return the hours of a choice by day."""
        return tuple(self.options[day][index] for day, index in enumerate(chosen))


@dataclass(frozen=True, slots=True)
class ReactionShares:
    """One variant of the customers' reaction; ``wish`` is by block and sums to 1."""

    name: str
    wish: tuple[float, float, float, float]
    retime: float
    switch: float

    @property
    def lost(self) -> float:
        """Share of the displaced who are lost."""
        return max(0.0, 1.0 - self.retime - self.switch)


@dataclass(frozen=True, slots=True)
class Money:
    """Cost of a staff minute [cent/60] and the surcharge on Saturdays as a share."""

    staff_minute: int
    saturday_supplement: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What a plan must keep.

    Attributes
    ----------
    staff_minutes : int
        Counter minutes of a week of all staff of the area [min].
    lost_share : float
        Customers lost to the hours, at the most.
    no_loss : tuple of str
        Districts that must not lose open hours or reach.
    """

    staff_minutes: int
    lost_share: float
    no_loss: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoursProblem:
    """Everything that the model and its independent check are made of.

    Attributes
    ----------
    residents : tuple of (district, tuple of int)
        By district, residents living at each site, in ten-thousandths of the city.
    near : tuple of tuple of int
        By site, the sites within reach of those who live there, itself included.
    flows : tuple of tuple of float
        Row s: where those who leave s go; sums to 1, or to 0 where nothing is near.
    occasion_weights : tuple of int
        Weight of each of ``blocks.OCCASIONS``.
    edge, edge_in_work : int
        Minutes an occasion must be covered for, for all and for those in work [min].
    setup_minutes : int
        Before and after each opened day, for each of the minimum presence [min].
    """

    sites: tuple[Site, ...]
    residents: tuple[tuple[str, tuple[int, ...]], ...]
    near: tuple[tuple[int, ...], ...]
    flows: tuple[tuple[float, ...], ...]
    occasion_weights: tuple[int, ...]
    edge: int
    edge_in_work: int
    setup_minutes: int
    beta: float
    money: Money
    limits: Limits
    reaction: ReactionShares

    @property
    def today(self) -> Plan:
        """Today's hours as a plan."""
        return tuple(site.today for site in self.sites)

    def slack(self, site: Site, open_minutes: int) -> int:
        """Return the desk minutes beyond the work that square-root staffing asks for [min]."""
        return math.ceil(self.beta * math.sqrt(site.work_minutes * open_minutes))

    def saturday_price(self, site: Site) -> int:
        """Return the surcharge of one open minute on Saturday [cent/60]."""
        open_today = sum(i.minutes for hours in site.hours(site.today) for i in hours)
        crew = max(float(site.presence), site.work_minutes / max(1, open_today))
        return round(crew * self.money.staff_minute * self.money.saturday_supplement)

    def choices(self) -> Iterator[tuple[int, int, int, DayHours]]:
        """Yield (site, day, index, hours) of everything that can be chosen."""
        for number, site in enumerate(self.sites):
            for day in range(DAYS):
                for index, hours in enumerate(site.options[day]):
                    yield number, day, index, hours

"""From a case to problems over months: groups of posts, their slots, today's people and book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.domain.capacity import CapacitySettings, Cluster
from planner.domain.case import PlanningCase
from planner.domain.target import Sense
from planner.errors import EngineError
from planner.model.capacity.problem import Floats, Limits, MonthsProblem, People, Prices
from planner.sim.absence_months import YearScenarios, sample_years
from planner.sim.booking import simulate_booking
from planner.sim.booking_result import Fate
from planner.sim.months import asked_slots, month_starts, offered_slots

LEAD = "lead_booked_mean"
#: Replications behind today's book.
BOOK_REPLICATIONS = 2


@dataclass(frozen=True)
class Group:
    """Posts planned together: a cluster of locations in one field of work.

    ``locations`` are codes, positions in ``case.locations``.
    """

    id: str
    name: str
    area: str
    locations: tuple[int, ...]


@dataclass(frozen=True)
class Field:
    """One field of work, ready to be planned.

    Attributes
    ----------
    groups : tuple of Group
        In the order of the problem.
    offered : float64 array (groups, months)
        Slots of the case's appointment desks.
    """

    area: str
    groups: tuple[Group, ...]
    offered: Floats
    problem: MonthsProblem


@dataclass(frozen=True)
class Town:
    """What all fields share: the case over the whole period, by location and month."""

    case: PlanningCase
    asked: Floats
    offered: Floats
    trained: Floats
    trainees: Floats
    book: Floats
    years: YearScenarios


def town(week: PlanningCase, long: PlanningCase, seed: int) -> Town:
    """Return the material of a plan over months.

    Parameters
    ----------
    week, long : PlanningCase
        The case, and the same with a horizon of ``capacity.months`` months.

    Raises
    ------
    EngineError
        When no field of work has a book and a target on its mean booked lead.
    """
    if not lead_targets(week):
        raise EngineError(
            f"{week.name}: nothing to plan over months; add a booking policy and a target on "
            f"{LEAD} (at_most, channel appointment) for its area"
        )
    months = week.capacity.months
    offered = offered_slots(long, months)
    trained, trainees = _posts(week)
    people = [sum(e.home == place.id for e in week.employees) for place in week.locations]
    return Town(
        case=long,
        asked=_spread(long, asked_slots(long, months), offered),
        offered=offered,
        trained=trained,
        trainees=trainees,
        book=_book(week, seed),
        years=sample_years(long, np.array(people), seed),
    )


def days_of(case: PlanningCase) -> int:
    """Return the days of the planned months [days]."""
    first = case.horizon.first_day
    return (month_starts(first, case.capacity.months)[-1] - first).days


def lead_targets(case: PlanningCase) -> dict[str, float]:
    """Return the tightest promised mean booked lead by field of work [days]."""
    found: dict[str, float] = {}
    for policy in case.booking:
        limits = [
            target.limit
            for target in case.targets
            if target.measure == LEAD
            and target.sense is Sense.AT_MOST
            and target.area in {policy.area, "all"}
            and target.channel in {"appointment", "all"}
        ]
        if limits:
            found[policy.area] = min(limits)
    return found


def fields_of(town: Town) -> tuple[Field, ...]:
    """Return the fields of work to be planned, in order of their id."""
    return tuple(
        _field(town, area, limit) for area, limit in sorted(lead_targets(town.case).items())
    )


def _field(town: Town, area: str, limit: float) -> Field:
    case, settings = town.case, town.case.capacity
    groups = tuple(_groups(town, area))
    trained, trainees = (
        np.array([part[list(g.locations)].sum() for g in groups])
        for part in (town.trained, town.trainees)
    )
    asked, offered = (
        np.array([part[list(g.locations)].sum(axis=0) for g in groups])
        for part in (town.asked, town.offered)
    )
    days = np.diff(
        [day.toordinal() for day in month_starts(case.horizon.first_day, settings.months)]
    )
    book = np.array([town.book[list(g.locations)].sum() for g in groups])
    if settings.start_lead_days is not None:
        book = offered[:, 0] / days[0] * settings.start_lead_days
    today = trained + case.training_speed * trainees
    present = (1.0 - _absence(town, groups)) / (1.0 - settings.absence_share_mean)
    every = asked * town.years.demand[:, None, None]
    problem = MonthsProblem(
        groups=tuple(group.id for group in groups),
        asked=every,
        rate=offered / today[:, None] * present,
        wished=every * wished_days(case) / days,
        book=book,
        days=days.astype(np.float64),
        people=_people(case, trained, trainees),
        prices=_prices(settings),
        limits=Limits(
            lead_days=limit,
            promise_from=settings.promise_from_month,
            probability=settings.probability,
            overtime_share=settings.overtime_share_max,
            lent_share=settings.transfer_share_max,
            lent_loss=settings.transfer_loss_share,
        ),
    )
    return Field(area, groups, offered, problem)


def _spread(case: PlanningCase, asked: Floats, offered: Floats) -> Floats:
    """Return the slots asked for after those who accept other locations have chosen.

    They are spread by the slots offered in their field; where residence binds, nobody moves.
    """
    moving = 1.0 - case.choice.first_site_only_share
    bound = {policy.area for policy in case.booking if policy.bound_to_residence}
    spread = asked.copy()
    for area in {place.area for place in case.locations} - bound:
        own = np.array([place.area == area for place in case.locations])
        slots = offered[own].sum(axis=1)
        if slots.any():
            elsewhere = np.outer(slots / slots.sum(), asked[own].sum(axis=0))
            spread[own] = (1.0 - moving) * asked[own] + moving * elsewhere
    return spread


def _groups(town: Town, area: str) -> Iterator[Group]:
    """Yield the clusters that have people and slots."""
    case = town.case
    own = [
        code
        for code, place in enumerate(case.locations)
        if place.area == area and town.offered[code].any() and town.trained[code] > 0
    ]
    if case.capacity.cluster is Cluster.LOCATION:
        for code in own:
            place = case.locations[code]
            yield Group(place.id, place.name, area, (code,))
        return
    for district in case.districts:
        codes = tuple(code for code in own if case.locations[code].district == district.id)
        if codes:
            yield Group(district.id, district.name, area, codes)


def _posts(case: PlanningCase) -> tuple[Floats, Floats]:
    """Return the posts of trained people and of trainees by home location."""
    trained, trainees = np.zeros((2, len(case.locations)))
    codes = {place.id: code for code, place in enumerate(case.locations)}
    for employee in case.employees:
        posts = employee.contract_minutes / case.capacity.full_time_minutes_per_week
        (trainees if employee.trainee else trained)[codes[employee.home]] += posts
    return trained, trainees


def _people(case: PlanningCase, trained: Floats, trainees: Floats) -> People:
    """Return today's people over the months; trainees began evenly over the training time."""
    settings = case.capacity
    ramp = (case.training_speed,) * settings.training_months
    alive = (1.0 - settings.attrition) ** np.arange(settings.months)
    month = np.arange(settings.months)[:, None] + np.arange(max(1, len(ramp)))
    speed = np.where(month < len(ramp), case.training_speed, 1.0).mean(axis=1)
    return People(
        initial_heads=np.outer(trained + trainees, alive),
        initial_posts=np.outer(trained, alive) + np.outer(trainees, alive * speed),
        attrition=settings.attrition,
        start_lead=settings.hire_lead_months,
        ramp=ramp,
        most_hires=settings.most_hires_per_month,
    )


def _prices(settings: CapacitySettings) -> Prices:
    post = settings.post_cents_per_year / 12.0
    return Prices(
        post=post,
        hire=float(settings.hire_cents),
        overtime=post * (1.0 + settings.overtime_supplement_share),
        lent=float(settings.transfer_cents_per_post_month),
    )


def _absence(town: Town, groups: tuple[Group, ...]) -> Floats:
    """Return the absence of the groups, weighted by posts, array (scenarios, groups, months)."""
    posts = town.trained + town.trainees
    shares = [
        np.average(
            town.years.absent[:, list(g.locations)], axis=1, weights=posts[list(g.locations)]
        )
        for g in groups
    ]
    return np.stack(shares, axis=1)


def wished_days(case: PlanningCase) -> float:
    """Return the mean lead by the customers' own wish [days]."""
    choice = case.choice
    notice = sum(choice.notice_days) / 2.0
    return notice + choice.late_wish_share * sum(choice.late_wish_days) / 2.0


def _book(case: PlanningCase, seed: int) -> Floats:
    """Return the slots booked ahead on the first day by location, mean over replications."""
    ahead = np.zeros(len(case.locations))
    slots = np.array([service.slots for service in case.services])
    for replication in range(BOOK_REPLICATIONS):
        requests = simulate_booking(case, seed, replication).requests
        kept = np.isin(requests.fate, (Fate.SHOWS, Fate.NO_SHOW))
        rows = kept & (requests.decided_ms < 0) & (requests.booked_ms >= 0)
        weights = slots[requests.service[rows]]
        ahead += np.bincount(requests.location[rows], weights=weights, minlength=len(ahead))
    return np.asarray(ahead / BOOK_REPLICATIONS, dtype=np.float64)

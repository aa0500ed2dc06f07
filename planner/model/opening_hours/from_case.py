"""From a case to the problem of its opening hours."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.demand import Channel
from planner.domain.opening_choice import VARIANTS
from planner.domain.place import Location, LocationKind
from planner.domain.staff import Employee
from planner.errors import ModelError
from planner.model.opening_hours.blocks import (
    DAYS,
    OCCASIONS,
    SATURDAY,
    WEEKDAYS,
    Block,
    DayHours,
)
from planner.model.opening_hours.problem import (
    WHOLE,
    HoursProblem,
    Limits,
    Money,
    ReactionShares,
    Site,
)
from planner.units import WEEKS_PER_YEAR

_OCCASION_WHOLE = 1_000
#: Lead at which the share of no-shows is read; it moves little around it [days].
_USUAL_LEAD_DAYS = 10.0


def hours_problem(
    case: PlanningCase, variant: str = "mid", no_loss: tuple[str, ...] = ()
) -> HoursProblem:
    """Return the problem of the case's opening hours.

    Parameters
    ----------
    variant : str
        ``low``, ``mid`` or ``high``: the assumed reaction of customers.
    no_loss : tuple of str
        Districts that must not lose, besides those of the case.

    Raises
    ------
    ModelError
        When the area has no site whose hours can be decided, or a district is unknown.
    """
    area = decided_area(case)
    places = [place for place in case.locations if place.area == area]
    wanted = tuple(dict.fromkeys((*case.hours.no_loss, *no_loss)))
    _refuse_unknown(case, wanted)
    staff = [e for e in case.employees if any(place.id in e.locations for place in places)]
    paid = {e.id: _counter_minutes(case, e) for e in staff}
    reaction = reaction_shares(case, variant)
    return HoursProblem(
        sites=tuple(_site(case, place, staff, paid) for place in places),
        residents=_residents(case, area, places),
        near=_near(case, places),
        flows=_flows(case, places),
        occasion_weights=_weights(reaction),
        edge=case.hours.edge_minutes,
        edge_in_work=case.hours.edge_minutes_in_work,
        setup_minutes=round(case.hours.setup_minutes),
        beta=case.hours.staffing_beta,
        money=Money(max(1, case.costs.staff_hour_cents), case.hours.saturday_supplement),
        limits=Limits(sum(paid.values()), case.hours.lost_limit, wanted),
        reaction=reaction,
    )


def decided_area(case: PlanningCase) -> str:
    """Return the area whose hours are decided: the case's, or the one with most counters.

    Raises
    ------
    ModelError
        When no area has counters with staff.
    """
    if case.hours.area:
        return case.hours.area
    counts = Counter(
        place.area
        for place in case.locations
        if place.kind is LocationKind.COUNTER and place.constant_desks is None
    )
    if not counts:
        raise ModelError(
            f"{case.name}: no location is a counter with staff, so there are no hours to decide"
        )
    return min(counts, key=lambda area: (-counts[area], area))


def reaction_shares(case: PlanningCase, variant: str) -> ReactionShares:
    """Return one variant of the case's assumed reaction."""
    index = VARIANTS.index(variant)
    reaction = case.hours.reaction
    early, late = reaction.wish_early[index], reaction.wish_late[index]
    saturday = reaction.wish_saturday[index]
    core = max(0.0, 1.0 - early - late - saturday)
    return ReactionShares(
        variant, (early, core, late, saturday), reaction.retime[index], reaction.switch[index]
    )


def _refuse_unknown(case: PlanningCase, districts: tuple[str, ...]) -> None:
    known = [district.id for district in case.districts]
    unknown = [district for district in districts if district not in known]
    if unknown:
        raise ModelError(f"no loss: {', '.join(unknown)} is no district; {', '.join(known)} are")


def _counter_minutes(case: PlanningCase, employee: Employee) -> int:
    """Return the minutes a week that an employee has for customers, on average [min]."""
    home = case.location(employee.home)
    speed = case.training_speed if employee.trainee else 1.0
    share = (1.0 - case.absence.rate) * (1.0 - home.back_office_share) * speed
    weeks = case.horizon.days / 7
    return math.floor(employee.target_minutes(case.horizon) * share / weeks)


def _site(case: PlanningCase, place: Location, staff: list[Employee], paid: dict[str, int]) -> Site:
    here = [e for e in staff if place.id in e.locations]
    today = tuple(place.opening.weekly[day] for day in range(DAYS))
    fixed = place.kind is not LocationKind.COUNTER or place.constant_desks is not None
    weekday = _options(case, place, range(WEEKDAYS), today, here)
    saturday = _options(case, place, range(SATURDAY, DAYS), today, here)
    options = (*(weekday,) * WEEKDAYS, saturday)
    if fixed:
        options = tuple((hours,) for hours in today)
    return Site(
        id=place.id,
        district=place.district,
        desks=place.desks,
        presence=place.minimum_presence,
        work_minutes=round(_work(case, place)),
        staff_minutes=sum(paid[e.id] for e in here),
        options=options,
        today=tuple(options[day].index(today[day]) for day in range(DAYS)),
        least_days=min(case.hours.minimum_days, sum(bool(hours) for hours in today)),
    )


def _options(
    case: PlanningCase,
    place: Location,
    days: range,
    today: tuple[DayHours, ...],
    here: list[Employee],
) -> tuple[DayHours, ...]:
    """Return closed, today's hours and the others that are lawful with the people there.

    The same for all weekdays: what is possible on the day with the fewest people.
    """
    offered = case.hours.saturday_hours if SATURDAY in days else case.hours.weekday_hours
    people = min(sum(day in employee.weekdays for employee in here) for day in days)
    possible = [(hours,) for hours in offered if _lawful(case, place, (hours,), people)]
    return tuple(sorted({(), *(today[day] for day in days), *possible}))


def _lawful(case: PlanningCase, place: Location, hours: DayHours, people: int) -> bool:
    """Tell whether shifts of lawful length can keep the minimum presence all day."""
    shifts = case.shifts
    start, end = hours[0].start_minute, hours[-1].end_minute
    within = start >= shifts.earliest_minute and end <= shifts.latest_minute
    crews = math.ceil((end - start) / shifts.max_minutes)
    return within and people >= crews * place.minimum_presence


def _work(case: PlanningCase, place: Location) -> float:
    """Return the expected work of a week at the first-choice site [min]."""
    coming = _coming_share(case, place.area)
    chosen = _choice(case, place)
    total = 0.0
    for demand in case.demand:
        service = case.service(demand.service)
        if service.area != place.area:
            continue
        shares = dict(demand.channel_share)
        visits = demand.requests_per_year / WEEKS_PER_YEAR
        visits *= coming * shares.get(Channel.APPOINTMENT, 0.0) + shares.get(Channel.WALK_IN, 0.0)
        total += (
            visits
            * service.time.mean_minutes
            * sum(share * chosen.get(origin, 0.0) for origin, share in demand.origin_share)
        )
    return total


def _coming_share(case: PlanningCase, area: str) -> float:
    """Return the share of bookings that are neither cancelled nor a no-show at a usual lead."""
    for policy in case.booking:
        if policy.area == area:
            leads = [lead for lead, _share in policy.no_show_by_lead] or [0.0]
            shares = [share for _lead, share in policy.no_show_by_lead] or [0.0]
            missed = float(np.interp(_USUAL_LEAD_DAYS, leads, shares))
            return (1.0 - policy.cancelled_share) * (1.0 - missed)
    return 1.0


def _choice(case: PlanningCase, place: Location) -> dict[str, float]:
    """Return, by district, the share of its customers whose first choice is ``place``."""
    given = {c.origin: c.share for c in case.location_choice if c.location == place.id}
    alone = sum(other.area == place.area for other in case.locations) == 1
    return given or ({d.id: 1.0 for d in case.districts} if alone else {})


def _residents(
    case: PlanningCase, area: str, places: list[Location]
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    everybody = sum(district.population for district in case.districts) or 1
    chosen = [_choice(case, place) for place in places]
    return tuple(
        (
            district.id,
            tuple(
                round(WHOLE * district.population / everybody * shares.get(district.id, 0.0))
                for shares in chosen
            ),
        )
        for district in case.districts
    )


def _near(case: PlanningCase, places: list[Location]) -> tuple[tuple[int, ...], ...]:
    travel = {(a, b): minutes for a, b, minutes in case.travel_minutes}
    return tuple(
        tuple(
            number
            for number, other in enumerate(places)
            if other is home or travel[home.id, other.id] <= case.hours.reach_minutes
        )
        for home in places
    )


def _flows(case: PlanningCase, places: list[Location]) -> tuple[tuple[float, ...], ...]:
    """Return where those who leave a site go: in proportion to 1 / minutes, within tolerance."""
    travel = {(a, b): minutes for a, b, minutes in case.travel_minutes}
    rows = []
    for home in places:
        row = [
            0.0
            if other is home or travel[home.id, other.id] > case.choice.travel_tolerance_minutes
            else 1.0 / max(1.0, travel[home.id, other.id])
            for other in places
        ]
        total = sum(row)
        rows.append(tuple(value / total if total else 0.0 for value in row))
    return tuple(rows)


def _weights(reaction: ReactionShares) -> tuple[int, ...]:
    """Return the weight of each occasion: how many of those outside 9 to 17 wish it."""
    outside = sum(reaction.wish) - reaction.wish[Block.CORE] or 1.0
    days = {Block.EARLY: WEEKDAYS, Block.LATE: WEEKDAYS, Block.SATURDAY: 1}
    return tuple(
        round(_OCCASION_WHOLE * reaction.wish[block] / days[block] / outside)
        for _day, block in OCCASIONS
    )

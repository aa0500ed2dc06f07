"""What a plan of opening hours is worth: plain arithmetic that knows no solver.

The integer model posts the same definitions on its own; tests hold the two together by listing
every plan of a miniature.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.model.opening_hours.blocks import (
    FULL_MINUTES,
    OCCASIONS,
    SATURDAY,
    WEEKDAYS,
    DayHours,
    block_minutes,
    minutes,
    serves,
)
from planner.model.opening_hours.problem import (
    REACH_WHOLE,
    WHOLE,
    HoursProblem,
    Plan,
    ReactionShares,
)

#: By site, the hours of each day.
Hours = tuple[tuple[DayHours, ...], ...]


@dataclass(frozen=True, slots=True)
class PlanScore:
    """The value of a plan.

    Attributes
    ----------
    reach, reach_in_work, worst : int
        Thousandths, rounded down.
    districts : tuple of (district, reach)
        Reach by district [1/1000].
    cost : int
        Cost of a week [cent/60].
    staff : tuple of int
        Staff minutes of a week by site [min].
    work : tuple of float
        Work of a week by site, after switching [min].
    displaced : tuple of int
        Customers by site who find their time closed [1/10000].
    lost : float
        Share of all customers lost to the hours.
    """

    reach: int
    reach_in_work: int
    worst: int
    districts: tuple[tuple[str, int], ...]
    cost: int
    staff: tuple[int, ...]
    work: tuple[float, ...]
    displaced: tuple[int, ...]
    lost: float

    @property
    def objectives(self) -> tuple[int, int, int]:
        """Cost, reach, reach of the worst-off district."""
        return self.cost, self.reach, self.worst

    @property
    def staff_hours(self) -> float:
        """Staff hours of a week [h]."""
        return sum(self.staff) / 60


def hours_of(problem: HoursProblem, plan: Plan) -> Hours:
    """Return the hours of every site by day."""
    return tuple(site.hours(chosen) for site, chosen in zip(problem.sites, plan, strict=True))


def score(problem: HoursProblem, plan: Plan, reaction: ReactionShares | None = None) -> PlanScore:
    """Return the value of ``plan``, under another reaction than the problem's if given."""
    reacts = reaction or problem.reaction
    hours = hours_of(problem, plan)
    today = hours_of(problem, problem.today)
    moved = tuple(displaced(h, reacts) for h in hours)
    change = [a - displaced(t, reacts) for a, t in zip(moved, today, strict=True)]
    work = _work(problem, change, reacts)
    staff = tuple(
        _staff(problem, number, hours[number], parts) for number, parts in enumerate(work)
    )
    districts = _district_reach(problem, hours, problem.edge)
    total = sum(site.work_minutes for site in problem.sites)
    gone = sum(s.work_minutes * d for s, d in zip(problem.sites, moved, strict=True))
    return PlanScore(
        reach=_reach(problem, hours, problem.edge),
        reach_in_work=_reach(problem, hours, problem.edge_in_work),
        worst=min(value for _, value in districts),
        districts=districts,
        cost=_cost(problem, hours, staff),
        staff=staff,
        work=tuple(parts / WHOLE for parts in work),
        displaced=moved,
        lost=reacts.lost * gone / (WHOLE * total) if total else 0.0,
    )


def displaced(hours: tuple[DayHours, ...], reaction: ReactionShares) -> int:
    """Return how many of a site's customers find their time closed [1/10000]."""
    covered = sum(covered_wishes(day_hours, day, reaction) for day, day_hours in enumerate(hours))
    return WHOLE - covered


def covered_wishes(hours: DayHours, weekday: int, reaction: ReactionShares) -> int:
    """Return the share of the week's wishes that a day's hours meet [1/10000]."""
    days = (WEEKDAYS, WEEKDAYS, WEEKDAYS, 1)
    met = zip(block_minutes(hours, weekday), reaction.wish, FULL_MINUTES, days, strict=True)
    return round(sum(WHOLE * wish * m / (full * count) for m, wish, full, count in met))


def district_sums(problem: HoursProblem, hours: Hours, edge: int) -> list[tuple[str, int]]:
    """Return, by district, weighted occasions at which residents find an open site."""
    sums = []
    for district, residents in problem.residents:
        total = 0
        for weight, (day, block) in zip(problem.occasion_weights, OCCASIONS, strict=True):
            for home, people in enumerate(residents):
                if any(serves(hours[s][day], day, block, edge) for s in problem.near[home]):
                    total += weight * people
        sums.append((district, total))
    return sums


def opened_in_district(problem: HoursProblem, hours: Hours, district: str) -> int:
    """Return the open minutes of all sites of a district [min]."""
    pairs = zip(problem.sites, hours, strict=True)
    return sum(minutes(day) for site, h in pairs if site.district == district for day in h)


def broken_limits(problem: HoursProblem, plan: Plan, value: PlanScore) -> tuple[str, ...]:
    """Return what ``plan`` does not keep, by name; empty: everything is kept."""
    hours = hours_of(problem, plan)
    found = []
    for number, site in enumerate(problem.sites):
        opened = [minutes(day) for day in hours[number]]
        if sum(length > 0 for length in opened) < site.least_days:
            found.append(f"days {site.id}")
        needed = value.work[number] + problem.slack(site, sum(opened))
        if needed > site.desks * sum(opened):
            found.append(f"building {site.id}")
        if value.staff[number] > site.staff_minutes:
            found.append(f"staff {site.id}")
    if sum(value.staff) > problem.limits.staff_minutes:
        found.append("staff")
    if value.lost > problem.limits.lost_share + 1e-12:
        found.append("lost")
    return (*found, *_losses(problem, hours))


def _losses(problem: HoursProblem, hours: Hours) -> list[str]:
    """Return the districts that must not lose and do."""
    today = hours_of(problem, problem.today)
    now, then = (dict(district_sums(problem, h, problem.edge)) for h in (hours, today))
    found = []
    for district in problem.limits.no_loss:
        open_now, open_then = (opened_in_district(problem, h, district) for h in (hours, today))
        if open_now < open_then or now.get(district, 0) < then.get(district, 0):
            found.append(f"loss {district}")
    return found


def _work(problem: HoursProblem, change: list[int], reaction: ReactionShares) -> list[int]:
    """Return the work of each site [min/10000]: less those who leave, more those who come."""
    parts = [site.work_minutes * WHOLE for site in problem.sites]
    for source, site in enumerate(problem.sites):
        for target, share in enumerate(problem.flows[source]):
            moving = round(reaction.switch * share * site.work_minutes) * change[source]
            parts[source] -= moving
            parts[target] += moving
    return parts


def _staff(problem: HoursProblem, number: int, hours: tuple[DayHours, ...], work_parts: int) -> int:
    site = problem.sites[number]
    opened = sum(minutes(day) for day in hours)
    needed = -(-work_parts // WHOLE) + problem.slack(site, opened)
    days = sum(bool(day) for day in hours)
    return max(site.presence * opened, needed) + site.presence * days * problem.setup_minutes


def _cost(problem: HoursProblem, hours: Hours, staff: tuple[int, ...]) -> int:
    surcharge = sum(
        problem.saturday_price(site) * minutes(h[SATURDAY])
        for site, h in zip(problem.sites, hours, strict=True)
    )
    return sum(staff) * problem.money.staff_minute + surcharge


def _district_reach(problem: HoursProblem, hours: Hours, edge: int) -> tuple[tuple[str, int], ...]:
    weights = sum(problem.occasion_weights)
    people = {district: sum(residents) for district, residents in problem.residents}
    return tuple(
        (district, REACH_WHOLE * total // (weights * people[district]))
        for district, total in district_sums(problem, hours, edge)
        if people[district]
    )


def _reach(problem: HoursProblem, hours: Hours, edge: int) -> int:
    total = sum(value for _, value in district_sums(problem, hours, edge))
    people = sum(sum(residents) for _, residents in problem.residents)
    return REACH_WHOLE * total // (sum(problem.occasion_weights) * people)

"""Absences of a synthetic staff over a year: leave, training, and sickness known when planning.

Sickness comes in spells that cluster by location and quarter.  Leave is taken in whole weeks, more
of them in the school holidays, never by too many of a location at once, and not while sick (sick
days do not count as leave, BUrlG § 9).  Sickness at short notice is not here: it is the case's
absence model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil, exp, log
from statistics import NormalDist

from planner.sim.streams import stream
from planner.workflow.derivation.contracts import Person

DAYS_PER_WEEK = 7
WORKING_WEEK = 5
MONTHS = 12
EARLIER_MONTHS = 3


@dataclass(frozen=True, slots=True, order=True)
class Absence:
    """An absence from ``first_day`` to ``last_day`` (inclusive)."""

    employee: str
    first_day: date
    last_day: date
    kind: str


@dataclass(frozen=True)
class AbsencePlan:
    """What absences are drawn from.

    Attributes
    ----------
    year : int
        The year to fill.
    holidays : frozenset of date
        Public holidays; single days are not taken on them.
    week_weights : tuple of (Monday, weight)
        How wanted each week of the year is for leave.
    people_at : mapping of location to number of people
        For the limit on leave at the same time.
    numbers : mapping
        The assumptions ``seed, leave_weeks, leave_single_days, training_days, leave_limit_share,
        sickness_spell_days`` and, by area, ``sickness_<area>, site_sigma_<area>``.
    """

    year: int
    holidays: frozenset[date]
    week_weights: tuple[tuple[date, float], ...]
    people_at: Mapping[str, int]
    numbers: Mapping[str, float]
    booked: Counter[tuple[str, date]] = field(default_factory=Counter)


def draw_absences(people: Sequence[Person], plan: AbsencePlan) -> list[Absence]:
    """Return the absences of everybody, sorted by employee and day."""
    absences: list[Absence] = []
    for person in people:
        sickness = list(_sickness(person, plan))
        taken = {day for absence in sickness for day in _days(absence)}
        leave = list(_leave_weeks(person, plan, taken))
        taken |= {day for absence in leave for day in _days(absence)}
        absences += [*sickness, *leave, *_single_days(person, plan, taken)]
    return sorted(absences)


def _leave_weeks(person: Person, plan: AbsencePlan, sick: set[date]) -> Iterator[Absence]:
    """Yield whole weeks, drawn without replacement by weight.

    The keys are those of Efraimidis and Spirakis (2006, Information Processing Letters 97,
    181-185): the weeks with the smallest ``-log(u) / weight``.
    """
    draws = _uniform(plan, "leave", person.id, len(plan.week_weights))
    keyed = sorted(
        (-(log(draw) / weight), monday)
        for draw, (monday, weight) in zip(draws, plan.week_weights, strict=True)
        if not sick & {monday + timedelta(days=offset) for offset in range(DAYS_PER_WEEK)}
    )
    limit = max(1, round(plan.numbers["leave_limit_share"] * plan.people_at[person.location]))
    free = [monday for _, monday in keyed if plan.booked[person.location, monday] < limit]
    for monday in sorted(free[: int(plan.numbers["leave_weeks"])]):
        plan.booked[person.location, monday] += 1
        last = min(monday + timedelta(days=DAYS_PER_WEEK - 1), date(plan.year, 12, 31))
        yield Absence(person.id, max(monday, date(plan.year, 1, 1)), last, "leave")


def _single_days(person: Person, plan: AbsencePlan, taken: set[date]) -> Iterator[Absence]:
    free = [day for day in _year(plan.year) if _works(person, day, plan) and day not in taken]
    draws = _uniform(plan, "single_days", person.id, len(free))
    chosen = [day for _, day in sorted(zip(draws, free, strict=True))]
    part = len(person.weekdays) / WORKING_WEEK if person.max_days < WORKING_WEEK else 1.0
    leave = round(plan.numbers["leave_single_days"] * part)
    training = int(plan.numbers["training_days"])
    for rank, day in enumerate(chosen[: leave + training]):
        yield Absence(person.id, day, day, "leave" if rank < leave else "training")


def _sickness(person: Person, plan: AbsencePlan) -> Iterator[Absence]:
    """Yield spells that start in each month; the first months reach back into the year before."""
    mean_days = plan.numbers["sickness_spell_days"]
    yearly = plan.numbers[f"sickness_{person.area}"] * 365.25 / mean_days
    draws = iter(_uniform(plan, "sickness", person.id, 3 * (MONTHS + EARLIER_MONTHS)))
    well_from = date(plan.year - 1, 1, 1)
    for month in range(-EARLIER_MONTHS, MONTHS):
        starts, place, length = next(draws), next(draws), next(draws)
        risk = yearly / MONTHS * _site_factor(person.area, person.location, month // 3, plan)
        first = date(plan.year, 1, 1) + timedelta(days=round((month + place) * 365.25 / MONTHS))
        if starts >= 1 - exp(-risk) or first < well_from:
            continue
        well_from = first + timedelta(days=ceil(-mean_days * log(1 - length)))
        yield from _clipped(person.id, first, well_from - timedelta(days=1), plan.year)


def _clipped(employee: str, first: date, last: date, year: int) -> Iterator[Absence]:
    first, last = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    if first <= last:
        yield Absence(employee, first, last, "sickness")


def _site_factor(area: str, location: str, quarter: int, plan: AbsencePlan) -> float:
    """Return the lognormal factor of a location and quarter, mean 1."""
    draw = float(stream(int(plan.numbers["seed"]), 0, "site", location, quarter).random())
    sigma = plan.numbers[f"site_sigma_{area}"]
    return exp(sigma * NormalDist().inv_cdf(draw) - sigma**2 / 2)


def _works(person: Person, day: date, plan: AbsencePlan) -> bool:
    return (
        day.weekday() < WORKING_WEEK
        and day.weekday() in person.weekdays
        and day not in plan.holidays
    )


def _days(absence: Absence) -> list[date]:
    length = (absence.last_day - absence.first_day).days + 1
    return [absence.first_day + timedelta(days=offset) for offset in range(length)]


def _year(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=k) for k in range((date(year + 1, 1, 1) - first).days)]


def _uniform(plan: AbsencePlan, purpose: str, employee: str, count: int) -> list[float]:
    generator = stream(int(plan.numbers["seed"]), 0, purpose, employee)
    return [float(value) for value in generator.random(count)]

"""The ledger of fairness carried on by a week: counts, fair shares, balances, the last days.

The fair share of what a location's people did together goes by contract hours of the week, so
whoever was away has no share; of refused wishes it goes by the wishes that were made.  The balances
of a location's people therefore move by amounts that add up to nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from planner.domain.case import PlanningCase
from planner.domain.ledger import Duties, LedgerWeek
from planner.domain.roster import Assignment, Roster
from planner.domain.rule import RosterRule
from planner.domain.staff import SATURDAY, Employee
from planner.rules.late_fairness import LateFairness
from planner.rules.weeks import weeks_of
from planner.rules.wishes import Wishes

RuleT = TypeVar("RuleT", bound=RosterRule)

#: Weeks that the ledger keeps: half a year.
KEPT_WEEKS = 26


def carried_on(roster: Roster, case: PlanningCase) -> tuple[LedgerWeek, ...]:
    """Return the case's ledger with the weeks of ``roster`` added, oldest weeks dropped.

    Sorted by employee and week.
    """
    kept = list(case.ledger)
    balances = {employee.id: _balance(employee) for employee in case.employees}
    for week in weeks_of(case.horizon):
        days = set(week.dates)
        shifts = Roster(tuple(a for a in roster.assignments if a.day in days))
        done = _done(shifts, case)
        shares = _shares(done, case, week.first_day)
        paid = _paid(shifts)
        for employee in case.employees:
            name = employee.id
            balances[name] = balances[name] + done[name] - shares[name]
            last = _last_days(employee, roster, case, week.dates[-1])
            kept.append(
                LedgerWeek(
                    name, week.first_day, done[name], balances[name], *last, paid.get(name, 0)
                )
            )
    oldest = case.horizon.dates[-1] - timedelta(weeks=KEPT_WEEKS)
    recent = (entry for entry in kept if entry.first_day > oldest)
    return tuple(sorted(recent, key=lambda entry: (entry.employee, entry.first_day)))


def _balance(employee: Employee) -> Duties:
    return Duties(
        employee.late_balance,
        employee.saturday_balance,
        employee.travel_balance,
        employee.refused_balance,
    )


def _paid(roster: Roster) -> dict[str, int]:
    """Return everybody's paid minutes [min]."""
    return {
        name: sum(shift.paid_minutes for shift in shifts)
        for name, shifts in roster.by_employee().items()
    }


def _done(roster: Roster, case: PlanningCase) -> dict[str, Duties]:
    """Return what everybody did in the week of ``roster``."""
    late_end = _stated(case, LateFairness()).late_end_minute
    homes = {employee.id: employee.home for employee in case.employees}
    ways = {(start, end): minutes / 60 for start, end, minutes in case.travel_minutes}
    done = {employee.id: Duties() for employee in case.employees}
    for a in roster.assignments:
        done[a.employee] += Duties(
            late=float(a.end_minute > late_end),
            saturdays=float(a.day.weekday() == SATURDAY),
            travel_hours=ways.get((homes[a.employee], a.location), 0.0),
        )
    for employee, wish, _ in _stated(case, Wishes()).refused(roster, case):
        done[employee.id] += Duties(refused=wish.weight)
    return done


def _shares(done: dict[str, Duties], case: PlanningCase, monday: date) -> dict[str, Duties]:
    """Return everybody's fair share of what the people of a location did together."""
    week = next(w for w in weeks_of(case.horizon) if w.first_day == monday)
    saturdays = [day for day in week.dates if day.weekday() == SATURDAY]
    hours = _parts(case, lambda e: float(e.target_minutes(week)))
    on_saturday = _parts(
        case,
        lambda e: float(e.target_minutes(week) * any(e.available(d, week) for d in saturdays)),
    )
    wished = _parts(case, lambda e: sum(w.weight for w in e.wishes if w.day in week.dates))
    sums: dict[str, Duties] = defaultdict(Duties)
    for employee in case.employees:
        sums[employee.home] += done[employee.id]
    return {
        e.id: Duties(
            late=sums[e.home].late * hours[e.id],
            saturdays=sums[e.home].saturdays * on_saturday[e.id],
            travel_hours=sums[e.home].travel_hours * hours[e.id],
            refused=sums[e.home].refused * wished[e.id],
        )
        for e in case.employees
    }


def _parts(case: PlanningCase, weight: Callable[[Employee], float]) -> dict[str, float]:
    """Return everybody's part of the weight at the home location; equal parts where it is 0."""
    total: dict[str, float] = defaultdict(float)
    people: dict[str, int] = defaultdict(int)
    for employee in case.employees:
        total[employee.home] += weight(employee)
        people[employee.home] += 1
    return {
        e.id: weight(e) / total[e.home] if total[e.home] > 0 else 1 / people[e.home]
        for e in case.employees
    }


def _last_days(
    employee: Employee, roster: Roster, case: PlanningCase, last_day: date
) -> tuple[datetime | None, int]:
    """Return the end of the last shift until ``last_day`` and the days in a row up to it."""
    own = [a for a in roster.by_employee().get(employee.id, []) if a.day <= last_day]
    worked = {a.day for a in own}
    run, day = 0, last_day
    while day in worked:
        run, day = run + 1, day - timedelta(days=1)
    if day < case.horizon.first_day:
        run += employee.days_in_row
    return (_end(own[-1]) if own else employee.last_end), run


def _end(shift: Assignment) -> datetime:
    return datetime.combine(shift.day, time()) + timedelta(minutes=shift.end_minute)


def _stated(case: PlanningCase, default: RuleT) -> RuleT:
    """Return the case's rule of the type of ``default``, binding or not."""
    kind = type(default)
    return next((rule for rule in case.rules if isinstance(rule, kind)), default)

"""Trainees in repairs and explanations: against every roster there is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.roster import Roster
from planner.domain.rule import Severity
from planner.model.explain.reach import Asked, contradiction, line_through
from planner.model.repair.repairing import mend
from planner.model.repair.search import RepairLimits
from planner.rules.audit import audit, lawful
from planner.rules.trainee_beside_experienced import TraineeBesideExperienced
from tests.repair.enumerated import (
    DAYS,
    NO_WORK_PRICE,
    Office,
    an_office,
    enumerate_repairs,
    shifts,
    wanted,
)
from tests.roster.miniature import a_worker

LIMITS = RepairLimits(10.0, 1, lambda: False)
HARD, SOFT = Severity.HARD, Severity.SOFT
ASKED = Asked("north", DAYS[0], 600, "residents", 60)


def _with_trainees(office: Office, rule: TraineeBesideExperienced, trainees: set[int]) -> Office:
    """Return the office with ``rule``; people with these numbers are trainees."""
    case = office.case
    staff = tuple(replace(e, trainee=n in trainees) for n, e in enumerate(case.employees))
    rules = tuple(rule if one.id == rule.id else one for one in case.rules)
    return replace(office, case=replace(case, employees=staff, rules=rules))


@pytest.mark.parametrize("trainees", [{1}, {2, 3}])
@pytest.mark.parametrize("seed", [0, 1, 12, 43, 82])
@pytest.mark.parametrize("severity", [HARD, SOFT])
def test_repairs_are_the_cheapest(severity: Severity, seed: int, trainees: set[int]) -> None:
    """The bound is the price of the best among all rosters, the roster covers as much with fewest.

    The proof puts people touched above their own prices, so the roster may cost a little more.
    """
    rule = TraineeBesideExperienced(severity, price=9.0)
    office = _with_trainees(an_office(seed), rule, trainees)
    case = office.without(DAYS[0])
    mended = mend(case, office.requirement, wanted(office), frozenset(), LIMITS)
    every = enumerate_repairs(office, case, NO_WORK_PRICE)
    best = np.unravel_index(int(every.value.argmin()), every.value.shape)
    assert mended.bound is not None
    assert mended.bound == pytest.approx(every.value[best])
    assert mended.bound - 1e-9 <= mended.value <= mended.bound + NO_WORK_PRICE.person
    assert lawful(audit(mended.roster, case, office.requirement))
    as_good = every.cover <= every.cover[best] + 1e-9
    assert len(mended.touched) == every.touched[as_good].min()


def test_a_locked_trainee_stays_and_the_audit_tells() -> None:
    """What is locked stays though the only experienced person is away; the finding is hard."""
    office = _with_trainees(an_office(0), TraineeBesideExperienced(HARD), {1, 2, 3})
    case = office.without(DAYS[0])
    before = office.roster
    there = [s for s in before.assignments if s.day == DAYS[0] and s.employee != "w0"]
    locked = frozenset((shift.employee, shift.day) for shift in before.assignments)
    order = replace(wanted(office), locked=locked)
    mended = mend(case, office.requirement, order, frozenset(), LIMITS)
    now = [s for s in mended.roster.assignments if s.day == DAYS[0]]
    assert {(s.employee, s.start_minute) for s in now} == {
        (s.employee, s.start_minute) for s in there
    }
    assert bool(there) != lawful(audit(mended.roster, case, office.requirement))


@pytest.mark.parametrize(
    ("teacher", "named"),
    [
        ((600, None), ()),
        ((480, None), ()),
        ((None, 600), ("trainee_beside_experienced",)),
        ((840, None), ("trainee_beside_experienced",)),
    ],
)
def test_a_trainee_alone_is_the_reason(teacher, named) -> None:
    """A trainee can serve a slot only in hours in which somebody experienced is there."""
    rule = TraineeBesideExperienced(HARD)
    trainee = a_worker(locations=("north",), contract_minutes=4200, band_minutes=900, trainee=True)
    office = _with_trainees(an_office(0), rule, set())
    experienced = a_worker(id="w2", locations=("north",), contract_minutes=4200, band_minutes=900)
    case = replace(office.case, employees=(trainee, experienced))
    roster = Roster.of(shifts("w2", teacher))
    assert contradiction(case, trainee, roster, ASKED) == named
    if named:
        given_up = frozenset(named)
        assert line_through(case, trainee, roster, ASKED, given_up) is not None


def test_who_is_beside_a_trainee_cannot_leave() -> None:
    """The only experienced person of a trainee is told the rule as the reason; a second frees."""
    people = [
        a_worker(id="w1", contract_minutes=4200, band_minutes=900),
        a_worker(id="w2", contract_minutes=4200, band_minutes=900, trainee=True),
        a_worker(id="w3", contract_minutes=4200, band_minutes=900),
    ]
    office = _with_trainees(an_office(0), TraineeBesideExperienced(HARD), set())
    case = replace(office.case, employees=tuple(people))
    asked = replace(ASKED, location="south")
    pair = [s for name in ("w1", "w2") for s in shifts(name, (480, None))]
    assert contradiction(case, people[0], Roster.of(pair), asked) == ("trainee_beside_experienced",)
    both = Roster.of([*pair, *shifts("w3", (480, None))])
    assert contradiction(case, people[0], both, asked) == ()

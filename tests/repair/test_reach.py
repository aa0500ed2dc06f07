"""What keeps a person from a slot: every named rule is needed, and without it the slot is free."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain.roster import Roster
from planner.model.explain.reach import (
    ELEMENTS,
    OTHER_SHIFTS,
    PLACE,
    SKILL,
    Asked,
    contradiction,
    line_through,
)
from planner.rules.audit import audit, lawful
from tests.repair.enumerated import DAYS, NOTHING_ASKED, an_office, shifts
from tests.roster.miniature import a_worker

ASKED = Asked("north", DAYS[0], 600, "residents", 60)


def _person(**changes: object):
    usual = {"locations": ("north",), "contract_minutes": 4200, "band_minutes": 0}
    return a_worker(**(usual | changes))


@pytest.fixture(scope="module")
def case():
    """Return the small office's case."""
    return an_office(0).case


@pytest.mark.parametrize(
    ("person", "line", "named"),
    [
        (_person(), (None, None), ()),
        (_person(absent=(DAYS[0],)), (None, None), ("absence",)),
        (_person(weekdays=(4,)), (None, None), ("weekday_pattern",)),
        (_person(skills=("reception",)), (None, None), (SKILL,)),
        (_person(locations=("south",), home="south"), (None, None), (PLACE,)),
        (_person(max_days=1), (None, 840), ("max_days_per_week", OTHER_SHIFTS)),
        (_person(contract_minutes=840), (None, 840), ("contract_hours", OTHER_SHIFTS)),
        (_person(contract_minutes=420), (None, None), ("contract_hours",)),
    ],
)
def test_the_reason_is_named_and_minimal(case, person, line, named) -> None:
    """The contradiction is the expected one; giving up any member of it opens the slot."""
    case = replace(case, employees=(person,))
    roster = Roster.of(shifts(person.id, line))
    assert contradiction(case, person, roster, ASKED) == named
    others = frozenset(ELEMENTS) - set(named)
    for member in named:
        assert line_through(case, person, roster, ASKED, others | {member}) is not None


def test_a_line_through_the_slot_is_lawful_and_changes_least(case) -> None:
    """The line serves the slot, keeps the law and the other day."""
    person = _person()
    case = replace(case, employees=(person,))
    roster = Roster.of(shifts(person.id, (840, 840)))
    line = line_through(case, person, roster, ASKED)
    assert line is not None
    assert lawful(audit(line, case, NOTHING_ASKED))
    first, second = line.assignments
    assert first.start_minute <= 600 < first.end_minute
    assert second.start_minute == 840

"""Which rule holds for whom: binding or priced only, the group's own before everybody's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain.rule import GroupRule, Severity
from planner.model.roster.postings import hard, posted, posted_anywhere, price_of, stated
from planner.rules.min_rest import MinRest
from planner.rules.travel import Travel
from tests.rules.cases import a_case

HARD, SOFT, WARN, OFF = Severity.HARD, Severity.SOFT, Severity.WARN, Severity.OFF


@pytest.mark.parametrize("severity", [HARD, SOFT, WARN, OFF])
def test_only_rules_that_forbid_or_cost_are_posted(severity: Severity) -> None:
    """A rule that is told or off is stated, but nothing is posted and nothing costs."""
    case = a_case(Travel(severity, price=7.0), MinRest())
    rule = Travel(severity, price=7.0)
    assert stated(case, Travel) == rule
    assert posted(case, Travel) == (rule if severity in (HARD, SOFT) else None)
    assert hard(rule) is (severity is HARD)
    assert price_of(rule) == (7.0 if severity is SOFT else 0.0)


def test_what_is_not_there_is_nothing() -> None:
    """No rule, no posting, no price."""
    case = a_case(MinRest())
    assert stated(case, Travel) is None
    assert posted(case, Travel) is None
    assert posted_anywhere(case, Travel) == []
    assert hard(None) is False
    assert price_of(None) == 0.0
    assert price_of(MinRest(SOFT)) == 0.0  # a rule that has no price


def test_groups_have_their_own() -> None:
    """The group's rule counts for the group, everybody's for the others."""
    own = (GroupRule("b", MinRest(OFF)), GroupRule("a", MinRest(hours=14.0)))
    case = replace(a_case(MinRest(hours=12.0)), group_rules=own)
    assert [posted(case, MinRest, group) for group in ("", "a", "b", "c")] == [
        MinRest(hours=12.0),
        MinRest(hours=14.0),
        None,
        MinRest(hours=12.0),
    ]
    assert posted_anywhere(case, MinRest) == [MinRest(hours=12.0), MinRest(hours=14.0)]
    assert posted_anywhere(replace(case, rules=()), MinRest) == [MinRest(hours=14.0)]

"""Where people come in the middle of a slot or a duty, the lowest count is told."""

from __future__ import annotations

from planner.rules.minimum_presence import MinimumPresence
from planner.rules.opening_closing_duty import OpeningClosingDuty
from tests.rules.cases import MONDAY, a_case, a_requirement, roster, shift


def test_who_comes_late_to_a_slot_was_missing() -> None:
    """Present from 09:15: nobody at 09:00, so nobody is measured, at half the price of a slot."""
    rule = MinimumPresence()
    late = roster(shift("anna", MONDAY, "09:15 counter 12:00"))
    (found,) = rule.check(late, a_case(), a_requirement())
    assert (found.measured, found.limit) == (0, 1)
    assert found.penalty == rule.price / 2


def test_who_comes_late_to_the_opening_was_missing() -> None:
    """There from 07:45 until after closing: nobody was there at 07:30."""
    half = roster(shift("anna", MONDAY, "07:45 counter 12:00 break 12:30 counter 16:30"))
    found = OpeningClosingDuty().check(half, a_case(), a_requirement())
    (late,) = [one for one in found if (one.location, one.day) == ("north", MONDAY)]
    assert (late.measured, late.limit) == (0, 1)

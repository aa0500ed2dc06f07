"""The plain count of people by minute, at the edges of the day."""

from __future__ import annotations

from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.rules.presence_count import people_by_minute
from tests.rules.cases import MONDAY


def test_minutes_before_midnight_are_left_out_and_the_first_one_counts() -> None:
    """One piece ends at midnight and counts nowhere, another covers the first minute alone."""
    early = Piece(-60, 0, Activity.COUNTER, "passport")
    first = Piece(-30, 1, Activity.COUNTER, "passport")
    roster = Roster(
        (
            Assignment("anna", MONDAY, "north", -60, 0, (early,)),
            Assignment("ben", MONDAY, "south", -30, 1, (first,)),
        )
    )
    counts = people_by_minute(roster, lambda _: True)
    assert counts["north", "", MONDAY].sum() == 0
    assert counts["south", "", MONDAY].nonzero()[0].tolist() == [0]

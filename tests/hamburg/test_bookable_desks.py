"""Bookable desk hours as whole desks."""

from __future__ import annotations

from planner.workflow.derivation.bookable_desks import DeskBlock, merged, spread_desks

WEEK = [(day, 420, 1140) for day in range(5)]


def _hours(blocks: list[DeskBlock]) -> float:
    return sum(block.desks * (block.end - block.start) / 60 for block in blocks)


def test_desk_hours_are_kept_within_half_a_desk():
    """The rounded plan of a 60-hour week has the wanted desk hours within half a desk hour."""
    for hours in (31.6, 100.0, 347.4):
        assert abs(_hours(spread_desks(WEEK, hours, 18, 0.8)) - hours) <= 0.5


def test_small_sites_get_hours_without_a_desk():
    """With half a desk on average every other hour has one."""
    blocks = spread_desks([(0, 420, 900)], 4.0, 3, 1.0)
    assert {block.desks for block in blocks} == {1}
    assert _hours(blocks) == 4.0


def test_no_more_desks_than_there_are():
    """The limit of desks holds even when more hours are asked for."""
    blocks = spread_desks([(2, 480, 600)], 50.0, 4, 1.0)
    assert blocks == [DeskBlock(2, 480, 600, 4)]


def test_edges_of_the_day_are_thinner():
    """The first and the last hour get less than the hours between."""
    blocks = spread_desks([(0, 420, 720)], 46.0, 20, 0.5)
    by_start = {block.start: block.desks for block in blocks}
    assert by_start[420] < by_start[480] > blocks[-1].desks


def test_half_hours_at_the_end_stay_inside_the_opening():
    """An interval of two and a half hours ends with half an hour."""
    blocks = spread_desks([(4, 480, 630)], 5.0, 9, 1.0)
    assert blocks == [DeskBlock(4, 480, 630, 2)]


def test_blocks_of_different_days_are_not_joined():
    """Equal desks at the same hour of two days stay two blocks."""
    blocks = [DeskBlock(0, 480, 540, 2), DeskBlock(1, 540, 600, 2), DeskBlock(1, 600, 660, 0)]
    assert merged(blocks) == blocks[:2]

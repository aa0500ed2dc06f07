"""Posts become people: head counts, part-time, contracts and weekday patterns."""

from __future__ import annotations

import pytest

from planner.workflow.derivation.contracts import Posts, head_count, hire, part_time_fractions

NUMBERS = {
    "seed": 1.0,
    "full_minutes": 2340.0,
    "part_time_share": 0.5,
    "part_time_low": 0.6,
    "part_time_high": 0.8,
    "civil_servant_share": 0.3,
    "civil_servant_minutes": 2400.0,
    "shift_contract_share": 0.3,
    "shift_contract_minutes": 2310.0,
    "short_days_share": 0.3,
}
WEEK = {"here": {0, 1, 2, 3, 4}, "there": {1, 2, 5}}


def test_posts_in_persons_are_heads():
    """Posts given in persons are counted as they are."""
    assert head_count(Posts("here", "a", "persons", 35, flying_squad=False), NUMBERS) == 35


def test_posts_in_full_time_equivalents_need_more_heads():
    """With half the people at 70 % on average 17 posts are filled by 20 people."""
    assert head_count(Posts("here", "a", "fte", 17, flying_squad=False), NUMBERS) == 20


def test_fractions_sum_to_the_posts():
    """The part-time fractions move together to the wanted sum and stay in their range."""
    fractions = part_time_fractions(4, 2.7, 0.6, 0.8)
    assert sum(fractions) == pytest.approx(2.7)
    assert all(0.6 <= fraction <= 0.8 for fraction in fractions)


def test_fractions_without_a_sum_are_even():
    """Without a wanted sum the fractions are spread evenly; nobody gives an empty list."""
    assert part_time_fractions(2, None, 0.6, 0.8) == pytest.approx([0.65, 0.75])
    assert part_time_fractions(0, 1.0, 0.6, 0.8) == []


def test_hire_fills_the_posts():
    """The hired fractions sum to the posts and part-timers are half of the staff."""
    posts = [Posts("here", "a", "fte", 17, flying_squad=False)]
    people = hire(posts, WEEK, NUMBERS)
    assert sum(person.fraction for person in people) == pytest.approx(17)
    assert sum(person.fraction < 1 for person in people) == 10


def test_identifiers_run_over_all_locations():
    """Employees are numbered from E0001 in order of the posts."""
    posts = [
        Posts("here", "a", "persons", 2, flying_squad=False),
        Posts("there", "a", "persons", 1, flying_squad=True),
    ]
    people = hire(posts, WEEK, NUMBERS)
    assert [person.id for person in people] == ["E0001", "E0002", "E0003"]
    assert [person.flying_squad for person in people] == [False, False, True]


def test_patterns_fit_the_hours_and_the_opening():
    """Nobody works more than five days, and part-timers prefer days on which home opens."""
    people = hire([Posts("there", "a", "persons", 60, flying_squad=False)], WEEK, NUMBERS)
    assert {person.max_days for person in people} <= {3, 4, 5}
    three_days = [person for person in people if len(person.weekdays) == 3]
    assert three_days
    assert all(person.weekdays == (1, 2, 5) for person in three_days)
    assert all(5 in person.weekdays for person in people)


def test_all_kinds_of_contract_occur():
    """Full-timers have 39, 40 or 38.5 hours."""
    people = hire([Posts("here", "a", "persons", 60, flying_squad=False)], WEEK, NUMBERS)
    full = {person.contract_minutes for person in people if person.fraction == 1}
    assert full == {2310, 2340, 2400}

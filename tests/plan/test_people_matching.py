"""Who can be where on a day: matching and Hall's condition against trying everything."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from planner.domain.staff import Employee
from planner.plan.cuts.people_matching import Asked, first_lack

PLACES = ("east", "north", "west")
SKILLS = (("a",), ("b",), ("a", "b"))


def _person(number: int, locations: tuple[str, ...], skills: tuple[str, ...]) -> Employee:
    return Employee(
        id=f"E{number}",
        contract_minutes=2340,
        band_minutes=0,
        max_days=5,
        home=locations[0],
        locations=locations,
        skills=skills,
        weekdays=(0,),
    )


def _can_be_had(asked: list[Asked], staff: list[Employee]) -> bool:
    """Try every way of sending people to what is asked for, or nowhere."""
    for choice in product(range(len(asked) + 1), repeat=len(staff)):
        sent = [0] * len(asked)
        for person, place in zip(staff, choice, strict=True):
            if place < len(asked) and asked[place].served_by(person):
                sent[place] += 1
        if all(got >= place.people for got, place in zip(sent, asked, strict=True)):
            return True
    return False


@pytest.mark.parametrize("seed", range(40))
def test_lacks_agree_with_trying_every_assignment(seed: int) -> None:
    """A lack is told exactly when nobody can send people so that all is served; it is a proof."""
    draw = np.random.default_rng(seed)
    staff = [
        _person(
            number,
            tuple(str(place) for place in draw.permutation(PLACES)[: draw.integers(1, 3)]),
            SKILLS[draw.integers(3)],
        )
        for number in range(draw.integers(2, 6))
    ]
    asked = [
        Asked(PLACES[draw.integers(3)], SKILLS[draw.integers(2)], int(draw.integers(0, 3)))
        for _ in range(draw.integers(1, 4))
    ]
    lack = first_lack(asked, staff)
    assert (lack is None) == _can_be_had(asked, staff)
    if lack is not None:
        members = [asked[number] for number in lack.members]
        there = [p for p in staff if any(place.served_by(p) for place in members)]
        assert lack.people == len(there)
        assert lack.missing == sum(place.people for place in members) - len(there) > 0


def test_sets_without_common_people_are_told_apart() -> None:
    """Two sites each short of their own people: one lack at a time, and only its site."""
    staff = [_person(1, ("east",), ("a",)), _person(2, ("west",), ("a",))]
    asked = [Asked("east", ("a",), 2), Asked("west", ("a",), 3), Asked("north", ("a",), 0)]
    first = first_lack(asked, staff)
    assert first is not None
    assert (first.members, first.people, first.missing) == ((0,), 1, 1)
    second = first_lack([replace(asked[0], people=1), *asked[1:]], staff)
    assert second is not None
    assert (second.members, second.people, second.missing) == ((1,), 1, 2)
    assert first_lack([], staff) is None
    nobody = first_lack(asked[:1], [])
    assert nobody is not None
    assert nobody.missing == 2

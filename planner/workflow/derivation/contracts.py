"""Contracts of a synthetic staff: how many people, hours and weekdays behind published posts.

Only uniform numbers are drawn, so that the committed tables come out the same with every version
of the random library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from planner.sim.streams import stream

WORKING_DAYS = (0, 1, 2, 3, 4)
GRID_MINUTES = 5
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Posts:
    """Published or assumed posts of a location.

    Attributes
    ----------
    unit : str
        ``fte`` (full-time posts) or ``persons``.
    amount : float
        Filled posts or people.
    flying_squad : bool
        Whether these people work wherever they are needed.
    """

    location: str
    area: str
    unit: str
    amount: float
    flying_squad: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A synthetic employee; ``fraction`` is the share of a full-time post."""

    id: str
    location: str
    area: str
    flying_squad: bool
    fraction: float
    contract_minutes: int
    weekdays: tuple[int, ...]
    max_days: int


def hire(
    posts: Sequence[Posts], open_days: Mapping[str, set[int]], numbers: Mapping[str, float]
) -> list[Person]:
    """Return the people behind ``posts``, in order of location.

    Parameters
    ----------
    open_days : mapping of location to weekdays
        Weekdays on which the location opens (0 Monday).
    numbers : mapping
        The assumptions ``seed, full_minutes, part_time_share, part_time_low, part_time_high,
        civil_servant_share, civil_servant_minutes, shift_contract_share, shift_contract_minutes,
        short_days_share``.
    """
    people: list[Person] = []
    part_timers = 0
    for group in posts:
        count = head_count(group, numbers)
        wanted = round(numbers["part_time_share"] * (len(people) + count)) - part_timers
        part_time = _fitting_part_timers(group, count, wanted, numbers)
        part_timers += part_time
        people += _group(group, (len(people), count, part_time), open_days[group.location], numbers)
    return people


def head_count(group: Posts, numbers: Mapping[str, float]) -> int:
    """Return the number of people who fill the posts of ``group``."""
    if group.unit == "persons":
        return round(group.amount)
    mean_part = (numbers["part_time_low"] + numbers["part_time_high"]) / 2
    return round(group.amount / (1 - numbers["part_time_share"] * (1 - mean_part)))


def _fitting_part_timers(
    group: Posts, count: int, wanted: int, numbers: Mapping[str, float]
) -> int:
    """Return how many part-timers, near ``wanted``, let ``count`` people fill the posts."""
    if group.unit == "persons":
        return wanted
    missing = count - group.amount
    fewest = ceil(missing / (1 - numbers["part_time_low"]) - TINY)
    most = floor(missing / (1 - numbers["part_time_high"]) + TINY)
    return max(0, fewest, min(wanted, most))


def part_time_fractions(
    count: int, sum_wanted: float | None, low: float, high: float
) -> list[float]:
    """Return ``count`` fractions spread evenly over ``[low, high]``.

    They are moved together so that they sum to ``sum_wanted`` as nearly as the limits allow.
    """
    even = [low + (high - low) * (rank + 0.5) / count for rank in range(count)]
    if sum_wanted is None or count == 0:
        return even
    move = (sum_wanted - sum(even)) / count
    return [min(high, max(low, fraction + move)) for fraction in even]


def _group(
    group: Posts, counts: tuple[int, int, int], days: set[int], numbers: Mapping[str, float]
) -> Iterator[Person]:
    first, count, part_time = counts
    wanted = group.amount - (count - part_time) if group.unit == "fte" else None
    low, high = numbers["part_time_low"], numbers["part_time_high"]
    fractions = part_time_fractions(part_time, wanted, low, high)
    fractions += [1.0] * (count - part_time)
    squad = "flying" if group.flying_squad else "local"
    for rank, fraction in enumerate(fractions):
        generator = stream(int(numbers["seed"]), 0, "contract", group.location, squad, rank)
        draws = [float(value) for value in generator.random(10)]
        weekdays = _pattern(fraction, draws, days, numbers)
        yield Person(
            id=f"E{first + rank + 1:04d}",
            location=group.location,
            area=group.area,
            flying_squad=group.flying_squad,
            fraction=fraction,
            contract_minutes=_contract_minutes(fraction, draws[0], numbers),
            weekdays=weekdays,
            max_days=min(5, len(weekdays)),
        )


def _contract_minutes(fraction: float, draw: float, numbers: Mapping[str, float]) -> int:
    full = numbers["full_minutes"]
    if draw < numbers["civil_servant_share"]:
        full = numbers["civil_servant_minutes"]
    elif draw < numbers["civil_servant_share"] + numbers["shift_contract_share"]:
        full = numbers["shift_contract_minutes"]
    return round(fraction * full / GRID_MINUTES) * GRID_MINUTES


def _pattern(
    fraction: float, draws: Sequence[float], days: set[int], numbers: Mapping[str, float]
) -> tuple[int, ...]:
    """Weekdays of a person: all for full-timers and for those with five short days.

    Part-timers work three days up to two thirds of the hours, else four; days on which the home
    location opens come first.
    """
    possible = sorted({*WORKING_DAYS, *days})
    if fraction == 1.0 or draws[1] < numbers["short_days_share"]:
        return tuple(possible)
    length = 3 if fraction <= 2 / 3 else 4
    ranked = sorted(possible, key=lambda day: (day not in days, draws[2 + day]))
    return tuple(sorted(ranked[:length]))

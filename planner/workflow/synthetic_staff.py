"""A synthetic staff that agrees with published posts: employees, absences and wishes.

Staff lists are not public and people are nobody's test data.  ``python -m
planner.workflow.synthetic_staff scenarios/hamburg`` draws a staff from
``derivation/{posts,staff,school_holidays}.csv`` and the case's locations and opening hours, and
writes ``tables/{employees,absences,wishes}.csv`` byte for byte the same every time.  Every row
says "synthetic".
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import holidays as public_holidays

from planner.sim.streams import stream
from planner.workflow.derivation.absences import Absence, AbsencePlan, draw_absences
from planner.workflow.derivation.contracts import Person, Posts, hire
from planner.workflow.derivation.files import Row, read_rows, write_rows
from planner.workflow.derivation.site_split import great_circle_km

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKING_WEEK = 5
SKILLS = {"residents": ("residents", "reception"), "foreigners": ("foreigners",)}
MARKS = ("assumed", "", "synthetic")
MARK_COLUMNS = ("confidence", "source", "note")
EMPLOYEES = (
    "employee", "contract_minutes", "band_minutes", "max_days", "home_location", "locations",
    "skills", "weekdays", "trainee", *MARK_COLUMNS,
)  # fmt: skip
ABSENCES = ("employee", "first_day", "last_day", "kind", *MARK_COLUMNS)
WISHES = ("employee", "date", "kind", "weight", *MARK_COLUMNS)


@dataclass(frozen=True)
class Sources:
    """What the staff is drawn from: the rows of the case and the assumptions."""

    locations: dict[str, Row]
    open_days: Mapping[str, set[int]]
    posts: list[Posts]
    school_holidays: list[Row]
    numbers: dict[str, float]
    first_day: date


def write_synthetic_staff(folder: Path) -> None:
    """Write the three staff tables of the case in ``folder``."""
    sources = read_sources(folder)
    people = hire(sources.posts, sources.open_days, sources.numbers)
    absences = draw_absences(people, absence_plan(people, sources))
    tables = folder / "tables"
    write_rows(tables / "employees.csv", EMPLOYEES, employee_rows(people, sources))
    write_rows(tables / "absences.csv", ABSENCES, _absence_rows(absences))
    write_rows(tables / "wishes.csv", WISHES, wish_rows(people, absences, sources))


def read_sources(folder: Path) -> Sources:
    """Read what the staff is drawn from."""
    tables, derivation = folder / "tables", folder / "derivation"
    locations = {row["id"]: row for row in read_rows(tables / "locations.csv")}
    open_days: dict[str, set[int]] = {name: set() for name in locations}
    for row in read_rows(tables / "opening_hours.csv"):
        open_days[row["location"]].add(WEEKDAYS.index(row["weekday"]))
    staff = {row["key"]: row["value"] for row in read_rows(derivation / "staff.csv")}
    first_day = date.fromisoformat(staff.pop("first_day"))
    assumptions = {key: float(value) for key, value in staff.items()}
    posts = [_posts(row) for row in read_rows(derivation / "posts.csv")]
    school = read_rows(derivation / "school_holidays.csv")
    return Sources(locations, open_days, posts, school, assumptions, first_day)


def employee_rows(people: Sequence[Person], sources: Sources) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the employees table."""
    trainees = _trainees(people, sources.numbers)
    for person in people:
        skills = SKILLS.get(person.area, (person.area,))
        yield (
            person.id,
            person.contract_minutes,
            int(sources.numbers["band_minutes"]),
            person.max_days,
            person.location,
            ";".join((person.location, *_other_locations(person, sources))),
            ";".join(skills),
            ";".join(WEEKDAYS[day] for day in person.weekdays),
            "true" if person.id in trainees else "false",
            *MARKS,
        )


def absence_plan(people: Sequence[Person], sources: Sources) -> AbsencePlan:
    """Return what the absences of the planned year are drawn from."""
    year = sources.first_day.year
    mondays = [date.fromisocalendar(year, week, 1) for week in range(1, 53)]
    factor = sources.numbers["school_holiday_weight"]
    weights = tuple((day, factor if _in_school_holidays(day, sources) else 1.0) for day in mondays)
    free = public_holidays.country_holidays("DE", subdiv="HH", years=[year])
    people_at = Counter(person.location for person in people)
    return AbsencePlan(year, frozenset(free), weights, people_at, sources.numbers)


def wish_rows(
    people: Sequence[Person], absences: Sequence[Absence], sources: Sources
) -> Iterator[tuple[object, ...]]:
    """Yield one wish for some of the people, for a day of the planned week when they can work."""
    week = [sources.first_day + timedelta(days=offset) for offset in range(7)]
    away: dict[str, set[date]] = {}
    for absence in absences:
        days = {day for day in week if absence.first_day <= day <= absence.last_day}
        away.setdefault(absence.employee, set()).update(days)
    for person in people:
        draws = _draws(sources.numbers, "wish", person.id, 3)
        days_at_work = [
            day
            for day in week
            if day.weekday() in person.weekdays and day not in away.get(person.id, set())
        ]
        if draws[0] < sources.numbers["wish_share"] and days_at_work:
            day = days_at_work[int(draws[1] * len(days_at_work))]
            yield person.id, day.isoformat(), _wish_kind(draws[2], sources.numbers), 1, *MARKS


def _wish_kind(draw: float, assumptions: Mapping[str, float]) -> str:
    if draw < assumptions["wish_day_off"]:
        return "day_off"
    return "early" if draw < assumptions["wish_day_off"] + assumptions["wish_early"] else "late"


def _absence_rows(absences: Sequence[Absence]) -> Iterator[tuple[object, ...]]:
    for absence in absences:
        first, last = absence.first_day.isoformat(), absence.last_day.isoformat()
        yield absence.employee, first, last, absence.kind, *MARKS


def _other_locations(person: Person, sources: Sources) -> list[str]:
    """Near locations of the same area: all of them for the flying squad, one or two for floaters.

    Everybody whose home does not open on every working day may work at the two nearest and at the
    nearest that opens all week: on the other days the work is elsewhere.
    """
    near = _nearest(person.location, sources)
    if person.flying_squad:
        return near
    draws = _draws(sources.numbers, "floater", person.id, 2)
    if len(sources.open_days[person.location]) < WORKING_WEEK:
        open_all_week = [name for name in near if len(sources.open_days[name]) >= WORKING_WEEK]
        return list(dict.fromkeys((*near[:2], *open_all_week[:1])))
    if draws[0] >= sources.numbers[f"floater_share_{person.area}"]:
        return []
    return near[: 1 if draws[1] < sources.numbers["floater_one_site_share"] else 2]


def _nearest(home: str, sources: Sources) -> list[str]:
    """Return the other counter locations of the area by distance."""
    own = sources.locations[home]
    others = [
        row
        for name, row in sources.locations.items()
        if name != home and row["area"] == own["area"] and row["kind"] == "counter"
    ]
    ranked = sorted(others, key=lambda row: (great_circle_km(_point(own), _point(row)), row["id"]))
    return [row["id"] for row in ranked]


def _trainees(people: Sequence[Person], assumptions: Mapping[str, float]) -> set[str]:
    """Return a fixed share of the people of each area: those with the lowest draws."""
    chosen: set[str] = set()
    for area in sorted({person.area for person in people}):
        staff = [person.id for person in people if person.area == area]
        ranked = sorted(staff, key=lambda name: _draws(assumptions, "trainee", name, 1))
        chosen.update(ranked[: round(assumptions["trainee_share"] * len(staff))])
    return chosen


def _in_school_holidays(monday: date, sources: Sources) -> bool:
    return any(
        monday <= date.fromisoformat(row["last_day"])
        and date.fromisoformat(row["first_day"]) <= monday + timedelta(days=4)
        for row in sources.school_holidays
    )


def _posts(row: Row) -> Posts:
    flying = row["flying_squad"] == "yes"
    return Posts(row["location"], row["area"], row["unit"], float(row["amount"]), flying)


def _point(row: Row) -> tuple[float, float]:
    return float(row["latitude"]), float(row["longitude"])


def _draws(
    assumptions: Mapping[str, float], purpose: str, employee: str, count: int
) -> list[float]:
    generator = stream(int(assumptions["seed"]), 0, purpose, employee)
    return [float(value) for value in generator.random(count)]


if __name__ == "__main__":
    write_synthetic_staff(Path(sys.argv[1]))

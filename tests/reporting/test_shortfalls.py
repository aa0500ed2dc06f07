"""Shortfalls: periods, sizes, and the reason that the run folder gives."""

from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd
import pytest

from planner.domain.roster import Activity, Assignment, Piece
from planner.reporting.material import Material, Person
from planner.reporting.shortfalls import Explainer, Shortfall, shortfalls
from planner.reporting.words import words_of
from planner.tables import REQUIREMENT

MONDAY = date(2024, 4, 29)
TUESDAY = date(2024, 4, 30)
SHORT = Shortfall("city", MONDAY, "residents", 600, 660, 1, 600, 2)


@dataclass
class Staff:
    """People and shifts around one shortfall of one person at City on Monday at ten."""

    people: list[Person] = field(default_factory=list)
    shifts: list[Assignment] = field(default_factory=list)
    hours: tuple[float, float] = (100.0, 50.0)

    def add(self, count: int, **changes) -> "Staff":
        """Add people who are free on Monday and owe nothing."""
        for _ in range(count):
            person = Person(
                f"p{len(self.people)}",
                "city",
                frozenset({"city"}),
                frozenset({"residents"}),
                frozenset(range(5)),
                frozenset(),
                0,
                False,
            )
            self.people.append(replace(person, **changes))
        return self

    def on_duty(self, count: int, activity: Activity, skill: str = "", **changes) -> "Staff":
        """Add people with a shift of one piece, from nine to noon unless told otherwise."""
        self.add(count)
        for person in self.people[-count:]:
            piece = Piece(540, 720, activity, skill)
            shift = Assignment(person.id, MONDAY, "city", 540, 720, (piece,))
            self.shifts.append(replace(shift, **changes))
        return self

    def reason(self, material: Material) -> tuple[str, str]:
        """Return reason and detail of the shortfall."""
        world = material.__class__(material.run)
        world.__dict__["people"] = {person.id: person for person in self.people}
        on_day = {(shift.employee, shift.day): shift for shift in self.shifts}
        explainer = Explainer.of(world, words_of("en"))
        explainer = replace(explainer, on_day=on_day, hours={"city": self.hours})
        row = explainer.row(SHORT)
        return row.reason, row.detail


COUNTER = (Activity.COUNTER, "residents")


@pytest.mark.parametrize(
    ("staff", "reason"),
    [
        (Staff().on_duty(2, *COUNTER), "Too few people with this skill"),
        (Staff().on_duty(2, *COUNTER).add(3, absent=frozenset({MONDAY})), "Absences and days off"),
        (Staff().on_duty(2, *COUNTER).add(3, weekdays=frozenset({1})), "Absences and days off"),
        (Staff().on_duty(18, *COUNTER).add(3), "All desks are taken"),
        (Staff(hours=(30.0, 50.0)).on_duty(2, *COUNTER).add(3), "Too few working hours: 30 h"),
        (Staff().on_duty(2, *COUNTER).on_duty(2, Activity.BREAK), "Breaks at this time"),
        (
            Staff().on_duty(2, *COUNTER).on_duty(2, Activity.BACK_OFFICE),
            "Other activities at this time",
        ),
        (
            Staff().on_duty(2, *COUNTER).on_duty(2, *COUNTER, location="altona"),
            "Working at other locations",
        ),
        (
            Staff().on_duty(2, *COUNTER).on_duty(2, *COUNTER, pieces=()),
            "Shifts lie at other times",
        ),
        (Staff().on_duty(2, *COUNTER).add(2, due_minutes=600), "Available people were not"),
        (Staff().on_duty(2, *COUNTER).add(2), "Weekly hours are used up"),
    ],
)
def test_the_reason_follows_from_what_people_do(material: Material, staff: Staff, reason: str):
    """Each cause that can explain a shortfall is named when it does."""
    assert staff.reason(material)[0].startswith(reason)


def test_the_detail_counts_everybody(material: Material):
    """The detail says what each of those who could help is doing."""
    staff = Staff().on_duty(2, *COUNTER).on_duty(1, Activity.BREAK)
    staff.add(1, absent=frozenset({MONDAY})).add(1, skills=frozenset({"other"}))
    assert staff.reason(material)[1] == (
        "4 people with this skill may work here: 2 working on it, 1 absent, 1 on break."
    )


def test_a_requirement_beyond_the_permitted_times(material: Material):
    """When nobody may work at the time, that is the reason."""
    late = replace(SHORT, start_minute=1170, end_minute=1200, worst_minute=1170)
    row = Explainer.of(material, words_of("en")).row(late)
    assert row.reason == "Outside the permitted shift times (06:30–19:30)"


def test_nobody_at_all(material: Material):
    """Without anybody who holds the skill, the detail has no list."""
    assert Staff().reason(material) == (
        "Too few people with this skill",
        "0 people with this skill may work here: –.",
    )


def test_periods_join_neighbouring_slots(changed):
    """Slots in a row are one period, its size their sum; a gap starts another; largest first."""
    rows = [
        ("city", "2024-04-29", "08:00", "residents", 3, 2, 1, 0),
        ("city", "2024-04-29", "08:30", "residents", 3, 1, 2, 0),
        ("city", "2024-04-29", "09:00", "residents", 3, 3, 0, 0),
        ("city", "2024-04-29", "09:30", "residents", 3, 2, 1, 0),
        ("city", "2024-04-29", "09:30", "presence", 3, 2, 1, 0),
        ("city", "", "", "back_office", 300, 0, 300, 0),
    ]

    def few(tables):
        tables["requirement"] = pd.DataFrame(rows, columns=REQUIREMENT.names)

    from planner.results.store import read_run

    found = shortfalls(Material(read_run(changed(few))))
    assert found == [
        Shortfall("city", MONDAY, "residents", 480, 540, 2, 510, 3),
        Shortfall("city", MONDAY, "residents", 570, 600, 1, 570, 1),
    ]


def test_a_shortfall_in_words(material: Material):
    """Place, day, time, skill and size read as people say them."""
    row = Explainer.of(material, words_of("de")).row(SHORT)
    assert (row.location, row.day, row.time) == ("City", "Mo., 29.04.", "10:00–11:00")
    assert (row.skill, row.missing) == ("Einwohnerangelegenheiten", "1 (1,0 Std.)")

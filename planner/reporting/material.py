"""The material of a report: the tables of a run folder as Python objects, read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import pandas as pd

from planner.domain.roster import Roster
from planner.reporting.words import Words
from planner.results.manifest import Manifest
from planner.results.roster_frames import roster_from_frames
from planner.results.store import Run
from planner.tables import EVERY_TABLE

#: A row of a table by column name.
Row = dict[Hashable, object]


@dataclass(frozen=True, slots=True)
class Place:
    """A location as reports see it; ``open_hours`` of an ordinary week [h]."""

    id: str
    name: str
    district: str
    area: str
    kind: str
    latitude: float
    longitude: float
    desks: int
    open_hours: float


@dataclass(frozen=True, slots=True)
class Person:
    """An employee as reports see it; ``due_minutes`` to be worked in the horizon [min]."""

    id: str
    home: str
    locations: frozenset[str]
    skills: frozenset[str]
    weekdays: frozenset[int]
    absent: frozenset[date]
    due_minutes: int
    trainee: bool


@dataclass(frozen=True)
class Material:
    """Everything that the reports of one run are made of."""

    run: Run

    @property
    def manifest(self) -> Manifest:
        """The manifest of the run."""
        return self.run.manifest

    def table(self, name: str) -> pd.DataFrame:
        """Return the table ``name``, empty when the run does not have it."""
        if self.run.has(name):
            return self.run.table(name)
        book = next(table for table in EVERY_TABLE if table.name == name)
        return book.conform(pd.DataFrame({column: [] for column in book.names}))

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The planned days in order."""
        facts = self.manifest.case_facts
        first = date.fromisoformat(facts.first_day)
        return tuple(first + timedelta(days=offset) for offset in range(facts.days))

    @cached_property
    def holidays(self) -> dict[date, str]:
        """Public holidays within the planned days."""
        return {
            date.fromisoformat(d): name for d, name in self.manifest.case_facts.holidays.items()
        }

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The locations: the field of work with most of them first, then by district and name."""
        names = [field for field in Place.__dataclass_fields__ if field != "id"]
        rows = self.table("locations").to_dict("records")
        places = [Place(row["location"], *(row[name] for name in names)) for row in rows]
        size = Counter(place.area for place in places)
        return tuple(sorted(places, key=lambda p: (-size[p.area], p.area, p.district, p.name)))

    @cached_property
    def place_names(self) -> dict[str, str]:
        """Names of locations by identifier."""
        return {place.id: place.name for place in self.places}

    @cached_property
    def people(self) -> dict[str, Person]:
        """The employees by identifier."""
        rows = self.table("employees").to_dict("records")
        return {str(row["employee"]): _person(row) for row in rows}

    @cached_property
    def roster(self) -> Roster:
        """The roster of the run; empty when there is none."""
        return roster_from_frames(self.table("roster"), self.table("activities"))

    @cached_property
    def has_roster(self) -> bool:
        """Whether the run has a roster."""
        return self.run.has("roster")

    def area_name(self, area: str, words: Words) -> str:
        """Return the name of a field of work."""
        names = self._area_names.get(area)
        return words.pick(*names) if names else words.name("area", area)

    def service_name(self, service: str, words: Words) -> str:
        """Return the name of a service."""
        names = self._service_names.get(service)
        return words.pick(*names) if names else service

    def district_name(self, district: str) -> str:
        """Return the name of a district."""
        return self._district_names.get(district, district)

    def scope_name(self, scope: str, identifier: str, words: Words) -> str:
        """Return the name of what a measure is about."""
        if scope == "city":
            return words("scope.city")
        if scope == "district":
            return self.district_name(identifier)
        return self.place_names.get(identifier, identifier)

    @cached_property
    def _area_names(self) -> dict[str, tuple[str, str]]:
        return self._two_names("areas", "area")

    @cached_property
    def _service_names(self) -> dict[str, tuple[str, str]]:
        return self._two_names("services", "service")

    def _two_names(self, table: str, key: str) -> dict[str, tuple[str, str]]:
        """Return the German and the English name by identifier."""
        rows = self.table(table).to_dict("records")
        return {str(row[key]): (str(row["name_de"]), str(row["name_en"])) for row in rows}

    @cached_property
    def _district_names(self) -> dict[str, str]:
        rows = self.table("districts").to_dict("records")
        return {str(row["district"]): str(row["name"]) for row in rows}


def _person(row: Row) -> Person:
    def parts(column: str) -> list[str]:
        return [part for part in str(row[column]).split(";") if part]

    return Person(
        id=str(row["employee"]),
        home=str(row["home_location"]),
        locations=frozenset(parts("locations")),
        skills=frozenset(parts("skills")),
        weekdays=frozenset(int(day) for day in parts("weekdays")),
        absent=frozenset(date.fromisoformat(day) for day in parts("absent")),
        due_minutes=int(str(row["target_minutes"])),
        trainee=bool(row["trainee"]),
    )

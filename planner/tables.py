"""The column book: every table that planner writes, its columns, types, units and meaning.

One table, one row meaning, sorted by its key, nothing that changes from run to run: equal runs
are equal byte for byte (DESIGN §2).  CONTRACT.md names the same columns for outside readers.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from planner.errors import TableError


@dataclass(frozen=True, slots=True)
class Column:
    """A column: pandas dtype, unit (empty: none) and meaning."""

    name: str
    dtype: str
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: file name, what a row is, its key and its columns in order."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return ``frame`` with exactly these columns and types, sorted by the key.

        Raises
        ------
        TableError
            When columns are missing or unknown, or a type does not fit.
        """
        missing = [name for name in self.names if name not in frame.columns]
        unknown = [str(name) for name in frame.columns if name not in self.names]
        if missing or unknown:
            raise TableError(f"{self.name}: missing columns {missing}, unknown columns {unknown}")
        try:
            typed = frame[self.names].astype({c.name: c.dtype for c in self.columns})
        except (TypeError, ValueError) as error:
            raise TableError(f"{self.name}: {error}") from error
        return typed.sort_values(list(self.key), kind="stable").reset_index(drop=True)


def _columns(*rows: tuple[str, str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


MEASURES = Table(
    "measures",
    "scope × measure",
    ("scope", "id", "area", "channel", "measure"),
    _columns(
        ("scope", "str", "", "city, district, location or phone"),
        ("id", "str", "", "identifier of the district, location or line; 'city' for the city"),
        ("area", "str", "", "field of work: residents, foreigners, phone, all"),
        ("channel", "str", "", "appointment, walk_in, phone or all"),
        ("measure", "str", "", "name of the measure"),
        ("unit", "str", "", "unit of value and interval"),
        ("value", "float64", "see unit", "mean over replications"),
        ("ci_low", "float64", "see unit", "lower end of the confidence interval"),
        ("ci_high", "float64", "see unit", "upper end of the confidence interval"),
        ("target", "float64", "see unit", "limit promised; empty where none"),
        ("met", "str", "", "met, missed, undecided; empty where no target"),
        ("replications", "int64", "", "replications with a defined value"),
    ),
)

ROSTER = Table(
    "roster",
    "employee × worked day",
    ("employee", "date"),
    _columns(
        ("employee", "str", "", "identifier of the employee"),
        ("date", "str", "", "ISO date"),
        ("location", "str", "", "identifier of the location"),
        ("start", "str", "", "start of the shift, HH:MM"),
        ("end", "str", "", "end of the shift, HH:MM"),
        ("break_start", "str", "", "start of the first break, HH:MM; empty where none"),
        ("break_end", "str", "", "end of the first break, HH:MM; empty where none"),
        ("paid_minutes", "int64", "min", "shift less breaks"),
        ("breaks", "str", "", "all breaks as HH:MM-HH:MM joined by ;"),
    ),
)

ACTIVITIES = Table(
    "activities",
    "piece of a shift",
    ("employee", "date", "start"),
    _columns(
        ("employee", "str", "", "identifier of the employee"),
        ("date", "str", "", "ISO date"),
        ("start", "str", "", "HH:MM"),
        ("end", "str", "", "HH:MM"),
        ("location", "str", "", "identifier of the location"),
        ("activity", "str", "", "counter, reception, phone, back_office or break"),
        ("skill", "str", "", "skill covered; empty for back office and break"),
    ),
)

REQUIREMENT = Table(
    "requirement",
    "location × date × slot × skill",
    ("location", "date", "start", "skill"),
    _columns(
        ("location", "str", "", "identifier of the location"),
        ("date", "str", "", "ISO date"),
        ("start", "str", "", "start of the slot, HH:MM"),
        ("skill", "str", "", "skill; 'presence' for people present; 'back_office' has no slots"),
        ("required", "int64", "desks", "requirement"),
        ("rostered", "int64", "desks", "people rostered"),
        ("short", "int64", "desks", "required beyond rostered"),
        ("over", "int64", "desks", "rostered beyond required"),
    ),
)

FINDINGS = Table(
    "findings",
    "broken rule",
    ("rule", "severity", "location", "date", "employee"),
    _columns(
        ("rule", "str", "", "identifier of the rule"),
        ("severity", "str", "", "hard, soft or warn"),
        ("employee", "str", "", "identifier of the employee; empty where none"),
        ("location", "str", "", "identifier of the location; empty where none"),
        ("date", "str", "", "ISO date; empty for the whole horizon"),
        ("measured", "float64", "see unit", "what the roster has"),
        ("limit", "float64", "see unit", "what the rule allows"),
        ("unit", "str", "", "unit of measured and limit"),
        ("penalty", "float64", "points", "price of the breach"),
        ("text", "str", "", "the finding in a German sentence"),
        ("text_en", "str", "", "the finding in an English sentence"),
    ),
)

EMPLOYEES = Table(
    "employees",
    "employee as planned with",
    ("employee",),
    _columns(
        ("employee", "str", "", "identifier of the employee (synthetic)"),
        ("contract_minutes", "int64", "min", "contract working time per week"),
        ("target_minutes", "int64", "min", "to be worked in the horizon, absences credited"),
        ("band_minutes", "int64", "min", "allowed deviation from target_minutes"),
        ("home_location", "str", "", "home location"),
        ("locations", "str", "", "locations allowed, joined by ;"),
        ("skills", "str", "", "skills held, joined by ;"),
        ("weekdays", "str", "", "weekdays of the pattern (0 Monday), joined by ;"),
        ("absent", "str", "", "ISO dates of known absence in the horizon, joined by ;"),
        ("trainee", "bool", "", "in training"),
    ),
)

CUSTOMERS = Table(
    "customers",
    "customer of one stored replication",
    ("customer",),
    _columns(
        ("customer", "int64", "", "row number in order of request"),
        ("area", "str", "", "field of work"),
        ("service", "str", "", "identifier of the service"),
        ("origin", "str", "", "district of residence"),
        ("channel", "str", "", "online, appointment, walk_in or phone"),
        ("requested", "str", "", "ISO time of the (first) request"),
        ("location", "str", "", "location visited or booked; empty where none"),
        ("booked_for", "str", "", "ISO time of the appointment; empty where none"),
        ("arrived", "str", "", "ISO time of arrival; empty where none"),
        ("called", "str", "", "ISO time of the call to the desk; empty where none"),
        ("finished", "str", "", "ISO time of the end of service; empty where none"),
        (
            "fate",
            "str",
            "",
            "served, no_show, abandoned, turned_away, not_served, lost, online or booked",
        ),
        ("desk", "str", "", "employee or desk that served; empty where none"),
    ),
)

BOOK = (MEASURES, ROSTER, ACTIVITIES, REQUIREMENT, FINDINGS, EMPLOYEES, CUSTOMERS)

"""Tables of decisions: opening hours, the tornado of assumptions, figures by site and month."""

from __future__ import annotations

from planner.tables.outputs import MEASURES
from planner.tables.table import Table, columns

_OPTION = ("option", "str", "", "name of the option; 'today' for today's hours")


def _measured(name: str, unit: str, meaning: str) -> tuple[tuple[str, str, str, str], ...]:
    return (
        (name, "float64", unit, meaning),
        (f"{name}_low", "float64", unit, f"{meaning}: lower end of the interval"),
        (f"{name}_high", "float64", unit, f"{meaning}: upper end of the interval"),
    )


PARETO = Table(
    "pareto",
    "option of opening hours",
    ("rank",),
    columns(
        ("rank", "int64", "", "0 for today, then from the cheapest on"),
        _OPTION,
        ("file", "str", "", "scenario file within the run folder; empty for today"),
        ("proven", "bool", "", "cost, reach and worst are proven best"),
        ("gap", "float64", "share", "part of the cost that the bound leaves open"),
        ("kept", "str", "", "limits of the model that are broken, joined by ;"),
        ("reach", "float64", "share", "residents who find an open site outside 9 to 17"),
        ("reach_in_work", "float64", "share", "the same for residents in work"),
        ("people_in_work", "float64", "", "residents in work who find one"),
        ("worst", "float64", "share", "reach of the worst-off district"),
        ("worst_district", "str", "", "the worst-off district"),
        ("staff_hours", "float64", "h/week", "counter hours that the hours ask for"),
        ("staff_hours_low", "float64", "h/week", "under the reaction low"),
        ("staff_hours_high", "float64", "h/week", "under the reaction high"),
        ("cost", "float64", "EUR/week", "staff hours with the Saturday supplement"),
        ("lost", "float64", "share", "customers lost to unsuitable hours"),
        ("lost_low", "float64", "share", "under the reaction low"),
        ("lost_high", "float64", "share", "under the reaction high"),
        ("open_hours", "float64", "h/week", "opening hours of all sites"),
        ("late_days", "int64", "", "days open after 17:00, over all sites"),
        ("saturdays", "int64", "", "sites open on Saturday"),
        ("required_hours", "float64", "h", "desk hours of the simulated requirement"),
        *_measured("wait_appointment", "min", "mean wait with appointment"),
        *_measured("wait_walk_in", "min", "mean wait without appointment"),
        *_measured("lead", "days", "mean booked lead"),
        *_measured("within_14_days", "share", "offered within 14 days"),
    ),
)

OPENING_PLAN = Table(
    "opening_plan",
    "option × location × weekday",
    ("option", "location", "weekday"),
    columns(
        _OPTION,
        ("location", "str", "", "identifier of the location"),
        ("weekday", "int64", "", "0 Monday to 5 Saturday"),
        ("start", "str", "", "HH:MM; empty: closed"),
        ("end", "str", "", "HH:MM; empty: closed"),
        ("changed", "bool", "", "differs from today"),
    ),
)

DISTRICT_REACH = Table(
    "district_reach",
    "option × district",
    ("option", "district"),
    columns(
        _OPTION,
        ("district", "str", "", "identifier of the district"),
        ("reach", "float64", "share", "residents who find an open site outside 9 to 17"),
    ),
)

OPTION_MEASURES = Table(
    "option_measures",
    "option × scope × measure",
    ("option", "scope", "id", "area", "channel", "measure"),
    (
        *columns(_OPTION),
        *MEASURES.columns[:9],
        *columns(
            ("difference", "float64", "see unit", "option less today, common customers"),
            ("difference_low", "float64", "see unit", "lower end of its interval"),
            ("difference_high", "float64", "see unit", "upper end of its interval"),
            ("replications", "int64", "", "common replications"),
        ),
    ),
)

GRID_DAYS = Table(
    "grid_days",
    "location × date of which the appointment grid was decided",
    ("location", "date"),
    columns(
        ("location", "str", "", "identifier of the location"),
        ("date", "str", "", "ISO date"),
        ("wanted", "int64", "", "slots of the day"),
        ("placed", "int64", "", "slots that found room beside walk-ins with all desks staffed"),
        ("given_hours", "float64", "h", "cheapest shifts with as many slots, lying as they do"),
        ("decided_hours", "float64", "h", "cheapest shifts when the slots are placed with them"),
        ("bound_hours", "float64", "h", "no shifts for as many slots cost less (formula)"),
    ),
)

TORNADO = Table(
    "tornado",
    "assumption",
    ("rank",),
    columns(
        ("rank", "int64", "", "1 for the assumption that changes the measure most"),
        ("path", "str", "", "path of the value"),
        ("value", "str", "", "value of the case"),
        ("unit", "str", "", "its unit"),
        ("low", "float64", "see unit", "lower end of the plausible range"),
        ("high", "float64", "see unit", "upper end of the plausible range"),
        ("measure", "str", "", "scope/id/area/channel/measure"),
        ("measure_unit", "str", "", "unit of the measure"),
        ("base", "float64", "see unit", "measure with the case's value"),
        ("at_low", "float64", "see unit", "difference at low, common customers"),
        ("at_low_low", "float64", "see unit", "lower end of its interval"),
        ("at_low_high", "float64", "see unit", "upper end of its interval"),
        ("at_high", "float64", "see unit", "difference at high, common customers"),
        ("at_high_low", "float64", "see unit", "lower end of its interval"),
        ("at_high_high", "float64", "see unit", "upper end of its interval"),
        ("replications", "int64", "", "common replications"),
        ("note", "str", "", "why it was not varied; empty: it was"),
        ("source", "str", "", "note of the source"),
    ),
)

MONTHLY = Table(
    "monthly",
    "month × location",
    ("month", "location"),
    columns(
        ("month", "str", "", "YYYY-MM"),
        ("location", "str", "", "identifier of the location"),
        ("name", "str", "", "name that people see"),
        ("district", "str", "", "district in which it lies"),
        ("area", "str", "", "field of work"),
        ("posts_filled", "float64", "fte", "contract hours of those whose home it is, in posts"),
        ("posts_planned", "float64", "fte", "established posts; empty: not known"),
        ("posts_vacant", "float64", "fte", "planned less filled; empty: not known"),
        ("sickness_share", "float64", "share", "known spells and short notice"),
        *_measured("lead_days", "days", "mean booked lead"),
        *_measured("wait_appointment", "min", "mean wait with appointment"),
        *_measured("wait_walk_in", "min", "mean wait without appointment"),
        ("customers", "float64", "1/week", "who came"),
        ("walk_in_share", "float64", "share", "of them without appointment"),
        ("open_hours", "float64", "h/week", "opening hours of the simulated week"),
        ("replications", "int64", "", "simulated weeks"),
    ),
)

MANAGEMENT_BOOK = (
    PARETO,
    OPENING_PLAN,
    DISTRICT_REACH,
    OPTION_MEASURES,
    GRID_DAYS,
    TORNADO,
    MONTHLY,
)

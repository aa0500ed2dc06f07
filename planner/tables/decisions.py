"""Tables of what a plan decided beside the roster, and of what would help where it falls short."""

from __future__ import annotations

from planner.tables.table import Table, columns

CUT_DAYS = Table(
    "cut_days",
    "location × date planned by simulation cuts",
    ("location", "date"),
    columns(
        ("location", "str", "", "identifier of the location"),
        ("date", "str", "", "ISO date"),
        ("status", "str", "", "optimal (cost = bound for the sampled weeks), feasible, …"),
        ("hours", "float64", "h", "paid counter hours of the schedule"),
        ("bound_hours", "float64", "h", "no schedule of the modelled shifts needs less"),
        ("estimate_hours", "float64", "h", "the bound as far as slopes are right: no proof"),
        ("two_step_hours", "float64", "h", "cheapest cover of the formula's requirement"),
        ("refined_hours", "float64", "h", "cheapest cover of the simulated requirement"),
        ("same_service_hours", "float64", "h", "two-step way loosened until it just holds as much"),
        ("same_service_goal", "float64", "", "what it then tolerates, × the promise; 0: no goal"),
        ("schedule", "str", "", "people × shift (break), joined by ;"),
        ("missed", "str", "", "targets missed with all desks staffed, joined by ;"),
        ("cuts", "int64", "", "cuts of the master"),
        ("evaluations", "int64", "", "profiles played on the sampled weeks"),
    ),
)

CUT_TARGETS = Table(
    "cut_targets",
    "location × target on fresh weeks",
    ("location", "channel", "measure"),
    columns(
        ("location", "str", "", "identifier of the location"),
        ("channel", "str", "", "appointment, walk_in or all"),
        ("measure", "str", "", "name of the measure"),
        ("value", "float64", "share or min", "late or left over all who came; minutes for a mean"),
        ("upper", "float64", "share or min", "one-sided upper bound, joint over all rows"),
        ("limit", "float64", "share or min", "most that keeps the target"),
        ("two_step", "float64", "share or min", "the two-step way with the same customers"),
        ("same_service", "float64", "share or min", "the two-step way at the same service"),
        ("same_service_upper", "float64", "share or min", "its upper bound, as sure as ours"),
        ("customers", "int64", "", "customers behind the value"),
        ("weeks", "int64", "", "fresh weeks"),
        ("shown", "bool", "", "whether the target is shown to hold"),
    ),
)

PEOPLE_MISSING = Table(
    "people_missing",
    "date × sites that share too few people",
    ("date", "locations"),
    columns(
        ("date", "str", "", "ISO date"),
        ("locations", "str", "", "identifiers of the sites, joined by ;"),
        ("people", "int64", "", "people at hand who may work there"),
        ("needed", "int64", "", "fewest people for the shifts of these sites"),
    ),
)

APPOINTMENTS = Table(
    "appointments",
    "location × date × time × release",
    ("location", "date", "time", "release"),
    columns(
        ("location", "str", "", "identifier of the location"),
        ("date", "str", "", "ISO date"),
        ("time", "str", "", "start of the slot, HH:MM"),
        ("minutes", "int64", "min", "length of the slot"),
        ("slots", "int64", "", "appointments that may be booked, overbooking included"),
        ("overbooked", "int64", "", "of these beyond the desks, for expected no-shows"),
        ("release", "str", "", "local time from which they can be booked, ISO"),
    ),
)

REMEDIES = Table(
    "remedies",
    "missed target × remedy",
    ("location", "channel", "measure", "rank"),
    columns(
        ("location", "str", "", "identifier of the location"),
        ("channel", "str", "", "appointment, walk_in, phone or all"),
        ("measure", "str", "", "measure of the target that is missed"),
        ("rank", "int64", "", "1: the cheapest remedy that holds the target, if one does"),
        ("remedy", "str", "", "more_hours, later_opening, online_share or floater"),
        ("hours_per_week", "float64", "h", "staff hours that it costs; negative: saves"),
        ("before", "float64", "see measure", "without it, same customers"),
        ("after", "float64", "see measure", "with it"),
        ("limit", "float64", "see measure", "the target"),
        ("holds", "bool", "", "whether the target holds with it"),
        ("reason_de", "str", "", "where, when, which skill, how many posts short, in German"),
        ("reason_en", "str", "", "the same in English"),
        ("text_de", "str", "", "the remedy in a German sentence"),
        ("text_en", "str", "", "the remedy in an English sentence"),
    ),
)

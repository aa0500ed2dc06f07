"""Tables of what a run was given: places, services, targets, rules, sources, observations.

They stand in the run folder so that reports need nothing but the folder.
"""

from __future__ import annotations

from planner.tables.table import Table, columns

AREAS = Table(
    "areas",
    "field of work",
    ("area",),
    columns(
        ("area", "str", "", "identifier of the field of work"),
        ("name_de", "str", "", "German name"),
        ("name_en", "str", "", "English name"),
    ),
)

SERVICES = Table(
    "services",
    "service",
    ("service",),
    columns(
        ("service", "str", "", "identifier of the service"),
        ("name_de", "str", "", "German name"),
        ("name_en", "str", "", "English name"),
        ("area", "str", "", "field of work"),
        ("skill", "str", "", "skill needed"),
        ("mean_minutes", "float64", "min", "mean work content"),
        ("cv", "float64", "", "coefficient of variation of the work content"),
        ("requests_per_year", "float64", "1/year", "expected requests, all channels"),
    ),
)

DISTRICTS = Table(
    "districts",
    "district",
    ("district",),
    columns(
        ("district", "str", "", "identifier of the district"),
        ("name", "str", "", "name"),
        ("population", "int64", "", "residents"),
    ),
)

LOCATIONS = Table(
    "locations",
    "location",
    ("location",),
    columns(
        ("location", "str", "", "identifier of the location"),
        ("name", "str", "", "name"),
        ("district", "str", "", "identifier of the district"),
        ("area", "str", "", "field of work"),
        ("kind", "str", "", "counter, mobile or phone"),
        ("latitude", "float64", "deg", "north"),
        ("longitude", "float64", "deg", "east"),
        ("desks", "int64", "desks", "places at which customers can be served at once"),
        ("open_hours", "float64", "h", "open hours of an ordinary week"),
        ("minimum_presence", "int64", "", "people present whenever the doors are open"),
        ("back_office_share", "float64", "", "deferrable share of present working time"),
    ),
)

OPENING = Table(
    "opening",
    "open interval of a planned day",
    ("location", "date", "start"),
    columns(
        ("location", "str", "", "identifier of the location"),
        ("date", "str", "", "ISO date"),
        ("start", "str", "", "HH:MM"),
        ("end", "str", "", "HH:MM"),
    ),
)

TARGETS = Table(
    "targets",
    "promise",
    ("scope", "area", "channel", "measure"),
    columns(
        ("measure", "str", "", "name of the measure"),
        ("scope", "str", "", "location, district, city or phone: for each of which it is made"),
        ("area", "str", "", "field of work"),
        ("channel", "str", "", "appointment, walk_in, phone or all"),
        ("sense", "str", "", "at_most or at_least"),
        ("limit", "float64", "unit of the measure", "limit promised"),
        ("threshold_minutes", "float64", "min", "wait that counts as within target; or empty"),
    ),
)

RULES = Table(
    "rules",
    "rule of the roster",
    ("rule", "group"),
    columns(
        ("rule", "str", "", "identifier of the rule"),
        ("group", "str", "", "contract group that has it so; empty: everybody else"),
        ("severity", "str", "", "hard, soft, warn or off"),
        ("origin", "str", "", "where its settings stand, file:line; empty: the defaults"),
        ("findings", "int64", "", "breaches in the finished roster"),
        ("penalty", "float64", "points", "price of the breaches"),
        ("statement_de", "str", "", "the rule in a German sentence"),
        ("statement_en", "str", "", "the rule in an English sentence"),
    ),
)

SOURCES = Table(
    "sources",
    "input value with a source",
    ("path",),
    columns(
        ("path", "str", "", "where the value stands in the scenario"),
        ("value", "str", "", "the value as written"),
        ("unit", "str", "", "unit"),
        ("confidence", "str", "", "published, derived or assumed"),
        ("source", "str", "", "key of the bibliography"),
        ("note", "str", "", "why, or how derived"),
        ("low", "float64", "see unit", "lower end of the plausible range; empty where none"),
        ("high", "float64", "see unit", "upper end of the plausible range; empty where none"),
    ),
)

BIBLIOGRAPHY = Table(
    "bibliography",
    "publication",
    ("key",),
    columns(
        ("key", "str", "", "key used by sources and observations"),
        ("title", "str", "", "title"),
        ("published", "str", "", "date of publication as known"),
        ("address", "str", "", "where it can be read"),
    ),
)

OBSERVATIONS = Table(
    "observations",
    "published observation",
    ("observation",),
    columns(
        ("observation", "str", "", "identifier of the observation"),
        ("scope", "str", "", "city, district, location or phone"),
        ("id", "str", "", "identifier within the scope, as in measures"),
        ("area", "str", "", "field of work"),
        ("channel", "str", "", "channel, as in measures"),
        ("measure", "str", "", "name of the measure"),
        ("period", "str", "", "when it was observed"),
        ("observed", "str", "", "the published value in words"),
        ("low", "float64", "see unit", "lower end of the range that fits"),
        ("high", "float64", "see unit", "upper end of the range that fits"),
        ("unit", "str", "", "unit of value, low and high; empty when not simulated"),
        ("value", "float64", "see unit", "simulated mean; empty when not simulated"),
        ("ci_low", "float64", "see unit", "lower end of its confidence interval"),
        ("ci_high", "float64", "see unit", "upper end of its confidence interval"),
        ("fits", "str", "", "yes, no, undecided, or not_simulated"),
        ("source", "str", "", "key of the bibliography"),
        ("note", "str", "", "what to know when comparing"),
    ),
)

"""Tables of a comparison of scenarios: its run folder holds these and nothing of a single run."""

from __future__ import annotations

from planner.tables.outputs import MEASURES
from planner.tables.table import Table, columns

_KEY = ("scenario", "scope", "id", "area", "channel", "measure")
_SCENARIO = ("scenario", "str", "", "name of the scenario; the first one is the base")
_KEY_COLUMNS = (
    _SCENARIO,
    *((c.name, c.dtype, c.unit, c.meaning) for c in MEASURES.columns[:6]),
)

SCENARIOS = Table(
    "scenarios",
    "compared scenario",
    ("rank",),
    columns(
        ("rank", "int64", "", "place on the command line, the base first"),
        _SCENARIO,
        ("title_de", "str", "", "German title"),
        ("title_en", "str", "", "English title"),
        ("why_de", "str", "", "why it matters, German"),
        ("why_en", "str", "", "why it matters, English"),
        ("file", "str", "", "scenario file"),
        ("case_hash", "str", "", "SHA-256 of the resolved scenario"),
        ("replications", "int64", "", "simulated weeks"),
    ),
)

NUMBERS = Table(
    "numbers",
    "number of a scenario with its source",
    ("scenario", "rank"),
    columns(
        _SCENARIO,
        ("rank", "int64", "", "order in the file"),
        ("text_de", "str", "", "the number in German words"),
        ("text_en", "str", "", "the number in English words"),
        ("confidence", "str", "", "published, derived or assumed"),
        ("source", "str", "", "keys of the bibliography, joined by ;"),
    ),
)

SCENARIO_CHANGES = Table(
    "scenario_changes",
    "change of a scenario against the base, in words",
    ("scenario", "rank"),
    columns(
        _SCENARIO,
        ("rank", "int64", "", "order of the sections and tables"),
        ("text_de", "str", "", "the change in a German sentence"),
        ("text_en", "str", "", "the change in an English sentence"),
        ("set_by", "str", "", "file:line (override) that sets it"),
    ),
)

SCENARIO_MEASURES = Table(
    "scenario_measures",
    "scenario × scope × measure",
    _KEY,
    (*columns(_SCENARIO), *MEASURES.columns),
)

COMPARISON = Table(
    "comparison",
    "scenario × scope × measure, against the base",
    _KEY,
    columns(
        *_KEY_COLUMNS,
        ("base", "float64", "see unit", "value of the base"),
        ("other", "float64", "see unit", "value of the scenario"),
        ("difference", "float64", "see unit", "scenario less base, common customers"),
        ("ci_low", "float64", "see unit", "lower end of the interval of the difference"),
        ("ci_high", "float64", "see unit", "upper end of the interval of the difference"),
        ("replications", "int64", "", "replications in which both define the measure"),
        (
            "verdict",
            "str",
            "",
            "larger, smaller, equal (exactly), undecided (0 lies inside), only_base, only_other",
        ),
    ),
)

SELECTION = Table(
    "selection",
    "option",
    ("rank",),
    columns(
        ("rank", "int64", "", "as in scenarios"),
        _SCENARIO,
        ("measure", "str", "", "scope/id/area/channel/measure that is selected by"),
        ("value", "float64", "see unit", "mean over the replications used"),
        ("standing", "str", "", "best, survives, eliminated or misses_target"),
        ("fell_out_after", "int64", "", "replications until eliminated; 0: was not"),
        ("targets_missed", "str", "", "city-wide targets missed with confidence, joined by ;"),
    ),
)

VARIANCE_REDUCTION = Table(
    "variance_reduction",
    "scenario × scope × measure",
    _KEY,
    columns(
        *_KEY_COLUMNS,
        ("variance_independent", "float64", "unit²", "of a difference, customers of their own"),
        ("variance_common", "float64", "unit²", "of a difference, common customers"),
        ("factor", "float64", "1", "independent ÷ common: replications saved; empty where equal"),
    ),
)

PLACES = Table(
    "places",
    "scope with a name",
    ("scope", "id"),
    columns(
        ("scope", "str", "", "city, district, location, phone or area"),
        ("id", "str", "", "identifier"),
        ("name_de", "str", "", "German name"),
        ("name_en", "str", "", "English name"),
        ("district", "str", "", "district of a location"),
    ),
)

DESK_HOURS = Table(
    "desk_hours",
    "scenario × location with other opening hours",
    ("location", "scenario"),
    columns(
        _SCENARIO,
        ("location", "str", "", "identifier of the location"),
        ("open_hours", "float64", "h/week", "opening hours"),
        ("appointments", "float64", "1/week", "customers with appointment"),
        ("walk_ins", "float64", "1/week", "customers without"),
        ("work", "float64", "h/week", "required desk hours: time with customers"),
        ("doors", "float64", "h/week", "required because the doors are open and few come"),
        ("waiting", "float64", "h/week", "required to keep waits short"),
        ("sickness", "float64", "h/week", "required for absence at short notice"),
    ),
)

COMPARISON_BOOK = (
    SCENARIOS,
    NUMBERS,
    SCENARIO_CHANGES,
    SCENARIO_MEASURES,
    COMPARISON,
    SELECTION,
    VARIANCE_REDUCTION,
    PLACES,
    DESK_HOURS,
)

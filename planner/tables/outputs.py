"""Tables of what a run found: measures, roster, requirement, findings, customers."""

from __future__ import annotations

from planner.tables.table import Table, columns

MEASURES = Table(
    "measures",
    "scope × measure",
    ("scope", "id", "area", "channel", "measure"),
    columns(
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
    columns(
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
    columns(
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
    columns(
        ("location", "str", "", "identifier of the location"),
        ("date", "str", "", "ISO date"),
        ("start", "str", "", "start of the slot, HH:MM; empty for back office"),
        (
            "skill",
            "str",
            "",
            "skill; 'presence' counts people present; 'back_office' is the horizon's deferrable "
            "work in minutes, with empty date and start",
        ),
        ("required", "int64", "desks (min)", "requirement"),
        ("rostered", "int64", "desks (min)", "people rostered for the whole slot"),
        ("short", "int64", "desks (min)", "required beyond rostered"),
        ("over", "int64", "desks (min)", "rostered beyond required"),
    ),
)

FINDINGS = Table(
    "findings",
    "broken rule",
    ("rule", "severity", "location", "date", "employee"),
    columns(
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
    columns(
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
        ("contract_group", "str", "", "contract group; rules may differ by it"),
    ),
)

CUSTOMERS = Table(
    "customers",
    "customer of one stored replication",
    ("customer",),
    columns(
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
            "served, no_show, abandoned, turned_away, not_served, lost, online, booked (later), "
            "cancelled or searching (still, at the end)",
        ),
        ("desk", "str", "", "employee or desk that served; empty where none"),
    ),
)

OBJECTIVE = Table(
    "objective",
    "term of the objective",
    ("rank",),
    columns(
        ("rank", "int64", "", "place in the order of terms, from 1"),
        ("term", "str", "", "name of the term"),
        ("points", "float64", "points", "value in the finished roster"),
        ("text_de", "str", "", "the term in a German sentence"),
        ("text_en", "str", "", "the term in an English sentence"),
    ),
)

COUNTER_HOURS = Table(
    "counter_hours",
    "location with appointments",
    ("location",),
    columns(
        ("location", "str", "", "identifier of the location"),
        ("requests_per_week", "float64", "1/week", "appointments asked for, first choice"),
        ("slots_per_week", "float64", "1/week", "slots that hold the lead-time targets"),
        ("needed_hours", "float64", "h/week", "desk hours behind these slots"),
        ("nominal_hours", "float64", "h/week", "desk hours that take appointments today"),
        ("missing_hours", "float64", "h/week", "needed beyond today's; negative: to spare"),
    ),
)

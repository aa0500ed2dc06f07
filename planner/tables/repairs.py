"""Tables of a repair: what has changed, who could stand in, and what must stay."""

from __future__ import annotations

from planner.tables.table import Table, columns

CHANGES = Table(
    "changes",
    "changed day of an employee",
    ("employee", "date"),
    columns(
        ("employee", "str", "", "identifier of the employee"),
        ("date", "str", "", "ISO date"),
        ("before", "str", "", "shift before: location HH:MM-HH:MM; empty for a day off"),
        ("after", "str", "", "shift afterwards; empty for a day off"),
        (
            "kind",
            "str",
            "",
            "absent, closing, stand_in, added, balance (hours or rest of who stands in), gap "
            "(left by who stands in elsewhere) or work (same shift, other activities or break)",
        ),
        ("why", "str", "", "the reason in a German sentence"),
        ("why_en", "str", "", "the reason in an English sentence"),
    ),
)

STAND_INS = Table(
    "stand_ins",
    "person who could help",
    ("rank",),
    columns(
        ("rank", "int64", "", "place in the list, from 1"),
        ("employee", "str", "", "identifier of the employee"),
        ("chosen", "bool", "", "whether the repair takes this person"),
        ("saves", "float64", "points", "what this person alone saves, changes paid"),
        ("shifts", "str", "", "shifts that would change: date location HH:MM-HH:MM joined by ;"),
        ("skills", "str", "", "skills asked for at the location that the person holds, by ;"),
        ("hours_left", "float64", "h", "hours to the most of the week before the repair"),
        ("travel_minutes", "float64", "min", "one-way travel from the home location"),
        ("late_balance", "float64", "shifts", "late shifts beyond the fair share so far"),
        ("saturday_balance", "float64", "shifts", "Saturdays beyond the fair share so far"),
        ("why", "str", "", "the reasons in a German sentence"),
        ("why_en", "str", "", "the reasons in an English sentence"),
    ),
)

LOCKS = Table(
    "locks",
    "locked day of an employee",
    ("employee", "date"),
    columns(
        ("employee", "str", "", "identifier of the employee"),
        ("date", "str", "", "ISO date; what the roster has that day stays in repairs"),
    ),
)

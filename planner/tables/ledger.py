"""The ledger of fairness; the scenario table ``history`` has the same columns."""

from __future__ import annotations

from planner.tables.table import Table, columns

LEDGER = Table(
    "ledger",
    "person and week",
    ("employee", "week"),
    columns(
        ("employee", "str", "", "identifier of the employee (synthetic)"),
        ("week", "str", "", "ISO date of the week's Monday"),
        ("late", "float64", "shifts", "late shifts of the week"),
        ("saturdays", "float64", "shifts", "Saturdays worked"),
        ("travel_hours", "float64", "h", "one-way travel to other locations than the own"),
        ("refused", "float64", "wishes", "weight of refused wishes"),
        ("late_balance", "float64", "shifts", "late shifts beyond the fair share, after the week"),
        ("saturday_balance", "float64", "shifts", "Saturdays beyond the share, after the week"),
        ("travel_balance", "float64", "h", "travel beyond the share, after the week"),
        ("refused_balance", "float64", "wishes", "refused wishes beyond the share, after it"),
        ("last_end", "str", "", "end of the last shift so far, YYYY-MM-DD HH:MM; empty: none"),
        ("days_in_row", "int64", "days", "working days without a day off up to the week's end"),
        ("paid_minutes", "int64", "min", "work of the week, breaks not counted"),
    ),
)

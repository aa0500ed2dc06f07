"""The ledger of fairness in words: who did how much of the unwelcome, and who is owed."""

from __future__ import annotations

from dataclasses import dataclass

from planner.reporting.material import Material
from planner.reporting.verdicts import number
from planner.reporting.words import Words

#: People listed in the report; all of them are in the workbook and in ``ledger.csv``.
SHOWN_PEOPLE = 20
#: What is counted, with its balance.
COUNTED = (
    ("late", "late_balance"),
    ("saturdays", "saturday_balance"),
    ("travel_hours", "travel_balance"),
    ("refused", "refused_balance"),
)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A person's latest week: what was done, and the balance; in order of ``COUNTED``."""

    employee: str
    home: str
    week: str
    figures: tuple[tuple[float, float], ...]

    @property
    def distance(self) -> float:
        """How far the balances are from nothing, all together."""
        return sum(abs(balance) for _, balance in self.figures)


@dataclass(frozen=True, slots=True)
class ShownLedgerRow:
    """The same in words: (done, balance) of each count."""

    employee: str
    home: str
    figures: tuple[tuple[str, str], ...]


def ledger_rows(material: Material) -> list[LedgerRow]:
    """Return everybody's latest week, whoever is furthest from an even balance first."""
    latest = {str(r["employee"]): r for r in material.table("ledger").to_dict("records")}
    rows = [
        LedgerRow(
            name,
            _home(material, name),
            str(row["week"]),
            tuple((number(row[done]), number(row[balance])) for done, balance in COUNTED),
        )
        for name, row in latest.items()
    ]
    return sorted(rows, key=lambda row: (-row.distance, row.employee))


def shown_ledger(material: Material, words: Words) -> list[ShownLedgerRow]:
    """Return the first rows in words."""
    return [
        ShownLedgerRow(
            row.employee,
            row.home,
            tuple((_count(done, words), signed(balance, words)) for done, balance in row.figures),
        )
        for row in ledger_rows(material)[:SHOWN_PEOPLE]
    ]


def ledger_weeks(material: Material) -> int:
    """Return how many weeks the ledger holds."""
    return int(material.table("ledger")["week"].nunique())


def signed(value: float, words: Words) -> str:
    """Return a balance with its sign; nothing is ±0."""
    text = words.number(abs(value), 1)
    if text == words.number(0.0, 1):
        return "±0"
    return f"+{text}" if value > 0 else f"−{text}"


def _count(value: float, words: Words) -> str:
    return words.number(value, 0 if value.is_integer() else 1)


def _home(material: Material, employee: str) -> str:
    person = material.people.get(employee)
    return material.place_names.get(person.home, person.home) if person else ""

"""What a repair changed: who, which day, before, after, and why, in German and English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.case import PlanningCase
from planner.domain.roster import Assignment, Roster
from planner.model.repair.repairing import Mended
from planner.plan.repair_order import RepairOrder
from planner.rules.wording import span

_WHY = {
    "absent": ("ist abwesend", "is absent"),
    "closing": ("der Standort schließt früher", "the location closes early"),
    "added": ("ist neu im Plan", "is new in the roster"),
    "stand_in": ("springt ein", "stands in"),
    "balance": (
        "Ausgleich für den Einsatz: Stunden, Ruhezeit oder freie Tage",
        "in balance for standing in: hours, rest or days off",
    ),
    "gap": ("füllt die Lücke, die an anderer Stelle entsteht", "fills the gap left elsewhere"),
    "work": (
        "gleiche Schicht, andere Tätigkeiten oder andere Pause",
        "same shift, other activities or another break",
    ),
}


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A changed day of an employee; ``kind`` as in the table ``changes``."""

    employee: str
    day: date
    before: Assignment | None
    after: Assignment | None
    kind: str
    why_de: str
    why_en: str


def changes(
    case: PlanningCase, before: Roster, mended: Mended, order: RepairOrder
) -> tuple[Change, ...]:
    """Return every changed day, sorted by employee and day."""
    old = {(shift.employee, shift.day): shift for shift in before.assignments}
    new = {(shift.employee, shift.day): shift for shift in mended.roster.assignments}
    different = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
    kinds = {key: _kind(case, old.get(key), new.get(key), order, key) for key in different}
    helpers = {
        who
        for (who, day), kind in kinds.items()
        if kind == "" and _helps(new.get((who, day)), old, mended, kinds)
    }
    return tuple(
        _change(key, (old.get(key), new.get(key)), kinds[key] or _role(key, new, helpers, mended))
        for key in different
    )


def same_hours(one: Assignment | None, other: Assignment | None) -> bool:
    """Tell whether both are the same shift, whatever is done in it."""
    return _hours(one) == _hours(other)


def written(shift: Assignment | None) -> str:
    """Return a shift as ``location HH:MM-HH:MM``; empty for a day off."""
    return f"{shift.location} {span(shift.start_minute, shift.end_minute)}" if shift else ""


def _hours(shift: Assignment | None) -> tuple[str, int, int] | None:
    return (shift.location, shift.start_minute, shift.end_minute) if shift else None


def _kind(
    case: PlanningCase,
    before: Assignment | None,
    after: Assignment | None,
    order: RepairOrder,
    key: tuple[str, date],
) -> str:
    """Return the kind of a change that speaks for itself, empty for another."""
    employee, day = key
    if same_hours(before, after):
        return "work"
    if before is not None and day in case.employee(employee).absent:
        return "absent"
    shut = {(one.location, one.day) for one in order.closings}
    if before is not None and (before.location, day) in shut:
        return "closing"
    return "added" if employee in order.added else ""


def _helps(
    shift: Assignment | None,
    old: dict[tuple[str, date], Assignment],
    mended: Mended,
    kinds: dict[tuple[str, date], str],
) -> bool:
    """Tell whether a new shift is where and when somebody is missing."""
    missing = {
        (old[key].location, key[1])
        for key, kind in kinds.items()
        if kind in ("absent", "closing") and key in old
    }
    if shift is None:
        return False
    return (shift.location, shift.day) in missing or (
        not missing and shift.location in mended.places
    )


def _role(
    key: tuple[str, date],
    new: dict[tuple[str, date], Assignment],
    helpers: set[str],
    mended: Mended,
) -> str:
    shift = new.get(key)
    if key[0] in helpers:
        return "stand_in" if shift and shift.location in mended.places else "balance"
    return "gap" if shift is not None else "balance"


def _change(
    key: tuple[str, date], shifts: tuple[Assignment | None, Assignment | None], kind: str
) -> Change:
    de, en = _WHY[kind]
    return Change(*key, *shifts, kind, f"{key[0]} {de}." if kind != "balance" else f"{de}.",
                  f"{key[0]} {en}." if kind != "balance" else f"{en}.")  # fmt: skip

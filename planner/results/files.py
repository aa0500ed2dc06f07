"""Rosters and requirements read back from files, with a clear word when a file does not fit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement, SlotRequirement
from planner.domain.roster import Roster
from planner.errors import StoreError
from planner.results.formats import read_csv
from planner.results.requirement_frames import BACK_OFFICE, PRESENCE
from planner.results.roster_frames import minute_of, roster_from_frames
from planner.tables import ACTIVITIES, ROSTER


def read_roster(path: Path, case: PlanningCase) -> Roster:
    """Read a roster from ``roster.csv``; ``activities.csv`` beside it is used when it is there.

    The columns that CONTRACT names suffice; ``breaks`` is made from the first break when the
    file lacks it.

    Raises
    ------
    StoreError
        When the file cannot be read, or names an employee or location that the case lacks.
    """
    frame = _roster_table(path)
    _refuse_unknown(path, frame, "employee", {employee.id for employee in case.employees})
    _refuse_unknown(path, frame, "location", {location.id for location in case.locations})
    beside = path.parent / "activities.csv"
    activities = read_csv(beside, ACTIVITIES) if beside.is_file() else None
    try:
        roster = roster_from_frames(frame, activities, case)
    except ValueError as error:
        raise StoreError(f"{path}: {error}; times are HH:MM, dates YYYY-MM-DD") from error
    _refuse_other_paid(path, frame, roster)
    return roster


def requirement_from_frame(table: pd.DataFrame, slot_minutes: int) -> Requirement:
    """Return the requirement that the table ``requirement`` holds."""
    slots: list[SlotRequirement] = []
    presence: list[SlotRequirement] = []
    back_office: list[tuple[str, int]] = []
    needed = table[table["required"] > 0]
    for location, day, start, skill, required in needed[
        ["location", "date", "start", "skill", "required"]
    ].itertuples(index=False):
        if skill == BACK_OFFICE:
            back_office.append((location, int(required)))
            continue
        kind, name = (presence, "") if skill == PRESENCE else (slots, skill)
        when = date.fromisoformat(day)
        kind.append(SlotRequirement(location, when, minute_of(start), name, int(required)))
    return Requirement(
        slot_minutes, tuple(sorted(slots)), tuple(sorted(back_office)), tuple(sorted(presence))
    )


def _roster_table(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise StoreError(f"{path}: there is no such file; give a roster.csv")
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (ValueError, OSError) as error:
        raise StoreError(f"{path}: not a CSV file in UTF-8: {error}") from error
    missing = [name for name in ROSTER.names if name not in frame.columns and name != "breaks"]
    if missing:
        raise StoreError(f"{path}: missing columns {', '.join(missing)}")
    if "breaks" not in frame.columns:
        spans = frame["break_start"] + "-" + frame["break_end"]
        frame = frame.assign(breaks=spans.where(frame["break_start"] != "", ""))
    return frame[ROSTER.names]


def _refuse_unknown(path: Path, frame: pd.DataFrame, column: str, known: set[str]) -> None:
    unknown = frame[~frame[column].isin(known)]
    if len(unknown):
        line, name = int(unknown.index[0]) + 2, unknown[column].iloc[0]
        raise StoreError(
            f"{path}:{line}: {column} '{name}' is not in the case ({len(unknown)} rows)"
        )


def _refuse_other_paid(path: Path, frame: pd.DataFrame, roster: Roster) -> None:
    """Refuse a file whose paid minutes are not its shift less its breaks: one of them is wrong."""
    paid = {(a.employee, a.day.isoformat()): a.paid_minutes for a in roster.assignments}
    for line, (employee, day, minutes) in enumerate(
        frame[["employee", "date", "paid_minutes"]].itertuples(index=False), start=2
    ):
        if minutes != str(paid[employee, day]):
            raise StoreError(
                f"{path}:{line}: paid_minutes is {minutes}, shift less breaks is "
                f"{paid[employee, day]}"
            )

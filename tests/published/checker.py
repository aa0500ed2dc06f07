"""An independent reading of the Employee Shift Scheduling benchmark: rules and penalty.

Shares no code with the solver or with its reader (``tests.benchmarks.curtois_instance``): a fault
there cannot hide itself here.  Rules are checked on the roster as written, day by day.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

Roster = dict[str, list[str]]


@dataclass(frozen=True)
class Verdict:
    """What the checker found: broken hard rules in words, and the penalty."""

    broken: tuple[str, ...]
    penalty: int


def read_sections(path: Path) -> dict[str, list[list[str]]]:
    """Return the comma-separated records of each section, comments and blank lines left out."""
    sections: dict[str, list[list[str]]] = {}
    current: list[list[str]] = []
    for raw in path.read_text(encoding="utf-8").splitlines():
        text = raw.strip()
        if text.startswith("SECTION_"):
            current = sections.setdefault(text.removeprefix("SECTION_"), [])
        elif text and not text.startswith("#"):
            current.append([piece.strip() for piece in text.split(",")])
    return sections


def read_roster(path: Path) -> Roster:
    """Return shift names ('' for off) by employee and day."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row[0]: row[1:] for row in csv.reader(file) if row}


def check(instance: Path, solution: Path) -> Verdict:
    """Return the broken rules and the penalty of a roster file."""
    sections, roster = read_sections(instance), read_roster(solution)
    days = int(sections["HORIZON"][0][0])
    broken = _shape(sections, roster, days)
    if broken:
        return Verdict(tuple(broken), 0)
    for record in sections["STAFF"]:
        broken += [f"{record[0]}: {text}" for text in _person(sections, record, roster[record[0]])]
    return Verdict(tuple(broken), _requests(sections, roster) + _cover(sections, roster))


def _shape(sections: dict[str, list[list[str]]], roster: Roster, days: int) -> list[str]:
    staff = [record[0] for record in sections["STAFF"]]
    shifts = {record[0] for record in sections["SHIFTS"]} | {""}
    broken = [] if list(roster) == staff else ["employees are not those of the instance, in order"]
    for name, line in roster.items():
        if len(line) != days:
            broken.append(f"{name}: {len(line)} days instead of {days}")
        broken += [f"{name}: unknown shift {shift!r}" for shift in set(line) - shifts]
    return broken


def _person(sections: dict[str, list[list[str]]], record: list[str], line: list[str]) -> list[str]:
    return (
        _succession(sections, line)
        + _counts(record, line)
        + _minutes(sections, record, line)
        + _runs(record, line)
        + _weekends(record, line)
        + _days_off(sections, record, line)
    )


def _succession(sections: dict[str, list[list[str]]], line: list[str]) -> list[str]:
    barred = {r[0]: set(r[2].split("|")) - {""} for r in sections["SHIFTS"] if len(r) > 2}
    return [
        f"day {day + 1}: {after} follows {before}"
        for day, (before, after) in enumerate(pairwise(line))
        if after and after in barred.get(before, set())
    ]


def _counts(record: list[str], line: list[str]) -> list[str]:
    limits = dict(piece.split("=") for piece in record[1].split("|"))
    return [
        f"{line.count(shift)} shifts {shift}, at most {most}"
        for shift, most in limits.items()
        if line.count(shift) > int(most)
    ]


def _minutes(sections: dict[str, list[list[str]]], record: list[str], line: list[str]) -> list[str]:
    length = {r[0]: int(r[1]) for r in sections["SHIFTS"]}
    worked = sum(length[shift] for shift in line if shift)
    most, least = int(record[2]), int(record[3])
    return [] if least <= worked <= most else [f"{worked} minutes, not in {least} to {most}"]


def _runs(record: list[str], line: list[str]) -> list[str]:
    longest, shortest, rest = (int(number) for number in record[4:7])
    broken, start = [], 0
    for working, days in groupby(line, key=bool):
        length = len(list(days))
        inside = start > 0 and start + length < len(line)
        if working and length > longest:
            broken.append(f"{length} shifts in a row from day {start}, at most {longest}")
        if inside and length < (shortest if working else rest):
            broken.append(f"run of {length} {'shifts' if working else 'days off'} from day {start}")
        start += length
    return broken


def _weekends(record: list[str], line: list[str]) -> list[str]:
    worked = sum(any(line[day : day + 2]) for day in range(5, len(line), 7))
    return [] if worked <= int(record[7]) else [f"{worked} weekends, at most {record[7]}"]


def _days_off(
    sections: dict[str, list[list[str]]], record: list[str], line: list[str]
) -> list[str]:
    fixed = {int(day) for r in sections["DAYS_OFF"] if r[0] == record[0] for day in r[1:]}
    return [f"works on day {day}, fixed off" for day in sorted(fixed) if line[day]]


def _requests(sections: dict[str, list[list[str]]], roster: Roster) -> int:
    refused = sum(
        int(weight)
        for name, day, shift, weight in sections["SHIFT_ON_REQUESTS"]
        if roster[name][int(day)] != shift
    )
    ignored = sum(
        int(weight)
        for name, day, shift, weight in sections["SHIFT_OFF_REQUESTS"]
        if roster[name][int(day)] == shift
    )
    return refused + ignored


def _cover(sections: dict[str, list[list[str]]], roster: Roster) -> int:
    penalty = 0
    for day, shift, need, under, over in sections["COVER"]:
        present = sum(line[int(day)] == shift for line in roster.values())
        missing = int(need) - present
        penalty += max(0, missing) * int(under) + max(0, -missing) * int(over)
    return penalty

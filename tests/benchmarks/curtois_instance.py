"""Reads an instance of the Employee Shift Scheduling benchmark into a line problem."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from planner.model.lines.problem import FloatArray, LineProblem
from planner.model.lines.workrules import ShiftTypes, WorkRules

Records = list[list[str]]


@dataclass(frozen=True)
class Instance:
    """An instance as the solver sees it.

    Attributes
    ----------
    employees, shifts : tuple of str
        Their names, in the order of the file.
    types, rules, problem
        Shift types, each employee's rules, cover.
    """

    employees: tuple[str, ...]
    shifts: tuple[str, ...]
    types: ShiftTypes
    rules: tuple[WorkRules, ...]
    problem: LineProblem


def read_instance(path: Path) -> Instance:
    """Return the instance in ``path`` (format: schedulingbenchmarks.org)."""
    sections = _sections(path)
    days = int(sections["HORIZON"][0][0])
    shifts = tuple(record[0] for record in sections["SHIFTS"])
    employees = tuple(record[0] for record in sections["STAFF"])
    types = _types(sections["SHIFTS"], shifts, days)
    cost, base = _wishes(sections, employees, shifts, days)
    rules = tuple(
        _rules(record, shifts, cost[e], float(base[e]))
        for e, record in enumerate(sections["STAFF"])
    )
    return Instance(employees, shifts, types, rules, _problem(sections, len(employees), types))


def _sections(path: Path) -> dict[str, Records]:
    sections: dict[str, Records] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("SECTION_"):
            name = line.strip().removeprefix("SECTION_")
            sections[name] = []
        elif line.strip() and not line.startswith("#"):
            sections[name].append(line.strip().split(","))
    return sections


def _types(records: Records, shifts: tuple[str, ...], days: int) -> ShiftTypes:
    forbidden = np.zeros((len(shifts), len(shifts)), np.bool_)
    for before, record in enumerate(records):
        for name in filter(None, record[2].split("|")):
            forbidden[before, shifts.index(name)] = True
    return ShiftTypes(
        minutes=np.array([int(record[1]) for record in records], np.int32),
        forbidden=forbidden,
        rows=np.arange(days * len(shifts), dtype=np.int32).reshape(days, len(shifts)),
        weekday=np.arange(days, dtype=np.int32) % 7,
    )


def _wishes(
    sections: dict[str, Records], employees: tuple[str, ...], shifts: tuple[str, ...], days: int
) -> tuple[FloatArray, FloatArray]:
    """Return the price of each employee's shifts and of refusing every wish for work."""
    cost = np.zeros((len(employees), days, len(shifts)))
    base = np.zeros(len(employees))
    place = {name: e for e, name in enumerate(employees)}
    for name, day, shift, weight in sections["SHIFT_ON_REQUESTS"]:
        cost[place[name], int(day), shifts.index(shift)] -= int(weight)
        base[place[name]] += int(weight)
    for name, day, shift, weight in sections["SHIFT_OFF_REQUESTS"]:
        cost[place[name], int(day), shifts.index(shift)] += int(weight)
    for name, *off in sections["DAYS_OFF"]:
        cost[place[name], [int(day) for day in off]] = np.inf
    return cost, base


def _rules(record: list[str], shifts: tuple[str, ...], cost: FloatArray, base: float) -> WorkRules:
    limits = dict(piece.split("=") for piece in record[1].split("|"))
    numbers = [int(number) for number in record[2:]]
    most = np.array([int(limits[shift]) for shift in shifts], np.int32)
    return WorkRules(
        cost=np.where(most > 0, cost, np.inf),
        off_cost=np.zeros(len(cost)),
        base=base,
        most=most,
        most_minutes=numbers[0],
        least_minutes=numbers[1],
        longest_run=numbers[2],
        shortest_run=numbers[3],
        shortest_rest=numbers[4],
        weekends=numbers[5],
    )


def _problem(sections: dict[str, Records], employees: int, types: ShiftTypes) -> LineProblem:
    names = [record[0] for record in sections["SHIFTS"]]
    need = np.zeros(types.rows.size, np.int32)
    under, over = np.zeros(types.rows.size), np.zeros(types.rows.size)
    for day, shift, wanted, missing, surplus in sections["COVER"]:
        row = types.rows[int(day), names.index(shift)]
        need[row], under[row], over[row] = int(wanted), float(missing), float(surplus)
    return LineProblem(employees, need, under, over, integral=True)

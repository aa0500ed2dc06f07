"""The roster search beside the plain CP-SAT model that one would write first, same case and time.

``python -m tests.benchmarks.plain_cp_sat FILE --seconds T [--sites N] [--workers W]`` prints value,
bound and gap of both.  The plain model: one boolean per employee, site with skill, day, start and
length; at most one a day, the week's slots exactly, days at the most; missing and surplus people of
every slot as integers with their prices.  The format is that of ``city800``.  Building the plain
model is not counted as its time; its memory is what limits it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from ortools.sat.python import cp_model

from planner.model.roster.effort import Effort
from tests.benchmarks.city800 import solve
from tests.benchmarks.city_size import City, first_sites
from tests.benchmarks.history import Measured

CITY = Path(__file__).parent.parent / "data" / "city800" / "city800.json"


@dataclass(frozen=True)
class Found:
    """Value (None: no roster) and bound of one way to solve a case [points]."""

    value: float | None
    bound: float

    @property
    def gap(self) -> float | None:
        """Share of the value that is not proven; None without a roster."""
        return None if self.value is None else (self.value - self.bound) / max(1e-9, self.value)


def plain(city: City, seconds: float, workers: int, seed: int = 1) -> Found:
    """Return what CP-SAT finds with the plain model in ``seconds`` of wall time."""
    model = cp_model.CpModel()
    given: dict[tuple[int, int, int], list[cp_model.IntVar]] = defaultdict(list)
    for person in city["staff"]:
        _add_person(model, city, person, given)
    model.minimize(sum(_add_cover(model, city, given)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Found(solver.objective_value if found else None, max(0.0, solver.best_objective_bound))


def _add_person(model: cp_model.CpModel, city: City, person: dict[str, Any], given: Any) -> None:
    lengths = range(city["min_len"], city["max_len"] + 1)
    rows = [
        g
        for g, row in enumerate(city["requirements"])
        if row["location"] in person["locations"] and row["skill"] in person["skills"]
    ]
    shifts, worked = [], []
    for d in set(range(city["days"])) - set(person["unavailable"]):
        today = []
        for g, length in product(rows, lengths):
            for start in range(city["slots"] - length + 1):
                shift = model.new_bool_var("")
                today.append(shift)
                worked.append(length)
                for slot in range(start, start + length):
                    given[g, d, slot].append(shift)
        model.add_at_most_one(today)
        shifts += today
    model.add(cp_model.LinearExpr.weighted_sum(shifts, worked) == person["slots_per_week"])
    model.add(cp_model.LinearExpr.sum(shifts) <= person["max_days"])


def _add_cover(model: cp_model.CpModel, city: City, given: Any) -> Iterator[Any]:
    """Add missing and surplus people of every slot; yield their prices."""
    most = len(city["staff"])
    for g, row in enumerate(city["requirements"]):
        for d, slot in product(range(city["days"]), range(city["slots"])):
            need = row["need"][d][slot]
            missing = model.new_int_var(0, need, "")
            surplus = model.new_int_var(0, most, "")
            there = cp_model.LinearExpr.sum(given[g, d, slot])
            model.add(there + missing - surplus == need)
            yield city["weight_under"] * missing + city["weight_over"] * surplus


def lines(city: City, seconds: float, workers: int, seed: int = 1) -> Found:
    """Return what the product's search over lines finds in the same time."""
    search, value = solve(city, Effort(seconds, workers, seed), lambda _progress: None)
    return Found(value, search.bound.value)


def measured(seconds: float = 60.0, sites: int = 4) -> Iterator[Measured]:
    """Yield value and bound of both on a few sites of the city (``make bench``)."""
    city = first_sites(json.loads(CITY.read_text(encoding="utf-8")), sites)
    name = f"city, {sites} sites, {len(city['staff'])} people"
    for way, found in (
        ("lines", lines(city, seconds, 2)),
        ("plain CP-SAT", plain(city, seconds, 8)),
    ):
        note = f"{seconds:.0f} s, bound {found.bound:.1f}"
        value = float("inf") if found.value is None else found.value
        yield Measured(name, f"penalty, {way}", value, "points", note)


def main() -> None:
    """Solve the file named on the command line in both ways."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--sites", type=int, default=0, help="the first sites only; 0: all")
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    city = json.loads(asked.file.read_text(encoding="utf-8"))
    if asked.sites:
        city = first_sites(city, asked.sites)
    for name, way, workers in (("lines", lines, 2), ("plain", plain, asked.workers)):
        found = way(city, asked.seconds, workers, asked.seed)
        gap = "none" if found.gap is None else f"{found.gap:.4f}"
        sys.stdout.write(f"{name} objective={found.value} bound={found.bound:.2f} gap={gap}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

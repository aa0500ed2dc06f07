"""A synthetic city of 800 people and 20 sites through the product's own roster search.

``python -m tests.benchmarks.city800 FILE --seconds T [--jobs N] [--seed S]`` prints incumbent and
proven bound as they come and ends with ``objective=… bound=… gap=… seconds=… cpu=… memory=…``;
``--sites N`` and ``--times N`` make smaller and larger cities (``city_size``).  The format:
``days`` × ``slots`` of 30 minutes; shifts of ``min_len`` to ``max_len`` slots without a break, one
location and one skill each, at most one a day; ``slots_per_week`` to be met exactly; prices
``weight_under`` and ``weight_over`` per person and slot.  The objective is counted once more from
the finished lines by plain loops over the file.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any

import numpy as np

from planner.model.roster.arrays import Grid, Groups, Lines, Places, Staff, Week
from planner.model.roster.clockwork import Clockwork
from planner.model.roster.effort import Effort, Progress
from planner.model.roster.model import RosterModel
from planner.model.roster.names import Names
from planner.model.roster.optimise import RosterSearch
from tests.benchmarks.city_size import City, first_sites, repeated


def week_of(city: City) -> Week:
    """Return the arrays of ``city``; a group is a location with one skill."""
    rows = {(r["location"], r["skill"]): k for k, r in enumerate(city["requirements"])}
    grid = _grid(city)
    count = len(rows)
    groups = Groups(
        np.array([location for location, _ in rows], np.int64),
        np.arange(count + 1),
        np.arange(count),
        np.zeros(count, np.bool_),
        np.ones(count, np.bool_),
        np.full(count, -1),
    )
    return Week(grid, _places(city, groups), groups, _staff(city, rows))


def _grid(city: City) -> Grid:
    days, cells = city["days"], city["slots"]
    spans = np.arange(city["min_len"], city["max_len"] + 1)
    everywhere, nothing = np.ones(cells + 1, np.bool_), np.zeros(cells + 1, np.int64)
    none = np.zeros(len(spans), np.int64)
    return Grid(
        days, cells, everywhere, everywhere, spans, spans, none, none, none - 1, everywhere,
        nothing, nothing, np.zeros(1, np.bool_), np.zeros(1, np.int64),
        np.ones((1, days, 1, 1), np.bool_), np.ones(len(spans), np.int64),
    )  # fmt: skip


def _places(city: City, groups: Groups) -> Places:
    shape = (city["locations"], city["days"])
    count = len(groups.place)
    return Places(
        first=np.zeros(shape, np.int64),
        last=np.full(shape, city["slots"]),
        desks=np.full(shape[0], len(city["staff"]) + 1),
        row_place=groups.place,
        need=np.array([r["need"] for r in city["requirements"]], np.int64),
        short=np.full(count, float(city["weight_under"])),
        over=np.full(count, float(city["weight_over"])),
        present_need=np.zeros((2, *shape, city["slots"]), np.int64),
        present_price=np.zeros(2),
        back_need=np.zeros(shape[0]),
        back_price=0.0,
        learner_price=np.zeros(0),
        experienced=np.zeros((*shape, city["slots"]), np.int64),
        learners=np.zeros((0, *shape, city["slots"]), np.int64),
    )


def _staff(city: City, rows: dict[tuple[int, int], int]) -> Staff:
    people, days = city["staff"], city["days"]
    own = [
        [rows[at, skill] for at in p["locations"] for skill in p["skills"] if (at, skill) in rows]
        for p in people
    ]
    paid = np.array([p["slots_per_week"] for p in people], np.int64)
    cost = np.full((len(people), int(paid.max()) + 1), np.inf)
    cost[np.arange(len(people)), paid] = 0.0
    nothing = np.zeros((len(people), days))
    return Staff(
        first_group=np.cumsum([0, *map(len, own)]).astype(np.int64),
        groups=np.array([g for mine in own for g in mine], np.int64),
        group_cost=np.zeros(sum(map(len, own))),
        free=np.array([[d not in p["unavailable"] for d in range(days)] for p in people]),
        day_cost=nothing,
        early_cost=nothing,
        late_cost=nothing,
        early_end=city["slots"] + 1,
        late_start=0,
        earliest=np.zeros((len(people), days), np.int64),
        latest=np.full((len(people), days), city["slots"]),
        longest=np.full(len(people), city["slots"]),
        rest=np.zeros(len(people), np.int64),
        most_run=np.full(len(people), -1),
        run_before=np.zeros(len(people), np.int64),
        most_days=np.array([p["max_days"] for p in people], np.int64),
        most=paid,
        paid_cost=cost,
        late_shift_cost=np.zeros((len(people), days + 1)),
        trail=np.zeros(len(people), np.int64),
        trail_count=np.ones((1, days + 1), np.int64),
        trail_next=np.zeros((1, days, 1, 2), np.int64),
        trail_cost=np.zeros((1, 1)),
    )


def recount(city: City, week: Week, lines: Lines) -> float:
    """Return the penalty of ``lines`` by plain loops over the file, after checking every rule.

    Raises
    ------
    AssertionError
        If a line breaks a rule of the format.
    """
    given = np.zeros((len(city["requirements"]), city["days"], city["slots"]), np.int64)
    for e, person in enumerate(city["staff"]):
        worked = 0
        for d in range(city["days"]):
            g = int(lines.group[e, d])
            if g < 0:
                continue
            row, start, end = city["requirements"][g], lines.start[e, d], lines.end[e, d]
            assert row["location"] in person["locations"]
            assert row["skill"] in person["skills"]
            assert d not in person["unavailable"]
            assert city["min_len"] <= end - start <= city["max_len"]
            assert 0 <= start < end <= city["slots"]
            given[g, d, start:end] += 1
            worked += int(end - start)
        assert worked == person["slots_per_week"]
        assert (lines.group[e] >= 0).sum() <= person["max_days"]
    penalty = 0
    for g, row in enumerate(city["requirements"]):
        for d, need in enumerate(row["need"]):
            for slot, people in enumerate(need):
                missing = people - int(given[g, d, slot])
                penalty += max(missing, 0) * city["weight_under"]
                penalty += max(-missing, 0) * city["weight_over"]
    return float(penalty)


def solve(city: City, effort: Effort, tell: Any) -> tuple[RosterSearch, float]:
    """Search with the product's search; return it and the recounted objective."""
    week = week_of(city)
    model = RosterModel(
        week, Names((), (), (), ()), Clockwork(30, 420, city["slots"]), unreachable=0.0
    )
    search = RosterSearch(model, effort, tell, lambda: False)
    search.run()
    assert search.incumbent.lines is not None
    return search, recount(city, week, search.incumbent.lines)


def main() -> None:
    """Solve the file named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sites", type=int, default=0, help="the first sites only; 0: all")
    parser.add_argument("--times", type=int, default=1, help="so many cities side by side")
    asked = parser.parse_args()
    city = json.loads(asked.file.read_text(encoding="utf-8"))
    if asked.sites:
        city = first_sites(city, asked.sites)
    city = repeated(city, asked.times)
    shown = [0.0]

    def tell(progress: Progress) -> None:
        if progress.seconds >= shown[0]:
            shown[0] = progress.seconds + asked.seconds / 20
            sys.stderr.write(
                f"{progress.seconds:8.1f} s  incumbent {progress.incumbent:10.1f}  "
                f"bound {progress.bound:10.1f}\n"
            )

    effort = Effort(asked.seconds, asked.jobs, asked.seed)
    search, objective = solve(city, effort, tell)
    gap = (objective - search.bound.value) / objective
    sys.stdout.write(
        f"objective={objective:g} bound={search.bound.value:.2f} gap={gap:.4f} "
        f"seconds={search.pace.seconds:.1f} cpu={time.process_time():.1f} "
        f"memory={getrusage(RUSAGE_SELF).ru_maxrss / 1024:.0f}MB\n"
    )


if __name__ == "__main__":
    main()

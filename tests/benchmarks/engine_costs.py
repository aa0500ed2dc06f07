"""What surrounds a run of the compiled engine: start, sampling, one location, processes, a year.

Ratios are taken inside one run; times are CPU time, for two processes wall time.
The Hamburg case needs no roster here: every location is staffed with its desks, divided among its
skills, while the doors are open.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement, SlotRequirement
from planner.parallel import ordered_map
from planner.scenario.loading import load_case
from planner.sim.booking import simulate_booking
from planner.sim.capacity import house_of, staffing_from_requirement
from planner.sim.customer_table import Customers, queue_at
from planner.sim.customers import sample_customers
from planner.sim.engine import get_engine
from planner.sim.walk_ins import walk_in_sources
from tests.benchmarks.engine_cases import Location, city_week
from tests.benchmarks.history import Measured

HAMBURG = Path("scenarios/hamburg/base.yaml")
ROUNDS = 7
#: City weeks an item of the measurement with two processes.
WEEKS = 60
FIRST_CALL = """
import time
from tests.benchmarks.engine_cases import day
location = day().locations[0]
started = time.process_time()
from planner.sim.engine import get_engine
get_engine("compiled").run(*location)
print(time.process_time() - started)
"""
A_YEAR = "from tests.benchmarks.engine_costs import play_year; play_year()"


def start() -> Iterator[Measured]:
    """Yield the time of the first call without and with compiled code on disk [s]."""
    with tempfile.TemporaryDirectory() as folder:
        for what in ("first call, nothing compiled", "first call, from the cache"):
            seconds = float(_own_process(FIRST_CALL, NUMBA_CACHE_DIR=folder))
            yield Measured("day", what, round(seconds, 3), "s")


def sampling() -> Iterator[Measured]:
    """Yield sampling a Hamburg week of customers / playing it, and the bytes a customer."""
    case = load_case(HAMBURG)
    sources, booking = walk_in_sources(case), simulate_booking(case, 1, 0)
    customers = sample_customers(case, booking, 1, 0, sources)
    week = _inputs(case, customers)
    run = get_engine("compiled").run
    _play(run, week)
    ratios, rates = [], []
    for _ in range(ROUNDS):
        sampled = _cpu(lambda: sample_customers(case, booking, 1, 0, sources))
        played = _cpu(partial(_play, run, week, 5)) / 5
        ratios.append(sampled / played)
        rates.append(len(customers) / sampled)
    yield _spread("Hamburg week", "sampling / compiled run", ratios, "ratio")
    yield _spread("Hamburg week", "sampling: customers a second", rates, "1/s")
    size = customers.nbytes / len(customers)
    yield Measured("Hamburg week", "bytes a customer", round(size, 1), "byte")


def one_location() -> Iterator[Measured]:
    """Yield how much cheaper one location's week is than the city's."""
    week, run = city_week().locations, get_engine("compiled").run
    _play(run, week)
    ratios = []
    for round_ in range(ROUNDS):
        city = _cpu(partial(_play, run, week, 10)) / 10
        place = week[round_ : round_ + 1]
        ratios.append(city / (_cpu(partial(_play, run, place, 100)) / 100))
    yield _spread("city week", "city / one location", ratios, "ratio")


def two_processes() -> Iterator[Measured]:
    """Yield the speed-up by a second process, in wall time."""
    items = list(range(8))
    list(ordered_map(play_weeks, items[:2], 2))
    play_weeks(0)
    ratios = []
    for _ in range(ROUNDS):
        alone, both = (_wall(lambda n=n: list(ordered_map(play_weeks, items, n))) for n in (1, 2))  # type: ignore[misc]
        ratios.append(alone / both)
    yield _spread("city week", "two processes / one", ratios, "ratio")


def year() -> Iterator[Measured]:
    """Yield time and memory of a whole year of the Hamburg case in a process of its own."""
    lines = _own_process(A_YEAR).split()
    names = ("customers", "first", "second", "memory")
    units = ("customers", "s", "s", "GB")
    notes = ("", "compiled code from the cache or compiled", "once more", "largest resident size")
    for name, unit, note, value in zip(names, units, notes, lines, strict=True):
        yield Measured("Hamburg year", name, float(value), unit, note)


def play_weeks(_item: int) -> None:
    """Play the city week ``WEEKS`` times."""
    week, run = city_week().locations, get_engine("compiled").run
    for _ in range(WEEKS):
        _play(run, week)


def play_year() -> None:
    """Book, sample and play a year twice; print customers, times [s] and memory [GB]."""
    seconds = []
    for _ in range(2):
        started = time.process_time()
        case = load_case(HAMBURG, ("horizon.days=364",))
        customers = sample_customers(case, simulate_booking(case, 1, 0), 1, 0)
        _play(get_engine("compiled").run, _inputs(case, customers))
        seconds.append(time.process_time() - started)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(len(customers), *(round(s, 2) for s in seconds), round(memory, 3))  # noqa: T201


def _inputs(case: PlanningCase, customers: Customers) -> tuple[Location, ...]:
    """Return what the engine plays, with every desk staffed."""
    staffing = staffing_from_requirement(case, _all_desks(case))
    return tuple(
        (queue_at(case, customers, code), there.clerks, house_of(case, code, there))
        for code, there in enumerate(staffing.locations)
    )


def _all_desks(case: PlanningCase) -> Requirement:
    step = case.horizon.slot_minutes
    slots = [
        SlotRequirement(place.id, day, minute, skill, max(1, place.desks // len(skills)))
        for place in case.locations
        for skills in (case.skills_at(place),)
        for day in case.horizon.dates
        for opened in place.opening.on(day, case.horizon)
        for minute in range(opened.start_minute, opened.end_minute, step)
        for skill in skills
    ]
    return Requirement(step, tuple(sorted(slots)), (), ())


def _play(run: Callable[..., object], locations: tuple[Location, ...], times: int = 1) -> None:
    for _ in range(times):
        for location in locations:
            run(*location)


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _wall(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _own_process(program: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _spread(case: str, what: str, values: list[float], unit: str) -> Measured:
    note = f"{min(values):.4g} to {max(values):.4g} in {len(values)} rounds"
    return Measured(case, what, float(f"{np.median(values):.4g}"), unit, note)

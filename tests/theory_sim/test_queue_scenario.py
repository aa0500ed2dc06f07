"""A queue as a scenario: from the files, with the settings they have, against closed forms.

All 100 cells (c = 1 … 20 at five occupancies): ``python -m tests.benchmarks.queue_scenario``.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner.queueing.abandonment import PhoneQueue
from planner.scenario.loading import load_case
from planner.sim.replicate import SimulationRun, StaffingSource, simulate
from tests.benchmarks.intervals import Cell, band
from tests.benchmarks.queue_scenario import simulated

QUEUE = Path(__file__).parents[2] / "scenarios" / "queue"
MINUTES = 6
YEAR_HOURS = 8766
#: Shorter runs for many desks: they forget their start sooner.
SHORT = ("horizon.days=28", "simulation.warm_up_hours=168", "simulation.replications=20")
MEDIUM = ("horizon.days=84", "simulation.warm_up_hours=336", "simulation.replications=20")
#: Desks, occupancy and settings of the cells tried here; seeds count from 1.
CELLS: tuple[tuple[int, float, tuple[str, ...]], ...] = (
    (1, 0.5, ()),
    (1, 0.95, ()),
    (2, 0.9, SHORT),
    (3, 0.8, SHORT),
    (4, 0.95, SHORT),
    (7, 0.7, SHORT),
    (12, 0.9, SHORT),
    (20, 0.95, SHORT),
)


def measures(settings: tuple[str, ...], scenario: str = "mmc.yaml", seed: int = 1) -> pd.DataFrame:
    """Return the measures of the queue at its location, by name."""
    case = load_case(QUEUE / scenario, settings)
    run = SimulationRun(seed, case.simulation.replications)
    table = simulate(case, StaffingSource(), run).measures
    mine = table[(table["scope"] == "location") & (table["channel"] == "all")]
    return mine.set_index("measure")


def measured(table: pd.DataFrame, measure: str, exact: float) -> Cell:
    """Return a measure with its interval against the exact value."""
    row = {name: table[name].to_dict()[measure] for name in ("value", "ci_low", "ci_high")}
    half_width = (row["ci_high"] - row["ci_low"]) / 2
    return Cell(measure, exact, row["value"], half_width, int(table["replications"].iloc[0]))


@pytest.mark.slow
def test_the_scenario_gives_erlang_c() -> None:
    """Mean waits of eight cells: as many 95 % intervals as should be hold Erlang C's, all 3 errors.

    The seeds are fixed; the band is the binomial one of ``tests.benchmarks.intervals``.
    """
    cells = [
        simulated(servers, occupancy, seed, *settings)
        for seed, (servers, occupancy, settings) in enumerate(CELLS, start=1)
    ]
    low, high = band(len(cells))
    assert low <= sum(cell.inside for cell in cells) <= high, cells
    assert max(cell.errors for cell in cells) <= 3, cells


def test_general_service_is_pollaczek_khinchine() -> None:
    """M/D/1, M/E4/1 and lognormal at 0.8: W = rho S (1 + cv^2) / (2 (1 - rho)); Pollaczek 1930."""
    cells = []
    for seed, (family, cv) in enumerate([("gamma", 0.0), ("gamma", 0.5), ("lognormal", 1.5)]):
        table = measures(
            (
                f"demand.customer.requests_per_year={8 * YEAR_HOURS}",
                "locations.queue.constant_desks=1",
                f"services.customer.time_family={family}",
                f"services.customer.cv={cv}",
                *MEDIUM,
            ),
            seed=seed,
        )
        exact = 0.8 * MINUTES * (1 + cv**2) / (2 * 0.2)
        cells += [measured(table, "wait_mean", exact), measured(table, "occupancy", 0.8)]
    assert sum(cell.inside for cell in cells) >= band(len(cells))[0], cells
    assert max(cell.errors for cell in cells) <= 3, cells


def test_patience_as_a_scenario_gives_erlang_a() -> None:
    """M/M/4+M at a load of 4 erlang: abandoned share and mean wait of everybody."""
    table = measures(SHORT, "impatient.yaml")
    exact = PhoneQueue(4, 40 / 60, MINUTES, 10.0)
    assert measured(table, "abandoned_share", exact.abandoned_share).errors <= 3
    assert measured(table, "wait_mean", exact.wait_mean).errors <= 3

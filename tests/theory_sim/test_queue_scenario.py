"""A queue as a scenario: from the files to the measures table, against closed forms."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner.queueing.abandonment import PhoneQueue
from planner.queueing.erlang import erlang_c
from planner.scenario.loading import load_case
from planner.sim.replicate import SimulationRun, StaffingSource, simulate

QUEUE = Path(__file__).parents[2] / "scenarios" / "queue"
OCCUPANCIES = (0.5, 0.7, 0.8, 0.9, 0.95)
MINUTES = 6
YEAR_HOURS = 8766


def measures(scenario: str, settings: tuple[str, ...], seed: int = 1) -> pd.DataFrame:
    """Return the measures of the queue at its location, by name."""
    case = load_case(QUEUE / scenario, ("simulation.confidence=0.999", *settings))
    table = simulate(case, StaffingSource(), SimulationRun(seed, 20)).measures
    mine = table[(table["scope"] == "location") & (table["channel"] == "all")]
    return mine.set_index("measure")


def within(table: pd.DataFrame, measure: str, exact: float) -> bool:
    """Tell whether the interval of a measure contains the exact value."""
    low, high = table["ci_low"].to_dict()[measure], table["ci_high"].to_dict()[measure]
    return bool(low <= exact <= high)


@pytest.mark.slow
@pytest.mark.parametrize("desks", [1, 2, 4, 9, 19])
def test_the_scenario_gives_erlang_c(desks: int) -> None:
    """M/M/c up to c = 19 and occupancy 0.95: wait and occupancy in the 99.9 % intervals."""
    occupancy = OCCUPANCIES[desks % len(OCCUPANCIES)]
    load = desks * occupancy
    table = measures(
        "mmc.yaml",
        (
            f"demand.customer.requests_per_year={load * 60 / MINUTES * YEAR_HOURS}",
            f"locations.queue.constant_desks={desks}",
            "horizon.days=56",
            "simulation.warm_up_hours=336",
        ),
    )
    wait = erlang_c(desks, load) * MINUTES / (desks - load)
    assert within(table, "wait_mean", wait), (wait, table.loc["wait_mean"])
    assert within(table, "occupancy", occupancy), table.loc["occupancy"]


def test_patience_as_a_scenario_gives_erlang_a() -> None:
    """M/M/4+M at a load of 4 erlang: abandoned share and mean wait of everybody."""
    table = measures("impatient.yaml", ())
    exact = PhoneQueue(4, 40 / 60, MINUTES, 10.0)
    assert within(table, "abandoned_share", exact.abandoned_share)
    assert within(table, "wait_mean", exact.wait_mean)

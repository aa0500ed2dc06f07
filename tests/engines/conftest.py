"""The small case, and one replication of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain.case import PlanningCase
from planner.scenario.loading import load_case
from planner.sim.replicate import Replication, sample_replication

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="session")
def small() -> PlanningCase:
    """Return the small case: two sites, one phone line."""
    return load_case(SCENARIOS / "small" / "base.yaml")


@pytest.fixture(scope="session")
def sampled(small: PlanningCase) -> Replication:
    """Return replication 0 of seed 1 of the small case."""
    return sample_replication(small, 1, 0)

"""Staffing by simulation against its exact fixed point (Feldman, Mandelbaum, Massey, Whitt 2008).

With patience and service of the same rate everybody leaves at that rate, waiting or served, so the
number inside is that of an infinite-server system whatever the staffing, and one step of the
iteration ends it.
"""

from __future__ import annotations

import numpy as np

from planner.sim.streams import stream
from tests.theory.reference import rows

REPLICATIONS = 3000
CYCLES = 2.0
TARGETS = ("0.1", "0.3", "0.5", "0.7", "0.9")


def test_simulated_staffing_is_the_fixed_point_to_one_agent() -> None:
    """At 16 phases and for five targets: the least servers with P(inside >= servers) <= target."""
    draw = stream(7, 0, "staffing by simulation")
    table = rows("isa_fmmw_theta_eq_mu")
    end = CYCLES * 2 * np.pi
    phases = np.array([float(row["t"]) for row in table]) + (CYCLES - 1) * 2 * np.pi
    inside = np.zeros((REPLICATIONS, len(phases)), np.int64)
    for replication in range(REPLICATIONS):
        times = draw.random(draw.poisson(120.0 * end)) * end
        times = times[draw.random(len(times)) * 120.0 < 100.0 + 20.0 * np.sin(times)]
        gone = times + draw.standard_exponential(len(times))
        inside[replication] = np.searchsorted(np.sort(times), phases, side="right")
        inside[replication] -= np.searchsorted(np.sort(gone), phases, side="right")
    for column, row in enumerate(table):
        for target in TARGETS:
            servers = next(
                s for s in range(300) if (inside[:, column] >= s).mean() <= float(target)
            )
            assert abs(servers - int(row[f"s_alpha_{target}"])) <= 1

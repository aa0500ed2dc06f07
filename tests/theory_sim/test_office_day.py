"""The finite day: opens empty, staff by the hour, everybody inside is served after closing."""

from __future__ import annotations

import numpy as np
import pytest

from tests.theory.reference import floats, rows
from tests.theory_sim.queues import office_days

RATES = (12, 15, 10, 8, 8, 12, 14, 10)
MINUTES, LIMIT, DAYS, HOURS = 8, 15, 20_000, 8


def late_shares(plan: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Return late share and its standard error by hour of arrival, the day as the unit."""
    wait, cell = office_days(plan, RATES, MINUTES, DAYS, seed=3)
    shape = (DAYS, HOURS)
    late = np.bincount(cell, weights=wait > LIMIT, minlength=DAYS * HOURS).reshape(shape)
    count = np.bincount(cell, minlength=DAYS * HOURS).reshape(shape)
    share = late.sum(axis=0) / count.sum(axis=0)
    residual = (late - share * count) / count.mean(axis=0)
    return share, residual.std(axis=0, ddof=1) / np.sqrt(DAYS)


@pytest.mark.slow
@pytest.mark.parametrize("plan", sorted({row["plan"] for row in rows("day_named_clerk_semantics")}))
def test_named_clerks_who_leave_finish_their_customer(plan: str) -> None:
    """L4, L9: late shares of every hour agree with the table of named clerks (320,000 days)."""
    share, error = late_shares([int(c) for c in floats(plan)])
    table = [row for row in rows("day_named_clerk_semantics") if row["plan"] == plan]
    for row in table:
        hour = int(row["hour"])
        both = np.hypot(error[hour], float(row["standard_error"]))
        exact = float(row["share_late_named_clerk_lowest_index_first"])
        assert abs(share[hour] - exact) <= 3.5 * both, (hour, share[hour], exact)


@pytest.mark.slow
def test_constant_staff_is_the_exact_chain() -> None:
    """Three clerks all day: the exact finite-day chain, which every closing rule shares."""
    share, error = late_shares([3] * HOURS)
    table = {
        int(row["hour"]): float(row["share_late"])
        for row in rows("day_methods_hourly")
        if row["case"] == "office_1.5E_S8"
        and row["method"] == "PLAN_33333333"
        and row["closing_semantics"] == "B"
    }
    assert len(table) == HOURS
    for hour, exact in table.items():
        assert abs(share[hour] - exact) <= 3.5 * error[hour], (hour, share[hour], exact)

"""The appointment book in the long run and after a backlog, against exact tables."""

from __future__ import annotations

import math

import numpy as np
import pytest

from planner.queueing.appointment_book import (
    SteadyBook,
    backlog_after,
    clearing_days,
    relaxation_days,
    slots_for_lead,
    surplus_for_mean,
    surplus_for_share,
)
from tests.theory.reference import rows


@pytest.mark.parametrize(
    "row", rows("appointment_book_fcfs"), ids=lambda r: "-".join(r.values())[:7]
)
def test_steady_book_matches_the_table(row: dict[str, str]) -> None:
    """Backlog, lead shares, quantile and third next slot to 1e-6."""
    book = SteadyBook(int(row["slots_per_day"]), float(row["requests_per_day_poisson"]))
    assert book.empty_probability == pytest.approx(
        float(row["p_empty_book_overnight"]), rel=2e-6, abs=1e-6
    )
    assert book.backlog_mean == pytest.approx(
        float(row["mean_backlog_overnight"]), rel=2e-6, abs=1e-6
    )
    assert book.lead_mean == pytest.approx(float(row["mean_lead_working_days"]), rel=2e-6, abs=1e-6)
    assert book.third_next_mean == pytest.approx(
        float(row["mean_tnaa_start_of_day"]), rel=2e-6, abs=1e-6
    )
    assert book.lead_quantile(0.9) == int(row["p90_lead"])
    for days in (1, 2, 5, 10):
        within = float(row[f"share_lead_le_{days}"])
        assert book.share_within(days) == pytest.approx(within, rel=2e-6, abs=1e-6)


def test_transient_book_matches_the_table() -> None:
    """Mean, deviation and emptiness of the backlog after 5 to 250 days."""
    for row in rows("appointment_book_transient"):
        backlog = backlog_after(
            int(row["initial_backlog"]),
            int(row["slots_per_day"]),
            float(row["requests_per_day_poisson"]),
            int(row["working_day"]),
        )
        states = np.arange(len(backlog))
        mean = backlog @ states
        spread = math.sqrt(backlog @ (states - mean) ** 2)
        assert mean == pytest.approx(float(row["mean_backlog"]), rel=2e-6, abs=1e-6)
        assert spread == pytest.approx(float(row["sd_backlog"]), rel=2e-6, abs=1e-6)
        assert backlog[0] == pytest.approx(float(row["p_empty"]), rel=1e-5, abs=1e-12)


def test_fluid_and_relaxation() -> None:
    """A surplus of one slot a day clears 400 in 400 days and forgets the start in 19."""
    assert clearing_days(400.0, 20.0, 19.0) == 400.0
    assert clearing_days(400.0, 19.0, 19.0) == math.inf
    assert relaxation_days(20, 19.0) == 19.0


def test_slots_for_a_lead_target_are_least() -> None:
    """One slot fewer than found misses the share within two days."""
    slots = slots_for_lead(19.0, 2, 0.95)
    assert SteadyBook(slots, 19.0).share_within(2) >= 0.95
    assert slots == 20
    assert slots_for_lead(19.0, 1, 0.95) > 20


def test_a_book_without_surplus_has_no_long_run() -> None:
    """As many requests as slots is an error that says so."""
    with pytest.raises(ValueError, match=r"20\.0 requests a day need more than 20 slots"):
        SteadyBook(20, 20.0)


def test_heavy_traffic_surplus_is_near_the_exact_book() -> None:
    """The surplus for 90 % within ten days, and for a mean of four, is close."""
    surplus = surplus_for_share(10, 0.9)
    assert SteadyBook(20, 20 - surplus).share_within(10) == pytest.approx(0.9, abs=0.015)
    assert SteadyBook(20, 20 - surplus_for_mean(4.0)).lead_mean == pytest.approx(4.0, abs=0.4)


def test_a_light_book_is_nearly_always_empty() -> None:
    """One request a day for five slots: next day for all but a few in ten thousand."""
    book = SteadyBook(5, 1.0)
    assert book.share_within(1) == pytest.approx(1.0, abs=1e-3)
    assert 0.999 < book.empty_probability < 1.0

"""Offered load, square-root rules, infinite-server staffing, approximations and Little's law."""

from __future__ import annotations

import math

import numpy as np
import pytest

from planner.queueing.erlang import CounterQueue
from planner.queueing.general_service import PriorityQueue, Variability, wait_mean_general
from planner.queueing.little import queue_from_wait, wait_from_queue
from planner.queueing.offered_load import (
    load_at_ends,
    load_maxima,
    load_means,
    sinusoid_deterministic,
    sinusoid_exponential,
)
from planner.queueing.square_root import (
    equal_rates_delay,
    halfin_whitt_delay,
    infinite_server_staffing,
    square_root_servers,
)
from planner.queueing.staffing import servers_for_wait
from tests.theory.offices import OFFICES, hourly_rows
from tests.theory.reference import floats, rows


@pytest.mark.parametrize("row", rows("offered_load_sinusoid"), ids=lambda row: row["case"])
def test_sinusoidal_loads_match_the_table(row: dict[str, str]) -> None:
    """Mean, amplitude and lag under exponential and constant service to 1e-9."""
    of = sinusoid_exponential if row["service_dist"] == "exp" else sinusoid_deterministic
    load = of(
        float(row["lambda_mean"]),
        float(row["lambda_amplitude"]),
        float(row["gamma_rad_per_time"]),
        float(row["mu"]),
    )
    assert load.mean == pytest.approx(float(row["m_mean"]), rel=1e-9)
    assert load.amplitude == pytest.approx(float(row["m_amplitude"]), rel=1e-8)
    assert load.lag == pytest.approx(float(row["peak_lag_time"]), rel=1e-8)


def test_piecewise_load_follows_the_sinusoid() -> None:
    """Fine constant pieces of a sinusoid give the closed form once the start is forgotten."""
    step, service = 0.01, 1.0
    times = np.arange(0.0, 40.0, step)
    ends = load_at_ends(100 + 20 * np.sin(times + step / 2), step, service)
    exact = 100 + 10 * (math.sin(40.0) - math.cos(40.0))
    assert ends[-1] == pytest.approx(exact, abs=1e-3)


def test_load_opens_empty_and_mean_lies_between_the_ends() -> None:
    """The first period's mean load is below the stationary load; the maxima are the larger ends."""
    rates = np.array([0.2, 0.1, 0.0])
    means, ends = load_means(rates, 30.0, 10.0), load_at_ends(rates, 30.0, 10.0)
    begins = np.array([0.0, ends[0], ends[1]])
    assert means[0] == pytest.approx(2.0 * (1 - (1 - math.exp(-3)) / 3))
    assert np.all(means >= np.minimum(begins, ends))
    assert np.all(means <= np.maximum(begins, ends))
    assert load_maxima(rates, 30.0, 10.0) == pytest.approx([ends[0], ends[0], ends[1]])


def test_requirement_rules_give_the_tabulated_plans() -> None:
    """Offered load with end-of-day dynamics gives the tabulated hourly plans of three offices."""
    for row in rows("day_methods_summary"):
        if row["method"] not in {"SIPP", "MOLavg", "MOLmax"} or row["closing_semantics"] != "B":
            continue
        service, threshold = OFFICES[row["case"]]
        hours = hourly_rows(row["case"], row["method"], "B")
        rates = np.array([float(r["lambda_per_h"]) for r in hours]) / 60.0
        loads = {
            "SIPP": rates * service,
            "MOLavg": load_means(rates, 60.0, service),
            "MOLmax": load_maxima(rates, 60.0, service),
        }[row["method"]]
        plan = [servers_for_wait(load, service, threshold, 0.9) for load in loads]
        assert plan == [int(value) for value in floats(row["plan"])], row["method"]


@pytest.mark.parametrize("row", rows("square_root_functions"), ids=lambda row: row["beta"])
def test_delay_functions_match_the_table(row: dict[str, str]) -> None:
    """Both limiting delay functions to 1e-9."""
    beta = float(row["beta"])
    without = float(row["halfin_whitt_p_delay_no_abandonment"])
    equal = float(row["p_delay_if_patience_rate_equals_service_rate"])
    assert halfin_whitt_delay(beta) == pytest.approx(without, rel=1e-9)
    assert equal_rates_delay(beta) == pytest.approx(equal, rel=1e-9)


def test_square_root_rule_rounds_up_and_grows_with_peakedness() -> None:
    """Bursty arrivals need a larger allowance over the load."""
    assert square_root_servers(100.0, 1.0) == 110
    assert square_root_servers(100.0, 1.0, peakedness=4.0) == 120


@pytest.mark.parametrize("row", rows("isa_fmmw_theta_eq_mu"), ids=lambda row: row["k"])
def test_infinite_server_staffing_is_the_exact_fixed_point(row: dict[str, str]) -> None:
    """All five delay targets at all sixteen phases, exactly."""
    for target in ("0.1", "0.3", "0.5", "0.7", "0.9"):
        servers = infinite_server_staffing(float(row["m_t"]), float(target))
        assert servers == int(row[f"s_alpha_{target}"])


def test_approximations_are_exact_where_they_must_be() -> None:
    """With one class, Poisson arrivals and exponential service the approximation is M/M/c."""
    exact = CounterQueue(4, 3.0, 10.0)
    queue = PriorityQueue(4, 0.0, 3.0, 10.0)
    assert queue.wait_mean(first=False) == pytest.approx(exact.wait_mean)
    assert queue.late_share(15.0, first=False) == pytest.approx(exact.late_share(15.0))
    half = wait_mean_general(4, 3.0, 10.0, Variability(1.0, 0.0))
    assert half == pytest.approx(exact.wait_mean / 2)


def test_priority_keeps_the_work_and_favours_the_first() -> None:
    """The load-weighted mean wait equals first come first served; the first class waits less."""
    queue = PriorityQueue(4, 1.0, 2.0, 10.0)
    first, second = queue.wait_mean(first=True), queue.wait_mean(first=False)
    together = (1.0 * first + 2.0 * second) / 3.0
    assert together == pytest.approx(CounterQueue(4, 3.0, 10.0).wait_mean)
    assert first < second
    assert queue.late_share(15.0, first=True) < queue.late_share(15.0, first=False)


def test_priority_queue_above_its_load_never_empties() -> None:
    """An unstable queue has infinite waits and everybody late."""
    queue = PriorityQueue(2, 1.0, 1.5, 10.0)
    assert queue.wait_mean(first=True) == math.inf
    assert queue.late_share(15.0, first=False) == 1.0


def test_little_both_ways() -> None:
    """The two directions are inverse."""
    assert wait_from_queue(0.5, queue_from_wait(0.5, 7.0)) == pytest.approx(7.0)

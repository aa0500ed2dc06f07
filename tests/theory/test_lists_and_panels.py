"""Overbooking, waiting lists, no-show panels and steady workforces against the tables."""

from __future__ import annotations

import re

import numpy as np
import pytest

from planner.queueing import waiting_list
from planner.queueing.no_show_panel import (
    NoShow,
    best_panel,
    bistable_range,
    constant_backlog,
    exponential_backlog,
    rejoining_constant,
    rejoining_exponential,
    throughput,
)
from planner.queueing.overbooking import Overbooking, most_bookings
from planner.queueing.workforce import SteadyWorkforce
from tests.theory.reference import floats, rows

#: Magnetic resonance imaging: published shape of no-shows, twenty a day.
MRI = NoShow(least=0.01, most=0.31, decay_days=50.0, slots=20)


def test_overbooking_matches_the_table() -> None:
    """Shows, overflow and empty slots of all 70 rows to 1e-9."""
    for row in rows("overbooking_binomial"):
        block = Overbooking(int(row["slots"]), int(row["booked"]), float(row["show_prob"]))
        assert block.shows_mean == pytest.approx(float(row["mean_shows"]), rel=1e-9)
        assert block.overflow_probability == pytest.approx(float(row["p_overflow"]), rel=1e-9)
        assert block.overflow_mean == pytest.approx(float(row["mean_overflow"]), rel=1e-9)
        assert block.empty_mean == pytest.approx(float(row["mean_empty_slots"]), rel=1e-8)


def test_most_bookings_keep_the_overflow() -> None:
    """Twenty slots at 90 % shows: 22 booked overflow by 0.438 customers, 23 by more than 1/2."""
    assert most_bookings(20, 0.9, 0.5) == 22
    assert most_bookings(20, 0.9, 0.0) == 20


@pytest.mark.parametrize("row", rows("waiting_list_fong_nhsr"), ids=lambda row: row["inputs"])
def test_waiting_list_arithmetic(row: dict[str, str]) -> None:
    """Each published value to 1e-8."""
    numbers = [float(part) for part in re.findall(r"\d+(?:\.\d+)?", row["inputs"])]
    name = row["quantity"]
    if name == "target_capacity":
        demand, target, factor, *cv = numbers
        value = waiting_list.target_capacity(demand, target, factor, (cv[0], cv[1]))
    else:
        value = getattr(waiting_list, name)(*numbers)
    assert value == pytest.approx(float(row["value"]), rel=1e-8)


def test_best_panels_are_the_published_ones() -> None:
    """2459 people with exponential and 2471 with constant service; shows a day to 1e-5."""
    kinds = (exponential_backlog, constant_backlog)
    for row, kind in zip(rows("liu_ziya_panel"), kinds, strict=True):
        panel = best_panel(0.008, MRI, kind)
        assert panel == pytest.approx(float(row["panel_size_N"]), abs=1.0)
        shows = throughput(float(row["lambda_per_day"]), MRI, kind, size=6_000)
        assert shows == pytest.approx(float(row["shows_per_day"]), rel=1e-5)


@pytest.mark.parametrize(
    "row", rows("green_savin_family_K400"), ids=lambda row: "-".join(row.values())[:13]
)
def test_rejoining_no_shows_match_the_table(row: dict[str, str]) -> None:
    """Backlog under a day and mean backlog of both chains to 1e-6."""
    requests, rejoin = float(row["lambda_per_day"]), float(row["reschedule_prob_r"])
    kinds = {"mm1k": rejoining_exponential, "md1k_embedded": rejoining_constant}
    for name, kind in kinds.items():
        backlog = kind(requests, MRI, rejoin, 400)
        short, mean = float(row[f"{name}_p_backlog_lt_20"]), float(row[f"{name}_mean_backlog"])
        assert backlog[:20].sum() == pytest.approx(short, rel=2e-6)
        assert backlog @ np.arange(401) == pytest.approx(mean, rel=2e-6)


def test_bistable_books() -> None:
    """Twenty slots a day, everybody rejoins: both books live between 13.8 and 19.8 requests."""
    assert bistable_range(20.0, MRI, 1.0) == pytest.approx((13.8, 19.8))


def test_steady_workforce_matches_the_table() -> None:
    """Hires and heads of all rows to 1e-6."""
    for row in rows("workforce_steady_state"):
        ramp = tuple(floats(row["productivity_by_month_since_start_then_1"]))
        gross = float(row["net_fte_needed"]) / (1.0 - float(row["shrinkage"]))
        force = SteadyWorkforce(gross, float(row["attrition_per_month"]), ramp)
        assert gross == pytest.approx(float(row["gross_productive_fte"]), rel=1e-6)
        assert force.hires == pytest.approx(float(row["hires_per_month"]), rel=1e-6)
        assert force.headcount == pytest.approx(float(row["headcount"]), rel=1e-6)

"""Distances, distance decay and the fit to both margins."""

from __future__ import annotations

import numpy as np
import pytest

from planner.workflow.derivation.site_split import (
    Travel,
    distance_decay,
    fit_to_margins,
    great_circle_km,
    rounded_shares,
)


def test_great_circle_of_one_degree_of_latitude():
    """One degree of latitude is 111.19 km on a sphere of 6371 km radius."""
    assert great_circle_km((53.0, 10.0), (54.0, 10.0)) == pytest.approx(111.195, abs=0.01)


def test_travel_adds_fixed_time_and_detour():
    """Ten kilometres at 20 km/h with detour 1.2 and 5 minutes on top take 41 minutes."""
    travel = Travel(kilometres_per_hour=20, detour_factor=1.2, fixed_minutes=5)
    north = 10 / 111.19492664
    assert travel.minutes((53.0, 10.0), (53.0 + north, 10.0)) == pytest.approx(41, abs=1e-6)


def test_distance_decay_without_commuters_is_exponential():
    """Extra travel of one decay time divides the attraction by e."""
    attraction = distance_decay(np.array([[0.0], [9.0]]), 9.0, np.array([0.0]))
    assert attraction[0, 0] / attraction[1, 0] == pytest.approx(np.e)


def test_commuters_come_from_everywhere_alike():
    """A site visited by commuters only attracts every district alike."""
    attraction = distance_decay(np.array([[0.0], [30.0]]), 9.0, np.array([1.0]))
    assert attraction[0, 0] == attraction[1, 0]


def test_fit_meets_both_margins():
    """Row sums and column sums of the fitted matrix are the wanted margins."""
    seed = np.array([[1.0, 2.0, 3.0], [4.0, 1.0, 0.5]])
    rows, columns = np.array([0.4, 0.6]), np.array([0.2, 0.3, 0.5])
    fitted = fit_to_margins(seed, rows, columns)
    assert fitted.sum(axis=1) == pytest.approx(rows, abs=1e-9)
    assert fitted.sum(axis=0) == pytest.approx(columns, abs=1e-12)


def test_fit_keeps_odds_ratios():
    """Proportional fitting changes the margins only: the odds ratio of the seed stays."""
    seed = np.array([[1.0, 2.0], [3.0, 4.0]])
    fitted = fit_to_margins(seed, np.array([0.7, 0.3]), np.array([0.5, 0.5]))
    odds = fitted[0, 0] * fitted[1, 1] / (fitted[0, 1] * fitted[1, 0])
    assert odds == pytest.approx(4 / 6)


def test_rounded_shares_sum_to_one_exactly():
    """Thirds are rounded to five decimals that sum to one."""
    shares = rounded_shares(np.array([1.0, 1.0, 1.0]))
    assert sorted(shares) == [0.33333, 0.33333, 0.33334]

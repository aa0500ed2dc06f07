"""Sampled years, slots by month, and a book whose desks change."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from planner.domain.capacity import CapacitySettings
from planner.domain.case import PlanningCase
from planner.scenario.loading import load_case
from planner.sim.absence_months import sample_years
from planner.sim.book_layout import book_layout
from planner.sim.booking import ENGINES, booking_problem
from planner.sim.booking_law import BookingOutcome
from planner.sim.booking_months import Window, book_over_months
from planner.sim.months import asked_slots, month_of_day, month_starts, offered_slots
from planner.sim.requests import sample_requests

SMALL = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"
MONTHS = 3
#: 15 April to 14 July 2024.
DAYS = 91


@pytest.fixture(scope="module")
def town() -> PlanningCase:
    """Return the small case over three months."""
    return load_case(SMALL, (f"horizon.days={DAYS}", "simulation.booking_weeks=2"))


def _with(case: PlanningCase, settings: CapacitySettings) -> PlanningCase:
    return replace(case, capacity=settings)


def test_months_count_from_the_first_day() -> None:
    """Ends of short months are kept; every day has its month."""
    assert month_starts(date(2024, 1, 31), 2) == (
        date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31),
    )  # fmt: skip
    months = month_of_day(date(2024, 4, 15), MONTHS)
    assert len(months) == DAYS
    assert np.bincount(months).tolist() == [30, 31, 30]


def test_asked_slots_are_what_the_booking_stage_samples(town: PlanningCase) -> None:
    """Expected slots by month within four standard errors of twenty samples."""
    layout = book_layout(town)
    month = month_of_day(town.horizon.first_day, MONTHS)
    counts = np.zeros((20, MONTHS))
    for replication in range(20):
        table = sample_requests(town, layout, 5, replication)
        day = table.requested_ms // 86_400_000 + layout.first_day
        rows = (day >= 0) & ~table.online & ~table.cancels
        np.add.at(counts[replication], month[day[rows]], table.slots[rows])
    expected = asked_slots(town, MONTHS).sum(axis=0)
    error = counts.std(axis=0, ddof=1) / np.sqrt(20)
    assert np.all(np.abs(counts.mean(axis=0) - expected) < 4 * error)


def test_offered_slots_are_the_book(town: PlanningCase) -> None:
    """Summed over the months they are all slots of the horizon."""
    layout = book_layout(town)
    whole = layout.capacity[-layout.first_day :][:DAYS].sum(axis=0)
    assert offered_slots(town, MONTHS).sum(axis=1).tolist() == whole.tolist()


def test_absence_has_its_mean_and_its_beta_binomial_spread(town: PlanningCase) -> None:
    """Variance p (1 - p) / n (1 + (n - 1) rho) with rho = sd² / (p (1 - p)); months correlate."""
    case = _with(town, CapacitySettings(scenarios=250, months=6, absence_share_sd=0.08))
    people = np.array([10] * len(case.locations))
    absent = sample_years(case, people, 3).absent
    mean, spread = case.capacity.absence_share_mean, 0.08
    rho = spread**2 / (mean * (1 - mean))
    expected = mean * (1 - mean) / 10 * (1 + 9 * rho)
    assert absent.mean() == pytest.approx(mean, abs=0.006)
    assert absent.var() == pytest.approx(expected, rel=0.1)
    later = np.corrcoef(absent[:, :, :-1].ravel(), absent[:, :, 1:].ravel())[0, 1]
    other = np.corrcoef(absent[:, 0].ravel(), absent[:, 1].ravel())[0, 1]
    share = spread**2 / expected
    assert later == pytest.approx(0.5 * share, abs=0.07)
    assert other == pytest.approx(0.3 * share, abs=0.07)


def test_more_absence_moves_every_draw_the_same_way(town: PlanningCase) -> None:
    """Common random numbers: a higher mean lowers nobody's absence, and leaves demand alone."""
    people = np.array([7] * len(town.locations))
    less = sample_years(_with(town, CapacitySettings(months=6)), people, 3)
    more = sample_years(_with(town, CapacitySettings(months=6, absence_share_mean=0.15)), people, 3)
    assert np.all(more.absent >= less.absent)
    assert more.absent.mean() > less.absent.mean()
    assert more.demand.tolist() == less.demand.tolist()


def test_desks_that_change_change_the_book_from_that_day_on(town: PlanningCase) -> None:
    """Twice the desks are twice the slots; before that day nothing moves."""
    layout = book_layout(town)
    double = book_layout(town, lambda _code, day: 2.0 if day >= 30 else 1.0)
    change = 30 - layout.first_day
    assert np.array_equal(double.units[:, :, :change], layout.units[:, :, :change])
    after = layout.capacity[change:].sum()
    assert double.capacity[change:].sum() == pytest.approx(2 * after, rel=0.01)
    assert np.array_equal(book_layout(town, lambda _code, _day: 1.0).units, layout.units)


def test_both_engines_agree_on_a_book_that_changes(town: PlanningCase) -> None:
    """Row for row, with half the desks from the second month on."""
    problem, _rows = booking_problem(
        town, 4, 0, scale=lambda code, day: 0.5 + 0.1 * code if day >= 30 else 1.0
    )
    reference, twin = (ENGINES[name](problem) for name in ("simpy", "compiled"))
    for field in fields(BookingOutcome):
        assert np.array_equal(getattr(reference, field.name), getattr(twin, field.name)), field.name


def test_fewer_desks_lengthen_the_lead(town: PlanningCase) -> None:
    """A third of the desks from the second month on; what came before stays as it was."""
    factor = np.ones((len(town.locations), MONTHS))
    whole = Window(last_days=31)
    plenty = book_over_months(town, factor, 4, 0, whole)
    factor[:, 1:] = 0.33
    few = book_over_months(town, factor, 4, 0, whole)
    places = tuple(c for c, place in enumerate(town.locations) if place.area == "residents")
    assert few.lead(places)[2] > plenty.lead(places)[2] + 3.0
    assert few.offered(places)[2] > plenty.offered(places)[2] + 3.0
    assert few.lost.sum() > plenty.lost.sum()
    before = book_over_months(town, factor * 0.5, 4, 0, Window(31, first_before=True))
    assert before.lead(places)[0] > plenty.lead(places)[0]

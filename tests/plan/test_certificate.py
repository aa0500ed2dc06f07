"""The certificate by hand: upper bounds on made-up fresh weeks, and what a round lacks."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from planner.model.requirement import DeskPlan
from planner.model.requirement_promise import Promise
from planner.plan.cuts.certificate import CutCell, FreshScores, Surety, cells, lacks
from planner.plan.cuts.location import LocationCuts
from planner.plan.cuts.stacked_weeks import Scores

Floats = NDArray[np.float64]
#: Minutes waited and customers in four weeks of one promise; nobody comes for the other.
WAITS = np.array([[30.0, 50.0, 40.0, 40.0], [0.0, 0.0, 0.0, 0.0]])
PEOPLE = np.array([[10.0, 10.0, 10.0, 10.0], [0.0, 0.0, 0.0, 0.0]])
#: The mean is 4 minutes; residuals -10, 10, 0, 0; its error sqrt(4 / 3 * 200) / 40 (Cochran §6.4).
ERROR = np.sqrt(4 / 3 * 200) / 40


def a_promise(channel: str, limit: float) -> Promise:
    """Return a promised mean wait."""
    return Promise(channel=channel, measure="wait_mean", limit=limit, threshold_minutes=0.0)


def fresh(limit: float, waits: Floats = WAITS, people: Floats = PEOPLE) -> FreshScores:
    """Return a location with two promises; two steps wait half, at the same service 1.2 x."""
    none = np.zeros((1, 1, 1), dtype=np.int64)
    plan = DeskPlan("place", ("person",), none, none, none.astype(np.float64), 3)
    promises = (a_promise("walk_in", limit), a_promise("appointment", limit))
    cuts = LocationCuts(plan, promises, (0.5, 0.5), ())
    ours = Scores(waits, people)
    return FreshScores(cuts, ours, Scores(0.5 * waits, people), Scores(1.2 * waits, people))


def test_a_cell_is_bounded_over_all_cells_and_rounds() -> None:
    """Student's t, three degrees of freedom, 5 % over two cells (one a site) and two rounds."""
    found = cells([fresh(10.0), fresh(10.0)], Surety(0.95, rounds=2))
    assert [cell.promise.channel for cell in found] == ["walk_in", "walk_in"]
    reach = stats.t.ppf(1 - 0.05 / 4, 3)
    for cell in found:
        assert cell.value == pytest.approx(4.0)
        assert cell.upper == pytest.approx(4.0 + reach * ERROR)
        assert cell.two_step == pytest.approx(2.0)
        assert cell.same_service == pytest.approx(4.8)
        assert cell.same_service_upper == pytest.approx(1.2 * cell.upper)
        assert (cell.weeks, cell.customers) == (4, 40)


def test_shown_is_a_bound_within_the_limit_for_either_way() -> None:
    """The mean alone shows nothing: between mean and bound neither is shown, between bounds one."""

    def one(limit: float) -> CutCell:
        return cells([fresh(limit)], Surety(0.95))[0]

    upper = one(4.5).upper
    assert (one(4.5).shown, one(4.5).same_service_shown) == (False, False)
    assert (one(1.1 * upper).shown, one(1.1 * upper).same_service_shown) == (True, False)
    assert (one(1.3 * upper).shown, one(1.3 * upper).same_service_shown) == (True, True)


def test_draws_of_absence_of_a_week_are_one_cluster() -> None:
    """Each week split into two draws says as much as the week, not as twice the weeks."""
    split = fresh(10.0, np.repeat(WAITS, 2, axis=1), np.repeat(PEOPLE, 2, axis=1))
    whole = cells([fresh(10.0)], Surety(0.95))[0]
    drawn = cells([split], Surety(0.95, draws=2))[0]
    assert (drawn.upper, drawn.weeks, drawn.customers) == (whole.upper, 4, 40)


def test_the_next_round_is_asked_for_what_the_bound_would_be_over() -> None:
    """On four times the weeks the error is half; nothing is asked where the bound would hold."""
    surety = Surety(0.95, rounds=2)
    upper = 4.0 + surety.reach(1, 16) * ERROR / 2
    assert lacks(fresh(4.1), surety, 1, 16) == pytest.approx([upper - 4.1, 0.0])
    assert lacks(fresh(upper), surety, 1, 16) == pytest.approx([0.0, 0.0])

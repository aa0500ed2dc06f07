"""The exact finite day against tabulated plans, closed forms and its own limits."""

from __future__ import annotations

import numpy as np
import pytest

from planner.queueing.erlang import CounterQueue
from planner.queueing.finite_day import DayEvaluation, FiniteDay, Office, leave
from planner.queueing.finite_day_count import evaluate_counting
from tests.theory.offices import hourly_rows, office
from tests.theory.reference import floats, rows

COLUMNS = {
    "late": "share_late",
    "delayed": "share_delayed",
    "queue": "mean_queue",
    "busy": "mean_busy_excl_leavers_in_B",
}
TOTALS = {
    "late_pooled": "pooled_share_late",
    "wait_mean": "mean_wait_min",
    "minutes_to_empty": "mean_minutes_to_empty_after_close",
    "hours_after_close": "service_hours_after_close",
}


def _plans(closing: str) -> list[dict[str, str]]:
    """Return the tabulated plans of one closing rule, equal plans of an office once."""
    found = {
        (row["case"], row["plan"]): row
        for row in rows("day_methods_summary")
        if row["closing_semantics"] == closing
    }
    return list(found.values())


def _plan(row: dict[str, str]) -> tuple[int, ...]:
    return tuple(int(counters) for counters in floats(row["plan"]))


def _check(found: DayEvaluation, row: dict[str, str]) -> None:
    hours = hourly_rows(row["case"], row["method"], row["closing_semantics"])
    for name, column in COLUMNS.items():
        expected = [float(hour[column]) for hour in hours]
        assert getattr(found, name) == pytest.approx(expected, abs=1e-6), name
    for name, column in TOTALS.items():
        assert getattr(found, name) == pytest.approx(float(row[column]), abs=1e-6), name


@pytest.mark.slow
@pytest.mark.parametrize("case", ["office_1.5E_S8", "office_1.5E_S16half", "office_3E_S20"])
def test_leaving_clerks_match_the_tables(case: str) -> None:
    """Late and delayed shares, queues and totals of every plan to 1e-6."""
    day = FiniteDay(office(case))
    for row in _plans("B"):
        if row["case"] == case:
            found = day.evaluate(_plan(row))
            _check(found, row)
            leavers = float(row["service_hours_by_leaving_clerks_B"])
            assert found.hours_of_leavers == pytest.approx(leavers, abs=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("row", _plans("A"), ids=lambda row: row["case"][7:] + " " + row["plan"])
def test_counting_matches_the_tables(row: dict[str, str]) -> None:
    """The other closing rule, likewise to 1e-6."""
    _check(evaluate_counting(office(row["case"]), _plan(row)), row)


def test_closing_rules_agree_where_no_counter_closes() -> None:
    """With constant counters the two rules are one chain."""
    small = Office((0.1, 0.2, 0.1), 30.0, 8.0, 10.0)
    plan = (2, 2, 2)
    one, other = FiniteDay(small).evaluate(plan), evaluate_counting(small, plan)
    for name in COLUMNS | TOTALS:
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-9), name


def test_thresholds_that_reach_over_periods() -> None:
    """Waits of two periods and more, and of whole periods: both rules agree without closing."""
    for threshold in (30.0, 45.0, 75.0):
        small = Office((0.3, 0.35, 0.2, 0.1), 30.0, 8.0, threshold)
        plan = (2, 2, 3, 3)
        late = FiniteDay(small).late_shares(plan)
        assert late == pytest.approx(evaluate_counting(small, plan).late, abs=1e-9)
        assert 0.0 < late[0] < 1.0


def test_a_long_day_tends_to_erlang_c() -> None:
    """After many hours of constant arrivals the last hours are an M/M/c queue."""
    steady = FiniteDay(Office((0.4,) * 10, 60.0, 5.0, 15.0)).evaluate((4,) * 10)
    queue = CounterQueue(4, 2.0, 5.0)
    assert steady.late[8] == pytest.approx(queue.late_share(15.0), abs=1e-6)
    assert steady.delayed[8] == pytest.approx(queue.wait_probability, abs=1e-6)
    assert steady.late[0] < steady.late[8]


def test_a_single_share_is_that_of_the_whole_plan() -> None:
    """A period is judged by the counters up to the end of its customers' waits."""
    day = FiniteDay(office("office_1.5E_S8"))
    plan = (2, 4, 2, 2, 2, 3, 3, 3)
    whole = day.late_shares(plan)
    assert [day.late_share(plan, hour) for hour in (0, 2, 7)] == pytest.approx(
        whole[[0, 2, 7]], abs=1e-12
    )


def test_more_counters_never_make_an_hour_later() -> None:
    """Late shares do not rise in any counter: 40 random plans and one more counter each."""
    day = FiniteDay(Office((0.2, 0.25, 0.15, 0.1), 60.0, 8.0, 15.0))
    rng = np.random.default_rng(5)
    for _ in range(40):
        plan = tuple(int(c) for c in rng.integers(1, 5, 4))
        at = int(rng.integers(4))
        more = (*plan[:at], plan[at] + 1, *plan[at + 1 :])
        assert np.all(day.late_shares(more) <= day.late_shares(plan) + 1e-9)


def test_leaving_takes_idle_clerks_first() -> None:
    """From four counters to two: two busy stay, four or more busy lose two customers."""
    state = np.eye(7)[[2, 3, 6]].sum(axis=0)
    assert leave(state, 4, 2).nonzero()[0].tolist() == [2, 4]
    assert leave(state, 2, 4) is state


def test_a_period_without_counters_and_arrivals_changes_nothing() -> None:
    """Closed at noon: nobody comes, nobody is served, and the afternoon starts where it was."""
    day = FiniteDay(Office((0.1, 0.0, 0.1), 30.0, 8.0, 10.0))
    with_break = day.late_shares((4, 0, 4))
    assert with_break[0] > day.late_shares((4, 4, 4))[0]
    assert with_break[2] == pytest.approx(day.late_shares((4, 0, 5))[2], abs=0.01)

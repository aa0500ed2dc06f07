"""Arrivals of many day processes at once."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from planner.sim.arrival_times import Arrivals, DayProcesses, sample_arrivals
from planner.sim.arrivals import DayRate
from planner.sim.streams import mark_streams, marked_uniform, marks
from planner.units import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE
from tests.booking.cases import MONDAY

RATE = DayRate(((480, 600, 2.0), (600, 720, 6.0)))


def drawn(rates, days=1, factor=1.0, **more) -> Arrivals:
    """Return the arrivals of ``days`` days of each rate, a stream a rate."""
    found = [(n, MONDAY + timedelta(days=d), n) for n in range(len(rates)) for d in range(days)]
    streams = mark_streams(3, 0, "test", [(str(n),) for n in range(len(rates))])
    return sample_arrivals(
        DayProcesses.of(found, rates), streams, np.full(len(found), factor), **more
    )


def test_counts_and_times_follow_the_rate():
    """Over 4,000 days: mean and variance of the counts, and the share before 10:00, within 5 SE."""
    found = drawn([RATE], days=4_000)
    counts = np.bincount(found.process, minlength=4_000)
    assert abs(counts.mean() - 8.0) < 5 * np.sqrt(8.0 / 4_000)
    assert abs(counts.var() - 8.0) < 5 * np.sqrt((2 * 64 + 8) / 4_000)
    early = (found.time < 10 * MS_PER_HOUR).mean()
    assert abs(early - 0.25) < 5 * np.sqrt(0.25 * 0.75 / len(found.time))
    assert found.time.min() >= 8 * MS_PER_HOUR
    assert found.time.max() < 12 * MS_PER_HOUR
    later = np.diff(found.time)[np.diff(found.process) == 0]
    assert (later >= 0).all()


def test_days_are_independent():
    """Counts of neighbouring days are uncorrelated, five standard errors."""
    counts = np.bincount(drawn([RATE], days=4_000).process, minlength=4_000)
    assert abs(np.corrcoef(counts[1:], counts[:-1])[0, 1]) < 5 / np.sqrt(4_000)


def test_times_are_the_inverse_of_the_cumulative_rate():
    """By hand: levels from the gaps of the marks, at 1 a minute from 8:00, then 2 a minute."""
    rate = DayRate(((480, 490, 10.0), (490, 500, 20.0)))
    number = (MONDAY.toordinal() << 32) + np.arange(100)
    stream = mark_streams(3, 0, "test", [("0",)])
    mark = marks(stream, np.zeros(100, dtype=int), number)
    level = np.cumsum(-np.log(marked_uniform(mark, "gap")))
    level = level[level < 30]
    minute = np.where(level < 10, 480 + level, 490 + (level - 10) / 2)
    found = drawn([rate])
    assert found.mark.tolist() == mark[: len(level)].tolist()
    np.testing.assert_allclose(found.time, minute * MS_PER_MINUTE, atol=1.0)


def test_another_rate_keeps_who_comes():
    """With half the volume the first customers are the same people and come later."""
    rate = DayRate(((0, 1440, 400.0),))
    more, fewer = drawn([rate]), drawn([rate], factor=0.5)
    assert 150 < len(fewer.mark) < 250
    assert fewer.mark.tolist() == more.mark[: len(fewer.mark)].tolist()
    assert (fewer.time >= more.time[: len(fewer.mark)]).all()
    assert fewer.time.max() < MS_PER_DAY


def test_another_process_leaves_the_others_as_they_were():
    """Alone or after another stream, the arrivals of a stream and day are the same."""
    alone = drawn([RATE], days=3)
    both = drawn([RATE, DayRate(((0, 600, 50.0),))], days=3)
    mine = both.process < 3
    assert both.mark[mine].tolist() == alone.mark.tolist()
    assert both.time[mine].tolist() == alone.time.tolist()


def test_marks_that_do_not_suffice_are_continued():
    """With marks for less than the expected number, more are made; the arrivals are the same."""
    rate = DayRate(((0, 1440, 400.0),))
    short, long = drawn([rate], days=5, reserve=-15.0), drawn([rate], days=5)
    assert short.mark.tolist() == long.mark.tolist()
    assert short.time.tolist() == long.time.tolist()


@pytest.mark.parametrize("rates", [[], [DayRate(())]])
def test_nothing_comes_of_nothing(rates):
    """Without processes, and at rate 0, nobody comes."""
    found = drawn(rates)
    assert (len(found.process), len(found.time), len(found.mark)) == (0, 0, 0)


def test_a_factor_of_zero_closes_a_process():
    """Nobody comes where the factor is 0, and the others are as they were."""
    processes = DayProcesses.of([(0, MONDAY, 0), (1, MONDAY, 0)], [RATE])
    streams = mark_streams(3, 0, "test", [("0",), ("1",)])
    both = sample_arrivals(processes, streams, np.ones(2))
    one = sample_arrivals(processes, streams, np.array([0.0, 1.0]))
    assert (one.process == 1).all()
    assert one.time.tolist() == both.time[both.process == 1].tolist()
    assert one.mark.tolist() == both.mark[both.process == 1].tolist()

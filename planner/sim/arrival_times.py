"""Arrivals of many day processes at once: non-homogeneous Poisson processes, by inversion.

The unit-rate Poisson process of a day is cumulated from exponential gaps and inverted through the
day's cumulative rate (Çinlar 1975, Introduction to Stochastic Processes, ch. 4.7).  Arrival ``i``
of a day has the mark with number ``day x 2^32 + i`` of the stream, and the gap before it is a
column of that mark: another rate moves the times, but keeps who comes (common random numbers).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from planner.sim.arrivals import DayRate
from planner.sim.compiled_heap import compiled
from planner.sim.mixing import Marks
from planner.sim.streams import marked_uniform, marks
from planner.units import MS_PER_DAY, MS_PER_MINUTE

#: Numbers of a day lie this many bits above each other.
DAY_BITS = 32
#: Marks made beforehand: the expected number and so many standard deviations, and a few.
SURE, FEW = 4.0, 4
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class DayProcesses:
    """Arrival processes, each of one stream on one day, in flat arrays: n processes.

    Attributes
    ----------
    stream : int64 array (n,)
        Row in the streams of marks.
    first_number : int64 array (n,)
        Number of the day's first mark in the stream.
    rate : int64 array (n,)
        Which rate holds.
    expected : float64 array (n,)
        Expected arrivals, before any factor.
    piece : int64 array (rates + 1,)
        The pieces of rate ``i`` are ``piece[i]:piece[i + 1]``.
    start, length, mean : float64 arrays (pieces,)
        Start and length [min] and expected arrivals of a piece.
    """

    stream: NDArray[np.int64]
    first_number: NDArray[np.int64]
    rate: NDArray[np.int64]
    expected: Floats
    piece: NDArray[np.int64]
    start: Floats
    length: Floats
    mean: Floats

    @staticmethod
    def of(processes: Sequence[tuple[int, date, int]], rates: Sequence[DayRate]) -> DayProcesses:
        """Return the processes (row of the stream, day, number of the rate)."""
        stream, ordinal, rate = (
            np.array(
                [(row, day.toordinal(), number) for row, day, number in processes], dtype=np.int64
            )
            .reshape(-1, 3)
            .T
        )
        pieces = np.array([piece for one in rates for piece in one.pieces]).reshape(-1, 3)
        expected = np.array([one.expected for one in rates], dtype=np.float64)
        return DayProcesses(
            stream=stream,
            first_number=ordinal << DAY_BITS,
            rate=rate,
            expected=expected[rate],
            piece=np.cumsum([0, *(len(one.pieces) for one in rates)]),
            start=np.ascontiguousarray(pieces[:, 0]),
            length=pieces[:, 1] - pieces[:, 0],
            mean=np.ascontiguousarray(pieces[:, 2]),
        )


@dataclass(frozen=True, eq=False)
class Arrivals:
    """Arrivals of all processes, process by process in order of time: m arrivals.

    Attributes
    ----------
    process : int64 array (m,)
    time : int64 array (m,)
        Milliseconds after midnight of the process's day, rounded down.
    mark : uint64 array (m,)
        What the columns of the customer are functions of.
    """

    process: NDArray[np.int64]
    time: NDArray[np.int64]
    mark: Marks


def sample_arrivals(
    processes: DayProcesses, streams: Marks, factor: Floats, reserve: float = SURE
) -> Arrivals:
    """Sample the arrivals of all processes.

    Parameters
    ----------
    streams : uint64 array (k, 2)
        ``planner.sim.streams.mark_streams``.
    factor : float64 array (n,)
        Factor on each process's rate.
    reserve : float
        Standard deviations above the expected number for which marks are made; the arrivals do not
        depend on it.
    """
    expected = processes.expected * factor
    room = (expected + reserve * np.sqrt(expected)).astype(np.int64) + FEW
    room[expected <= 0] = 0
    end = np.cumsum(room)
    process = np.repeat(np.arange(len(room)), room)
    number = np.arange(len(process)) - (end - room)[process]
    drawn = marks(streams, processes.stream[process], processes.first_number[process] + number)
    gap = -np.log(marked_uniform(drawn, "gap"))
    time = np.empty(len(process), dtype=np.int64)
    pieces = (processes.piece, processes.start, processes.length, processes.mean)
    if not _invert(end, processes.rate, factor, pieces, gap, time):
        return sample_arrivals(processes, streams, factor, reserve + SURE)
    came = np.flatnonzero(time >= 0)
    return Arrivals(process[came], time[came], drawn[came])


@compiled
def _invert(
    end: NDArray[np.int64],
    rate: NDArray[np.int64],
    factor: Floats,
    pieces: tuple[NDArray[np.int64], Floats, Floats, Floats],
    gap: Floats,
    time: NDArray[np.int64],
) -> bool:
    """Turn gaps into times; -1 for who does not come.  False if a process ran out of gaps."""
    first, start, length, mean = pieces
    row = 0
    for process in range(len(end)):
        piece, last = first[rate[process]], first[rate[process] + 1]
        level, below, over = 0.0, 0.0, False
        for number in range(row, end[process]):
            level += gap[number]
            while piece < last and level >= below + mean[piece] * factor[process]:
                below += mean[piece] * factor[process]
                piece += 1
            over = piece == last
            time[number] = -1
            if not over:
                share = (level - below) / (mean[piece] * factor[process])
                minute = start[piece] + share * length[piece]
                time[number] = min(int(minute * MS_PER_MINUTE), MS_PER_DAY - 1)
        if row < end[process] and not over:
            return False
        row = end[process]
    return True

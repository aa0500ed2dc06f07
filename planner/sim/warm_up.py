"""Was the warm-up of the book long enough?  The lead by day, and where it settles.

The book starts empty (or from a backlog) and fills; only what comes after the transient says
something about the week.  MSER-5 finds the truncation that makes the mean of the rest most
certain.  A book with c slots and r requests a day relaxes over r / (c - r)^2 days and may not
settle within any warm-up: then start from a real backlog and report the trajectory.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.sim.booking_result import BookingResult, Fate
from planner.units import MS_PER_DAY

BATCH = 5


@dataclass(frozen=True)
class WarmUp:
    """What MSER-5 says about a series.

    Attributes
    ----------
    truncated : int
        Observations to leave out at the start, a multiple of the batch size.
    settled : bool
        Whether the truncation lies in the first half of the series; otherwise the series is too
        short to tell (the rule of White 1997).
    mean : float
        Mean of the rest.
    """

    truncated: int
    settled: bool
    mean: float


def mser5(series: NDArray[np.float64], batch: int = BATCH) -> WarmUp:
    """Return the truncation that minimises the marginal standard error of the mean.

    MSER-5 (White 1997, Simulation 69(6), eq. 2; White, Cobb & Spratt 2000): over the means of
    batches of five, minimise ``sum((y - mean)^2) / n^2`` of what is left, at least two batches.

    Parameters
    ----------
    series : float64 array
        Observations in order, e.g. the mean lead by day.

    Raises
    ------
    ValueError
        With fewer than three batches of observations.
    """
    batches = len(series) // batch
    means = _batch_means(series, batches, batch)
    if len(means) < 3:
        raise ValueError(f"series of {len(series)} observations: at least {3 * batch} are needed")
    left = np.arange(len(means), 0, -1)
    totals = np.cumsum(means[::-1])[::-1]
    squares = np.cumsum(means[::-1] ** 2)[::-1]
    scores = (squares - totals**2 / left) / left**2
    best = int(np.argmin(scores[:-1]))
    return WarmUp(
        truncated=best * batch,
        settled=best < len(means) / 2,
        mean=float(totals[best] / left[best]),
    )


def daily_lead(
    result: BookingResult, area: int, kind: str = "booked"
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the mean lead of a field of work by day.

    Parameters
    ----------
    area : int
        Code of the field of work.
    kind : str
        ``booked``: booked lead by the day of booking; ``offered``: offered lead of the first search
        by the day of the request.

    Returns
    -------
    days : int64 array
        Days from the first day of the horizon, negative in the warm-up; those with any request.
    lead : float64 array
        Mean lead of the day [days].
    """
    requests = result.requests
    lead = requests.booked_lead_days if kind == "booked" else requests.offered_lead_days
    instant = requests.decided_ms if kind == "booked" else requests.requested_ms
    rows = (requests.area == area) & (lead >= 0) & (requests.fate != Fate.ONLINE)
    rows[: result.backlog_rows] = False
    day = instant[rows] // MS_PER_DAY - result.first_day
    count = np.bincount(day, minlength=result.last_day - result.first_day)
    total = np.bincount(day, weights=lead[rows], minlength=len(count))
    seen = np.flatnonzero(count)
    return seen + result.first_day, total[seen] / count[seen]


def _batch_means(series: NDArray[np.float64], batches: int, batch: int) -> NDArray[np.float64]:
    """Return the means of whole batches; an incomplete one at the end is left out."""
    whole = series[: batches * batch].reshape(batches, batch)
    return np.asarray(whole.mean(axis=1), dtype=np.float64)

"""Calibrate a case's appointment book on published leads and visitor volumes.

``python -m planner.workflow.calibrate_booking scenarios/hamburg 12`` finds, in so many rounds, the
bookable desk hours and the first choices with which the simulated book meets, for each location,
the lead of ``derivation/lead_targets.csv`` (Senate's definition) and the share of visitors of
``derivation/site_volumes.csv``; it writes ``derivation/calibrated.csv`` and the derived tables.

Two numbers, two aims: the ratio of first choices to desk hours moves the lead, the size of both
moves the volume.  Fields of work bound to the residence have no choice, and only the lead is met.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log
from pathlib import Path

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.demand import Channel
from planner.scenario.loading import load_case
from planner.sim.booking import simulate_booking
from planner.sim.booking_result import NO_LEAD, BookingResult
from planner.units import DAYS_PER_WEEK, MS_PER_DAY
from planner.workflow.derivation.files import read_rows, write_rows
from planner.workflow.derived_tables import write_derived_tables

TRAILING_DAYS = 60
LEAD_GAIN = 0.02
VOLUME_GAIN = 0.6
LONGEST_STEP = 0.10
COLUMNS = (
    "location", "bookable_hours", "first_choice_percent", "confidence", "source", "note",
)  # fmt: skip
NOTE = "found by planner.workflow.calibrate_booking"


@dataclass(frozen=True, slots=True)
class Level:
    """What is adjusted at a location: desk hours a week and percent of first choices (or None)."""

    hours: float
    percent: float | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What the simulated book shows at a location.

    Attributes
    ----------
    lead_days : float
        Mean lead of the bookings of the last 60 days [days].
    bookings_per_week : float
        Bookings of the last 60 days [1/week].
    """

    lead_days: float
    bookings_per_week: float


def calibrate(folder: Path, rounds: int, seeds: tuple[int, ...] = (11, 12)) -> dict[str, Seen]:
    """Adjust the case in ``folder`` round by round; return what the last round saw."""
    derivation = folder / "derivation"
    levels = read_levels(folder)
    leads = {
        row["location"]: float(row["lead_days"])
        for row in read_rows(derivation / "lead_targets.csv")
    }
    volumes = {
        row["location"]: float(row["percent"]) for row in read_rows(derivation / "site_volumes.csv")
    }
    seen: dict[str, Seen] = {}
    for _ in range(rounds):
        write_derived_tables(folder)
        case = load_case(folder / "base.yaml")
        seen = observe(case, seeds)
        shares = visitor_shares(case, levels, seen)
        levels = {
            name: adjusted(
                level,
                seen[name].lead_days - leads[name],
                log(volumes[name] / shares[name]) if name in shares else 0.0,
            )
            for name, level in levels.items()
        }
        write_levels(folder, levels)
    write_derived_tables(folder)
    return seen


def read_levels(folder: Path) -> dict[str, Level]:
    """Read ``derivation/calibrated.csv``."""
    rows = read_rows(folder / "derivation" / "calibrated.csv")
    return {
        row["location"]: Level(
            float(row["bookable_hours"]),
            float(row["first_choice_percent"]) if row["first_choice_percent"] else None,
        )
        for row in rows
    }


def write_levels(folder: Path, levels: Mapping[str, Level]) -> None:
    """Write ``derivation/calibrated.csv``; first choices are scaled to sum to 100."""
    total = sum(level.percent for level in levels.values() if level.percent is not None)
    rows = [
        (
            name,
            f"{level.hours:.1f}",
            "" if level.percent is None else f"{100 * level.percent / total:.3f}",
            "derived", "", NOTE,
        )
        for name, level in levels.items()
    ]  # fmt: skip
    write_rows(folder / "derivation" / "calibrated.csv", COLUMNS, rows)


def adjusted(level: Level, lead_error: float, volume_error: float) -> Level:
    """Return the next level.

    Parameters
    ----------
    lead_error : float
        Simulated less wanted lead [days].
    volume_error : float
        Logarithm of wanted over simulated share of visitors.
    """
    lead_step = min(LONGEST_STEP, max(-LONGEST_STEP, LEAD_GAIN * lead_error))
    volume_step = VOLUME_GAIN * volume_error
    if level.percent is None:
        return Level(level.hours * exp(lead_step), None)
    return Level(
        level.hours * exp(lead_step / 2 + volume_step),
        level.percent * exp(-lead_step / 2 + volume_step),
    )


def observe(case: PlanningCase, seeds: tuple[int, ...]) -> dict[str, Seen]:
    """Return lead and bookings by location, pooled over one replication of each seed."""
    results = [simulate_booking(case, seed, 0) for seed in seeds]
    return {
        place.id: _seen(results, code)
        for code, place in enumerate(case.locations)
        if any(window.location == place.id for window in case.appointment_desks)
    }


def visitor_shares(
    case: PlanningCase, levels: Mapping[str, Level], seen: Mapping[str, Seen]
) -> dict[str, float]:
    """Return each location's percent of all visitors of its field, where people choose.

    Appointments go where they are booked, everybody else to the first choice; as in
    ``site_volumes.csv`` 100 percent are the fixed locations.
    """
    chosen = {name: level.percent for name, level in levels.items() if level.percent is not None}
    area = case.location(next(iter(chosen))).area
    fixed = [name for name in chosen if case.location(name).kind == "counter"]
    booked = sum(seen[name].bookings_per_week for name in chosen)
    kept = _kept_share_of_visits(case, area)
    total = sum(chosen.values())
    share = {
        name: kept * seen[name].bookings_per_week / booked + (1 - kept) * percent / total
        for name, percent in chosen.items()
    }
    whole = sum(share[name] for name in fixed)
    return {name: 100 * value / whole for name, value in share.items()}


def _kept_share_of_visits(case: PlanningCase, area: str) -> float:
    """Return the share of an area's visits that are appointments (10 % of bookings are missed)."""
    policy = next(policy for policy in case.booking if policy.area == area)
    kept = (1 - policy.cancelled_share) * 0.9
    visits = dict.fromkeys((Channel.APPOINTMENT, Channel.WALK_IN), 0.0)
    for demand in case.demand:
        if case.service(demand.service).area == area:
            shares = dict(demand.channel_share)
            for channel in visits:
                visits[channel] += demand.requests_per_year * shares.get(channel, 0.0)
    appointments = kept * visits[Channel.APPOINTMENT]
    return appointments / (appointments + visits[Channel.WALK_IN])


def _seen(results: list[BookingResult], code: int) -> Seen:
    leads = []
    for result in results:
        requests = result.requests
        since = (result.last_day - TRAILING_DAYS) * MS_PER_DAY
        rows = (requests.location == code) & (requests.booked_lead_days != NO_LEAD)
        leads.append(requests.booked_lead_days[rows & (requests.decided_ms >= since)])
    every = np.concatenate(leads)
    lead = float(every.mean()) if len(every) else float(TRAILING_DAYS)
    return Seen(lead, len(every) / len(results) / TRAILING_DAYS * DAYS_PER_WEEK)


if __name__ == "__main__":
    calibrate(Path(sys.argv[1]), int(sys.argv[2]))

"""Made-up measures and customers of a made-up case."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.place import LocationKind
from planner.tables import CUSTOMERS, MEASURES

MONDAY = date(2024, 4, 29)


def some_measures(case: PlanningCase) -> pd.DataFrame:
    """Return measures of the city, its districts, locations and the phone, with verdicts."""
    rows = [
        _measure("city", "city", "residents", "appointment", "lead_booked_mean", "days", 9.1, 0.4),
        _measure("city", "city", "residents", "appointment", "wait_mean", "min", 0.8, 0.1),
        _measure("city", "city", "residents", "walk_in", "wait_mean", "min", 14.2, 1.1),
        _measure("city", "city", "residents", "walk_in", "wait_within_target", "share", 0.86, 0.02),
        _measure("city", "city", "all", "all", "staff_hours", "h", 20_431.5, 0.0),
        _measure("city", "city", "all", "all", "customers", "customers", 12_345.0, 110.0),
    ]
    for number, place in enumerate(case.locations):
        if place.kind is LocationKind.PHONE:
            phone = ("phone", place.id, "phone", "phone")
            rows.append(_measure(*phone, "answered_within_30s", "share", 0.71, 0.02))
            rows.append(_measure(*phone, "reachability", "share", 0.93, 0.01))
            continue
        site = ("location", place.id, place.area)
        wave = math.sin(number)
        rows += [
            _measure(*site, "appointment", "wait_mean", "min", 1.2 + 0.5 * wave, 0.2),
            _measure(*site, "walk_in", "wait_mean", "min", 15.0 + 8 * wave, 1.5),
            _measure(*site, "walk_in", "wait_within_target", "share", 0.84 - 0.12 * wave, 0.03),
            _measure(*site, "appointment", "lead_booked_mean", "days", 9.0 + 5 * wave, 0.8),
            _measure(*site, "all", "occupancy", "share", 0.72 + 0.1 * wave, 0.01),
        ]
    rows += [
        _measure("district", d.id, "residents", "walk_in", "wait_mean", "min", 15.0, 1.0)
        for d in case.districts
    ]
    frame = pd.DataFrame(rows, columns=MEASURES.names)
    return MEASURES.conform(_with_verdicts(frame, case))


def some_customers() -> pd.DataFrame:
    """Return two customers of one replication."""
    day = MONDAY.isoformat()
    walk_in = f"0,residents,passport,mitte,walk_in,{day}T08:00:00,city,,{day}T08:00:00,"
    walk_in += f"{day}T08:12:00,{day}T08:24:00,served,city-01"
    online = f"1,residents,passport,mitte,online,{day}T09:00:00,,,,,,online,"
    rows = [walk_in.split(","), online.split(",")]
    return CUSTOMERS.conform(pd.DataFrame(rows, columns=CUSTOMERS.names))


def _measure(
    scope: str, scope_id: str, area: str, channel: str, measure: str, *rest: str | float
) -> tuple[object, ...]:
    unit, value, half = rest
    low, high = float(value) - float(half), float(value) + float(half)
    return (scope, scope_id, area, channel, measure, unit, value, low, high, math.nan, "", 20)


def _with_verdicts(frame: pd.DataFrame, case: PlanningCase) -> pd.DataFrame:
    for target in case.targets:
        rows = (
            (frame["scope"] == target.scope)
            & (frame["area"] == target.area)
            & (frame["channel"] == target.channel)
            & (frame["measure"] == target.measure)
        )
        for index in frame.index[rows]:
            low, high = frame.loc[index, ["ci_low", "ci_high"]]
            frame.loc[index, "target"] = target.limit
            frame.loc[index, "met"] = target.verdict(float(low), float(high)).value
    return frame

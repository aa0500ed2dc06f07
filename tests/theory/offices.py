"""The offices of the reference tables as ``Office`` objects."""

from __future__ import annotations

from planner.queueing.finite_day import Office
from tests.theory.reference import floats, rows

#: Mean service time and threshold of the tabulated offices [min].
OFFICES = {
    "office_1.5E_S8": (8.0, 15.0),
    "office_1.5E_S16half": (16.0, 15.0),
    "office_3E_S20": (20.0, 20.0),
}


def hourly_rows(case: str, method: str, closing: str) -> list[dict[str, str]]:
    """Return the hourly rows of one plan of the table ``day_methods_hourly``."""
    wanted = (case, method, closing)
    found = [r for r in rows("day_methods_hourly") if wanted == tuple(list(r.values())[:3])]
    return sorted(found, key=lambda row: int(row["hour"]))


def office(case: str) -> Office:
    """Return a tabulated office with its arrival rates."""
    service, threshold = OFFICES[case]
    row = next(r for r in rows("day_exact_optimum") if r["case"] == case)
    rates = tuple(rate / 60.0 for rate in floats(row["lambda_per_h_by_hour"]))
    return Office(rates, 60.0, service, threshold)

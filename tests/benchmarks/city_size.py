"""Smaller and larger cities from one: its first sites with their staff, or all of it repeated."""

from __future__ import annotations

from typing import Any

City = dict[str, Any]


def first_sites(city: City, count: int) -> City:
    """Return the city of the first ``count`` sites and of the people whose home they are.

    Raises
    ------
    ValueError
        If the city has no such number of sites.
    """
    if not 1 <= count <= city["locations"]:
        raise ValueError(f"sites must be 1 to {city['locations']}, not {count}")
    staff = [
        {**person, "locations": [at for at in person["locations"] if at < count]}
        for person in city["staff"]
        if person["home"] < count
    ]
    rows = [row for row in city["requirements"] if row["location"] < count]
    return {**city, "locations": count, "staff": staff, "requirements": rows}


def repeated(city: City, times: int) -> City:
    """Return ``times`` such cities side by side; nobody works in two of them.

    Raises
    ------
    ValueError
        If ``times`` is not positive.
    """
    if times < 1:
        raise ValueError(f"times must be at least 1, not {times}")
    sites = city["locations"]
    staff = [
        {
            **person,
            "home": person["home"] + copy * sites,
            "locations": [at + copy * sites for at in person["locations"]],
        }
        for copy in range(times)
        for person in city["staff"]
    ]
    rows = [
        {**row, "location": row["location"] + copy * sites}
        for copy in range(times)
        for row in city["requirements"]
    ]
    return {**city, "locations": sites * times, "staff": staff, "requirements": rows}

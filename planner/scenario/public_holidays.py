"""Public holidays, by a library and never by hand."""

from __future__ import annotations

from datetime import timedelta

from holidays import country_holidays, list_supported_countries

from planner.domain.horizon import Holiday
from planner.scenario.section_models import HorizonSection

_AROUND = timedelta(days=365)


def public_holidays(section: HorizonSection) -> tuple[Holiday, ...]:
    """Return the public holidays from a year before to a year after the horizon, in order."""
    if section.country is None:
        return ()
    first = section.first_day - _AROUND
    last = section.first_day + timedelta(days=section.days) + _AROUND
    years = range(first.year, last.year + 1)
    language = country_holidays(section.country).default_language
    calendar = country_holidays(
        section.country, subdiv=section.subdivision, years=years, language=language
    )
    days = sorted(calendar.items())
    return tuple(Holiday(day, name) for day, name in days if first <= day <= last)


def known_countries() -> dict[str, list[str]]:
    """Return the subdivisions of every country whose holidays are known."""
    return list_supported_countries()

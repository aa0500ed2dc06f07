"""The planned days: a calendar that exists and a grid that fits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import available_timezones

from planner.errors import Problem
from planner.scenario import row_models as rows
from planner.scenario import section_models as sections
from planner.scenario.draft import Draft
from planner.scenario.problems import suggestion
from planner.scenario.public_holidays import known_countries
from planner.units import MINUTES_PER_DAY, MINUTES_PER_HOUR

HOURS_PER_DAY = MINUTES_PER_DAY // MINUTES_PER_HOUR


def slots_fit_the_day(draft: Draft) -> Iterator[Problem]:
    """Check that slots divide the day without a rest."""
    horizon = draft.one(sections.HorizonSection)
    if horizon and MINUTES_PER_DAY % horizon.value.slot_minutes:
        yield horizon.problem(
            "slot_minutes",
            f"is {horizon.value.slot_minutes}; it must divide the {MINUTES_PER_DAY} of a day.",
            "Try 15, 30 or 60.",
        )


def horizon_outlasts_warm_up(draft: Draft) -> Iterator[Problem]:
    """Check that the warm-up leaves something to measure."""
    horizon, depth = draft.one(sections.HorizonSection), draft.one(sections.SimulationSection)
    if horizon is None or depth is None:
        return
    hours = horizon.value.days * HOURS_PER_DAY
    if depth.value.warm_up_hours >= hours:
        yield depth.problem(
            "warm_up_hours",
            f"is {depth.value.warm_up_hours:g}, but the horizon has {hours} hours.",
            "Shorten the warm-up or lengthen horizon.days.",
        )


def zone_exists(draft: Draft) -> Iterator[Problem]:
    """Check that the time zone is one of the IANA data base."""
    horizon = draft.one(sections.HorizonSection)
    if horizon and horizon.value.zone not in available_timezones():
        text = f"is '{horizon.value.zone}', no IANA time zone."
        yield horizon.problem("zone", text, "Write it like Europe/Berlin.")


def country_exists(draft: Draft) -> Iterator[Problem]:
    """Check that public holidays are known for the country and its part."""
    horizon = draft.one(sections.HorizonSection)
    if horizon is None or horizon.value.country is None:
        return
    countries = known_countries()
    country, part = horizon.value.country, horizon.value.subdivision
    if country not in countries:
        text = f"is '{country}', whose holidays are not known."
        yield horizon.problem("country", text, "Write the ISO code, like DE.")
    elif part is not None and part not in countries[country]:
        advice = suggestion(part, countries[country], f"Parts of {country}")
        yield horizon.problem("subdivision", f"is '{part}', no part of {country}.", advice)


def rosters_start_on_monday(draft: Draft) -> Iterator[Problem]:
    """Check that the horizon of a roster starts on a Monday."""
    horizon = draft.one(sections.HorizonSection)
    if horizon is None or not draft.all(rows.EmployeeRow):
        return
    first = horizon.value.first_day
    if first.weekday() != 0:
        monday = first - timedelta(days=first.weekday())
        yield horizon.problem(
            "first_day",
            f"is {first}, a {first:%A}; a roster starts on a Monday.",
            f"The week's Monday is {monday}.",
        )

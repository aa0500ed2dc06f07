"""Every consistency check of a scenario, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.errors import Problem
from planner.scenario.checks import (
    appointments,
    capacity,
    horizon,
    hours,
    opening,
    places,
    profiles,
    promises,
    references,
    shares,
    staff,
)
from planner.scenario.draft import Draft

Check = Callable[[Draft], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    references.areas_exist,
    references.districts_exist,
    references.locations_exist,
    references.services_exist,
    references.profiles_exist,
    references.employees_exist,
    references.scopes_exist,
    horizon.slots_fit_the_day,
    horizon.horizon_outlasts_warm_up,
    horizon.zone_exists,
    horizon.country_exists,
    horizon.rosters_start_on_monday,
    places.locations_have_desks,
    places.areas_have_locations,
    opening.closing_after_opening,
    opening.hours_disjoint,
    opening.exceptions_whole,
    opening.locations_open,
    shares.channel_shares_sum,
    shares.origin_shares_sum,
    shares.choice_shares_sum,
    shares.choice_within_area,
    shares.tranche_shares_sum,
    profiles.every_service_has_demand,
    profiles.months_complete,
    profiles.weekdays_complete,
    profiles.times_complete,
    profiles.demand_within_hours,
    appointments.booked_areas_have_a_book,
    appointments.bookers_can_search,
    appointments.appointments_within_hours,
    appointments.appointment_desks_exist,
    appointments.no_shows_in_order,
    appointments.releases_within_horizon,
    appointments.ranges_in_order,
    staff.skills_are_held,
    staff.skills_are_held_locally,
    staff.skills_are_known,
    staff.contracts_can_be_worked,
    staff.absences_in_order,
    staff.shift_lengths_in_order,
    capacity.absence_can_spread,
    capacity.promise_within_months,
    hours.hours_end_after_they_start,
    hours.hours_areas_and_districts_exist,
    hours.reactions_are_shares,
    promises.measures_exist,
    promises.thresholds_are_given,
    promises.targets_are_single,
    promises.ranges_of_sources,
    promises.publications_exist,
    promises.sourced_paths_exist,
)

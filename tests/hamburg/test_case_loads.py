"""The Hamburg case is read without a problem and says what is in it."""

from __future__ import annotations

from collections import Counter

from planner.domain.case import Confidence, PlanningCase


def test_the_case_is_complete(case: PlanningCase):
    """Network, staff, targets, sources and observations of the case arrive."""
    areas = Counter(place.area for place in case.locations)
    assert areas == {"residents": 19, "foreigners": 8, "phone": 1}
    assert len(case.employees) == 723
    assert {target.measure for target in case.targets} >= {"lead_booked_mean", "reachability"}
    assert len(case.observations) >= 25
    assert len(case.bibliography) >= 140


def test_every_setting_of_weight_has_a_source_or_says_assumed(case: PlanningCase):
    """Published values name a publication; derived and assumed ones may do without."""
    assert len(case.sources) >= 60
    for value in case.sources:
        assert value.confidence is not Confidence.PUBLISHED or value.source, value.path


def test_observations_name_measured_things(case: PlanningCase):
    """Scope ids of observations are the city or locations of the case, and ranges are ordered."""
    names = {"city"} | {place.id for place in case.locations}
    for row in case.observations:
        assert row.scope_id in names
        assert row.low < row.high

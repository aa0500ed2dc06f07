"""Targets, observations and sources speak of things that exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from planner.errors import Problem
from planner.scenario import row_models as rows
from planner.scenario import section_models as sections
from planner.scenario.draft import Draft, Entry
from planner.scenario.problems import suggestion
from planner.scenario.section_book import SECTIONS, TOP_LEVEL
from planner.scenario.table_book import TABLE_NAMES, TABLES

Measured = TypeVar("Measured", sections.TargetItem, rows.ObservationRow)
Ranged = TypeVar("Ranged", rows.ObservationRow, rows.SourceRow)

#: Names of measures (CONTRACT).
MEASURES = (
    "wait_mean",
    "wait_p90",
    "wait_within_target",
    "lead_booked_mean",
    "lead_offered_mean",
    "lead_third_next",
    "lead_within_14_days",
    "not_served_share",
    "no_show_share",
    "abandoned_share",
    "answered_within_30s",
    "reachability",
    "occupancy",
    "overtime_minutes",
    "customers",
    "back_office_open_hours",
    "staff_hours",
    "fte",
)


def measures_exist(draft: Draft) -> Iterator[Problem]:
    """Check that targets and observations name measures that are computed."""
    yield from _unknown_measures(draft.all(sections.TargetItem))
    yield from _unknown_measures(draft.all(rows.ObservationRow))


def thresholds_are_given(draft: Draft) -> Iterator[Problem]:
    """Check that a target on the wait within a threshold says the threshold, and no other does."""
    for entry in draft.all(sections.TargetItem):
        needed = entry.value.measure == "wait_within_target"
        given = entry.value.threshold_minutes is not None
        if needed and not given:
            yield entry.problem(
                "threshold_minutes", "is missing.", "Say which wait counts as within target [min]."
            )
        if given and not needed:
            yield entry.problem("threshold_minutes", f"means nothing for {entry.value.measure}.")


def targets_are_single(draft: Draft) -> Iterator[Problem]:
    """Check that one promise a measure, scope, area and channel."""
    seen: dict[object, str] = {}
    for entry in draft.all(sections.TargetItem):
        value = entry.value
        key = (value.measure, value.scope, value.area, value.channel)
        if key in seen:
            yield entry.problem("measure", f"is promised twice; first at {seen[key]}.")
        seen.setdefault(key, str(entry.node.origin))


def ranges_of_sources(draft: Draft) -> Iterator[Problem]:
    """Check that the ranges of observations and sources go from low to high."""
    yield from _backward(draft.all(rows.ObservationRow))
    yield from _backward(draft.all(rows.SourceRow))


def publications_exist(draft: Draft) -> Iterator[Problem]:
    """Check that sources are keys of the bibliography, where there is one."""
    known = draft.column("bibliography", "key")
    if not known:
        return
    for spec in TABLES:
        for entry in draft.all(spec.row):
            for key in entry.value.source.split(";"):
                if key.strip() and key.strip() not in known:
                    advice = suggestion(key.strip(), known, "Keys")
                    text = f"is '{key.strip()}', which is not in the table bibliography."
                    yield entry.problem("source", text, advice)


def sourced_paths_exist(draft: Draft) -> Iterator[Problem]:
    """Check that the path of a source starts at a section, field or table that exists."""
    single = {spec.name: spec.model for spec in SECTIONS if not spec.many}
    for entry in draft.all(rows.SourceRow):
        first, _, rest = entry.value.path.partition(".")
        known = (*TOP_LEVEL, *TABLE_NAMES)
        if first not in known:
            advice = suggestion(first, known, "Known")
            yield entry.problem("path", f"starts with '{first}', no section or table.", advice)
        elif first in single and rest and rest not in single[first].model_fields:
            advice = suggestion(rest, single[first].model_fields, "Known fields")
            yield entry.problem("path", f"names '{rest}', no field of {first}.", advice)


def _unknown_measures(entries: tuple[Entry[Measured], ...]) -> Iterator[Problem]:
    for entry in entries:
        name = entry.value.measure
        if name not in MEASURES:
            advice = suggestion(name, MEASURES, "Measures")
            yield entry.problem("measure", f"is '{name}', which is no measure.", advice)


def _backward(entries: tuple[Entry[Ranged], ...]) -> Iterator[Problem]:
    for entry in entries:
        low, high = entry.value.low, entry.value.high
        if low is not None and high is not None and low > high:
            yield entry.problem("low", f"is {low:g}, more than high {high:g}.")

"""The section ``hours``: spans in order, names that exist, shares that fit together."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.opening_choice import VARIANTS
from planner.errors import Problem
from planner.scenario import row_models as rows
from planner.scenario.checks.references import area_names
from planner.scenario.draft import Draft
from planner.scenario.problems import suggestion
from planner.scenario.section_hours import HoursSection
from planner.units import minute_to_clock


def hours_end_after_they_start(draft: Draft) -> Iterator[Problem]:
    """Check that hours to choose from end after they start."""
    entry = draft.one(HoursSection)
    for name in ("weekday_hours", "saturday_hours") if entry else ():
        assert entry is not None
        for start, end in getattr(entry.value, name):
            if end <= start:
                text = f"has {minute_to_clock(start)} to {minute_to_clock(end)}, which ends first."
                yield entry.problem(name, text, "Swap the two.")


def hours_areas_and_districts_exist(draft: Draft) -> Iterator[Problem]:
    """Check that the area and the districts without loss are known."""
    entry = draft.one(HoursSection)
    if entry is None:
        return
    areas = area_names(draft)
    if entry.value.area is not None and entry.value.area not in areas:
        advice = suggestion(entry.value.area, areas, "Areas")
        yield entry.problem("area", f"is '{entry.value.area}', which is no area.", advice)
    known = {row.value.id for row in draft.all(rows.DistrictRow)}
    for district in entry.value.no_loss if draft.intact("districts") else ():
        if district not in known:
            advice = suggestion(district, known, "Districts")
            yield entry.problem("no_loss", f"names '{district}', which is no district.", advice)


def reactions_are_shares(draft: Draft) -> Iterator[Problem]:
    """Check that wishes, and what becomes of those who find closed doors, sum to 1 at most."""
    entry = draft.one(HoursSection)
    if entry is None:
        return
    value = entry.value
    for names in (("wish_early", "wish_late", "wish_saturday"), ("retime", "switch")):
        for index, variant in enumerate(VARIANTS):
            total = sum(getattr(value, name)[index] for name in names)
            if total > 1 + 1e-9:
                others = " and ".join(names[1:])
                text = f"with {others} sums to {total:.5g} in the variant {variant}."
                yield entry.problem(names[0], text, "Shares of one whole sum to 1 at most.")

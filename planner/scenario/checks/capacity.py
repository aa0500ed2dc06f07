"""The plan over months: an absence that can spread as told, a promise within the months."""

from __future__ import annotations

from collections.abc import Iterator

from planner.errors import Problem
from planner.scenario import section_models as sections
from planner.scenario.draft import Draft


def absence_can_spread(draft: Draft) -> Iterator[Problem]:
    """Check that a share with this mean can have this standard deviation."""
    entry = draft.one(sections.CapacitySection)
    if entry is None:
        return
    mean, spread = entry.value.absence_share_mean, entry.value.absence_share_sd
    most = (mean * (1.0 - mean)) ** 0.5
    if mean > 0 and spread >= most:
        text = f"is {spread:g}; a share with the mean {mean:g} varies by less than {most:.3g}."
        yield entry.problem("absence_share_sd", text, "Typical values are 0.02 to 0.06.")


def promise_within_months(draft: Draft) -> Iterator[Problem]:
    """Check that the target is promised in at least one month."""
    entry = draft.one(sections.CapacitySection)
    if entry is not None and entry.value.promise_from_month >= entry.value.months:
        text = f"is {entry.value.promise_from_month}, but only {entry.value.months} are planned."
        yield entry.problem("promise_from_month", text, "Months are counted from 0.")

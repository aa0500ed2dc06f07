"""The section ``hours`` as the domain has it."""

from __future__ import annotations

from planner.domain.opening_choice import OpeningChoice, Reaction
from planner.domain.place import Interval
from planner.scenario.draft import Draft
from planner.scenario.section_hours import HoursSection


def opening_choice(draft: Draft) -> OpeningChoice:
    """Return what may be decided about opening hours."""
    section = draft.sole(HoursSection)
    reaction = Reaction(
        section.wish_early,
        section.wish_late,
        section.wish_saturday,
        section.retime,
        section.switch,
    )
    return OpeningChoice(
        area=section.area or "",
        weekday_hours=tuple(Interval(*span) for span in section.weekday_hours),
        saturday_hours=tuple(Interval(*span) for span in section.saturday_hours),
        minimum_days=section.minimum_days,
        reach_minutes=section.reach_minutes,
        edge_minutes=section.edge_minutes,
        edge_minutes_in_work=section.edge_minutes_in_work,
        employed_share=section.employed_share,
        no_loss=section.no_loss,
        lost_limit=section.lost_limit,
        staffing_beta=section.staffing_beta,
        setup_minutes=section.setup_minutes,
        saturday_supplement=section.saturday_supplement,
        reaction=reaction,
    )

"""Made-up decisions of a plan: rows as the tables want them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.plan.appointment_grid import GridRow
from planner.plan.decision_rows import CutDayRow, CutTargetRow, PeopleMissingRow
from planner.plan.remedies import RemedyRow


def some_decisions(location: str) -> Mapping[str, Sequence[object]]:
    """Return a day, two targets, two slots and two remedies at ``location``."""
    return {
        "cut_days": [
            CutDayRow(
                location=location,
                date="2024-04-29",
                status="feasible",
                hours=30,
                bound_hours=28,
                estimate_hours=29,
                two_step_hours=40,
                refined_hours=35,
                same_service_hours=36,
                same_service_goal=2.0,
                schedule="2 × 08:00-12:00",
                missed="",
                cuts=3,
                evaluations=9,
            )
        ],
        "cut_targets": [
            CutTargetRow(
                location,
                "walk_in",
                "wait_within_target",
                0.1,
                0.15,
                0.2,
                0.05,
                0.1,
                0.14,
                900,
                40,
                True,
            ),
            CutTargetRow(location, "appointment", "wait_mean", 4, 5.5, 5, 1, 4, 5, 700, 40, False),
        ],
        "people_missing": [PeopleMissingRow("2024-04-29", location, 3, 5)],
        "appointments": [
            GridRow(location, "2024-04-29", "08:00", 15, 3, 1, "2024-03-01T00:00"),
            GridRow(location, "2024-04-29", "08:15", 15, 2, 0, "2024-04-29T07:00"),
        ],
        "remedies": [
            _remedy(location, 1, "floater", True),
            _remedy(location, 2, "more_hours", False),
        ],
    }


def _remedy(location: str, rank: int, name: str, holds: bool) -> RemedyRow:
    told = (f"Grund {rank}", f"reason {rank}", f"Abhilfe {name}", f"remedy {name}")
    return RemedyRow(
        location, "appointment", "lead_booked_mean", rank, name, 8.0, 17.0, 13.0, 14.0, holds, *told
    )

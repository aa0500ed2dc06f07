"""Simulation cuts for all locations, the appointment grid and the remedies, on the small case."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from planner.domain.case import PlanningCase
from planner.domain.roster import Roster
from planner.model.requirement import desk_plans
from planner.plan.appointment_grid import as_desks
from planner.plan.cuts.day import CutSettings
from planner.plan.cuts.simulation_cuts import Budget
from planner.plan.effort import PlanEffort, PlanResult
from planner.plan.refined_requirement import RefinementWork, sample_weeks
from planner.plan.remedies import RemedyInput, remedies
from planner.plan.requirement_first import plan
from planner.scenario.loading import load_case
from planner.sim.workload import workloads_of
from planner.workflow.cut_words import claim, cut_facts

CASE_FILE = Path(__file__).parents[2] / "scenarios" / "small" / "base.yaml"
CUTS = CutSettings(weeks=5, fresh_weeks=5, absences=2, budget=Budget(slopes=60, total=100))


@pytest.fixture(scope="module")
def case() -> PlanningCase:
    """Return the small case."""
    return load_case(CASE_FILE)


@pytest.fixture(scope="module")
def planned(case: PlanningCase) -> PlanResult:
    """Return the small case planned by simulation cuts, in little depth."""
    effort = PlanEffort(
        seconds=1, replications=2, design_weeks=3, feedback_rounds=0,
        strategy="simulation_cuts", cuts=CUTS,
    )  # fmt: skip
    return plan(case, effort)


def test_every_open_day_of_a_counter_is_cut_and_bounded(planned: PlanResult) -> None:
    """Two sites on five days; the phone keeps its requirement; bounds lie below the cost."""
    cuts = planned.cuts
    assert cuts is not None
    assert cuts.kept == ("line",)
    assert Counter(day.location for day in cuts.days) == {"north": 5, "south": 5}
    assert all(day.bound_hours <= day.hours + 1e-9 for day in cuts.days)
    assert all(day.schedule for day in cuts.days)
    assert all(day.hours <= day.same_service_hours for day in cuts.days)
    assert cuts.hours < cuts.two_step_hours


def test_people_of_the_cuts_are_what_the_roster_has_to_cover(
    case: PlanningCase, planned: PlanResult
) -> None:
    """The requirement has the people present by slot, in one row that asks for every skill."""
    assert planned.cuts is not None
    day = next(d for d in planned.cuts.days if d.location == "north")
    date = case.horizon.dates[day.day]
    rows = [s for s in planned.requirement.slots if (s.location, s.day) == ("north", date)]
    size = case.horizon.slot_minutes
    assert {row.skill for row in rows} == {"residents"}
    assert {row.start_minute // size: row.desks for row in rows} == {
        slot: people for slot, people in zip(day.slots, day.profile, strict=True) if people
    }


def test_the_claim_says_what_was_shown_and_no_more(planned: PlanResult) -> None:
    """Bound, cost and both samples are in the claim; unproven targets are named."""
    cuts = planned.cuts
    assert cuts is not None
    english = claim(cuts, "en")
    assert f"{cuts.bound_hours:.1f} counter hours" in english
    assert "heuristic" in english
    shown = replace(cuts, cells=tuple(replace(c, upper=0.0) for c in cuts.cells))
    failing = replace(cuts, cells=tuple(replace(c, upper=9.0) for c in cuts.cells) * 4)
    assert "every one of 4 targets holds" in claim(shown, "en")
    assert "nicht gezeigt ist es für north walk_in wait_within_target" in claim(failing, "de")
    assert "(+10)" in claim(failing, "de")
    german = f"{cuts.bound_hours:.1f}".replace(".", ",")
    assert f"weniger als {german} Schalterstunden" in claim(cuts, "de")
    assert "Sicherheit 95 %" in claim(shown, "de")
    assert dict(cut_facts(cuts, "de"))["cut_hours"] == f"{cuts.hours:.1f}"
    assert cut_facts(None, "de") == []


def test_a_stop_keeps_the_refined_requirement(case: PlanningCase) -> None:
    """Stopped from the start nothing is cut, and there is a roster all the same."""
    effort = PlanEffort(
        seconds=1, replications=2, design_weeks=2, feedback_rounds=0,
        strategy="simulation_cuts", cuts=CUTS,
    )  # fmt: skip
    stopped = plan(case, effort, stop=lambda: True)
    assert stopped.cuts is not None
    assert stopped.cuts.days == ()
    assert stopped.roster is not None
    assert stopped.remedies == ()


def test_the_grid_offers_slots_within_the_doors_against_the_tide(
    case: PlanningCase, planned: PlanResult
) -> None:
    """Slots start and end while open, take what the lead targets ask for, and are released."""
    grid = planned.appointments
    wanted = {hours.location: hours.slots_per_week for hours in planned.counter_hours}
    for place in ("north", "south"):
        own = [row for row in grid if row.location == place]
        booked = sum(row.slots - row.overbooked for row in own)
        assert 0 < booked <= round(wanted[place])
        assert {row.minutes for row in own} == {15}
        assert all("08:00" <= row.time <= "17:45" for row in own)
    assert {row.release[-5:] for row in grid} <= {"00:00", "07:00", "10:00"}
    assert sum(row.overbooked for row in grid) > 0
    assert sum(desks.desks for desks in as_desks(case, grid)) == sum(row.slots for row in grid)


def test_missed_targets_end_with_a_reason_and_simulated_remedies(
    case: PlanningCase, planned: PlanResult
) -> None:
    """A lead and a wait that are missed: where, what is short, and remedies in order."""
    assert planned.roster is not None
    assert planned.verification is not None
    weeks = sample_weeks(case, 1, 2)
    work = RefinementWork(case, desk_plans(case, workloads_of(case, weeks)), weeks, 1)
    measures = planned.verification.measures.copy()
    lead = _row(measures, "south", "appointment", "lead_booked_mean")
    wait = _row(measures, "north", "walk_in", "wait_within_target")
    measures.loc[lead, "target"] = 0.1
    measures.loc[lead, "met"] = "missed"
    measures.loc[wait, "met"] = "missed"
    found = remedies(RemedyInput(work, planned.roster, measures, planned.counter_hours, 1))
    leads = [row for row in found if row.measure == "lead_booked_mean"]
    waits = [row for row in found if row.measure == "wait_within_target"]
    assert {row.remedy for row in leads} == {
        "more_hours", "later_opening", "online_share", "floater",
    }  # fmt: skip
    assert {row.remedy for row in waits} == {"more_hours", "online_share", "floater"}
    for rows in (leads, waits):
        assert [row.rank for row in rows] == list(range(1, len(rows) + 1))
        assert [row.holds for row in rows] == sorted((row.holds for row in rows), reverse=True)
    more = next(row for row in leads if row.remedy == "more_hours")
    assert more.hours_per_week > 0
    assert more.after < more.before
    online = next(row for row in leads if row.remedy == "online_share")
    assert online.hours_per_week < 0
    assert online.after <= online.before
    helped = next(row for row in waits if row.remedy == "more_hours")
    assert helped.after <= helped.before
    assert "Site North" in waits[0].reason_en
    assert "Site South" in leads[0].reason_de


def test_the_phone_has_remedies_too(case: PlanningCase, planned: PlanResult) -> None:
    """A line that answers too few: when and how many are short, and what people would do."""
    assert planned.roster is not None
    assert planned.verification is not None
    weeks = sample_weeks(case, 1, 2)
    work = RefinementWork(case, desk_plans(case, workloads_of(case, weeks)), weeks, 1)
    thin = Roster.of([s for s in planned.roster.assignments if s.location != "line"])
    measures = planned.verification.measures.copy()
    chosen = measures[(measures["id"] == "line") & (measures["measure"] == "answered_within_30s")]
    measures["met"] = "met"
    measures.loc[chosen.index, "met"] = "missed"
    measures.loc[chosen.index, "target"] = 0.8
    found = remedies(RemedyInput(work, thin, measures, planned.counter_hours, 1))
    assert {(row.location, row.remedy) for row in found} == {
        ("line", "more_hours"), ("line", "floater"), ("line", "online_share"),
    }  # fmt: skip
    by = {row.remedy: row for row in found}
    assert by["more_hours"].holds
    assert by["more_hours"].after <= by["more_hours"].limit < by["more_hours"].before == 1.0
    assert by["more_hours"].after < by["floater"].after < 1.0
    assert by["more_hours"].hours_per_week > by["floater"].hours_per_week > 0
    assert by["online_share"].after == by["online_share"].before
    assert "Phone line is short" in found[0].reason_en


def _row(measures: pd.DataFrame, place: str, channel: str, measure: str) -> int:
    chosen = measures[
        (measures["scope"] == "location")
        & (measures["id"] == place)
        & (measures["channel"] == channel)
        & (measures["measure"] == measure)
        & (measures["area"] == "residents")
    ]
    return int(chosen.index[0])

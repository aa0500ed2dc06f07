"""A watched day: who is absent, who calls again, who waited for whom, all from the simulation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.domain.case import PlanningCase
from planner.domain.roster import Roster
from planner.sim.event_log import Place, event_log
from planner.sim.observation import Where, observe
from planner.sim.replicate import (
    SimulationRun,
    StaffingSource,
    play_location,
    sample_replication,
    staff,
)
from planner.units import MS_PER_DAY
from tests.engines.rosters import counter_week

RUN = SimulationRun(1, 1)


def seconds(times: pd.Series) -> np.ndarray:
    """Return HH:MM:SS as seconds."""
    return np.asarray(pd.to_timedelta(times).dt.total_seconds())


@pytest.fixture(scope="module")
def monday(small: PlanningCase) -> pd.DataFrame:
    """Return Monday at Site North with everybody of the hand-made roster there."""
    case = replace(small, absence=replace(small.absence, rate=0.0))
    where = Where(0, "north", small.horizon.first_day)
    return observe(case, StaffingSource(roster=counter_week(case)), RUN, where)


def test_shifts_breaks_and_back_office_are_in_the_log(
    small: PlanningCase, monday: pd.DataFrame
) -> None:
    """A shift and a break a clerk; a break lasts half an hour, also where it starts late (L8)."""
    team = counter_week(small).at("north", small.horizon.first_day)
    counts = monday["event"].value_counts()
    assert counts["shift starts"] == counts["shift ends"] == len(team)
    for shift in team:
        mine = monday[monday["desk"] == shift.employee].set_index("event")["time"]
        taken = seconds(mine[["break starts", "break ends"]])
        assert taken[1] - taken[0] == pytest.approx(1_800, abs=1)
        assert taken[0] >= 60 * shift.breaks[0].start_minute
    office = [s for s in team if any(p.activity == "back_office" for p in s.pieces)]
    assert counts.get("back office starts", 0) == len(office) > 0


def test_who_was_waited_for_was_called_while_waiting(small: PlanningCase) -> None:
    """``waited_for``: called from the arrival on and before the own call; ``after_customer``."""
    case = replace(small, absence=replace(small.absence, rate=0.0))
    team = counter_week(case).at("north", small.horizon.first_day)
    where = Where(0, "north", small.horizon.first_day)
    log = observe(case, StaffingSource(roster=Roster(team[:2])), RUN, where)
    calls = log[log["event"] == "is called"].set_index("customer").to_dict("index")
    arrivals = log[log["event"] == "arrives"].set_index("customer")["time"].to_dict()
    some = {customer: row for customer, row in calls.items() if row["waited_for"]}
    assert len(some) > 5
    for customer, row in some.items():
        for other in map(int, row["waited_for"].split(";")):
            assert arrivals[customer] <= calls[other]["time"] <= row["time"]
    for row in calls.values():
        if row["after_customer"] >= 0:
            assert calls[row["after_customer"]]["desk"] == row["desk"]


def test_those_absent_at_short_notice_are_named(small: PlanningCase) -> None:
    """With an absence rate of 1 the log names everybody, and nobody is called."""
    case = replace(small, absence=replace(small.absence, rate=1.0))
    where = Where(0, "north", small.horizon.first_day)
    roster = counter_week(case)
    log = observe(case, StaffingSource(roster=roster), RUN, where)
    team = {shift.employee for shift in roster.at("north", small.horizon.first_day)}
    assert set(log.loc[log["event"] == "is absent", "desk"]) == team
    assert "is called" not in set(log["event"])


def test_every_call_of_a_caller_is_in_the_log(small: PlanningCase) -> None:
    """L14: with hardly any patience and one agent, tries and the number waiting add up."""
    hasty = tuple(
        replace(rule, mean_minutes=0.3, redial_share=0.9, redial_minutes=4.0, max_redials=3)
        for rule in small.patience
    )
    case = replace(small, patience=hasty, absence=replace(small.absence, rate=0.0))
    agents = [a for a in counter_week(case).assignments if a.location == "line"]
    roster = Roster(tuple(a for a in agents if a.employee == agents[0].employee))
    source = StaffingSource(roster=roster)
    customers = sample_replication(case, 1, 0).customers
    code = [place.id for place in case.locations].index("line")
    staffing = staff(case, source, 1, 0)
    out = play_location(case, customers, staffing, code, "compiled")
    log = event_log(case, customers, staffing.locations[code], out, Place(code, 0))
    today = customers.arrival[customers.rows(code)] < MS_PER_DAY
    assert (out.tries[today] > 1).sum() > 5
    assert (log["event"] == "arrives").sum() == out.tries[today].sum()
    last = log[log["event"] == "arrives"].groupby("customer")["time"].max()
    np.testing.assert_allclose(seconds(last), np.floor(out.last[today] / 1000))
    assert log["waiting"].min() == 0
    assert log["waiting"].iloc[-1] == 0

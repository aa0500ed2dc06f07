"""The formula requirement: curve, promises, presence, back office, limits."""

from __future__ import annotations

import numpy as np
import pytest

from planner.domain.demand import Patience
from planner.domain.place import LocationKind
from planner.domain.requirement import Requirement
from planner.domain.target import Sense
from planner.model.requirement import back_office_minutes, desk_plans, requirement, staffed_slots
from planner.model.requirement_curve import DayWork, desks_by_slot
from planner.model.requirement_limit import fit_to_desks
from planner.model.requirement_promise import Promise, phone_holds, promises
from planner.queueing.abandonment import PhoneQueue
from planner.queueing.staffing import agents_for_answer, servers_for_wait
from tests.requirement.cases import ANSWERED, MONDAY, case, location, target, workload

HALL = workload("hall", "cases", walk_ins=12.0, appointments=0.0, minutes=15.0)


def _desks(found: Requirement, skill: str, where: str = "hall") -> dict[int, int]:
    """Return Monday's desks by start minute."""
    return {
        slot.start_minute: slot.desks
        for slot in found.slots
        if (slot.location, slot.skill, slot.day) == (where, skill, MONDAY)
    }


def test_middle_of_a_long_day_is_erlang_c() -> None:
    """Hours after opening the load is stationary, and so is the requirement."""
    desks = _desks(requirement(case(), (HALL,)), "cases")
    assert desks[13 * 60] == servers_for_wait(3.0, 15.0, 30.0, 0.8)


def test_opening_needs_less_and_closing_drains() -> None:
    """The office opens empty, and what is inside at closing has desks of its own."""
    desks = _desks(requirement(case(), (HALL,)), "cases")
    assert desks[480] < desks[720]
    assert 0 < desks[960] < desks[930]
    assert max(desks) == 960


def test_never_more_than_the_desks_of_the_location() -> None:
    """Too much work for the house asks for all its desks and no more."""
    heavy = workload("hall", "cases", walk_ins=60.0, appointments=0.0, minutes=15.0)
    pickup = workload("hall", "desk", walk_ins=10.0, appointments=0.0, minutes=4.0)
    found = requirement(case(), (heavy, pickup))
    together = {m: _desks(found, "cases")[m] + _desks(found, "desk").get(m, 0) for m in (600, 720)}
    assert together == {600: 6, 720: 6}
    assert _desks(found, "desk")[600] >= 1


def test_appointments_need_fewer_desks_than_walk_ins() -> None:
    """The same load on a grid of appointments is served with at most as many desks."""
    grid = workload("hall", "cases", walk_ins=0.0, appointments=12.0, minutes=15.0)
    tight = target("wait_within_target", Sense.AT_LEAST, 0.9, channel="all", threshold_minutes=5.0)
    bound = case(targets=(tight,))
    by_grid, by_chance = (
        sum(_desks(requirement(bound, (w,)), "cases").values()) for w in (grid, HALL)
    )
    assert by_grid < by_chance


def test_phone_follows_erlang_a() -> None:
    """Agents at the line are those of M/M/c+M for the offered load in the middle of the day."""
    calls = workload("line", "phone", walk_ins=60.0, appointments=0.0, minutes=4.0)
    desks = _desks(requirement(case(), (calls,)), "phone", "line")
    assert desks[720] == agents_for_answer(PhoneQueue(1, 1.0, 4.0, 3.0), 0.5, 0.8)


def test_phone_without_patience_data_waits_like_a_counter() -> None:
    """Without an entry for its kind, a line has callers without limit."""
    bound = case(patience=(Patience("counter", 3.0),), targets=())
    calls = workload("line", "phone", walk_ins=60.0, appointments=0.0, minutes=4.0)
    assert _desks(requirement(bound, (calls,)), "phone", "line")[720] == 5


def test_presence_covers_every_open_slot() -> None:
    """Two people at the hall in each open slot, one at the line, nobody asked at constant desks."""
    found = requirement(case(), ())
    thursday = [s for s in found.presence if s.location == "hall" and s.day.weekday() == 3]
    assert [slot.start_minute for slot in thursday] == list(range(480, 990, 30))
    assert {slot.desks for slot in thursday} == {2}
    assert {slot.location for slot in found.presence} == {"hall", "line"}
    assert found.slots == ()
    nobody = case(locations=(location("hall", minimum_presence=0),))
    assert requirement(nobody, ()).presence == ()


def test_back_office_is_a_share_of_paid_time() -> None:
    """A quarter of the contracts of those whose home the site is."""
    found = requirement(case(), (HALL,))
    assert dict(found.back_office_minutes) == {"hall": round(0.25 * 3510), "line": 0}
    assert back_office_minutes(case(), location("hall", back_office_share=0.5)) == 1755


def test_constant_desks_get_no_requirement() -> None:
    """A queue as a scenario has its desks already."""
    queue = workload("queue", "cases", walk_ins=5.0, appointments=0.0, minutes=15.0)
    assert desk_plans(case(), (queue,)) == ()


def test_staffed_slots_end_where_staff_must_leave() -> None:
    """A site that closes at 16:15 with half an hour after it is staffed until 16:30."""
    flags = staffed_slots(case(), location("hall"), 3)
    assert np.flatnonzero(flags).tolist() == list(range(16, 33))


def test_negligible_work_is_not_staffed() -> None:
    """A customer in a few days does not call for a desk of its own, but one an hour does."""
    rare = workload("hall", "desk", walk_ins=0.1, appointments=0.0, minutes=4.0)
    often = workload("hall", "desk", walk_ins=1.0, appointments=0.0, minutes=4.0)
    assert _desks(requirement(case(), (rare,)), "desk") == {}
    assert set(_desks(requirement(case(), (often,)), "desk").values()) == {1}


def test_no_desks_no_requirement() -> None:
    """A location without a desk cannot be asked for one."""
    work = DayWork(np.ones(4), np.zeros(4), 30.0, 10.0, 1.0)
    assert desks_by_slot(work, (), 0).tolist() == [0, 0, 0, 0]


def test_promises_pick_what_desks_decide() -> None:
    """Lead times, other areas and the phone's promises are none of a counter's business."""
    bound = case(
        targets=(
            target("wait_p90", Sense.AT_MOST, 45.0),
            target("wait_mean", Sense.AT_MOST, 10.0, channel="appointment", area="all"),
            target("wait_mean", Sense.AT_LEAST, 10.0),
            target("lead_booked_mean", Sense.AT_MOST, 14.0),
            target("wait_mean", Sense.AT_MOST, 5.0, area="foreigners"),
            ANSWERED,
        )
    )
    held = promises(bound, location("hall"))
    assert [promise.measure for promise in held] == ["wait_p90", "wait_mean"]
    assert [promise.late_limit for promise in held] == [pytest.approx(0.1), None]
    assert held[0].threshold_minutes == 45.0
    line = location("line", "phone", kind=LocationKind.PHONE)
    assert [promise.late_limit for promise in promises(bound, line)] == [None, pytest.approx(0.2)]


@pytest.mark.parametrize(
    ("measure", "limit"),
    [
        ("reachability", 0.9),
        ("abandoned_share", 0.1),
        ("wait_mean", 0.5),
        ("answered_within_30s", 0.8),
    ],
)
def test_each_promise_of_a_line_turns_true_with_more_agents(measure: str, limit: float) -> None:
    """Ten agents miss, thirty hold."""
    promise = Promise(measure, "phone", limit, 0.5)
    few, many = (PhoneQueue(agents, 3.0, 5.0, 4.0) for agents in (10, 30))
    assert (phone_holds(promise, few), phone_holds(promise, many)) == (False, True)


def test_mean_and_share_promises_bind_counters() -> None:
    """A tighter mean wait asks for more desks; promises to absent channels ask for none."""
    mean = case(targets=(target("wait_mean", Sense.AT_MOST, 0.5),))
    absent = case(targets=(target("wait_mean", Sense.AT_MOST, 0.5, channel="appointment"),))
    tight, free = (_desks(requirement(c, (HALL,)), "cases")[720] for c in (mean, absent))
    assert tight > free == 4


def test_limit_takes_from_the_largest_surplus() -> None:
    """Desks go where the surplus is largest; nobody loses the last desk while another has two."""
    desks = np.array([[[5], [3], [1]]], dtype=np.int64)
    loads = np.array([[[4.5], [1.0], [0.1]]])
    assert fit_to_desks(desks, loads, 6)[0, :, 0].tolist() == [4, 1, 1]
    assert fit_to_desks(desks, loads, 1)[0, :, 0].tolist() == [1, 0, 0]
    assert fit_to_desks(desks, loads, 0).sum() == 0

"""Cases handed on, from the case file's words to measures, log and picture of a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.domain.case import PlanningCase
from planner.reporting.timeline_picture import Heading, timeline_svg
from planner.reporting.timeline_sentences import with_sentences
from planner.reporting.timeline_spans import day_picture
from planner.reporting.words import words_of
from planner.sim.capacity import staffing_from_roster
from planner.sim.engine import Clerks, Fate, Hand, get_engine
from planner.sim.observation import Where, location_code, observe
from planner.sim.replicate import Replication, SimulationRun, StaffingSource, play
from planner.sim.spells import CUSTOMER, all_spells
from planner.sim.staff_time import StaffTime, staff_time
from planner.sim.staffing import LocationStaffing
from planner.units import MS_PER_DAY
from tests.engines.builders import A, P, Place, clerks, location
from tests.engines.rosters import counter_week
from tests.engines.test_engines_agree import differing

RULES = ("finish", "hand_over", "hand_back")


def ruled(case: PlanningCase, rule: str) -> PlanningCase:
    """Return the case with this rule at the end of shifts and at breaks, nobody absent."""
    discipline = replace(case.discipline, busy_at_shift_end=rule, busy_at_break=rule)
    absence = replace(case.absence, rate=0.0)
    return replace(case, discipline=discipline, absence=absence)


def timed(staff: Clerks, *customers: A, place: Place | None = None) -> StaffTime:
    """Play the customers and return where the staff's time went; shifts end with the pieces."""
    out = get_engine("compiled").run(*location(staff, *customers, place=place))
    names = tuple(map(str, range(len(staff.speed))))
    return staff_time(LocationStaffing(names, staff, staff.end, 9, 0.0, 0.0), out, since=0)


@pytest.mark.parametrize(("rule", "beyond"), [(Hand.FINISH, 25), (Hand.OVER, 0), (Hand.BACK, 0)])
def test_serving_time_is_of_the_clerk_who_served(rule: Hand, beyond: int) -> None:
    """L17, L18: 30 minutes from 15 on; the shift ends at 20, so 25 are overtime or nobody's."""
    time = timed(clerks([P(0, 20, hands=rule)], [P(0, 600)]), A(15, 30))
    assert (time.planned, time.serving, time.beyond, time.overtime) == (620, 30, beyond, beyond)


def test_time_with_somebody_who_is_not_served_in_the_end_counts() -> None:
    """L21: 10 minutes with who went back for nothing, 79 with the other, 60 beyond the shift."""
    staff = clerks([P(0, 20, hands=Hand.BACK)], [P(0, 30)])
    time = timed(staff, A(10, 30), A(11, 79), place=Place(doors=((0, 60),)))
    assert (time.serving, time.overtime) == (89, 60)


def test_the_case_says_what_becomes_of_a_case_in_hand(small: PlanningCase) -> None:
    """L16: one rule before the break and before back office, one at the end of the shift.

    At the closing of the doors the rule is finish.
    """
    discipline = replace(small.discipline, busy_at_shift_end="hand_over", busy_at_break="hand_back")
    roster = counter_week(small)
    case = replace(small, discipline=discipline)
    for place in staffing_from_roster(case, roster).locations:
        staff = place.clerks
        pause = staff.pause > 0
        assert (staff.hands[pause] == Hand.BACK).all()
        assert pause.any()
        last = staff.end == place.duty_end
        assert (staff.hands[staff.stays] == Hand.FINISH).all()
        assert (staff.hands[last & ~staff.stays] == Hand.OVER).all()
        assert (staff.hands[~last & ~staff.stays] == Hand.BACK).all()
    finished = staffing_from_roster(small, roster).locations
    assert not any(place.clerks.hands.any() for place in finished)


def test_both_engines_play_every_rule_of_a_case(small: PlanningCase, sampled: Replication) -> None:
    """The same rows and spells of a whole week, and the rules differ from each other."""
    waits = []
    for rule in RULES:
        case = ruled(small, rule)
        staffing = staffing_from_roster(case, counter_week(case))
        found = play(case, sampled.customers, staffing)
        for one, other in zip(found, play(case, sampled.customers, staffing, "simpy"), strict=True):
            assert differing(one, other) == 0
        assert (sum(len(out.spells) for out in found) > 10) is (rule != "finish")
        waits.append(sum(int(out.call[out.fate == Fate.SERVED].sum()) for out in found))
    assert len(set(waits)) == 3


@pytest.fixture(scope="module", params=RULES)
def watched(request: pytest.FixtureRequest, small: PlanningCase) -> tuple[str, pd.DataFrame]:
    """Return a rule and Monday's log at Site North under it."""
    case = ruled(small, request.param)
    source = StaffingSource(roster=counter_week(case))
    where = Where(0, "north", small.horizon.first_day)
    return request.param, observe(case, source, SimulationRun(1, 1), where)


def test_the_log_tells_who_takes_over_and_who_waits_again(
    watched: tuple[str, pd.DataFrame],
) -> None:
    """Whoever is put down is taken up: at once, or called again; the number waiting adds up."""
    rule, log = watched
    count = Counter(log["event"])
    assert count["hands over"] == count["takes over"]
    assert count["waits again"] == count["is called again"]
    assert (count["takes over"] > 0) is (rule != "finish")
    assert rule == "hand_back" or count["waits again"] == 0
    assert (
        count["is called"]
        == count["finishes"]
        == count["arrives"]
        - sum(count[word] for word in ("gives up", "is turned away", "is not served"))
    )
    assert log["waiting"].min() == 0
    assert log["waiting"].iloc[-1] == 0


def test_the_picture_has_a_bar_for_every_spell(
    watched: tuple[str, pd.DataFrame], small: PlanningCase, sampled: Replication
) -> None:
    """Bars of a desk do not overlap and are, to the second, the spells of the day."""
    picture, case = day_picture(watched[1]), ruled(small, watched[0])
    north = location_code(case, "north")
    staffing = staffing_from_roster(case, counter_week(case))
    spells = all_spells(play(case, sampled.customers, staffing)[north])
    today = spells[spells[:, 2] < MS_PER_DAY]
    names = staffing.locations[north].names
    expected = sorted(
        (names[clerk], row, since // 1000, until // 1000) for row, clerk, since, until in today
    )
    bars = [
        (desk.name, s.customer, s.start, s.end) for desk in picture.desks for s in desk.services
    ]
    assert sorted(bars) == expected
    assert picture.served == len(np.unique(today[:, CUSTOMER]))
    put_down = watched[1]["event"].isin(["hands over", "waits again"]).sum()
    assert sum(s.handed_on for desk in picture.desks for s in desk.services) == put_down
    heading = Heading("North", small.horizon.first_day, 0, 1, {})
    for language in ("de", "en"):
        drawn = timeline_svg(watched[1], heading, words_of(language))
        assert drawn.count('class="ho"') == put_down + (put_down > 0)
    for desk in picture.desks:
        for one, other in zip(desk.services, desk.services[1:], strict=False):
            assert one.end <= other.start


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_word_of_the_log_has_a_sentence(
    watched: tuple[str, pd.DataFrame], language: str
) -> None:
    """Handing over and waiting again are told in both languages."""
    _, log = watched
    told = with_sentences(log, {}, words_of(language))
    for word in ("hands over", "takes over", "waits again", "is called again"):
        for text, desk in told.loc[log["event"] == word, ["text", "desk"]].to_numpy().tolist():
            assert desk in text

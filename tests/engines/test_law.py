"""The law of a day, sentence by sentence, in every engine."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from planner.sim.engine import Clerks, Engine, Fate, Outcomes, get_engine
from planner.sim.law import LAW
from tests.engines.builders import (
    A,
    P,
    Place,
    clerks,
    desks_fall,
    house,
    location,
    ms,
    queue,
    stay_ends,
)
from tests.engines.plain import plain_engine


@pytest.fixture(params=["compiled", "simpy", "plain"], scope="module")
def engine(request: pytest.FixtureRequest) -> Engine:
    """Every engine: the same law."""
    return plain_engine() if request.param == "plain" else get_engine(request.param)


def run(engine: Engine, staff: Clerks, *customers: A, place: Place | None = None) -> Outcomes:
    """Play the customers with this staff."""
    return engine.run(*location(staff, *customers, place=place))


def calls(outcomes: Outcomes) -> list[float | None]:
    """Return the calls in minutes."""
    return [None if call < 0 else call / ms(1) for call in outcomes.call.tolist()]


def fates(outcomes: Outcomes) -> list[Fate]:
    """Return how each visit ended."""
    return [Fate(fate) for fate in outcomes.fate]


def test_completions_come_before_the_dispatch_of_their_instant(engine: Engine) -> None:
    """L1: who arrives as a case ends is served at that instant, not turned to another clerk."""
    out = run(engine, clerks([P(0, 600)]), A(0, 10), A(10, 5))
    assert calls(out) == [0, 10]


def test_one_dispatch_ranks_everybody_who_comes_at_an_instant(engine: Engine) -> None:
    """L1, L3: the later row with the better class is called first when both come at once."""
    out = run(engine, clerks([P(0, 600)]), A(5, klass=1), A(5, klass=0))
    assert calls(out) == [15, 5]


def test_newcomers_are_judged_after_completions_in_row_order(engine: Engine) -> None:
    """L2: of two newcomers at one instant the first row fills the room that is left."""
    place = Place(balk=10)
    out = run(engine, clerks([P(0, 600)]), A(0, 10), A(10, 10), A(10, 10), A(10, 10), place=place)
    assert fates(out) == [Fate.SERVED, Fate.SERVED, Fate.SERVED, Fate.TURNED_AWAY]


def test_first_tries_come_before_further_tries(engine: Engine) -> None:
    """L2: at one instant who comes for the first time is judged before who comes again."""
    again = A(1, 10, patience=(2, None), delays=(7,))
    place = Place(balk=10)
    out = run(engine, clerks([P(0, 600)]), A(0, 10), again, A(10, 10), A(10, 10), place=place)
    assert fates(out)[2:] == [Fate.SERVED, Fate.SERVED]
    assert fates(out)[1] is Fate.TURNED_AWAY
    assert out.tries.tolist() == [1, 2, 1, 1]


def test_the_bonus_lets_an_appointment_pass_but_ageing_overtakes_it(engine: Engine) -> None:
    """L3: reference time less bonus orders a class, so a walk-in of long ago is called first."""
    booked = A(30, booked=30, bonus=15)
    out = run(engine, clerks([P(0, 600)]), A(0, 40), A(10), A(20), booked)
    assert calls(out) == [0, 40, 60, 50]


def test_equal_ranks_are_called_in_row_order(engine: Engine) -> None:
    """L3: the row decides where class and reference time are equal."""
    out = run(engine, clerks([P(0, 600)]), A(0, 10), A(5), A(5))
    assert calls(out) == [0, 10, 20]


def test_the_clerk_with_the_fewest_skills_is_taken_then_the_lowest_number(engine: Engine) -> None:
    """L4: a specialist is called before a generalist, and equals by number."""
    staff = clerks([P(0, 600, (0, 1))], [P(0, 600, (0,))], [P(0, 600, (0,))])
    out = run(engine, staff, A(0), A(0), A(0))
    assert out.clerk.tolist() == [1, 2, 0]


def test_a_skill_without_idle_clerk_does_not_hold_up_those_behind(engine: Engine) -> None:
    """L4: the customer behind is served while the first waits for the skill."""
    staff = clerks([P(0, 600, (0,))], [P(20, 600, (1,))])
    out = run(engine, staff, A(0, skill=1), A(1, skill=0))
    assert calls(out) == [20, 1]


def test_no_more_are_served_than_there_are_desks(engine: Engine) -> None:
    """L5: two clerks at one desk serve one after the other; a lost desk empties first."""
    staff = clerks([P(0, 600)], [P(0, 600)])
    out = run(engine, staff, A(0), A(0), place=Place(desks=((0, 1),)))
    assert calls(out) == [0, 10]
    out = run(engine, staff, A(0), A(0), A(6), place=Place(desks=((0, 2), (5, 1), (15, 2))))
    assert calls(out) == [0, 0, 10]
    assert out.finish[:2].tolist() == [ms(10), ms(10)]


def test_desks_that_fall_at_an_arrival_are_gone_for_it(engine: Engine) -> None:
    """L1, L5: the number of desks of an instant holds for its dispatch, also for one who comes."""
    out = engine.run(*desks_fall())
    assert calls(out) == [0, 30, 40]


def test_a_clerk_who_stayed_leaves_though_somebody_else_comes(engine: Engine) -> None:
    """L1, L11: at 100 patience ends and with it the staying, so nobody is there at 150."""
    out = engine.run(*stay_ends())
    assert calls(out) == [None, None, 200, 210]


def test_patience_is_closed(engine: Engine) -> None:
    """L6: called at the last instant of patience is served; a millisecond less leaves."""
    out = run(engine, clerks([P(0, 600)]), A(0, 10), A(4, patience=(6,)))
    assert calls(out) == [0, 10]
    out = run(engine, clerks([P(0, 600)]), A(0, 10), A(4, patience=(6 - 1 / 60_000,)))
    assert fates(out)[1] is Fate.ABANDONED
    assert out.finish[1] == ms(10) - 1


def test_no_patience_at_all_leaves_at_once_unless_a_clerk_is_idle(engine: Engine) -> None:
    """L6: patience 0 is served only by an idle clerk."""
    out = run(engine, clerks([P(0, 600)]), A(0, 10, patience=(0,)), A(4, patience=(0,)))
    assert fates(out) == [Fate.SERVED, Fate.ABANDONED]
    assert out.finish[1] == ms(4)


def test_a_case_in_hand_is_finished_and_the_next_piece_joined_late(engine: Engine) -> None:
    """L7: the piece with other skills begins for the clerk when the customer leaves."""
    staff = clerks([P(0, 30, (0,)), P(30, 600, (1,))])
    out = run(engine, staff, A(25, 10), A(26, skill=0), A(27, skill=1))
    assert calls(out) == [25, None, 35]
    assert fates(out)[1] is Fate.NOT_SERVED


def test_a_break_starts_after_the_customer_and_has_its_full_length(engine: Engine) -> None:
    """L8: an idle clerk pauses at once; a busy one later, and comes back later."""
    staff = clerks([P(0, 60, pause=30), P(90, 600)])
    assert calls(run(engine, staff, A(61))) == [90]
    assert calls(run(engine, staff, A(55, 10), A(61))) == [55, 95]


def test_a_break_during_a_break_follows_it(engine: Engine) -> None:
    """L8: a piece eaten up by a late break leaves its own break to be taken after it."""
    staff = clerks([P(0, 60, pause=30), P(90, 95, pause=15), P(110, 600)])
    out = run(engine, staff, A(55, 20), A(61))
    assert calls(out) == [55, 75 + 30 + 15]


def test_the_shift_end_lets_the_busy_finish_beside_the_others(engine: Engine) -> None:
    """L9: the case goes on after the shift, and nobody else is called by that clerk."""
    staff = clerks([P(0, 20)], [P(20, 600)])
    out = run(engine, staff, A(15, 30), A(16, 10), A(21, 10))
    assert calls(out) == [15, 20, 30]
    assert out.finish[0] == ms(45)
    assert out.clerk.tolist() == [0, 1, 1]


def test_doors_admit_from_opening_up_to_and_excluding_closing(engine: Engine) -> None:
    """L10: at the opening yes, at the closing no; before and after neither."""
    staff = clerks([P(10, 60, stays=True)])
    place = Place(doors=((10, 60),))
    out = run(engine, staff, A(9, 1), A(10, 1), A(59, 1), A(60, 1), A(70, 1), place=place)
    turned = [Fate.TURNED_AWAY, Fate.SERVED, Fate.SERVED, Fate.TURNED_AWAY, Fate.TURNED_AWAY]
    assert fates(out) == turned
    assert out.refused.tolist() == [1, 0, 0, 1, 1]


def test_a_further_try_outside_is_not_made(engine: Engine) -> None:
    """L10, L14: who would come again after closing keeps the end of the last try."""
    out = run(
        engine, clerks([P(0, 5)]), A(50, patience=(5,), delays=(10,)), place=Place(((0, 60),))
    )
    assert fates(out) == [Fate.ABANDONED]
    assert out.tries.tolist() == [1]
    assert out.finish.tolist() == [ms(55)]


def test_who_is_inside_is_served_by_those_who_stay(engine: Engine) -> None:
    """L11: the clerk on duty at closing stays until nobody waits, beyond the shift."""
    staff = clerks([P(0, 60, stays=True)])
    out = run(engine, staff, A(50, 15), A(51, 15), A(52, 15), place=Place(((0, 60),)))
    assert calls(out) == [50, 65, 80]


def test_who_stays_leaves_at_the_next_piece(engine: Engine) -> None:
    """L11: staying ends where the next piece of the shift begins."""
    staff = clerks([P(0, 60, (0,), stays=True), P(90, 200, (1,), stays=True)])
    place = Place(doors=((0, 60), (90, 200)), desks=((0, 99), (50, 0), (95, 9)))
    out = run(engine, staff, A(55, 5), A(100, 5, skill=1), place=place)
    assert fates(out) == [Fate.NOT_SERVED, Fate.SERVED]
    assert out.finish[0] == ms(200)


def test_an_idle_clerk_who_stays_takes_the_break_that_is_due(engine: Engine) -> None:
    """L8, L11: the lunch closing's break begins when the last customer is served."""
    staff = clerks([P(0, 60, pause=30, stays=True), P(90, 200)])
    place = Place(doors=((0, 60), (90, 200)))
    out = run(engine, staff, A(55, 20), A(58, 5), A(91, 5), place=place)
    assert calls(out) == [55, 75, 110]


def test_at_closing_those_leave_whom_nobody_who_stays_can_serve(engine: Engine) -> None:
    """L12: the skill that went home leaves its customers unserved at the closing."""
    staff = clerks([P(0, 60, (0,), stays=True)], [P(0, 30, (1,))])
    out = run(engine, staff, A(58, skill=0), A(58, skill=1), place=Place(((0, 60),)))
    assert fates(out) == [Fate.SERVED, Fate.NOT_SERVED]
    assert out.finish[1] == ms(60)


def test_who_waits_at_the_end_of_everything_left_at_the_last_closing(engine: Engine) -> None:
    """L12: without a desk nobody is ever called, and the clerk who stays helps nobody."""
    staff = clerks([P(0, 60, stays=True)])
    out = run(engine, staff, A(10), place=Place(((0, 60),), desks=((0, 0),)))
    assert fates(out) == [Fate.NOT_SERVED]
    assert out.finish.tolist() == [ms(60)]


def test_newcomers_balk_at_the_expected_wait_but_appointments_never(engine: Engine) -> None:
    """L13: (1 waiting + 1) x 10 min / 1 clerk is more than 15 min; booked customers stay."""
    place = Place(balk=15)
    staff = clerks([P(0, 600)])
    out = run(engine, staff, A(0), A(1), A(2), A(3, booked=3), place=place)
    assert fates(out) == [Fate.SERVED, Fate.SERVED, Fate.TURNED_AWAY, Fate.SERVED]


def test_without_clerk_on_duty_every_newcomer_balks(engine: Engine) -> None:
    """L13: nobody there means an endless expected wait."""
    out = run(engine, clerks([P(10, 600)]), A(5), A(11), place=Place(balk=100))
    assert fates(out) == [Fate.TURNED_AWAY, Fate.SERVED]


def test_who_left_comes_again_with_new_patience(engine: Engine) -> None:
    """L14: two tries fail, the third is served; tries and the last arrival are kept."""
    again = A(1, 5, patience=(2, 3, 100), delays=(4, 6))
    out = run(engine, clerks([P(0, 600)]), A(0, 30), again)
    assert out.tries.tolist() == [1, 3]
    assert out.last[1] == ms(1 + 2 + 4 + 3 + 6)
    assert calls(out) == [0, 30]


def test_a_refused_try_is_marked(engine: Engine) -> None:
    """L13, L14: the bit of the try that was turned away is set, and the next one is made."""
    again = A(1, 5, patience=(None,), delays=(40,))
    out = run(engine, clerks([P(0, 600)]), A(0, 30), again, place=Place(balk=5))
    assert out.refused.tolist() == [0, 1]
    assert out.tries.tolist() == [1, 2]
    assert calls(out) == [0, 41]


def test_slow_clerks_take_longer_and_no_case_takes_nothing(engine: Engine) -> None:
    """L15: work x 1000 / speed, rounded down, at least a millisecond."""
    out = run(engine, clerks([P(0, 600)], speed=[300]), A(0, 10))
    assert out.finish.tolist() == [ms(10) * 1000 // 300]
    out = run(engine, clerks([P(0, 600)], speed=[5000]), A(0, 1 / 60_000))
    assert out.finish.tolist() == [1]


def test_nobody_comes(engine: Engine) -> None:
    """An empty queue and a house without clerks or doors give nothing and do not hang."""
    staff = clerks()
    assert len(run(engine, staff, place=Place(doors=())).call) == 0
    assert fates(run(engine, staff, A(5), place=Place(doors=()))) == [Fate.TURNED_AWAY]


def test_every_sentence_is_cited_by_a_test() -> None:
    """Every sentence of the law has a test that names it, and no test names another one."""
    files = (Path(__file__), Path(__file__).with_name("test_law_hand_on.py"))
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    cited = set(re.findall(r"\bL\d+\b", text))
    assert cited == set(LAW)


def test_engines_only_fill_the_rows_they_are_given(engine: Engine) -> None:
    """The input columns are the same after a run: an engine is a pure function."""
    staff = clerks([P(0, 600)])
    customers = queue(A(0), A(1, patience=(2,)))
    before = [np.array(column, copy=True) for column in customers]
    engine.run(customers, staff, house(Place(), staff))
    for old, new in zip(before, customers, strict=True):
        np.testing.assert_array_equal(old, new)

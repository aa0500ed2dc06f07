"""The law of cases handed on, sentence by sentence, in every engine (L16 to L21)."""

from __future__ import annotations

import pytest

from planner.sim.engine import Clerks, Engine, Fate, Hand, Outcomes, get_engine
from planner.sim.spells import all_spells
from tests.engines.builders import A, P, Place, clerks, location, ms
from tests.engines.plain import plain_engine
from tests.engines.shuffled import ShuffledEngine

OVER, BACK = Hand.OVER, Hand.BACK


@pytest.fixture(params=["compiled", "simpy", "plain", "shuffled"], scope="module")
def engine(request: pytest.FixtureRequest) -> Engine:
    """Every engine: the same law."""
    if request.param == "shuffled":
        return ShuffledEngine(1)
    return plain_engine() if request.param == "plain" else get_engine(request.param)


def run(engine: Engine, staff: Clerks, *customers: A, place: Place | None = None) -> Outcomes:
    """Play the customers with this staff."""
    return engine.run(*location(staff, *customers, place=place))


def spells(outcomes: Outcomes) -> list[tuple[int, int, float, float]]:
    """Return (customer, clerk, from, to) of everybody, in minutes."""
    return [
        (row, clerk, since / ms(1), until / ms(1))
        for row, clerk, since, until in all_spells(outcomes).tolist()
    ]


def test_a_case_is_handed_over_to_an_idle_colleague(engine: Engine) -> None:
    """L17, L20: begun at 15 by clerk 0, whose shift ends at 20; clerk 1 does the other 25 minutes.

    The call is the first one, end and clerk are those of the last spell.
    """
    out = run(engine, clerks([P(0, 20, hands=OVER)], [P(0, 600)]), A(15, 30))
    assert spells(out) == [(0, 0, 15, 20), (0, 1, 20, 45)]
    assert out.spells.tolist() == [[0, 0, ms(15), ms(20)], [0, 1, ms(20), ms(45)]]
    assert (out.call[0], out.finish[0], out.clerk[0]) == (ms(15), ms(45), 1)


def test_the_rule_of_the_piece_decides(engine: Engine) -> None:
    """L16, L7, L9: the same day with the rule finish has one spell, and the table is empty."""
    out = run(engine, clerks([P(0, 20)], [P(0, 600)]), A(15, 30))
    assert spells(out) == [(0, 0, 15, 45)]
    assert out.spells.shape == (0, 4)


def test_a_case_that_finds_nobody_is_finished_and_not_offered_again(engine: Engine) -> None:
    """L16: clerk 1 is busy at 20 and idle from 26 on, but clerk 0 goes on until 45."""
    staff = clerks([P(0, 20, hands=OVER)], [P(0, 600)])
    out = run(engine, staff, A(15, 30), A(16, 10))
    assert spells(out) == [(0, 0, 15, 45), (1, 1, 16, 26)]
    assert out.spells.shape == (0, 4)


def test_the_colleague_must_hold_the_skill(engine: Engine) -> None:
    """L17: the idle clerk 1 cannot take the case over, clerk 2 can."""
    staff = clerks([P(0, 20, (0,), hands=OVER)], [P(0, 600, (1,))], [P(0, 600, (0, 1))])
    assert spells(run(engine, staff, A(15, 30))) == [(0, 0, 15, 20), (0, 2, 20, 45)]
    alone = clerks([P(0, 20, (0,), hands=OVER)], [P(0, 600, (1,))])
    assert spells(run(engine, alone, A(15, 30))) == [(0, 0, 15, 45)]


def test_of_several_colleagues_the_first_by_fewest_skills_takes_over(engine: Engine) -> None:
    """L17, L4: the specialist with number 2 before the generalist with number 1."""
    staff = clerks([P(0, 20, hands=OVER)], [P(0, 600, (0, 1))], [P(5, 600)])
    assert spells(run(engine, staff, A(4, 30))) == [(0, 0, 4, 20), (0, 2, 20, 34)]


@pytest.mark.parametrize("rule", [OVER, BACK])
def test_who_may_serve_on_in_the_next_piece_keeps_the_case(engine: Engine, rule: Hand) -> None:
    """L16: other work that begins at once keeps the case if its skill is held, else not.

    Nor after a break, nor if there is time between the pieces.
    """
    kept, handed = [(0, 0, 15, 45)], [(0, 0, 15, 20), (0, 1, 20, 45)]
    for following, pause, found in (
        (P(20, 600, (0, 1)), 0, kept),
        (P(20, 600, (1,)), 0, handed),
        (P(20, 600, (0, 1)), 5, handed),
        (P(21, 600, (0, 1)), 0, handed),
    ):
        staff = clerks([P(0, 20, (0,), pause, hands=rule), following], [P(0, 600)])
        assert spells(run(engine, staff, A(15, 30))) == found


def test_nobody_hands_over_to_oneself(engine: Engine) -> None:
    """L17: nobody else is there, so the case is finished before the work with the other skill."""
    staff = clerks([P(0, 20, (0,), hands=OVER), P(20, 600, (1,))])
    assert spells(run(engine, staff, A(15, 30), A(16, 5, skill=1))) == [
        (0, 0, 15, 45),
        (1, 0, 45, 50),
    ]


def test_who_handed_over_is_free_at_once_for_what_comes_next(engine: Engine) -> None:
    """L16, L8: the break begins at 20, not at 45, and ends at 35."""
    staff = clerks([P(0, 20, pause=15, hands=OVER), P(35, 600, (1,))], [P(0, 600, (0,))])
    out = run(engine, staff, A(15, 30), A(22, 5, skill=1))
    assert spells(out) == [(0, 0, 15, 20), (0, 1, 20, 45), (1, 0, 35, 40)]


def test_cases_are_handed_on_in_the_order_of_clerks_before_the_dispatch(engine: Engine) -> None:
    """L1, L2: one idle colleague at 20 for two cases and a newcomer: clerk 0's case it is."""
    staff = clerks([P(0, 20, hands=OVER)], [P(0, 20, hands=OVER)], [P(20, 600)])
    out = run(engine, staff, A(15, 30), A(16, 30), A(20, 5))
    assert spells(out) == [(0, 0, 15, 20), (0, 2, 20, 45), (1, 1, 16, 46), (2, 2, 45, 50)]


def test_a_case_that_ends_with_the_piece_is_finished_there(engine: Engine) -> None:
    """L1: completions of the instant come first, so nothing is left to hand on."""
    for rule in (OVER, BACK):
        out = run(engine, clerks([P(0, 20, hands=rule)], [P(0, 600)]), A(10, 10))
        assert spells(out) == [(0, 0, 10, 20)]


def test_a_colleague_who_is_done_in_that_instant_is_idle(engine: Engine) -> None:
    """L1, L17: clerk 1's own case ends at 20, at which clerk 0 hands over."""
    staff = clerks([P(0, 20, hands=OVER)], [P(0, 600)])
    out = run(engine, staff, A(10, 30), A(11, 9))
    assert spells(out) == [(0, 0, 10, 20), (0, 1, 20, 40), (1, 1, 11, 20)]


def test_a_customer_handed_back_waits_at_the_old_place(engine: Engine) -> None:
    """L18: who came at 10 is called before who came at 12; the rest of 10 minutes is done at 30."""
    staff = clerks([P(0, 20, hands=BACK)], [P(0, 600)])
    out = run(engine, staff, A(0, 30), A(10, 20), A(12, 5))
    assert out.clerk.tolist() == [1, 1, 1]
    assert spells(out) == [(0, 0, 0, 20), (0, 1, 30, 40), (1, 1, 10, 30), (2, 1, 40, 45)]
    assert out.call.tolist() == [ms(0), ms(10), ms(40)]


def test_nothing_is_handed_back_if_nobody_goes_on(engine: Engine) -> None:
    """L18: a colleague with another skill or whose piece ends too does not count."""
    out = run(engine, clerks([P(0, 20, hands=BACK)], [P(0, 600, (1,))]), A(15, 30))
    assert spells(out) == [(0, 0, 15, 45)]
    both = clerks([P(0, 20, hands=BACK)], [P(0, 20, hands=BACK)])
    assert spells(run(engine, both, A(15, 30), A(16, 30))) == [(0, 0, 15, 45), (1, 1, 16, 46)]


def test_a_colleague_who_works_beyond_the_piece_does_not_go_on(engine: Engine) -> None:
    """L18: clerk 1 is still busy at 20, but the piece ended at 18: clerk 0 finishes."""
    staff = clerks([P(0, 20, hands=BACK)], [P(0, 18)])
    assert spells(run(engine, staff, A(10, 30), A(11, 30))) == [(0, 0, 10, 40), (1, 1, 11, 41)]


def test_who_stays_goes_on(engine: Engine) -> None:
    """L11, L18: the doors close at 60; clerk 1 stays for the customer handed back at 50.

    Clerk 1 is busy until 70 and then does the rest; clerk 0's own closing at 60 would be finish.
    """
    staff = clerks([P(0, 50, hands=BACK)], [P(0, 60, stays=True, hands=BACK)])
    place = Place(doors=((0, 60),))
    out = run(engine, staff, A(40, 20), A(41, 29), place=place)
    assert spells(out) == [(0, 0, 40, 50), (0, 1, 70, 80), (1, 1, 41, 70)]


def test_where_a_clerk_stays_the_case_is_finished(engine: Engine) -> None:
    """L16, L11: a piece in which the clerk stays has the rule finish, whatever it says."""
    staff = clerks([P(0, 60, stays=True, hands=OVER)], [P(0, 60, stays=True)])
    out = run(engine, staff, A(50, 20), place=Place(doors=((0, 60),)))
    assert spells(out) == [(0, 0, 50, 70)]


def test_patience_has_no_end_for_who_was_handed_back(engine: Engine) -> None:
    """L18: patience 5, called at once; handed back at 20 the customer waits until 40."""
    staff = clerks([P(0, 20, hands=BACK)], [P(0, 600)])
    for again in ((), (3,)):
        impatient = A(10, 30, patience=(5,) * (1 + len(again)), delays=again)
        out = run(engine, staff, impatient, A(11, 29))
        assert spells(out) == [(0, 0, 10, 20), (0, 1, 40, 60), (1, 1, 11, 40)]


def test_the_old_place_is_that_of_the_present_try(engine: Engine) -> None:
    """L18: first tried at 1, came again at 9; at 30 who is booked for 5 is called before."""
    again = A(1, 30, patience=(2, None), delays=(6,))
    staff = clerks([P(0, 20, hands=BACK)], [P(0, 600)])
    out = run(engine, staff, A(0, 9), A(0, 30), again, A(12, 5, booked=5))
    assert spells(out)[2:] == [(2, 0, 9, 20), (2, 1, 35, 54), (3, 1, 30, 35)]


def test_newcomers_of_the_instant_are_judged_before_cases_are_handed_on(engine: Engine) -> None:
    """L1, L13, L18: at 20 nobody waits yet, so one newcomer fits; at 21 who went back counts."""
    staff = clerks([P(0, 20, hands=BACK)], [P(0, 600)])
    customers = (A(0, 40), A(1, 60), A(20, 5), A(21, 5))
    out = run(engine, staff, *customers, place=Place(balk=10))
    assert [Fate(fate) for fate in out.fate] == [Fate.SERVED] * 3 + [Fate.TURNED_AWAY]


def test_the_customer_called_last_goes_back_when_a_desk_is_lost(engine: Engine) -> None:
    """L19: of two at the desks the one called at 5 goes back at 10 and is called again at 30.

    The clerk is idle and on duty: with two desks again at 20 that is when the rest begins.
    """
    staff = clerks([P(0, 600)], [P(0, 600)])
    place = Place(desks=((0, 2), (10, 1)), desk_loss=True)
    out = run(engine, staff, A(0, 30), A(5, 15), place=place)
    assert spells(out) == [(0, 0, 0, 30), (1, 1, 5, 10), (1, 0, 30, 40)]
    place = Place(desks=((0, 2), (10, 1), (20, 2)), desk_loss=True)
    out = run(engine, staff, A(0, 30), A(5, 15), place=place)
    assert spells(out) == [(0, 0, 0, 30), (1, 1, 5, 10), (1, 1, 20, 30)]


def test_of_those_called_at_once_the_greatest_row_goes_back(engine: Engine) -> None:
    """L19: rows 0, 1 and 2 are called at 0; of three desks one is left at 10."""
    staff = clerks([P(0, 600)], [P(0, 600)], [P(0, 600)])
    place = Place(desks=((0, 3), (10, 2)), desk_loss=True)
    out = run(engine, staff, A(0, 30), A(0, 30), A(0, 30), place=place)
    assert spells(out)[2:] == [(2, 2, 0, 10), (2, 0, 30, 50)]


def test_the_present_spell_counts_when_a_desk_is_lost(engine: Engine) -> None:
    """L19: row 0 came first, but was handed over at 20, after row 1 was called."""
    staff = clerks([P(0, 20, hands=OVER)], [P(0, 600)], [P(20, 600)])
    place = Place(desks=((0, 9), (25, 1)), desk_loss=True)
    out = run(engine, staff, A(0, 30), A(5, 50), place=place)
    assert spells(out) == [(0, 0, 0, 20), (0, 2, 20, 25), (0, 1, 55, 60), (1, 1, 5, 55)]


def test_cases_are_handed_over_before_desks_are_lost(engine: Engine) -> None:
    """L1, L19: at 20 row 0 goes to clerk 2 first and then, called last, back into the line."""
    staff = clerks([P(0, 20, hands=OVER)], [P(0, 600)], [P(20, 600)])
    place = Place(desks=((0, 9), (20, 1)), desk_loss=True)
    out = run(engine, staff, A(0, 30), A(5, 50), place=place)
    assert spells(out) == [(0, 0, 0, 20), (0, 2, 20, 20), (0, 1, 55, 65), (1, 1, 5, 55)]


def test_the_rest_takes_the_next_clerk_the_time_that_the_speed_says(engine: Engine) -> None:
    """L20, L15: 20 of 60 minutes are done at half speed; full speed does the other 20 minutes."""
    staff = clerks([P(0, 20, hands=OVER)], [P(0, 600)], speed=[500, 1000])
    assert spells(run(engine, staff, A(0, 30))) == [(0, 0, 0, 20), (0, 1, 20, 40)]
    staff = clerks([P(0, 20, hands=OVER)], [P(0, 600)], speed=[1000, 500])
    assert spells(run(engine, staff, A(0, 30))) == [(0, 0, 0, 20), (0, 1, 20, 40)]


def test_the_rest_of_a_case_is_rounded_up(engine: Engine) -> None:
    """L20: 1 ms is left at speed 300: 0.3 ms of work are 1 ms, which takes the next clerk 3 ms."""
    staff = clerks([P(0, 20, hands=OVER)], [P(0, 600)], speed=[300, 300])
    work = (ms(20) + 2) * 300 / 1000 / ms(1)
    length = round(work * ms(1)) * 1000 // 300
    out = run(engine, staff, A(0, work))
    left = -((length - ms(20)) * 300 // -1000)
    assert out.finish.tolist() == [ms(20) + left * 1000 // 300]


def test_who_is_not_called_again_leaves_unserved(engine: Engine) -> None:
    """L21, L12: handed back at 20 to a colleague who goes at 30 and is busy until 90.

    The first call and the last clerk stay in the row; the time at the desk is in the table.
    """
    staff = clerks([P(0, 20, hands=BACK)], [P(0, 30)])
    out = run(engine, staff, A(10, 30), A(11, 79), place=Place(doors=((0, 60),)))
    assert [Fate(fate) for fate in out.fate] == [Fate.NOT_SERVED, Fate.SERVED]
    assert (out.call[0], out.finish[0], out.clerk[0]) == (ms(10), ms(60), 0)
    assert spells(out) == [(0, 0, 10, 20), (1, 1, 11, 90)]

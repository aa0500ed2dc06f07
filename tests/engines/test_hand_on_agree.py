"""Cases handed on: the same rows and spells in every engine, and what must hold for all of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from planner.sim.engine import Clerks, Engine, Fate, Hand, House, Queue, get_engine
from planner.sim.spells import CLERK, CUSTOMER, SINCE, UNTIL, all_spells
from planner.sim.streams import stream
from planner.units import MS_PER_MINUTE
from tests.engines.builders import A, P, Place, clerks, location
from tests.engines.ciw_oracle import Constant, constant_location
from tests.engines.plain import plain_engine
from tests.engines.random_locations import Shape, random_location, untimed_location
from tests.engines.shuffled import ShuffledEngine
from tests.engines.test_engines_agree import GRIDS, differing

Location = tuple[Queue, Clerks, House]
PER_GRID = pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS.keys())


def locations(grid: int, count: int, customers: int = 400) -> list[Location]:
    """Return random locations that mix the rules piece by piece, every third without redials."""
    shape = Shape(grid=grid, days=3, customers=customers, clerks=12, hands_on=True)
    return [
        untimed_location(seed, grid, hands_on=True)
        if seed % 3 == 2
        else random_location(seed, shape)
        for seed in range(count)
    ]


@pytest.mark.slow
@PER_GRID
def test_compiled_and_simpy_agree_where_cases_are_handed_on(grid: int) -> None:
    """0 customers differ; hundreds of cases with several spells, some never called again (L21)."""
    compiled, simpy = get_engine("compiled"), get_engine("simpy")
    handed = again = lost = 0
    for number, place in enumerate(locations(grid, 210)):
        out = compiled.run(*place)
        assert differing(out, simpy.run(*place)) == 0, f"seed {number}"
        rows = np.unique(out.spells[:, CUSTOMER])
        handed, again = handed + len(rows), again + len(out.spells) - len(rows)
        lost += int((out.fate[rows] != Fate.SERVED).sum())
    assert handed > 1000
    assert again > handed
    assert lost > 10


@PER_GRID
def test_shuffled_instants_and_plain_loops_agree_too(grid: int) -> None:
    """L1, L2: a naive engine in random order, and the loops without numba."""
    compiled, plain = get_engine("compiled"), plain_engine()
    for number, place in enumerate(locations(grid, 24, customers=130)):
        out = compiled.run(*place)
        if len(out.call) < 150:
            assert differing(out, ShuffledEngine(number).run(*place)) == 0
        assert differing(out, plain.run(*place)) == 0


@pytest.mark.parametrize("seed", range(30))
def test_spells_follow_each_other_and_do_all_the_work(seed: int) -> None:
    """L20: clerks at standard speed: the spells of who is served add up to the work, exactly.

    They begin with the call and end with the end; nobody is at two desks, no clerk has two cases.
    """
    queue, staff, house = locations(MS_PER_MINUTE, seed + 1)[seed]
    staff = staff._replace(speed=np.full_like(staff.speed, 1000))
    out = get_engine("compiled").run(queue, staff, house)
    spells = all_spells(out)
    length = np.zeros(len(out.call), dtype=np.int64)
    np.add.at(length, spells[:, CUSTOMER], spells[:, UNTIL] - spells[:, SINCE])
    served = out.fate == Fate.SERVED
    np.testing.assert_array_equal(length[served], queue.work[served])
    assert (length[~served] < queue.work[~served]).all()
    first = np.unique(spells[:, CUSTOMER], return_index=True)[1]
    assert (out.call[spells[first, CUSTOMER]] == spells[first, SINCE]).all()
    last = np.append(first[1:], len(spells)) - 1
    assert (out.clerk[spells[last, CUSTOMER]] == spells[last, CLERK]).all()
    done = last[served[spells[last, CUSTOMER]]]
    assert (out.finish[spells[done, CUSTOMER]] == spells[done, UNTIL]).all()
    for owner in (CUSTOMER, CLERK):
        order = spells[np.lexsort((spells[:, UNTIL], spells[:, SINCE], spells[:, owner]))]
        for one, other in pairwise(order):
            assert one[owner] != other[owner] or one[UNTIL] <= other[SINCE]


@pytest.mark.parametrize("rule", [Hand.OVER, Hand.BACK])
@pytest.mark.parametrize("seed", range(12))
def test_a_colleague_who_begins_as_one_ends_is_the_same_clerk(seed: int, rule: Hand) -> None:
    """L17, L18: equal clerks, first come first served: shifts cut in two change no call, no end.

    Where the case is finished instead, two serve for a while and somebody is called earlier.
    """
    case = Constant(
        clerks=1 + seed % 4, occupancy=0.8 + 0.05 * seed, first_class=0.0, patience_minutes=None
    )
    queue, staff, house = constant_location(case, 400, seed)
    house = house._replace(desks=2 * house.desks)
    whole = get_engine("compiled").run(queue, staff, house)
    cut = get_engine("compiled").run(queue, _cut(staff, seed, rule), house)
    np.testing.assert_array_equal(whole.call, cut.call)
    np.testing.assert_array_equal(whole.finish, cut.finish)
    assert len(cut.spells) > 20
    finished = get_engine("compiled").run(queue, _cut(staff, seed, Hand.FINISH), house)
    assert (finished.call != whole.call).any()


def _cut(staff: Clerks, seed: int, rule: Hand) -> Clerks:
    """Return two clerks for each one: by turns, each with a piece up to the next random cut."""
    draw, until = stream(seed, 0, "cut shifts"), int(staff.end[0])
    pieces: list[list[tuple[int, int]]] = []
    for _ in staff.speed:
        edges = [0, *np.sort(draw.choice(20_000_000, 60, replace=False) + 1).tolist(), until]
        spans = list(pairwise(edges))
        pieces += [spans[::2], spans[1::2]]
    flat = np.array([span for own in pieces for span in own], dtype=np.int64)
    size = len(flat)
    return Clerks(
        first=np.cumsum([0, *map(len, pieces)]).astype(np.int32),
        start=flat[:, 0].copy(),
        end=flat[:, 1].copy(),
        mask=np.ones(size, dtype=np.int64),
        pause=np.zeros(size, dtype=np.int64),
        stays=flat[:, 1] == until,
        hands=np.full(size, rule, dtype=np.int8),
        speed=np.full(len(pieces), 1000, dtype=np.int32),
    )


DESKS = """            if seldom(now == here.tally[HOUSE]):
                change_desks(place, here.tally, now)
                lose_desks(here.cases, comers, staff, here, rows, now)
"""
HAND = "            hand_on(here.cases, comers, staff, here, rows, now)\n"
ADMIT = "            admit(comers, place, here, rows, now)\n"
#: Slips of what the sentences on handing on say: module, text, wrong text.
SLIPS = {
    "L1: desks before cases": ("engine_compiled", HAND + DESKS, DESKS + HAND),
    "L1: cases before newcomers": ("engine_compiled", ADMIT + HAND, HAND + ADMIT),
    "L2: the last clerk first": (
        "compiled_hand_on",
        "range(len(staff.clerk)):\n        me = staff.clerk[clerk]",
        "range(len(staff.clerk) - 1, -1, -1):\n        me = staff.clerk[clerk]",
    ),
    "L16: also where a clerk stays": ("compiled_cases", " and not clerks.stays[piece]", ""),
    "L16: the wrong way round": ("compiled_hand_on", "== OVER:", "!= OVER:"),
    "L16: kept across a break": (
        "compiled_hand_on",
        "piece + 1 >= last or clerks.pause[piece] > 0",
        "piece + 1 >= last",
    ),
    "L16: kept without the skill": (
        "compiled_hand_on",
        "follows and (clerks.mask[piece + 1] >> skill) & 1",
        "follows",
    ),
    "L16: never kept": ("compiled_hand_on", "if _keeps(", "if False and _keeps("),
    "L17: any idle clerk": (
        "compiled_hand_on",
        "first_idle(staff, state.tally, skill)",
        "first_idle(staff, state.tally, 0)",
    ),
    "L18: nobody need go on": ("compiled_hand_on", "elif _others_go_on(", "elif True or ("),
    "L18: whose piece ends goes on": ("compiled_hand_on", "holds and now <", "holds and 0 <"),
    "L18: place of the first try": (
        "compiled_hand_on",
        "- queue.arrival[row] + out.last[row]",
        "",
    ),
    "L18: the old patience": (
        "compiled_hand_on",
        "ABANDONED, NEVER",
        "ABANDONED, out.last[row] + queue.patience[row, 0]",
    ),
    "L18: waits uncounted": ("compiled_hand_on", "WAITING] += 1", "WAITING] += 0"),
    "L19: first called first": (
        "compiled_hand_on",
        "since[held] > since[row]",
        "since[held] < since[row]",
    ),
    "L19: smallest row": ("compiled_hand_on", "and held > row", "and held < row"),
    "L20: rounded down": ("compiled_hand_on", "+ 999) // 1000", ") // 1000"),
    "L20: speed forgotten": ("compiled_hand_on", "left * clerks.speed[clerk]", "left * 1000"),
    "L20: the last call": ("compiled_cases", "out.call[row] == NOT_CALLED", "True"),
}


@pytest.fixture(scope="module")
def played() -> list[Location]:
    """Return locations: some by hand, then random ones on two grids."""
    random = [*locations(MS_PER_MINUTE, 40, customers=200), *locations(1, 40, customers=200)]
    return [*by_hand(), *random]


def by_hand() -> list[Location]:
    """Return what random locations seldom have.

    A break that eats up what follows at once; an appointment between two tries of a customer who is
    handed back; calls of one instant when a desk is lost.
    """
    again = A(1, 30, patience=(2, None), delays=(6,))
    place = Place(desks=((0, 3), (10, 2)), desk_loss=True)
    pauses = clerks([P(0, 20, pause=5, hands=Hand.BACK), P(20, 600)], [P(0, 600)])
    ends = clerks([P(0, 20, hands=Hand.BACK)], [P(0, 600)])
    return [
        location(pauses, A(15, 30)),
        location(ends, A(0, 9), A(0, 30), again, A(12, 5, booked=5)),
        location(clerks(*[[P(0, 600)]] * 3), A(0, 30), A(0, 30), A(0, 30), place=place),
    ]


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS.keys())
def test_seeded_slips_of_handing_on_are_caught(
    slip: tuple[str, str, str], played: list[Location]
) -> None:
    """Each slip changes some customer's row or spells."""
    module, text, wrong = slip
    slipped, reference = plain_engine({module: (text, wrong)}), get_engine("compiled")
    assert any(_differs(slipped, reference, place) for place in played)


def _differs(slipped: Engine, reference: Engine, location: Location) -> bool:
    return differing(slipped.run(*location), reference.run(*location)) > 0

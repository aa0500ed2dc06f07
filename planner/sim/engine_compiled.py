"""The compiled twin: the law of a day (``planner.sim.law``) as loops over arrays.

No fast-math and integers only, so it gives the rows of the SimPy reference to the millisecond.
"""

from __future__ import annotations

from typing import Any

from planner.sim.compiled_arrivals import admit, call_at_once, comes_alone
from planner.sim.compiled_calls import dispatch
from planner.sim.compiled_cases import begin_cases
from planner.sim.compiled_clerks import change_roster, proceed, release
from planner.sim.compiled_hand_on import hand_on, lose_desks
from planner.sim.compiled_heap import (
    Ints,
    compiled_lean,
    compiled_part,
    compiled_rare,
    natural,
)
from planner.sim.compiled_house import change_desks, close_doors, look_ahead
from planner.sim.compiled_instructions import seldom
from planner.sim.compiled_patience import expire, next_leave, strand, wanted_skills
from planner.sim.compiled_seats import number_seats
from planner.sim.compiled_state import (
    AGAIN,
    BUSY,
    DUTY,
    HOUSE,
    KEY,
    LOSS,
    NEXT,
    OFF,
    PIECE,
    READY,
    SINCE,
    SPELLS,
    STANDING,
    STAYERS,
    TIMED,
    State,
    clear,
    most_spells,
    reserve,
    reserve_outcomes,
    state_of,
)
from planner.sim.compiled_turns import THE_END, first_turn
from planner.sim.engine import (
    NEVER,
    Clerks,
    House,
    Outcomes,
    Queue,
    check_input,
    check_sizes,
)
from planner.sim.spells import with_spells

Columns = tuple[Any, ...]


class CompiledEngine:
    """The engine for thousands of replications."""

    name = "compiled"

    def run(self, queue: Queue, clerks: Clerks, house: House) -> Outcomes:
        """Play the customers of one location; see ``planner.sim.engine.Engine``."""
        check_sizes(queue, clerks, house)
        state = reserve(queue, clerks, house)
        tally, cases = state[-2:]
        spells = 0 if cases is None else most_spells(clerks, house)
        out = reserve_outcomes(len(queue.arrival), spells)
        if not _run(tuple(queue), tuple(clerks), tuple(house), tuple(out), state):
            check_input(queue, clerks, house)
        if cases is None:
            return out
        return with_spells(out, out.spells[: tally[SPELLS]], cases[SINCE])


@compiled_lean
def _run(queue: Columns, clerks: Columns, house: Columns, out: Columns, state: Columns) -> bool:
    """Play the location, instant by instant, in the order of L1.

    Plain tuples: looking at the types of named ones takes as long as a hundred customers.
    Returns False, and nothing is done, if the numbers cannot be played.
    """
    comers, staff, place = Queue(*queue), Clerks(*clerks), House(*house)
    rows, here = Outcomes(*out), state_of(state)
    if not _is_sound(comers, staff):
        return False
    _begin(comers, staff, place, here)
    now = _next_instant(comers, here, rows.finish, -NEVER)
    while now < THE_END:
        alone = comes_alone(comers, place, here, now)
        if not (alone and call_at_once(comers, staff, here, rows, now)):
            change_roster(here.cases, staff, here.staff, here.tally, now)
            admit(comers, place, here, rows, now)
            hand_on(here.cases, comers, staff, here, rows, now)
            if seldom(now == here.tally[HOUSE]):
                change_desks(place, here.tally, now)
                lose_desks(here.cases, comers, staff, here, rows, now)
            dispatch(comers, staff, here, rows, now)
            if seldom(here.tally[TIMED] != 0):
                expire(comers, here, rows, now)
            if seldom(now == here.tally[HOUSE]):
                close_doors(place, here, rows, now)
            if seldom(here.tally[STAYERS] > 0):
                wanted = wanted_skills(here.lines, here.tally, rows.finish, now + 1)
                release(staff, here.staff, here.tally, wanted, now)
        now = _next_instant(comers, here, rows.finish, now)
    _end(place, here, rows)
    return True


@compiled_rare
def _is_sound(queue: Queue, clerks: Clerks) -> bool:
    """Tell whether nothing takes less than a millisecond (``check_input`` says what does)."""
    least = 1
    for row in range(len(queue.work)):
        least = min(least, queue.work[row])
        for further in range(queue.delay.shape[1]):
            least = min(least, queue.delay[row, further])
    for clerk in range(len(clerks.speed)):
        least = min(least, clerks.speed[clerk])
    return least >= 1


@compiled_rare
def _begin(queue: Queue, clerks: Clerks, house: House, state: State) -> None:
    """Put everybody where they are before the first instant."""
    clear(queue, state)
    begin_cases(state.cases, queue)
    number_seats(clerks, state.staff, state.tally)
    for clerk in range(len(clerks.speed)):
        me = state.staff.clerk[clerk]
        me[PIECE], me[READY], me[DUTY], me[BUSY] = clerks.first[clerk], -NEVER, OFF, 0
        proceed(clerks, state.staff, state.tally, clerk, -NEVER)
    state.tally[LOSS] = house.desk_loss
    look_ahead(house, state.tally)


@compiled_rare
def _end(house: House, state: State, out: Outcomes) -> None:
    """Let those go who still wait at the end of everything (L12)."""
    for skill in range(len(state.lines.line)):
        if (state.tally[STANDING] >> skill) & 1:
            strand(state, out, skill, house.closing[-1], NEVER - 1)


@compiled_part
def _next_instant(queue: Queue, state: State, deadline: Ints, now: int) -> int:
    """Return the next instant at which anything happens; ``THE_END`` or later if nothing does."""
    tally = state.tally
    instant = min(first_turn(state.staff.turns), tally[HOUSE])
    row = natural(tally[NEXT])
    if row < len(queue.arrival):
        instant = min(instant, queue.arrival[row])
    if seldom(tally[AGAIN] > 0):
        instant = min(instant, state.later.again[KEY, 0])
    if seldom(tally[TIMED] + tally[STAYERS] > 0):
        instant = min(instant, next_leave(state.lines, state.later, tally, deadline, now))
    return int(instant)

"""Cases in hand in the compiled engine where a case may be handed on, and where it may not (L16).

Where none is handed on ``cases`` is None.  The compiler knows that from the type and leaves out
what stands behind ``cases is None`` or before it, so there are two machine codes of one text and
the usual one has not a branch more.
"""

from __future__ import annotations

from planner.sim.compiled_heap import Ints, compiled_part, natural
from planner.sim.compiled_state import (
    BUSY,
    ENDED,
    ENDS,
    HELD,
    PIECE,
    REST,
    SINCE,
    UNTIL,
    Staff,
    Table,
)
from planner.sim.compiled_turns import set_turn
from planner.sim.engine import NEVER, NOT_CALLED, Clerks, Outcomes, Queue

#: How ``BUSY`` a clerk is whose piece has ended and who may hand the case on.
ENDING = 2
Cases = Table | None


@compiled_part
def begin_cases(cases: Cases, queue: Queue) -> None:
    """Note all the work that there is to do."""
    if cases is not None:
        for row in range(len(queue.work)):
            cases[REST, row] = queue.work[row]


@compiled_part
def come_to_desk(cases: Cases, out: Outcomes, row: int, now: int) -> None:
    """Note the call, of several the first, and the begin of the spell at the desk (L20)."""
    if cases is None:
        out.call[row] = now
    else:
        cases[SINCE, row] = now
        if out.call[row] == NOT_CALLED:
            out.call[row] = now


@compiled_part
def at_desk_since(cases: Cases, out: Outcomes, row: int) -> int:
    """Return when the present spell of a customer at a desk began."""
    if cases is None:
        return int(out.call[row])
    return int(cases[SINCE, row])


@compiled_part
def work_left(cases: Cases, queue: Queue, row: int) -> int:
    """Return the work that is left to do (L20)."""
    if cases is None:
        return int(queue.work[row])
    return int(cases[REST, row])


@compiled_part
def hold(cases: Cases, clerks: Clerks, staff: Staff, clerk: int, row: int, finish: int) -> None:
    """Let the turn of a busy clerk come when the piece ends, if before the case and with a rule."""
    if cases is not None:
        me = staff.clerk[clerk]
        me[HELD], me[ENDS] = row, finish
        piece = natural(me[PIECE])
        if clerks.hands[piece] and not clerks.stays[piece]:
            set_turn(staff.turns, clerk, min(finish, me[UNTIL]))


@compiled_part
def piece_ended(cases: Cases, staff: Staff, tally: Ints, clerk: int, now: int) -> bool:
    """Tell whether the piece of a busy clerk ends now, not the case; ``hand_on`` looks after it."""
    if cases is None:
        return False
    me = staff.clerk[clerk]
    if me[ENDS] <= now:
        return False
    me[BUSY] = ENDING
    tally[ENDED] += 1
    set_turn(staff.turns, clerk, NEVER)
    return True

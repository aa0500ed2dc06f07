"""Clerks in the compiled engine: pieces of shifts, breaks, and who stays (L7, L8, L9, L11)."""

from __future__ import annotations

from planner.sim.compiled_bits import put_in, take_out
from planner.sim.compiled_cases import Cases, piece_ended
from planner.sim.compiled_heap import Ints, compiled_part, compiled_rare, natural
from planner.sim.compiled_state import (
    ARE_IDLE,
    BUSY,
    DUTY,
    IDLE,
    IDLERS,
    OF_PIECE,
    OFF,
    ON_DUTY,
    PIECE,
    READY,
    SEAT,
    SERVING,
    STAYERS,
    STAYING,
    UNTIL,
    Staff,
)
from planner.sim.compiled_turns import clerk_in_turn, first_turn, set_turn
from planner.sim.engine import NEVER, Clerks


@compiled_part
def change_roster(cases: Cases, clerks: Clerks, staff: Staff, tally: Ints, now: int) -> None:
    """Apply completions, starts and ends of pieces, and ends of breaks (L1, L7)."""
    while first_turn(staff.turns) == now:
        clerk = clerk_in_turn(staff.turns)
        me = staff.clerk[clerk]
        if me[BUSY]:
            if piece_ended(cases, staff, tally, clerk, now):
                continue
            me[BUSY] = 0
            tally[SERVING] -= 1
            if now < me[UNTIL]:
                _be_idle(staff, tally, clerk)
                continue
            _leave_seat(staff, clerk)
        else:
            _go_off(staff, tally, clerk)
        proceed(clerks, staff, tally, clerk, now)


@compiled_rare
def free(clerks: Clerks, staff: Staff, tally: Ints, clerk: int, now: int) -> None:
    """Let a clerk who was busy be idle, or go on to what comes next (L7)."""
    me = staff.clerk[clerk]
    me[BUSY] = 0
    tally[SERVING] -= 1
    if now < me[UNTIL]:
        _be_idle(staff, tally, clerk)
    else:
        _leave_seat(staff, clerk)
        proceed(clerks, staff, tally, clerk, now)


@compiled_part
def start_serving(staff: Staff, tally: Ints, clerk: int, finish: int) -> None:
    """Let an idle clerk be busy until ``finish``."""
    _stop_idling(staff, tally, clerk)
    staff.clerk[clerk, BUSY] = 1
    tally[SERVING] += 1
    set_turn(staff.turns, clerk, finish)


@compiled_rare
def proceed(clerks: Clerks, staff: Staff, tally: Ints, clerk: int, now: int) -> None:
    """Put a clerk who is off into the piece of the shift that holds now (L7, L8, L11)."""
    me = staff.clerk[clerk]
    last = clerks.first[clerk + 1]
    while me[PIECE] < last:
        piece = natural(me[PIECE])
        begin = max(clerks.start[piece], me[READY])
        end = clerks.end[piece]
        limit = end_at_latest(clerks, clerk, piece)
        if begin < limit and now < begin:
            set_turn(staff.turns, clerk, begin)
            return
        if begin < limit and now < limit:
            me[DUTY], me[UNTIL] = (IDLE, end) if now < end else (STAYING, limit)
            me[SEAT] = staff.seat[OF_PIECE, piece]
            put_in(staff.sets[ON_DUTY], me[SEAT])
            _be_idle(staff, tally, clerk)
            return
        _end_piece(clerks, me, max(begin, now))
    me[UNTIL] = NEVER
    set_turn(staff.turns, clerk, me[UNTIL])


@compiled_part
def end_at_latest(clerks: Clerks, clerk: int, piece: int) -> int:
    """Return when a piece ends at the latest: who stays does so until the next one (L11)."""
    if not clerks.stays[piece]:
        return int(clerks.end[piece])
    last = piece + 1 == clerks.first[clerk + 1]
    return int(max(clerks.end[piece], NEVER if last else clerks.start[piece + 1]))


@compiled_rare
def release(clerks: Clerks, staff: Staff, tally: Ints, wanted: int, now: int) -> None:
    """Let clerks go who stayed and find nobody waiting for them (L1, L11).

    ``wanted``: bits of the skills for which somebody waits.
    """
    for clerk in range(len(staff.clerk)):
        me = staff.clerk[clerk]
        stays = me[DUTY] == STAYING and not me[BUSY]
        if stays and clerks.mask[me[PIECE]] & wanted == 0:
            _go_off(staff, tally, clerk)
            _end_piece(clerks, me, now)
            proceed(clerks, staff, tally, clerk, now)


@compiled_part
def _end_piece(clerks: Clerks, me: Ints, now: int) -> None:
    """Leave a piece for the break that follows it, if any, and then the next one (L8)."""
    pause = clerks.pause[me[PIECE]]
    if pause > 0:
        me[READY] = now + pause
    me[PIECE] += 1


@compiled_part
def _be_idle(staff: Staff, tally: Ints, clerk: int) -> None:
    """Let a clerk on duty be called."""
    me = staff.clerk[clerk]
    put_in(staff.sets[ARE_IDLE], me[SEAT])
    tally[IDLERS] += 1
    tally[STAYERS] += me[DUTY] == STAYING
    set_turn(staff.turns, clerk, me[UNTIL])


@compiled_part
def _stop_idling(staff: Staff, tally: Ints, clerk: int) -> None:
    me = staff.clerk[clerk]
    take_out(staff.sets[ARE_IDLE], me[SEAT])
    tally[IDLERS] -= 1
    tally[STAYERS] -= me[DUTY] == STAYING


@compiled_part
def _leave_seat(staff: Staff, clerk: int) -> None:
    take_out(staff.sets[ON_DUTY], staff.clerk[clerk, SEAT])
    staff.clerk[clerk, DUTY] = OFF


@compiled_part
def _go_off(staff: Staff, tally: Ints, clerk: int) -> None:
    """Take a clerk who is not busy out of those on duty."""
    if staff.clerk[clerk, DUTY] != OFF:
        _stop_idling(staff, tally, clerk)
        _leave_seat(staff, clerk)

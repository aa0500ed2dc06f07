"""Lines of waiting customers in the compiled engine, one a skill, in the order of L3.

Most customers come in the order in which they are called: who is behind everybody in the ranks of
the line joins the end of the ranks, anybody else the heap beside them.  The first of the two firsts
is called next.  Those who left stay in the line until they come up.
"""

from __future__ import annotations

from planner.sim.compiled_heap import Ints, compiled_part, drop, natural, push
from planner.sim.compiled_state import (
    BASE,
    HEAD,
    HEAP,
    KEY,
    ROW,
    SIZE,
    STANDING,
    TAIL,
    Lines,
)


@compiled_part
def join(lines: Lines, tally: Ints, skill: int, rank: int, row: int) -> None:
    """Let a customer wait."""
    line, keys, rows = lines.line[skill], lines.wait[KEY], lines.wait[ROW]
    tail = natural(line[TAIL])
    if line[HEAD] == tail:
        line[HEAD] = tail = natural(line[BASE])
    elif rank < keys[tail - 1] or (rank == keys[tail - 1] and row < rows[tail - 1]):
        push(keys, rows, line[HEAP], line[SIZE], rank, row)
        line[SIZE] += 1
        return
    keys[tail] = rank
    rows[tail] = row
    line[TAIL] = tail + 1
    tally[STANDING] |= 1 << skill


@compiled_part
def first_place(lines: Lines, skill: int) -> int:
    """Return where the first of a line that is not empty stands."""
    line, keys, rows = lines.line[skill], lines.wait[KEY], lines.wait[ROW]
    head, heap = natural(line[HEAD]), natural(line[HEAP])
    if line[SIZE] == 0:
        return head
    if head == line[TAIL]:
        return heap
    if keys[heap] < keys[head] or (keys[heap] == keys[head] and rows[heap] < rows[head]):
        return heap
    return head


@compiled_part
def drop_first(lines: Lines, tally: Ints, skill: int, place: int) -> None:
    """Take the first, who stands at ``place``, out of the line."""
    line = lines.line[skill]
    if place == line[HEAP]:
        drop(lines.wait[KEY], lines.wait[ROW], place, line[SIZE])
        line[SIZE] -= 1
    else:
        line[HEAD] += 1
    if line[SIZE] == 0 and line[HEAD] == line[TAIL]:
        tally[STANDING] ^= 1 << skill


@compiled_part
def length_of(lines: Lines, skill: int) -> int:
    """Return how many stand in a line, those who left included."""
    line = lines.line[skill]
    return int(line[TAIL] - line[HEAD] + line[SIZE])


@compiled_part
def row_of(lines: Lines, skill: int, number: int) -> int:
    """Return who stands in a line; numbers are in no order."""
    line = lines.line[skill]
    ranks = line[TAIL] - line[HEAD]
    place = line[HEAD] + number if number < ranks else line[HEAP] + number - ranks
    return int(lines.wait[ROW, place])


@compiled_part
def empty_line(lines: Lines, tally: Ints, skill: int) -> None:
    """Let nobody stand in a line."""
    line = lines.line[skill]
    line[HEAD] = line[TAIL] = line[BASE]
    line[SIZE] = 0
    tally[STANDING] &= ~(1 << skill)

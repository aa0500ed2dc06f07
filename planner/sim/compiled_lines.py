"""Lines of waiting customers in the compiled engine, one a skill, in the order of L3.

Most customers come in the order in which they are called: who is behind everybody in the ranks of
the line joins the end of the ranks, anybody else the heap beside them.  The first of the two firsts
is called next.  Those who left stay in the line until they come up.
"""

from __future__ import annotations

from planner.sim.compiled_heap import compiled_part, drop, push
from planner.sim.compiled_state import BASE, HEAD, HEAP, LINES, SIZE, TAIL, WAITING, State


@compiled_part
def join(state: State, skill: int, rank: int, row: int) -> None:
    """Let a customer wait."""
    line = state.line[skill]
    tail = line[TAIL]
    if line[HEAD] == tail:
        line[HEAD] = tail = line[BASE]
        behind = True
    else:
        last = state.ranks[tail - 1]
        behind = rank > last or (rank == last and row > state.rows[tail - 1])
    if behind:
        state.ranks[tail] = rank
        state.rows[tail] = row
        line[TAIL] = tail + 1
    else:
        push(state.ranks, state.rows, line[HEAP], line[SIZE], rank, row)
        line[SIZE] += 1
    state.tally[LINES] |= 1 << skill


@compiled_part
def first_place(state: State, skill: int) -> int:
    """Return where the first of a line that is not empty stands."""
    line = state.line[skill]
    head, heap = line[HEAD], line[HEAP]
    if line[SIZE] == 0:
        return int(head)
    if head == line[TAIL]:
        return int(heap)
    rank, other = state.ranks[head], state.ranks[heap]
    if other < rank or (other == rank and state.rows[heap] < state.rows[head]):
        return int(heap)
    return int(head)


@compiled_part
def drop_first(state: State, skill: int, place: int) -> None:
    """Take the first, who stands at ``place``, out of the line."""
    line = state.line[skill]
    if place == line[HEAP]:
        drop(state.ranks, state.rows, place, line[SIZE])
        line[SIZE] -= 1
    else:
        line[HEAD] += 1
    if line[SIZE] == 0 and line[HEAD] == line[TAIL]:
        state.tally[LINES] ^= 1 << skill


@compiled_part
def length_of(state: State, skill: int) -> int:
    """Return how many stand in a line, those who left included."""
    line = state.line[skill]
    return int(line[TAIL] - line[HEAD] + line[SIZE])


@compiled_part
def row_of(state: State, skill: int, number: int) -> int:
    """Return who stands in a line, by numbers in no order."""
    line = state.line[skill]
    ranks = line[TAIL] - line[HEAD]
    place = line[HEAD] + number if number < ranks else line[HEAP] + number - ranks
    return int(state.rows[place])


@compiled_part
def empty_line(state: State, skill: int) -> None:
    """Let nobody stand in a line."""
    line = state.line[skill]
    line[HEAD] = line[TAIL] = line[BASE]
    line[SIZE] = line[WAITING] = 0
    state.tally[LINES] &= ~(1 << skill)

"""Doors and desks in the compiled engine (L5, L10, L12)."""

from __future__ import annotations

from planner.sim.compiled_heap import Ints, compiled_part, compiled_rare, natural
from planner.sim.compiled_patience import strand
from planner.sim.compiled_state import DESK, DESKS, DOOR, HOUSE, State
from planner.sim.engine import NEVER, House, Outcomes


@compiled_rare
def look_ahead(house: House, tally: Ints) -> None:
    """Note the next instant at which the doors close or the number of desks changes."""
    tally[HOUSE] = NEVER
    if tally[DOOR] < len(house.closing):
        tally[HOUSE] = house.closing[tally[DOOR]]
    if tally[DESK] < len(house.desks_from):
        tally[HOUSE] = min(tally[HOUSE], house.desks_from[tally[DESK]])


@compiled_part
def is_open(house: House, tally: Ints, now: int) -> bool:
    """Tell whether the doors are open (L10)."""
    door = natural(tally[DOOR])
    return bool(door < len(house.closing) and house.opening[door] <= now < house.closing[door])


@compiled_rare
def change_desks(house: House, tally: Ints, now: int) -> None:
    """Let as many be served at once as there are desks from now on (L5)."""
    while tally[DESK] < len(house.desks_from) and house.desks_from[tally[DESK]] <= now:
        tally[DESKS] = house.desks[tally[DESK]]
        tally[DESK] += 1


@compiled_rare
def close_doors(house: House, state: State, out: Outcomes, now: int) -> None:
    """At the closing of the doors let those go whom nobody who stays can serve (L12)."""
    door = state.tally[DOOR]
    if door < len(house.closing) and house.closing[door] == now:
        state.tally[DOOR] += 1
        for skill in range(len(state.lines.line)):
            if not (house.remaining[door] >> skill) & 1:
                strand(state, out, skill, now, now)
    look_ahead(house, state.tally)

"""One round of the Lagrangian dual, compiled: everybody's best line at given prices."""

from __future__ import annotations

from typing import NamedTuple

from planner.model.roster.arrays import Floats, Week
from planner.model.roster.compiled_code import compiled, compiled_inner
from planner.model.roster.compiled_cover import pause_end
from planner.model.roster.compiled_pricing import Choice, Memory, fill_table, price_line
from planner.model.roster.prices import Prices


class Answer(NamedTuple):
    """What everybody's best lines give together, in the shape of ``Prices``; changed in place.

    ``present`` and ``desk`` count people present and people serving; ``value`` (E,) is the value of
    each employee's best line [points].
    """

    served: Floats
    present: Floats
    desk: Floats
    back: Floats
    value: Floats


@compiled_inner
def value_cells(week: Week, g: int, d: int, prices: Prices, memory: Memory) -> None:
    """Fill the value of each cell in group g on day d at ``prices``, and its best activity."""
    places, groups = week.places, week.groups
    place = groups.place[g]
    for c in range(places.first[place, d], places.last[place, d]):
        best = prices.back[place] if groups.back[g] else -1e9
        chosen = -1
        for i in range(groups.first_row[g], groups.first_row[g + 1]):
            k = groups.rows[i]
            gain = prices.served[k, d, c] - prices.desk[place, d, c]
            if gain > best:
                best = gain
                chosen = k
        best += prices.present[0, place, d, c] + prices.present[1, place, d, c]
        memory.values[g, d, c] = best
        memory.activity[g, d, c] = chosen


@compiled
def dual_round(week: Week, prices: Prices, memory: Memory, line: Choice, answer: Answer) -> None:
    """Fill ``answer`` with everybody's best lines at ``prices``."""
    for g in range(len(week.groups.place)):
        for d in range(week.grid.days):
            value_cells(week, g, d, prices, memory)
            fill_table(week, g, d, memory)
    answer.served[:] = 0.0
    answer.present[:] = 0.0
    answer.desk[:] = 0.0
    answer.back[:] = 0.0
    for e in range(len(week.staff.most)):
        answer.value[e] = price_line(week, e, memory, line)
        _add(week, memory, line, answer)


@compiled_inner
def _add(week: Week, memory: Memory, line: Choice, answer: Answer) -> None:
    for d in range(week.grid.days):
        g = line.group[d]
        if g < 0:
            continue
        place = week.groups.place[g]
        pause = line.pause[d]
        stop = pause_end(week.grid, line.start[d], line.end[d], pause)
        for c in range(line.start[d], line.end[d]):
            if pause <= c < stop:
                continue
            answer.present[0, place, d, c] += 1.0
            answer.present[1, place, d, c] += 1.0
            k = memory.activity[g, d, c]
            if k < 0:
                answer.back[place] += 1.0
            else:
                answer.served[k, d, c] += 1.0
                answer.desk[place, d, c] += 1.0

"""Shifts and appointment slots of one day of a location, decided together.

People present carry so much load with the promises kept; walk-ins bring theirs when they like, and
an appointment brings its work when it is placed.  So the cheapest shifts for a number of slots are
those whose peaks the appointments fill and whose valleys they leave alone.

    min   sum_k cost_k x_k + u * (unplaced + sum_t over_t)
    s.t.  y_t = sum of x_k over shifts k that cover period t,     least_t <= y_t <= most
          walk_ins_t + sum_i work_it a_i <= carried(y_t) + over_t
          sum_i a_i + unplaced = slots,                           0 <= a_i <= most_i

with x people by shift, y people by period, a slots by bookable time.  ``carried`` is any increasing
function of the people, written as a sum of steps; ``over`` is the load that all desks together
could not carry.  Appointments against the tide of walk-ins: Kortbeek, Zonderland, Braaksma,
Vliegen, Boucherie, Litvak, Hans 2014, Performance Evaluation 80, 5-26; the shifts beside them are
this project's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ortools.sat.python import cp_model

from planner.model.shift_master import Profile, Shift

#: Loads are whole parts of an erlang.
WHOLE = 1_000


@dataclass(frozen=True, slots=True)
class SlotDay:
    """What there is to decide.

    Attributes
    ----------
    menu : tuple of Shift
        Shifts on offer.
    least : tuple of int
        People present at the least, by period.
    carried : tuple of float
        Load that 0, 1, … people carry [erlang], increasing; as many as there are desks.
    walk_ins : tuple of float
        Load that comes of itself, by period [erlang].
    work : tuple of tuple of float
        By bookable time, the load by period of one slot there [erlang].
    most_slots : tuple of int
        Slots at the most by bookable time.
    slots : int
        Slots to place.
    """

    menu: tuple[Shift, ...]
    least: Profile
    carried: tuple[float, ...]
    walk_ins: tuple[float, ...]
    work: tuple[tuple[float, ...], ...]
    most_slots: tuple[int, ...]
    slots: int


@dataclass(frozen=True, slots=True)
class SlotPlan:
    """Shifts and slots.

    Attributes
    ----------
    profile : tuple of int
        People present by period.
    slots : tuple of int
        Slots by bookable time.
    unplaced : int
        Slots that found no place.
    cost : int
        Cost of the shifts.
    over : float
        Load beyond what all desks carry, summed over periods [erlang].
    proven : bool
        Whether nothing is cheaper.
    """

    counts: tuple[int, ...]
    profile: Profile
    slots: tuple[int, ...]
    unplaced: int
    cost: int
    over: float
    proven: bool


def shifts_and_slots(
    day: SlotDay, effort: float, fixed: tuple[int, ...] | None = None, seed: int = 0
) -> SlotPlan | None:
    """Return the cheapest shifts, and slots that they carry; None when no shifts can be there.

    Parameters
    ----------
    effort : float
        The solver's own count of its work, the same on every machine.
    fixed : tuple of int, optional
        Slots by bookable time as they stand: only the shifts are decided.
    """
    master = _Master(day)
    if fixed is not None:
        master.fix(fixed)
    return master.solve(effort, seed)


class _Master:
    def __init__(self, day: SlotDay) -> None:
        self.day, self.model = day, cp_model.CpModel()
        most = len(day.carried) - 1
        self.counts = [self.model.new_int_var(0, most, s.name) for s in day.menu]
        self.present = [self._present(period, most) for period in range(len(day.least))]
        self.slots = [
            self.model.new_int_var(0, limit, f"a {time}")
            for time, limit in enumerate(day.most_slots)
        ]
        self.unplaced = self.model.new_int_var(0, day.slots, "unplaced")
        self.model.add(sum(self.slots) + self.unplaced == day.slots)
        self.over = [self._carry(period, most) for period in range(len(day.least))]
        self.cost = sum(s.cost * n for s, n in zip(day.menu, self.counts, strict=True))
        # A slot without a place, or the least load too much, costs more than all desks all day.
        dear = 1 + most * max((shift.cost for shift in day.menu), default=0)
        self.model.minimize(self.cost + dear * self.unplaced + dear * sum(self.over))

    def fix(self, slots: tuple[int, ...]) -> None:
        for variable, value in zip(self.slots, slots, strict=True):
            self.model.add(variable == value)

    def _present(self, period: int, most: int) -> cp_model.IntVar:
        on = [n for n, s in zip(self.counts, self.day.menu, strict=True) if s.covers[period]]
        present = self.model.new_int_var(self.day.least[period], most, f"y {period}")
        self.model.add(sum(on) == present)
        return present

    def _carry(self, period: int, most: int) -> cp_model.IntVar:
        """Ask for people who carry the load of a period; what they cannot is returned."""
        day, model = self.day, self.model
        steps = []
        for people in range(1, most + 1):
            reached = model.new_bool_var(f"y {period} >= {people}")
            model.add(self.present[period] >= people).only_enforce_if(reached)
            more = _whole_down(day.carried[people]) - _whole_down(day.carried[people - 1])
            steps.append(more * reached)
        walk_ins, nobody = _whole_up(day.walk_ins[period]), _whole_down(day.carried[0])
        booked = [_whole_up(w[period]) * s for s, w in zip(self.slots, day.work, strict=True)]
        highest = walk_ins + sum(
            _whole_up(work[period]) * limit
            for work, limit in zip(day.work, day.most_slots, strict=True)
        )
        over = model.new_int_var(0, highest, f"over {period}")
        model.add(walk_ins + sum(booked) <= nobody + sum(steps) + over)
        return over

    def solve(self, effort: float, seed: int) -> SlotPlan | None:
        solver = cp_model.CpSolver()
        solver.parameters.max_deterministic_time = effort
        solver.parameters.random_seed = seed
        solver.parameters.num_workers = 1
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return SlotPlan(
            counts=tuple(solver.value(count) for count in self.counts),
            profile=tuple(solver.value(present) for present in self.present),
            slots=tuple(solver.value(slots) for slots in self.slots),
            unplaced=solver.value(self.unplaced),
            cost=sum(
                s.cost * solver.value(n) for s, n in zip(self.day.menu, self.counts, strict=True)
            ),
            over=sum(solver.value(over) for over in self.over) / WHOLE,
            proven=status == cp_model.OPTIMAL,
        )


def _whole_down(load: float) -> int:
    return math.floor(WHOLE * load + 1e-9)


def _whole_up(load: float) -> int:
    return math.ceil(WHOLE * load - 1e-9)

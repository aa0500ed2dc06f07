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
from itertools import pairwise

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
    counts : tuple of int
        People by shift of the menu.
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
    bound : float
        No shifts with as many slots placed, and no more load too much, cost less.
    """

    counts: tuple[int, ...]
    profile: Profile
    slots: tuple[int, ...]
    unplaced: int
    cost: int
    over: float
    proven: bool
    bound: float


def shifts_for(day: SlotDay, slots: tuple[int, ...], effort: float) -> SlotPlan | None:
    """Return the cheapest shifts for slots that lie as told; None when no shifts can be there."""
    return _solved(day, effort, slots, None)


def shifts_and_slots(day: SlotDay, effort: float, start: SlotPlan | None = None) -> SlotPlan | None:
    """Return the cheapest shifts, and slots that they carry; None when no shifts can be there.

    Parameters
    ----------
    effort : float
        The solver's own count of its work, the same on every machine.
    start : SlotPlan, optional
        A plan to begin with: what is returned is no worse.
    """
    found = _solved(day, effort, None, start)
    if found is None or start is None:
        return found or start
    return min(found, start, key=lambda plan: (plan.over, plan.unplaced, plan.cost))


def _solved(
    day: SlotDay, effort: float, fixed: tuple[int, ...] | None, start: SlotPlan | None
) -> SlotPlan | None:
    if max(day.least, default=0) >= len(day.carried):
        return None
    master = _Master(day)
    if fixed is not None:
        master.fix(fixed)
    if start is not None:
        master.begin_with(start)
    return master.solve(effort)


class _Master:
    def __init__(self, day: SlotDay) -> None:
        self.day, self.model = day, cp_model.CpModel()
        most = len(day.carried) - 1
        self.counts = [self.model.new_int_var(0, most, s.name) for s in day.menu]
        self.more = [self._more(period, most) for period in range(len(day.least))]
        self.slots = [
            self.model.new_int_var(0, limit, f"a {time}")
            for time, limit in enumerate(day.most_slots)
        ]
        self.unplaced = self.model.new_int_var(0, day.slots, "unplaced")
        self.model.add(sum(self.slots) + self.unplaced == day.slots)
        self.over = [self._carry(period) for period in range(len(day.least))]
        self.cost = sum(s.cost * n for s, n in zip(day.menu, self.counts, strict=True))
        # A slot without a place, or the least load too much, costs more than all desks all day.
        self.dear = 1 + most * max((shift.cost for shift in day.menu), default=0)
        self.lacking = self.unplaced + sum(self.over)
        self.model.minimize(self.cost + self.dear * self.lacking)

    def fix(self, slots: tuple[int, ...]) -> None:
        for variable, value in zip(self.slots, slots, strict=True):
            self.model.add(variable == value)

    def begin_with(self, plan: SlotPlan) -> None:
        for variable, value in zip(
            (*self.counts, *self.slots), (*plan.counts, *plan.slots), strict=True
        ):
            self.model.add_hint(variable, value)

    def _more(self, period: int, most: int) -> list[cp_model.IntVar]:
        """Return Booleans for every person beyond the least, the first ones first."""
        least = range(self.day.least[period] + 1, most + 1)
        more = [self.model.new_bool_var(f"y {period} >= {people}") for people in least]
        for fewer, then in pairwise(more):
            self.model.add_implication(then, fewer)
        on = [n for n, s in zip(self.counts, self.day.menu, strict=True) if s.covers[period]]
        self.model.add(sum(on) == self.day.least[period] + sum(more))
        return more

    def _carry(self, period: int) -> cp_model.IntVar:
        """Ask for people who carry the load of a period; what they cannot is returned."""
        day, first = self.day, self.day.least[period]
        carried = [_whole_down(load) for load in day.carried[first:]]
        steps = [
            (b - a) * more
            for (a, b), more in zip(pairwise(carried), self.more[period], strict=True)
        ]
        walk_ins = _whole_up(day.walk_ins[period])
        works = [_whole_up(work[period]) for work in day.work]
        booked = [work * slots for work, slots in zip(works, self.slots, strict=True) if work]
        highest = walk_ins + sum(w * m for w, m in zip(works, day.most_slots, strict=True))
        over = self.model.new_int_var(0, highest, f"over {period}")
        self.model.add(walk_ins + sum(booked) <= carried[0] + sum(steps) + over)
        return over

    def solve(self, effort: float) -> SlotPlan | None:
        solver = cp_model.CpSolver()
        solver.parameters.max_deterministic_time = effort
        solver.parameters.random_seed = 0
        solver.parameters.num_workers = 1
        solver.parameters.catch_sigint_signal = False  # an interrupt is the caller's
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return SlotPlan(
            counts=tuple(solver.value(count) for count in self.counts),
            profile=tuple(
                least + sum(solver.value(one) for one in more)
                for least, more in zip(self.day.least, self.more, strict=True)
            ),
            slots=tuple(solver.value(slots) for slots in self.slots),
            unplaced=solver.value(self.unplaced),
            cost=sum(
                s.cost * solver.value(n) for s, n in zip(self.day.menu, self.counts, strict=True)
            ),
            over=sum(solver.value(over) for over in self.over) / WHOLE,
            proven=status == cp_model.OPTIMAL,
            bound=max(0.0, solver.best_objective_bound - self.dear * solver.value(self.lacking)),
        )


def _whole_down(load: float) -> int:
    return math.floor(WHOLE * load + 1e-9)


def _whole_up(load: float) -> int:
    return math.ceil(WHOLE * load - 1e-9)

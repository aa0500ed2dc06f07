"""The master of one service day: how many people work each shift, at least cost, under cuts.

The people present in a period are the shifts that cover it.  A cut says of a profile that is too
low that at least one of its periods needs more people; it is a clause over Booleans
``present[t] >= v``, which needs no concavity of the service level (monotone feasibility cut).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ortools.sat.python import cp_model

from planner.errors import ModelError

Profile = tuple[int, ...]
#: Weights of linear cuts are whole parts of the largest one.
WHOLE = 1_000


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift of the menu: the periods that it covers and what it costs.

    Attributes
    ----------
    name : str
        As told to people, e.g. ``08:00-16:00``.
    covers : tuple of bool
        By period, whether someone on the shift serves (False: break, or not there).
    cost : int
        Paid minutes, or any other whole unit.
    """

    name: str
    covers: tuple[bool, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class LinearCut:
    """People present, weighted by period, must sum up to ``needed`` at the least; weights >= 0."""

    weights: tuple[float, ...]
    needed: float


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """People over some shifts of the menu (their numbers): at least, and at the most.

    Desks that several groups share in a slot, people of which each works one shift, a skill that
    several groups hold: all of them say how many people some shifts may or must have.
    """

    shifts: tuple[int, ...]
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class MasterSolution:
    """Shifts worked, people present by period, their cost, and the proven bound on any cost.

    ``counts`` is None when no schedule satisfies the cuts; ``bound`` is then meaningless.
    """

    counts: tuple[int, ...] | None
    profile: Profile
    cost: int
    bound: float
    proven: bool


class ShiftMaster:
    """A model that gains cuts and is solved again and again.

    Parameters
    ----------
    menu : tuple of Shift
        Shifts on offer.
    most : tuple of int
        People present at the most, by period (desks); cuts are valid only with such a limit.
    least : tuple of int
        People present at the least, by period.
    rows : tuple of PeopleRow
        What groups or sites share.

    Raises
    ------
    ModelError
        When a shift does not have as many periods as ``most``.
    """

    def __init__(
        self,
        menu: tuple[Shift, ...],
        most: Profile,
        least: Profile,
        rows: tuple[PeopleRow, ...] = (),
    ) -> None:
        for shift in menu:
            if len(shift.covers) != len(most) or len(least) != len(most):
                raise ModelError(
                    f"shift {shift.name}: {len(shift.covers)} periods, not {len(most)}"
                )
        self._menu, self._most = menu, most
        self._model = cp_model.CpModel()
        people = max(most)
        self._counts = [self._model.new_int_var(0, people, f"x {s.name}") for s in menu]
        self._present = [
            self._model.new_int_var(low, high, f"y {period}")
            for period, (low, high) in enumerate(zip(least, most, strict=True))
        ]
        self._reached: dict[tuple[int, int], cp_model.IntVar] = {}
        for period, present in enumerate(self._present):
            on = [c for c, s in zip(self._counts, menu, strict=True) if s.covers[period]]
            self._model.add(sum(on) == present)
        for row in rows:
            self._share(row)
        self._cost = sum(s.cost * count for s, count in zip(menu, self._counts, strict=True))
        self._model.minimize(self._cost)
        self._priced = True

    def require(self, period: int, people: int) -> None:
        """Ask for at least ``people`` in a period."""
        self._model.add(self._present[period] >= people)

    def exclude(self, profile: Profile, window: tuple[int, ...]) -> None:
        """Ask for more than ``profile`` in at least one period of ``window``.

        Periods in which the profile is at the most already cannot have more and drop out; where
        all drop out, no schedule is left.
        """
        self._model.add_bool_or(
            [
                self._at_least(period, profile[period] + 1)
                for period in window
                if profile[period] < self._most[period]
            ]
        )

    def demand(self, cut: LinearCut) -> None:
        """Ask for a weighted sum of people, rounded so that nothing it allows is lost."""
        scale = WHOLE / max(max(cut.weights), 1e-12)
        weights = [math.ceil(scale * weight - 1e-6) for weight in cut.weights]
        total = sum(w * p for w, p in zip(weights, self._present, strict=True) if w)
        self._model.add(total >= math.floor(scale * cut.needed + 1e-6))

    def cheaper_than(self, cost: int) -> None:
        """Ask for a schedule that costs less."""
        self._model.add(self._cost < cost)

    def cover(self, profile: Profile) -> None:
        """Ask for at least the profile in every period."""
        for period, people in enumerate(profile):
            self.require(period, people)

    def approach(self, profile: Profile) -> None:
        """Ask for as much of the profile as can be had, rather than for least cost.

        Of equally near schedules the cheapest is taken, unless one more period costs more than a
        whole shift; nothing is told of the least cost any more.
        """
        short = [self._model.new_int_var(0, people, "") for people in profile]
        for lacking, present, people in zip(short, self._present, profile, strict=True):
            self._model.add(present + lacking >= people)
        dear = 1 + max(shift.cost for shift in self._menu)
        self._model.minimize(dear * sum(short) + self._cost)
        self._priced = False

    def solve(self, seconds: float, seed: int = 0, effort: float = math.inf) -> MasterSolution:
        """Return the cheapest shifts under the cuts so far.

        Parameters
        ----------
        seconds, effort : float
            Limits: time [s], and the solver's count of its own work, the same on every machine.
        """
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.max_deterministic_time = effort
        solver.parameters.random_seed = seed
        solver.parameters.num_workers = 1
        # An interrupt is the caller's: the solver's own handler would end the whole program.
        solver.parameters.catch_sigint_signal = False
        status = solver.solve(self._model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            proven = status == cp_model.INFEASIBLE
            return MasterSolution(None, (), 0, 0.0, proven)
        return MasterSolution(
            counts=tuple(solver.value(count) for count in self._counts),
            profile=tuple(solver.value(present) for present in self._present),
            cost=int(solver.value(self._cost)),
            bound=solver.best_objective_bound if self._priced else 0.0,
            proven=self._priced and status == cp_model.OPTIMAL,
        )

    def _share(self, row: PeopleRow) -> None:
        people = sum(self._counts[shift] for shift in row.shifts)
        if row.least > 0:
            self._model.add(people >= row.least)
        if row.most is not None:
            self._model.add(people <= row.most)

    def _at_least(self, period: int, people: int) -> cp_model.IntVar:
        """Return the Boolean that holds exactly when ``people`` are present in the period."""
        key = (period, people)
        if key not in self._reached:
            reached = self._model.new_bool_var(f"y {period} >= {people}")
            self._model.add(self._present[period] >= people).only_enforce_if(reached)
            self._model.add(self._present[period] < people).only_enforce_if(reached.negated())
            self._reached[key] = reached
        return self._reached[key]


def contiguous_menu(periods: int, lengths: tuple[int, ...], cost: int = 1) -> tuple[Shift, ...]:
    """Return shifts of every length [periods] at every start that fits; cost by length."""
    return tuple(
        Shift(
            f"{start}+{length}",
            tuple(start <= period < start + length for period in range(periods)),
            cost * length,
        )
        for length in lengths
        for start in range(periods - length + 1)
    )

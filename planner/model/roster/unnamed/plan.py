"""Who works where on which day and how long, without hours of the day: fractional or whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from planner.model.roster.arrays import Bools, Floats, Ints
from planner.model.roster.unnamed.block import Block, Work, add_block
from planner.model.roster.unnamed.plain_week import PlainWeek
from planner.model.roster.unnamed.programme import Programme

#: A share of a day below this is none.
NONE = 1e-5

#: Day and group.
Where = tuple[int, int]


@dataclass(eq=False)
class Plan:
    """A plan of a plain week, made whole part by part.

    Attributes
    ----------
    works, time : list of dict, by employee
        Share of a day that e works in a group on it, and cells then; by day and group.
    decided : bool (E,)
        Whose days are whole.
    starts, ends : dict of (group, day) to int64 array
        How many have started and ended by each cell, once settled.
    """

    plain: PlainWeek
    works: list[dict[Where, float]]
    time: list[dict[Where, float]]
    decided: Bools
    starts: dict[tuple[int, int], Ints] = field(default_factory=dict)
    ends: dict[tuple[int, int], Ints] = field(default_factory=dict)

    @classmethod
    def open(cls, plain: PlainWeek) -> Plan:
        """Return the plan in which everybody may work wherever and whenever they can."""
        wide = plain.last - plain.first >= plain.shortest
        works = [
            {
                (day, group): 0.0
                for day in np.flatnonzero(plain.free[employee]).tolist()
                for group in own
                if wide[group, day]
            }
            for employee, own in enumerate(plain.groups)
        ]
        nobody = np.zeros(len(works), np.bool_)
        return cls(plain, works, [dict(own) for own in works], nobody)

    def places(self, employee: int) -> set[int]:
        """Return the places in which an employee may still work."""
        return {int(self.plain.place[group]) for _, group in self.works[employee]}

    def at(self, places: set[int]) -> list[int]:
        """Return the employees who may still work at one of ``places``."""
        return [e for e in range(len(self.works)) if self.places(e) & places]


class PartialModel:
    """The programme of some places: all who may work there, what they do elsewhere stands.

    Parameters
    ----------
    whole : collection of int
        Employees whose days become whole.
    kept : bool
        Whether days of theirs that are whole already stay as they are.
    settled : bool
        Whether times, starts and ends become whole; then cells owed may be missed at a price, a
        share of that of a missing person.
    """

    #: Price of a cell that somebody works too many, and of one too few, as shares of a missing
    #: person's: nobody works more because it would fill a gap.
    BEYOND, LACKING = 1.1, 0.1

    def __init__(
        self,
        plan: Plan,
        places: set[int],
        whole: Iterable[int] = (),
        kept: bool = True,
        settled: bool = False,
    ) -> None:
        self.programme = Programme()
        self._plan, self._plain, self._settled = plan, plan.plain, settled
        self._whole, self._kept = frozenset(whole), kept
        self._inside = {int(g) for g in np.flatnonzero(np.isin(self._plain.place, list(places)))}
        self._work: dict[int, dict[Where, Work]] = {}
        workers: dict[tuple[int, int], list[Work]] = {}
        for employee in plan.at(places):
            self._work[employee] = self._add_employee(employee)
            for (day, group), work in self._work[employee].items():
                workers.setdefault((group, day), []).append(work)
        self._blocks: dict[tuple[int, int], Block] = {
            key: add_block(self.programme, self._plain, key, own, settled)
            for key, own in workers.items()
        }

    def write(self, point: Floats) -> None:
        """Take ``point`` into the plan: days, times, and starts and ends if settled."""
        for employee, work in self._work.items():
            works, time = self._plan.works[employee], self._plan.time[employee]
            for where, columns in work.items():
                share = float(point[columns.works])
                if share < NONE:
                    del works[where], time[where]
                    continue
                works[where] = float(round(share)) if employee in self._whole else share
                time[where] = float(point[columns.time])
        self._plan.decided[list(self._whole)] = True
        if self._settled:
            for key, block in self._blocks.items():
                self._plan.starts[key] = _rounded(point, block.starts)
                self._plan.ends[key] = _rounded(point, block.ends)

    def _add_employee(self, employee: int) -> dict[Where, Work]:
        plain, programme = self._plain, self.programme
        decided = bool(self._plan.decided[employee])
        dearer = plain.over - plain.over.min()
        work = {}
        for where in self._plan.works[employee]:
            if where[1] in self._inside:
                share = self._plan.works[employee][where]
                whole = employee in self._whole
                stays = decided or (whole and self._kept and share > 1.0 - NONE)
                works = programme.column(1.0, 0.0, whole, float(stays))
                price = float(dearer[where[1]])
                time = programme.column(plain.longest, price, self._settled)
                programme.row([(time, 1.0), (works, -plain.shortest)], 0.0, np.inf)
                programme.row([(time, 1.0), (works, -plain.longest)], -np.inf, 0.0)
                work[where] = Work(works, time)
        self._add_week(employee, work)
        if not decided:
            self._add_days(employee, work)
        return work

    def _add_week(self, employee: int, work: dict[Where, Work]) -> None:
        """Post the cells owed in the week."""
        elsewhere = sum(t for w, t in self._plan.time[employee].items() if w not in work)
        terms = [(one.time, 1.0) for one in work.values()]
        if self._settled:
            price = float((self._plain.short + self._plain.over).max())
            beyond = self.programme.column(np.inf, self.BEYOND * price)
            lacking = self.programme.column(np.inf, self.LACKING * price)
            terms += [(beyond, -1.0), (lacking, 1.0)]
        owed = float(self._plain.owed[employee]) - elsewhere
        self.programme.row(terms, owed, owed)

    def _add_days(self, employee: int, work: dict[Where, Work]) -> None:
        """Post one group a day, and how many working days there may be."""
        plain = self._plain
        outside = {w: v for w, v in self._plan.works[employee].items() if w not in work}
        most = min(int(plain.most_days[employee]), int(plain.owed[employee]) // plain.shortest)
        gone = sum(outside.values())
        terms = [(one.works, 1.0) for one in work.values()]
        self.programme.row(terms, float(plain.fewest_days[employee]) - gone, most - gone)
        for day in sorted({day for day, _ in work}):
            left = 1.0 - sum(share for (at, _), share in outside.items() if at == day)
            own = [(one.works, 1.0) for (at, _), one in work.items() if at == day]
            self.programme.row(own, 0.0, left)


def _rounded(point: Floats, columns: dict[int, int]) -> Ints:
    return np.rint(point[list(columns.values())]).astype(np.int64)

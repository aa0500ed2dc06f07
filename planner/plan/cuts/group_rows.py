"""What the master of a day is told about groups of people: shifts, desks, skills.

A *period* is a slot of one group (slot by slot, the groups within a slot), and each group has the
shifts of the menu for itself.  Desks are shared by all groups; a requirement by skill is covered by
groups when in every slot every set of skills finds as many people who hold one of them as it asks
for desks: then people can be told off to desks, one each (Hall 1935, J. London Math. Soc. 10).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
from numpy.typing import NDArray

from planner.model.shift_master import PeopleRow, Profile, Shift
from planner.plan.cuts.sampled_day import SampledDay
from planner.plan.cuts.skill_groups import SkillGroup

Desks = NDArray[np.int64]


def group_menu(menu: tuple[Shift, ...], groups: tuple[SkillGroup, ...]) -> tuple[Shift, ...]:
    """Return the shifts of a menu by slot for every group; the same where there is one group."""
    if len(groups) == 1:
        return menu
    return tuple(
        Shift(
            f"{shift.name} [{'+'.join(group.skills)}]",
            tuple(on and other is group for on in shift.covers for other in groups),
            shift.cost,
        )
        for group in groups
        for shift in menu
    )


@dataclass(frozen=True)
class GroupRows:
    """Rows of the master for one day of groups.

    Attributes
    ----------
    day : SampledDay
        The day: slots, groups, the desks below which nobody goes.
    menu : tuple of Shift
        The shifts of all groups.
    most : tuple of int
        People at the most by period.
    """

    day: SampledDay
    menu: tuple[Shift, ...]
    most: Profile

    def shared(self) -> tuple[PeopleRow, ...]:
        """Return the rows of desks, of presence, and of somebody with each skill."""
        least, work = self.day.least(), self.day.plan.least[self.day.day][:, self.day.slots]
        skills = self.day.plan.skills
        return tuple(
            chain.from_iterable(
                (
                    self._row(slot, skills, least[slot], self.day.plan.most),
                    *(
                        self._row(slot, (skill,), int(work[number, slot]))
                        for number, skill in enumerate(skills)
                    ),
                )
                for slot in range(len(least))
            )
        )

    def cover(self, desks: Desks) -> tuple[PeopleRow, ...]:
        """Return the rows that ask for a requirement by skill; int64 (skills, slots)."""
        skills = self.day.plan.skills
        return tuple(
            self._row(slot, [skills[number] for number in chosen], asked)
            for slot in range(desks.shape[1])
            for chosen in _subsets(range(len(skills)))
            if (asked := int(desks[list(chosen), slot].sum())) > 0
        )

    def _row(
        self, slot: int, skills: Iterable[str], least: int, most: int | None = None
    ) -> PeopleRow:
        """Return the row of those who hold one of the skills; no more are asked for than are."""
        groups = self.day.groups
        own = [
            slot * len(groups) + number
            for number, group in enumerate(groups)
            if set(skills).intersection(group.skills)
        ]
        shifts = tuple(
            number
            for number, shift in enumerate(self.menu)
            if any(shift.covers[period] for period in own)
        )
        there = sum(self.most[period] for period in own)
        return PeopleRow(shifts, min(least, there, self.day.plan.most), most)


def _subsets(numbers: range) -> Iterator[tuple[int, ...]]:
    return chain.from_iterable(combinations(numbers, size + 1) for size in numbers)

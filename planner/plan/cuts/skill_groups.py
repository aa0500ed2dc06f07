"""Groups of people who hold the same skills, at one location.

Where everybody who calls a location home holds all of its skills, there is one group, and who may
come from elsewhere counts if they hold them all, too.  Where some hold only a part, every set of
skills that somebody holds is a group of its own: people who call the location home or may work
there.  A roster asks for skills, not for groups, so each group has a *row*: the skill by which the
requirement asks for it, the one that fewest people hold.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from planner.domain.case import PlanningCase
from planner.domain.staff import Employee
from planner.model.requirement import DeskPlan

#: Groups at a location at the most; people of smaller ones count in a group whose skills they hold.
MOST_GROUPS = 4


@dataclass(frozen=True, slots=True)
class SkillGroup:
    """People of a location who hold the same of its skills.

    Attributes
    ----------
    skills : tuple of str
        Skills held, of those that customers of the location ask for; sorted.
    row : str
        The skill by which a requirement asks for the group.
    """

    skills: tuple[str, ...]
    row: str

    def mask(self, case: PlanningCase, plan: DeskPlan) -> int:
        """Return the skills as the bits that engines read; every bit for who holds all."""
        numbered = case.skills_at(case.location(plan.location))
        if self.skills == plan.skills:
            return (1 << len(numbered)) - 1
        return sum(1 << number for number, skill in enumerate(numbered) if skill in self.skills)


def everybody_holds_every_skill(case: PlanningCase, plan: DeskPlan) -> bool:
    """Tell whether whoever calls the location home can serve all of its customers."""
    skills = set(plan.skills)
    return all(
        skills <= set(person.skills) for person in case.employees if person.home == plan.location
    )


def skill_groups(case: PlanningCase, plan: DeskPlan) -> tuple[SkillGroup, ...]:
    """Return the groups of a location, those with more skills first.

    Parameters
    ----------
    plan : DeskPlan
        The location's formula desks: the skills that its customers ask for, and their loads.
    """
    main = plan.skills[int(np.argmax(plan.loads.sum(axis=(0, 2))))]
    if everybody_holds_every_skill(case, plan):
        return (SkillGroup(plan.skills, main),)
    sets = Counter(held(person, plan) for person in case.employees if _may_work(person, plan))
    del sets[()]
    largest = sorted(sets, key=lambda skills: (-sets[skills], skills))[:MOST_GROUPS]
    holders = Counter({s: sum(n for held, n in sets.items() if s in held) for s in plan.skills})
    order = sorted(largest, key=lambda skills: (-len(skills), skills))
    return tuple(
        SkillGroup(skills, min(skills, key=lambda skill: (holders[skill], skill != main)))
        for skills in order
    )


def serve_everybody(groups: tuple[SkillGroup, ...], plan: DeskPlan) -> bool:
    """Tell whether every skill that customers ask for is held by some group."""
    return set(plan.skills) <= {skill for group in groups for skill in group.skills}


def group_of(person: Employee, plan: DeskPlan, groups: tuple[SkillGroup, ...]) -> SkillGroup | None:
    """Return the group that a person counts in at a location: the most skills of it held, if any.

    Whoever may not work there has none.
    """
    if not _may_work(person, plan):
        return None
    own = set(held(person, plan))
    return next((group for group in groups if set(group.skills) <= own), None)


def at_hand(
    case: PlanningCase, plan: DeskPlan, groups: tuple[SkillGroup, ...], day: int
) -> tuple[int, ...]:
    """Return the people by group who may work at the location on a day of the horizon."""
    date = case.horizon.dates[day]
    there = Counter(
        group_of(person, plan, groups)
        for person in case.employees
        if person.available(date, case.horizon)
    )
    return tuple(there[group] for group in groups)


def held(person: Employee, plan: DeskPlan) -> tuple[str, ...]:
    """Return the skills that a person holds of those that customers ask for."""
    return tuple(skill for skill in plan.skills if skill in person.skills)


def _may_work(person: Employee, plan: DeskPlan) -> bool:
    return plan.location in person.locations

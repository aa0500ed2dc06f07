"""A day of groups as if everybody held every skill: what a bound may be computed from.

That is a relaxation as far as more skill does no harm.  It can: who holds one skill is kept free
for its customers, who would otherwise stand behind those with priority.  So the relaxation is held
against the schedule found, and where that would miss a target with more skills, it is no bound.

People also fall out at short notice, each by their own draw, and who of how many is away depends on
the groups that they come from.  Here so many people, whoever they are, are away as in the best mix
of groups: nobody can have more of them there.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from planner.model.shift_master import Profile
from planner.plan.cuts.sampled_day import PERSON, SampledDay
from planner.plan.cuts.skill_groups import SkillGroup


def pooled_day(day: SampledDay, people: tuple[int, ...]) -> SampledDay:
    """Return the day met by people who all hold every skill, each week's best mix of absence.

    Parameters
    ----------
    people : tuple of int
        People at hand by group.
    """
    everybody = SkillGroup(day.plan.skills, day.plan.skills[0])
    weeks = tuple(
        replace(week, absent=_absent(day, people, numbers))
        for week, numbers in zip(day.trial.weeks, map(day.away, day.trial.weeks), strict=True)
    )
    return replace(day, trial=replace(day.trial, weeks=weeks), groups=(everybody,))


def pooled_people(day: SampledDay, profile: Profile) -> Profile:
    """Return people by slot over all groups of a day."""
    groups = len(day.groups)
    return tuple(sum(profile[at : at + groups]) for at in range(0, len(profile), groups))


def skill_harms(pooled: SampledDay, people: Profile) -> bool:
    """Tell whether people by slot who hold the targets in their groups miss one with all skills."""
    return any(pooled.missed(people, target) for target in range(pooled.targets))


def fewest_away(people: tuple[int, ...], apart: int, away: frozenset[int]) -> list[int]:
    """Return by number of people (0, 1, …) the fewest who are away, whatever groups they are of.

    Parameters
    ----------
    people : tuple of int
        People at hand by group; of each, the lowest numbers come first.
    apart : int
        Numbers of a group start at a multiple of this.
    away : frozenset of int
        Numbers of those away.
    """
    fewest = [0]
    for group, most in enumerate(people):
        own = [0]
        for number in range(min(most, apart)):
            own.append(own[-1] + (group * apart + number in away))
        fewest = [
            min(
                fewest[others] + own[total - others]
                for others in range(len(fewest))
                if 0 <= total - others < len(own)
            )
            for total in range(len(fewest) + len(own) - 1)
        ]
    return fewest


def _absent(
    day: SampledDay, people: tuple[int, ...], away: frozenset[int]
) -> frozenset[tuple[str, int]]:
    """Return who is away when people are taken in the order of the best mixes."""
    fewest = fewest_away(people, day.plan.most, away)
    return frozenset(
        (f"{PERSON} {number + 1}", day.day)
        for number, (before, after) in enumerate(pairwise(fewest))
        if after > before
    )

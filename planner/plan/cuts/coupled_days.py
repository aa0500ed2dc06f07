"""Days whose sites share people: after every site has been cut alone, who can be where.

Nothing couples the sites of a day but people who may work at several of them, one a day.  So every
site is cut alone first.  Where all sites of a day together ask for more people than there are, the
sites that are short are cut anew as one, with no more people than they have between them
(`joint_day`).  Where even that holds no targets, the schedules stay, and it is told
how many people are missing.

A person may do the work of several short shifts in one long one, so the people needed are counted
as the fewest who can be there whenever somebody is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from planner.domain.case import PlanningCase
from planner.model.shift_master import Profile, ShiftMaster
from planner.plan.cuts.day import CutDay, CutSettings
from planner.plan.cuts.joint_site import JointSite, Limit, Member, joint_days
from planner.plan.cuts.people_matching import Asked, Lack, first_lack
from planner.plan.cuts.sampled_day import slot_menu
from planner.plan.cuts.skill_groups import SkillGroup

Say = Callable[[str], None]
Stop = Callable[[], bool]
#: Limit of the search for the fewest people of a profile, far away [s].
FEWEST_SECONDS = 10.0


@dataclass(frozen=True, slots=True, order=True)
class MissingPeople:
    """Sites of a day that cannot hold their targets with the people whom they share.

    Attributes
    ----------
    day : date
        The day.
    locations : tuple of str
        The sites, sorted.
    people : int
        People at hand who may work there and hold the skills asked for.
    missing : int
        So many more are asked for.
    """

    day: date
    locations: tuple[str, ...]
    people: int
    missing: int


@dataclass(frozen=True)
class Coupling:
    """What couples the days of a case.

    Attributes
    ----------
    groups : mapping of str to tuple of SkillGroup
        By location, as in ``CutDay.rows``.
    site : callable (location, its day) -> JointSite
        The site's day as it was cut.
    """

    case: PlanningCase
    settings: CutSettings
    groups: Mapping[str, tuple[SkillGroup, ...]]
    site: Callable[[str, CutDay], JointSite]
    say: Say = lambda _detail: None
    stop: Stop = lambda: False

    def settle(
        self, day: int, days: Mapping[str, CutDay]
    ) -> tuple[dict[str, CutDay], list[MissingPeople]]:
        """Return the days of one date by location, sites cut as one where people are short."""
        return _Settling(self, day, dict(days)).run()


def fewest_people(case: PlanningCase, slots: tuple[int, ...], profile: Profile) -> int:
    """Return the fewest people, a shift each, of whom at least the profile is there by slot."""
    people = sum(profile)
    each = tuple(replace(shift, cost=1) for shift in slot_menu(case, slots))
    found = ShiftMaster(each, (people,) * len(profile), profile).solve(FEWEST_SECONDS)
    return found.cost if found.counts is not None else people


@dataclass
class _Settling:
    """One date: the limits found so far, the sites given up, what is missing."""

    coupling: Coupling
    day: int
    days: dict[str, CutDay]
    limits: list[Limit] = field(default_factory=list)
    given_up: set[str] = field(default_factory=set)
    missing: list[MissingPeople] = field(default_factory=list)

    def run(self) -> tuple[dict[str, CutDay], list[MissingPeople]]:
        """Cut sites as one until everybody asked for is found, or is known to be missing."""
        while not self.coupling.stop():
            members = self._members()
            lack = self._lack(members)
            if lack is None:
                break
            self._resolve([members[number] for number in lack.members], lack)
        return self.days, self.missing

    def _members(self) -> list[Member]:
        return [
            (name, number)
            for name in sorted(self.days.keys() - self.given_up)
            for number, people in enumerate(self.days[name].people)
            if people
        ]

    def _lack(self, members: list[Member]) -> Lack | None:
        """Return who is short, shifts counted as people first, then the fewest people."""
        case = self.coupling.case
        today = case.horizon.dates[self.day]
        staff = [person for person in case.employees if person.available(today, case.horizon)]
        people = [self.days[name].people[number] for name, number in members]
        exact: set[int] = set()
        while True:
            asked = [
                Asked(name, self.coupling.groups[name][number].skills, count)
                for (name, number), count in zip(members, people, strict=True)
            ]
            lack = first_lack(asked, staff)
            if lack is None or exact.issuperset(lack.members):
                return lack
            for number in lack.members:
                people[number] = min(people[number], self._fewest(members[number]))
            exact |= set(lack.members)

    def _fewest(self, member: Member) -> int:
        name, number = member
        day = self.days[name]
        return fewest_people(self.coupling.case, day.slots, day.profile[number :: len(day.people)])

    def _resolve(self, members: list[Member], lack: Lack) -> None:
        """Cut the sites of a lack as one, with those that earlier limits tie to them."""
        limit = Limit(tuple(members), lack.people)
        tied, names, others = [limit], limit.locations, list(self.limits)
        while near := [other for other in others if names & other.locations]:
            tied += near
            names = names.union(*(other.locations for other in near))
            others = [other for other in others if other not in near]
        self.coupling.say(", ".join(sorted(names)))
        sites = [self.coupling.site(name, self.days[name]) for name in sorted(names)]
        found = joint_days(self.coupling.settings, sites, tied, self.coupling.stop)
        if found is not None:
            self.limits.append(limit)
            self.days |= {day.location: day for day in found}
        elif not self.coupling.stop():
            own = {name for name, _ in members}
            self.given_up |= own
            today = self.coupling.case.horizon.dates[self.day]
            told = MissingPeople(today, tuple(sorted(own)), lack.people, lack.missing)
            self.missing.append(told)


def settle_all(
    coupling: Coupling, days: Mapping[str, tuple[CutDay, ...]]
) -> tuple[dict[str, tuple[CutDay, ...]], tuple[MissingPeople, ...]]:
    """Return the days of all sites by location, settled date by date, and who is missing.

    Parameters
    ----------
    days : mapping of str to tuple of CutDay
        By location, every day that was cut.
    """
    settled, missing = {name: list(own) for name, own in days.items()}, list[MissingPeople]()
    for number in sorted({day.day for own in days.values() for day in own}):
        here = {
            name: day
            for name, own in settled.items()
            for day in own
            if day.day == number and day.profile
        }
        new, short = coupling.settle(number, here)
        missing += short
        settled = {
            name: [new.get(name, day) if day.day == number else day for day in own]
            for name, own in settled.items()
        }
    return {name: tuple(own) for name, own in settled.items()}, tuple(sorted(missing))

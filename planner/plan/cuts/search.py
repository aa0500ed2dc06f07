"""The strategy *simulation cuts* for all locations: a requirement that is the least staff found.

1. Every location is cut day by day on the design weeks (`location`), the margin fixed first;
   days on which sites together ask for more people than they share are cut anew as one.
2. The shifts found are played on fresh weeks; a location whose targets are not shown to hold is
   cut again on twice the weeks, and judged on other fresh weeks, twice as many (`certificate`).
   What is still not shown is cut with the margin that it lacked.
3. The people present by slot become the requirement that the roster of named people has to meet.

Where some hold only a part of the skills, people come in groups, and the requirement has a row for
each.  The phone, and locations with a skill that nobody holds, keep the refined requirement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from planner.domain.place import LocationKind
from planner.domain.requirement import Workload
from planner.model.requirement import DeskPlan, requirement_of
from planner.model.shift_master import Profile
from planner.parallel import ordered_map
from planner.plan.cuts.certificate import CutCell, FreshScores, Surety, cells, lacks, play_fresh
from planner.plan.cuts.coupled_days import Coupling, MissingPeople, settle_all
from planner.plan.cuts.cut_plan import CutPlan
from planner.plan.cuts.day import CutDay, CutSettings
from planner.plan.cuts.joint_site import JointSite
from planner.plan.cuts.location import (
    LocationCuts,
    cut_location,
    pooled_trial,
)
from planner.plan.cuts.posed_day import LocationWork
from planner.plan.cuts.skill_groups import serve_everybody, skill_groups
from planner.plan.refined_requirement import (
    RefinedRequirement,
    RefinementWork,
    location_trial,
    sample_weeks,
)
from planner.sim.customer_table import Customers

Limits = Mapping[str, Mapping[int, Profile]]
Say = Callable[[str, float | None, str], None]
Stop = Callable[[], bool]
#: The seed of the fresh weeks of the claim, counted from the design's (1: the roster's weeks).
FRESH_SEED = 2


@dataclass(frozen=True)
class CutRequest:
    """Who asks, and how deep: the refinement's work, what it found, settings, processes."""

    work: RefinementWork
    workloads: tuple[Workload, ...]
    refined: RefinedRequirement
    settings: CutSettings
    jobs: int


def cut_all(
    request: CutRequest, say: Say = lambda _phase, _share, _detail: None, stop: Stop = lambda: False
) -> CutSearch:
    """Return the search after its rounds: every location cut, as far as done when stopped."""
    search = CutSearch(request, say, stop)
    search.run()
    return search


class CutSearch:
    """The rounds of one plan, and what follows from the rosters of people made for it."""

    def __init__(self, request: CutRequest, say: Say, stop: Stop) -> None:
        self.request, self.say, self.stop = request, say, stop
        self.case, self.settings = request.work.case, request.settings
        self.formula = {plan.location: plan for plan in request.work.plans}
        self.refined = {plan.location: plan for plan in request.refined.plans}
        self.found: dict[str, LocationCuts] = {}
        self.fresh: dict[str, FreshScores] = {}
        self.rounds: dict[str, int] = {}
        self.lacks: dict[str, tuple[float, ...]] = {}
        self.missing: tuple[MissingPeople, ...] = ()
        self._sampled: tuple[Customers, ...] = ()

    def run(self) -> None:
        """Cut all locations, and those whose targets are not shown to hold once more."""
        names = [name for name in self.formula if self._can_be_cut(name)]
        for number in range(self.settings.rounds):
            if not names or self.stop():
                break
            if number > 1:
                self._ask_for_more(names, self._fresh_weeks(number))
            found = self._coupled(self._round(names, number), number)
            self.found |= found
            self.rounds |= dict.fromkeys(found, number)
            self._play(found, number)
            names = sorted({cell.location for cell in self._cells() if not cell.shown})

    def again(self, limits: Limits) -> tuple[str, ...]:
        """Cut the days again that a roster could not fill, with no more people than it had.

        Parameters
        ----------
        limits : mapping of str to mapping of int to tuple of int
            By location and day the most people by staffed slot.

        Returns
        -------
        tuple of str
            The locations of which a day changed; days that cannot hold so keep their schedule.
        """
        changed: dict[str, LocationCuts] = {}
        for name in sorted(limits.keys() & self.found.keys()):
            if self.stop():
                break
            self.say("cuts", None, f"{name}, {len(limits[name])} days that people cannot fill")
            number = self.rounds[name]
            weeks = self._design_weeks(self._weeks(number))
            work = replace(self._work(name, weeks, self.request.work.seed), limits=limits[name])
            days = cut_location(self._settings(number), work).days
            better = {day.day: day for day in days if day.profile and not day.missed}
            if better:
                old = self.found[name]
                days = tuple(
                    day.with_shifts_of(better[day.day]) if day.day in better else day
                    for day in old.days
                )
                changed[name] = replace(old, days=days)
        self.found |= changed
        for number in sorted({self.rounds[name] for name in changed}):
            own = {name: cuts for name, cuts in changed.items() if self.rounds[name] == number}
            self._play(own, number)
        return tuple(changed)

    def requirement(self, refined: RefinedRequirement) -> RefinedRequirement:
        """Return a requirement with the people of the cuts in place of its desks."""
        plans = tuple(_chosen(plan, self.found) for plan in refined.plans)
        return replace(refined, requirement=requirement_of(self.case, plans), plans=plans)

    def plan(self) -> CutPlan:
        """Return what was found, for people to read."""
        found, played = self.found, set(self.rounds.values()) or {0}
        return CutPlan(
            days=tuple(day for name in sorted(found) for day in found[name].days),
            cells=self._cells(),
            kept=tuple(sorted(self.formula.keys() - found.keys())),
            design_weeks=tuple(sorted({self._weeks(number) for number in played})),
            fresh_weeks=tuple(sorted({self._fresh_weeks(number) for number in played})),
            design_seed=self.request.work.seed,
            fresh_seed=self.request.work.seed + FRESH_SEED,
            confidence=self.settings.confidence,
            missing=self.missing,
        )

    def _cells(self) -> tuple[CutCell, ...]:
        played = [self.fresh[name] for name in sorted(self.fresh)]
        return cells(played, self._surety)

    @property
    def _surety(self) -> Surety:
        settings = self.settings
        return Surety(settings.confidence, settings.rounds, settings.absences)

    def _ask_for_more(self, names: list[str], weeks: int) -> None:
        """Note what locations lack that are not shown to hold, as it would be on so many weeks."""
        count = len(self._cells())
        for name in names:
            lack = lacks(self.fresh[name], self._surety, count, weeks)
            before = self.lacks.get(name, (0.0,) * len(lack))
            self.lacks[name] = tuple((lack + np.array(before)).tolist())

    def _can_be_cut(self, name: str) -> bool:
        location, plan = self.case.location(name), self.formula[name]
        return (
            location.kind is not LocationKind.PHONE
            and bool(location_trial(self.request.work, plan).promises)
            and serve_everybody(skill_groups(self.case, plan), plan)
        )

    def _round(self, names: list[str], number: int) -> dict[str, LocationCuts]:
        """Cut these locations and play what was found on fresh weeks."""
        seed, jobs = self.request.work.seed, self.request.jobs
        weeks = self._weeks(number)
        self.say("cuts", 0.0, f"{weeks} weeks")
        sampled = self._design_weeks(weeks)
        order = sorted(names, key=lambda name: (-self.formula[name].loads.sum(), name))
        items = [self._work(name, sampled, seed) for name in order]
        found: dict[str, LocationCuts] = {}
        for cuts in ordered_map(partial(cut_location, self._settings(number)), items, jobs):
            found[cuts.plan.location] = cuts
            self.say("cuts", len(found) / len(order), _told(found))
            if self.stop():
                break
        return found

    def _coupled(self, found: dict[str, LocationCuts], number: int) -> dict[str, LocationCuts]:
        """Return what was found, with the days anew for which the sites have too few people."""
        every = self.found | found
        sampled, seed = self._design_weeks(self._weeks(number)), self.request.work.seed
        coupling = Coupling(
            self.case,
            self._settings(number),
            {name: skill_groups(self.case, self.formula[name]) for name in every},
            lambda name, day: JointSite(self._work(name, sampled, seed), every[name].margins, day),
            lambda names: self.say("cuts", None, f"{names}: people that they share"),
            self.stop,
        )
        days, self.missing = settle_all(coupling, {name: own.days for name, own in every.items()})
        changed = {name for name, own in every.items() if own.days != days[name]}
        kept = found.keys() | changed
        return {name: replace(every[name], days=days[name]) for name in sorted(kept)}

    def _weeks(self, number: int) -> int:
        return self.settings.weeks * _times_the_weeks(number)

    def _fresh_weeks(self, number: int) -> int:
        return self.settings.fresh_weeks * _times_the_weeks(number)

    def _settings(self, number: int) -> CutSettings:
        """Return the settings of a round: more weeks, the margin as wide as in the first."""
        wider = self.settings.margin_quantile * float(np.sqrt(_times_the_weeks(number)))
        return replace(self.settings, margin_quantile=wider)

    def _design_weeks(self, count: int) -> tuple[Customers, ...]:
        """Return the first weeks of the design; those sampled before are kept."""
        known = self.request.work.weeks if not self._sampled else self._sampled
        if len(known) < count:
            more = sample_weeks(
                self.case, self.request.work.seed, count, self.request.jobs, len(known)
            )
            known = (*known, *more)
        self._sampled = known
        return known[:count]

    def _play(self, found: dict[str, LocationCuts], number: int) -> None:
        seed, count = self.request.work.seed + FRESH_SEED, self._fresh_weeks(number)
        self.say("certificate", None, f"{count} fresh weeks")
        every = sample_weeks(self.case, seed + 10 * number, count, self.request.jobs)
        items = [
            (cuts, self._work(name, every, seed + 10 * number).trial)
            for name, cuts in sorted(found.items())
        ]
        for fresh in ordered_map(play_fresh, items, self.request.jobs):
            self.fresh[fresh.cuts.plan.location] = fresh

    def _work(self, name: str, weeks: tuple[Customers, ...], seed: int) -> LocationWork:
        formula = self.formula[name]
        trial = location_trial(replace(self.request.work, weeks=()), formula)
        pooled = pooled_trial(trial, formula, weeks, seed, self.settings.absences)
        own = tuple(load for load in self.request.workloads if load.location == name)
        lack = self.lacks.get(name, ())
        return LocationWork(formula, self.refined[name], pooled, own, lacks=lack)


def _times_the_weeks(number: int) -> int:
    """Return how many times the weeks of the first round another one has."""
    return 2 if number else 1


def _told(found: dict[str, LocationCuts]) -> str:
    days = [day for cuts in found.values() for day in cuts.days]
    hours, bound = sum(day.hours for day in days), sum(day.bound_hours for day in days)
    return f"{hours:.0f} h ≥ {bound:.0f} h"


def _chosen(refined: DeskPlan, found: dict[str, LocationCuts]) -> DeskPlan:
    """Return the people of the cuts as desks of the skill by which each group is asked for.

    At a counter people serve every skill they hold.  Where everybody holds all, one row, that of
    the skill with the most work, asks for all of them.
    """
    if refined.location not in found:
        return refined
    days = [day for day in found[refined.location].days if day.profile]
    if all(len(day.rows) == 1 for day in days):
        return _pooled(refined, days)
    desks = refined.desks.copy()
    for day in days:
        desks[day.day] = 0
        people = np.reshape(day.profile, (len(day.slots), len(day.rows)))
        for group, row in enumerate(day.rows):
            desks[day.day, refined.skills.index(row), list(day.slots)] += people[:, group]
    return refined.with_desks(desks)


def _pooled(refined: DeskPlan, days: list[CutDay]) -> DeskPlan:
    main = int(np.argmax(refined.loads.sum(axis=(0, 2))))
    desks = refined.desks.sum(axis=1)
    for day in days:
        desks[day.day] = 0
        desks[day.day, list(day.slots)] = day.profile
    return DeskPlan(
        location=refined.location,
        skills=(refined.skills[main],),
        desks=desks[:, None, :],
        least=refined.least.max(axis=1)[:, None, :],
        loads=refined.loads.sum(axis=1)[:, None, :],
        most=refined.most,
    )

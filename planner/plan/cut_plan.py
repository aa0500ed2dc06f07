"""The strategy *simulation cuts* for all locations: a requirement that is the least staff found.

1. Every location is cut day by day on the design weeks (`cut_location`), the margin fixed first.
2. The shifts found are played on fresh weeks; a location whose targets are not shown to hold is
   cut again on twice the weeks, and judged on other fresh weeks (`cut_certificate`).
3. The people present by slot become the requirement that the roster of named people has to meet.

The phone, and locations where some hold only a part of the skills, keep the refined requirement.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from planner.domain.place import LocationKind
from planner.domain.requirement import Workload
from planner.model.requirement import DeskPlan, requirement_of
from planner.parallel import ordered_map
from planner.plan.cut_certificate import CutCell, FreshScores, cells, play_fresh
from planner.plan.cut_location import (
    CutDay,
    CutSettings,
    LocationCuts,
    LocationWork,
    cut_location,
    everybody_holds_every_skill,
    pooled_trial,
)
from planner.plan.refined_requirement import (
    RefinedRequirement,
    RefinementWork,
    location_trial,
    sample_weeks,
)
from planner.sim.customer_table import Customers

Say = Callable[[str, float | None, str], None]
Stop = Callable[[], bool]
#: The seed of the fresh weeks of the claim, counted from the design's (1: the roster's weeks).
FRESH_SEED = 2


@dataclass(frozen=True)
class CutPlan:
    """What the cuts found.

    Attributes
    ----------
    days : tuple of CutDay
        By location and day.
    cells : tuple of CutCell
        Every promise of every cut location on fresh weeks.
    kept : tuple of str
        Locations that keep the refined requirement.
    design_weeks, fresh_weeks, design_seed, fresh_seed : int
        The sample behind the bound and the one behind the claim.
    confidence : float
        Joint confidence of the claim.
    """

    days: tuple[CutDay, ...]
    cells: tuple[CutCell, ...]
    kept: tuple[str, ...]
    design_weeks: int
    fresh_weeks: int
    design_seed: int
    fresh_seed: int
    confidence: float

    @property
    def hours(self) -> float:
        """Paid counter hours of the schedules [h]."""
        return sum(day.hours for day in self.days)

    @property
    def bound_hours(self) -> float:
        """No schedule of the modelled shifts needs less, for the design weeks [h]."""
        return sum(day.bound_hours for day in self.days)

    @property
    def two_step_hours(self) -> float:
        """What the formula's requirement and its cheapest cover need [h]."""
        return sum(day.two_step_hours for day in self.days)

    @property
    def same_service_hours(self) -> float:
        """What the two-step way needs to hold the same targets on the same weeks [h]."""
        return sum(day.same_service_hours for day in self.days)

    @property
    def estimate_hours(self) -> float:
        """The bound as far as slopes are right [h]; no proof."""
        return sum(max(day.estimate_hours, day.bound_hours) for day in self.days)

    @property
    def refined_hours(self) -> float:
        """What the cheapest cover of the refined requirement needs [h]."""
        return sum(day.refined_hours for day in self.days)

    @property
    def not_shown(self) -> tuple[CutCell, ...]:
        """The promises that are not shown to hold."""
        return tuple(cell for cell in self.cells if not cell.shown)


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
) -> tuple[RefinedRequirement, CutPlan]:
    """Return the requirement with every location cut, as far as done when stopped, and the plan."""
    search = _Cuts(request, say, stop)
    found = search.run()
    chosen = {cuts.plan.location: cuts for cuts in found.values()}
    plans = tuple(_chosen(p, chosen) for p in request.refined.plans)
    case = request.work.case
    refined = replace(request.refined, requirement=requirement_of(case, plans), plans=plans)
    return refined, search.plan(found)


class _Cuts:
    """The rounds of one plan."""

    def __init__(self, request: CutRequest, say: Say, stop: Stop) -> None:
        self.request, self.say, self.stop = request, say, stop
        self.case, self.settings = request.work.case, request.settings
        self.formula = {plan.location: plan for plan in request.work.plans}
        self.refined = {plan.location: plan for plan in request.refined.plans}
        self.fresh: dict[str, FreshScores] = {}
        self._sampled: tuple[Customers, ...] = ()
        self.weeks = self.settings.weeks

    def run(self) -> dict[str, LocationCuts]:
        names = [name for name in self.formula if self._can_be_cut(name)]
        found: dict[str, LocationCuts] = {}
        for number in range(self.settings.rounds):
            if not names or self.stop():
                break
            self.weeks = self.settings.weeks * 2**number
            found |= self._round(names, number)
            names = sorted({cell.location for cell in self._cells() if not cell.shown})
        return found

    def plan(self, found: dict[str, LocationCuts]) -> CutPlan:
        """Return what was found, for people to read."""
        return CutPlan(
            days=tuple(day for name in sorted(found) for day in found[name].days),
            cells=self._cells(),
            kept=tuple(sorted(self.formula.keys() - found.keys())),
            design_weeks=self.weeks,
            fresh_weeks=self.settings.fresh_weeks,
            design_seed=self.request.work.seed,
            fresh_seed=self.request.work.seed + FRESH_SEED,
            confidence=self.settings.confidence,
        )

    def _cells(self) -> tuple[CutCell, ...]:
        played = [self.fresh[name] for name in sorted(self.fresh)]
        return cells(played, self.settings.confidence)

    def _can_be_cut(self, name: str) -> bool:
        location = self.case.location(name)
        return (
            location.kind is not LocationKind.PHONE
            and bool(location_trial(self.request.work, self.formula[name]).promises)
            and everybody_holds_every_skill(self.case, self.formula[name])
        )

    def _round(self, names: list[str], number: int) -> dict[str, LocationCuts]:
        """Cut these locations and play what was found on fresh weeks."""
        seed, jobs = self.request.work.seed, self.request.jobs
        self.say("cuts", 0.0, f"{self.weeks} weeks")
        weeks = self._design_weeks(self.weeks)
        order = sorted(names, key=lambda name: (-self.formula[name].loads.sum(), name))
        items = [self._work(name, weeks, seed) for name in order]
        found: dict[str, LocationCuts] = {}
        for cuts in ordered_map(partial(cut_location, self._settings(number)), items, jobs):
            found[cuts.plan.location] = cuts
            self.say("cuts", len(found) / len(order), _told(found))
            if self.stop():
                break
        self._play(found, number)
        return found

    def _settings(self, number: int) -> CutSettings:
        """Return the settings of a round: more weeks, the margin as wide as in the first."""
        wider = self.settings.margin_quantile * float(np.sqrt(2.0**number))
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
        seed, count = self.request.work.seed + FRESH_SEED, self.settings.fresh_weeks
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
        pooled = pooled_trial(trial, formula, weeks, seed)
        own = tuple(load for load in self.request.workloads if load.location == name)
        return LocationWork(formula, self.refined[name], pooled, own)


def _told(found: dict[str, LocationCuts]) -> str:
    days = [day for cuts in found.values() for day in cuts.days]
    hours, bound = sum(day.hours for day in days), sum(day.bound_hours for day in days)
    return f"{hours:.0f} h ≥ {bound:.0f} h"


def _chosen(refined: DeskPlan, found: dict[str, LocationCuts]) -> DeskPlan:
    """Return the people of the cuts as desks of the skill with the most work.

    At a counter people serve every skill they hold, so one row asks for all of them.
    """
    if refined.location not in found:
        return refined
    main = int(np.argmax(refined.loads.sum(axis=(0, 2))))
    desks = refined.desks.sum(axis=1)
    for day in found[refined.location].days:
        if day.profile:
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

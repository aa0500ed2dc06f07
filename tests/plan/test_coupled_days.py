"""Two sites that share people on a day: cut as one where people are short, or told to be short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations_with_replacement

import numpy as np
import pytest

from planner.domain.case import PlanningCase
from planner.model.requirement import desk_plans
from planner.model.shift_master import Profile, Shift
from planner.plan.cuts import coupled_days
from planner.plan.cuts.coupled_days import Coupling, MissingPeople, fewest_people, settle_all
from planner.plan.cuts.day import CutDay, CutSettings
from planner.plan.cuts.group_rows import group_menu
from planner.plan.cuts.joint_site import JointSite, Limit
from planner.plan.cuts.people_matching import Asked, Lack, first_lack
from planner.plan.cuts.sampled_day import SampledDay, slot_menu
from planner.plan.cuts.search import CutRequest, CutSearch, cut_all
from planner.plan.cuts.simulation_cuts import Budget
from planner.plan.cuts.skill_groups import skill_groups
from planner.plan.refined_requirement import RefinementWork, refine_all, sample_weeks
from planner.scenario.loading import load_case
from planner.sim.workload import workloads_of
from planner.workflow.cut_words import cut_facts
from tests.plan.parted import CASE_FILE, parted_case

TUESDAY = date(2024, 4, 16)
CUTS = CutSettings(weeks=2, fresh_weeks=2, absences=1, rounds=1, budget=Budget(slopes=50, total=80))


def _without(case: PlanningCase, names: Iterable[str]) -> PlanningCase:
    """Return a Tuesday of the case on which some are known to be away."""
    people = tuple(
        replace(person, absent=(TUESDAY,)) if person.id in names else person
        for person in case.employees
    )
    horizon = replace(case.horizon, first_day=TUESDAY, days=1)
    return replace(case, employees=people, horizon=horizon)


def _search(case: PlanningCase) -> CutSearch:
    weeks = sample_weeks(case, 1, CUTS.weeks)
    loads = tuple(load for load in workloads_of(case, weeks) if load.location != "line")
    work = RefinementWork(case, desk_plans(case, loads), weeks, 1)
    return cut_all(CutRequest(work, loads, refine_all(work), CUTS, 1))


@pytest.fixture(scope="module")
def alone() -> CutSearch:
    """Return the cuts with everybody there."""
    return _search(_without(parted_case(), ()))


def _coupling(search: CutSearch, names: tuple[str, ...], stop: bool = False) -> Coupling:
    """Return what couples the days of a search after some turned out to be away."""
    case = _without(search.case, names)
    weeks = search.request.work.weeks
    return Coupling(
        case,
        CUTS,
        {name: skill_groups(case, plan) for name, plan in search.formula.items()},
        lambda name, day: JointSite(search._work(name, weeks, 1), search.found[name].margins, day),
        stop=lambda: stop,
    )


def _settled(
    search: CutSearch, names: tuple[str, ...], stop: bool = False
) -> tuple[dict[str, tuple[CutDay, ...]], tuple[MissingPeople, ...]]:
    """Return the same days after some turned out to be away."""
    coupling = _coupling(search, names, stop)
    return settle_all(coupling, {name: own.days for name, own in search.found.items()})


def test_enough_people_change_nothing(alone: CutSearch) -> None:
    """Everybody there: the days are those of each site alone, and nobody is missing."""
    days, missing = _settled(alone, ())
    assert days == {name: own.days for name, own in alone.found.items()}
    assert missing == alone.plan().missing == ()


def test_few_people_are_shared_at_the_targets(alone: CutSearch) -> None:
    """Three with both skills away: longer shifts and a receptionist, and all targets hold."""
    before = {name: own.days[0] for name, own in alone.found.items()}
    away = ("N5", "N6", "S4")
    assert _lacking(alone, before, away)
    days, missing = _settled(alone, away)
    assert missing == ()
    after = {name: own[0] for name, own in days.items()}
    assert not _lacking(alone, after, away)
    assert sum(day.people[0] for day in after.values()) <= 4
    assert sum(day.people[1] for day in after.values()) > 0
    assert sum(day.hours for day in after.values()) > sum(day.hours for day in before.values())
    for name, day in after.items():
        assert day.bound_hours == before[name].bound_hours <= day.hours
        work = alone._work(name, alone.request.work.weeks, 1)
        margins = np.array(alone.found[name].margins)
        sampled = SampledDay(work.trial, work.formula, 0, margins)
        assert not any(sampled.missed(day.profile, target) for target in range(sampled.targets))
        _agrees_with_its_shifts(day, group_menu(slot_menu(alone.case, day.slots), sampled.groups))


def _lacking(search: CutSearch, days: dict[str, CutDay], away: tuple[str, ...]) -> bool:
    """Tell whether the fewest people who can fill the days are not there."""
    case = _without(search.case, away)
    staff = [person for person in case.employees if person.available(TUESDAY, case.horizon)]
    asked = [
        Asked(name, group.skills, fewest_people(case, day.slots, day.profile[number::2]))
        for name, day in days.items()
        for number, group in enumerate(skill_groups(case, search.formula[name]))
    ]
    return first_lack(asked, staff) is not None


def _agrees_with_its_shifts(day: CutDay, menu: tuple[Shift, ...]) -> None:
    """Hold hours, people and profile of a day against the shifts that it names."""
    named = {shift.name: shift for shift in menu}
    worked = [(named[told], people) for told, people in day.schedule]
    assert sum(shift.cost * people for shift, people in worked) == 60 * day.hours
    assert sum(people for _, people in worked) == sum(day.people)
    assert day.profile == tuple(
        sum(people for shift, people in worked if shift.covers[period])
        for period in range(len(day.profile))
    )


def test_too_few_people_keep_the_schedules_and_are_told(alone: CutSearch) -> None:
    """One more away: nothing changes, the sites are named, and the closing table says it."""
    days, (lack,) = _settled(alone, ("N5", "N6", "S1", "S4"))
    assert days == {name: own.days for name, own in alone.found.items()}
    assert (lack.day, lack.locations, lack.people) == (TUESDAY, ("north", "south"), 3)
    assert lack.missing > 0
    cuts = replace(alone.plan(), missing=(lack,))
    needed = lack.people + lack.missing
    for language, told in (
        ("en", f"north + south on 2024-04-16: {needed} people are needed, 3 may work there"),
        ("de", f"north + south am 2024-04-16: nötig sind {needed} Personen, 3 können dort arbei"),
    ):
        assert dict(cut_facts(cuts, language))["people_missing"].startswith(told)


def test_sites_tied_by_an_earlier_limit_are_cut_together(
    alone: CutSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The south is short after both had been cut as one: both again, and both limits hold."""
    asked: list[tuple[list[str], list[Limit]]] = []

    def recorded(
        _settings: CutSettings, sites: Sequence[JointSite], limits: Sequence[Limit], _stop: object
    ) -> tuple[CutDay, ...]:
        asked.append(([site.day.location for site in sites], list(limits)))
        return tuple(site.day for site in sites)

    monkeypatch.setattr(coupled_days, "joint_days", recorded)
    days = {name: own.days[0] for name, own in alone.found.items()}
    earlier, elsewhere = Limit((("north", 0), ("south", 0)), 5), Limit((("line", 0),), 1)
    settling = coupled_days._Settling(_coupling(alone, ()), 0, days, limits=[elsewhere, earlier])
    settling._resolve([("south", 1)], Lack((3,), 0, 1))
    assert asked == [(["north", "south"], [Limit((("south", 1),), 0), earlier])]
    assert settling.days == days
    assert len(settling.limits) == 3


def test_a_stop_leaves_days_as_they_are(alone: CutSearch) -> None:
    """Stopped, nobody is sent anywhere, and nobody is called missing."""
    days, missing = _settled(alone, ("N5", "N6", "S1", "S4"), stop=True)
    assert days == {name: own.days for name, own in alone.found.items()}
    assert missing == ()


@pytest.mark.parametrize(
    "profile",
    [(0,) * 3 + (1,) * 9 + (0,) * 4, (0,) * 4 + (1, 2, 2, 1) * 3, (1,) * 16, (2,) * 5 + (0,) * 11],
)
def test_fewest_people_agree_with_enumeration(profile: Profile) -> None:
    """No fewer shifts of the menu, in any combination, have everybody there who is asked for."""
    case, slots = load_case(CASE_FILE), tuple(range(16, 32))
    covers = {shift.covers for shift in slot_menu(case, slots)}
    fewest = fewest_people(case, slots, profile)
    for people in range(1, fewest + 1):
        met = any(
            all(
                sum(own) >= asked
                for own, asked in zip(zip(*chosen, strict=True), profile, strict=True)
            )
            for chosen in combinations_with_replacement(sorted(covers), people)
        )
        assert met == (people == fewest)

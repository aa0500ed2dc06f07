"""The cheapest relaxations of a shortfall, each with its effect by solving again with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from planner.domain.case import PlanningCase
from planner.domain.change import ChangePrices
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.staff import Employee
from planner.model.explain.reach import SKILL, Asked
from planner.model.repair.original import Wanted
from planner.model.repair.repairing import mend
from planner.model.repair.search import RepairLimits
from planner.plan.explain import Reason
from planner.plan.names import skill_name
from planner.plan.shortfalls import covered_desks
from planner.rules.wording import day_de, day_en, number_de, number_en
from planner.units import MINUTES_PER_HOUR

#: People that a relaxation is for, at the most, and hours more that it allows.
PEOPLE, HOURS = 3, 2
#: Hours that come with one more day.
DAY_HOURS = 4
#: Changes cost next to nothing here: what is asked is what would be possible.
_EASY = ChangePrices(person=0.5, shift=0.1, near=0.0, published=0.0)
_WEEKDAYS_DE = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A relaxation and its effect.

    Attributes
    ----------
    people : tuple of str
        Whom it is for.
    before, after : float
        Hours missing at the location on the day, in the skill, without and with it [h].
    used : tuple of str
        Those of ``people`` whose week then changes.
    """

    id: str
    people: tuple[str, ...]
    before: float
    after: float
    used: tuple[str, ...]
    text_de: str
    text_en: str


@dataclass(frozen=True, slots=True)
class _Idea:
    id: str
    people: tuple[Employee, ...]
    change: Callable[[Employee], Employee]
    de: str
    en: str


def relaxations(
    case: PlanningCase,
    requirement: Requirement,
    roster: Roster,
    asked: Asked,
    reasons: tuple[Reason, ...],
    limits: RepairLimits,
) -> tuple[Relaxation, ...]:
    """Return the relaxations that help, those that leave least missing and need fewest first.

    The first one in the list of ideas is none at all: what solving again gives as it is.
    """
    before = missing_hours(requirement, roster, asked)
    found = []
    for idea in _ideas(case, asked, reasons):
        if limits.stop():
            break
        after, used = _effect(case, requirement, roster, asked, idea, limits)
        if after < before - 1e-9 and (used or not idea.people):
            found.append(_relaxation(idea, before, after, used))
    return tuple(sorted(found, key=lambda r: (r.after, len(r.used), r.id)))


def missing_hours(requirement: Requirement, roster: Roster, asked: Asked) -> float:
    """Return the hours missing at the location on the day in the skill [h]."""
    covered = covered_desks(requirement, roster)
    slots = [
        slot
        for slot in requirement.slots
        if (slot.location, slot.day, slot.skill) == (asked.location, asked.day, asked.skill)
    ]
    missing = sum(
        max(0, s.desks - covered[s.location, s.day, s.skill, s.start_minute]) for s in slots
    )
    return missing * requirement.slot_minutes / MINUTES_PER_HOUR


def _ideas(case: PlanningCase, asked: Asked, reasons: tuple[Reason, ...]) -> Iterator[_Idea]:
    day_name = _WEEKDAYS_DE[asked.day.weekday()], _WEEKDAYS_EN[asked.day.weekday()]
    yield _Idea("again", (), lambda e: e, "Ohne Lockerung neu gelöst", "Solved again as it is")
    stuck = {name: _stuck(case, reasons, name) for name in _PERSONAL}
    for name, (change, de, en) in _PERSONAL.items():
        people = stuck[name]
        if people:
            count, who = len(people), ", ".join(person.id for person in people)
            values_de = {"count": count, "who": who, "day": day_name[0]}
            values_en = {"count": count, "who": who, "day": day_name[1]}
            yield _Idea(
                name,
                people,
                lambda person, apply=change: apply(person, asked),  # type: ignore[misc]
                de.format(**values_de),
                en.format(**values_en),
            )
    lent = _lendable(case, asked)
    if lent is not None:
        home = case.location(lent.home).name
        yield _Idea(
            "lend", (lent,), lambda e: replace(e, locations=(*e.locations, asked.location)),
            f"Eine Person aus {home} ({lent.id}) am {day_de(asked.day)} ausleihen",
            f"Lend one person from {home} ({lent.id}) on {day_en(asked.day)}",
        )  # fmt: skip
    trained = _trainable(case, asked)
    if trained is not None:
        yield _Idea(
            SKILL, (trained,), lambda e: replace(e, skills=tuple(sorted({*e.skills, asked.skill}))),
            f"Eine Person ({trained.id}) in {skill_name(case, asked.skill, 'de')} schulen",
            f"Train one person ({trained.id}) in {skill_name(case, asked.skill, 'en')}",
        )  # fmt: skip


def _more_hours(person: Employee, _: Asked) -> Employee:
    return replace(person, band_minutes=person.band_minutes + HOURS * MINUTES_PER_HOUR)


def _one_day_more(person: Employee, _: Asked) -> Employee:
    return _longer(replace(person, max_days=min(7, person.max_days + 1)))


def _longer(person: Employee) -> Employee:
    return replace(person, band_minutes=person.band_minutes + DAY_HOURS * MINUTES_PER_HOUR)


def _this_weekday(person: Employee, asked: Asked) -> Employee:
    days = tuple(sorted({*person.weekdays, asked.day.weekday()}))
    return _longer(replace(person, weekdays=days, max_days=min(7, person.max_days + 1)))


#: By the rule that forbids: what is relaxed, and how that is said.
_PERSONAL = {
    "contract_hours": (
        _more_hours,
        f"{HOURS} Stunden mehr in der Woche für {{count}} Personen erlauben ({{who}})",
        f"Allow {HOURS} hours more in the week for {{count}} people ({{who}})",
    ),
    "max_days_per_week": (
        _one_day_more,
        f"Einen Arbeitstag mehr ({DAY_HOURS} Std.) für {{count}} Personen erlauben ({{who}})",
        f"Allow one working day more ({DAY_HOURS} h) for {{count}} people ({{who}})",
    ),
    "weekday_pattern": (
        _this_weekday,
        f"Einen {{day}} mehr ({DAY_HOURS} Std.) für {{count}} Personen erlauben ({{who}})",
        f"Allow one {{day}} more ({DAY_HOURS} h) for {{count}} people ({{who}})",
    ),
}


def _stuck(case: PlanningCase, reasons: tuple[Reason, ...], rule: str) -> tuple[Employee, ...]:
    """Return a few people whom this rule keeps away."""
    names = [reason.employee for reason in reasons if rule in reason.conflict]
    return tuple(case.employee(name) for name in names[:PEOPLE])


def _lendable(case: PlanningCase, asked: Asked) -> Employee | None:
    """Return the nearest person with the skill who may not work at the location."""
    way = {a: minutes for a, b, minutes in case.travel_minutes if b == asked.location}
    others = [
        person
        for person in case.employees
        if asked.skill in person.skills
        and asked.location not in person.locations
        and person.home in way
        and person.available(asked.day, case.horizon)
    ]
    return min(others, key=lambda person: (way[person.home], person.id), default=None)


def _trainable(case: PlanningCase, asked: Asked) -> Employee | None:
    """Return somebody of the location who lacks the skill alone."""
    people = [
        person
        for person in case.employees
        if person.home == asked.location
        and asked.skill not in person.skills
        and person.available(asked.day, case.horizon)
    ]
    return min(people, key=lambda person: person.id, default=None)


def _effect(
    case: PlanningCase,
    requirement: Requirement,
    roster: Roster,
    asked: Asked,
    idea: _Idea,
    limits: RepairLimits,
) -> tuple[float, tuple[str, ...]]:
    """Return the hours missing with the idea, and who of its people then works otherwise."""
    meant = {person.id for person in idea.people}
    changed = tuple(idea.change(e) if e.id in meant else e for e in case.employees)
    wanted = Wanted(roster, frozenset(), frozenset(), frozenset(), asked.day, _EASY)
    mended = mend(
        replace(case, employees=changed), requirement, wanted, frozenset([asked.location]), limits
    )
    used = tuple(name for name in mended.touched if name in meant)
    return missing_hours(requirement, mended.roster, asked), used


def _relaxation(idea: _Idea, before: float, after: float, used: tuple[str, ...]) -> Relaxation:
    de = f"{idea.de}: es fehlen dann {number_de(after)} statt {number_de(before)} Stunden"
    en = f"{idea.en}: {number_en(after)} instead of {number_en(before)} hours are missing then"
    if used:
        de += f" (eingesetzt: {', '.join(used)})"
        en += f" (used: {', '.join(used)})"
    people = tuple(person.id for person in idea.people)
    return Relaxation(idea.id, people, before, after, used, f"{de}.", f"{en}.")

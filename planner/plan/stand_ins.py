"""Who could stand in, best first, and why: skill, hours, rest, distance, fairness."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.case import PlanningCase
from planner.domain.roster import Roster
from planner.domain.staff import Employee
from planner.model.repair.repairing import Mended, Proposal
from planner.plan.names import place_name, skill_name
from planner.rules.wording import day_de, day_en, number_de, number_en, span
from planner.units import MINUTES_PER_HOUR

#: People listed.
LISTED = 25


@dataclass(frozen=True, slots=True)
class StandIn:
    """A person who could help.

    Attributes
    ----------
    rank : int
        Place in the list, from 1.
    saves : float
        What the person alone saves, changes paid [points]; at most 0: no help.
    hours_left : float
        Hours to the most of the week, before the repair [h].
    travel_minutes : float
        One-way travel to the place that is helped [min].
    """

    rank: int
    proposal: Proposal
    chosen: bool
    skills: tuple[str, ...]
    hours_left: float
    travel_minutes: float
    late_balance: float
    saturday_balance: float
    why_de: str
    why_en: str

    @property
    def saves(self) -> float:
        """What the person alone saves, changes paid [points]."""
        return self.proposal.saved


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the sentence about a stand-in says, in ``language``; fields as in ``StandIn``."""

    language: str
    skills: tuple[str, ...]
    hours_left: float
    where: str
    travel_minutes: float
    travels: bool


def stand_ins(
    case: PlanningCase, before: Roster, mended: Mended, taken: frozenset[str]
) -> tuple[StandIn, ...]:
    """Return those who could help, the most helpful first; those ``taken`` are among them."""
    helpful = [p for p in mended.proposals if p.employee in taken or (p.saved > 0 and p.shifts)]
    listed = helpful[:LISTED] + [p for p in helpful[LISTED:] if p.employee in taken]
    paid = {name: sum(s.paid_minutes for s in own) for name, own in before.by_employee().items()}
    return tuple(
        _stand_in(case, mended, proposal, (rank, paid.get(proposal.employee, 0)), taken)
        for rank, proposal in enumerate(listed, start=1)
    )


def _stand_in(
    case: PlanningCase,
    mended: Mended,
    proposal: Proposal,
    place: tuple[int, int],
    taken: frozenset[str],
) -> StandIn:
    rank, paid = place
    person = case.employee(proposal.employee)
    asked = {s for place in mended.places for s in case.skills_at(case.location(place))}
    skills = tuple(skill for skill in person.skills if skill in asked)
    most = person.target_minutes(case.horizon) + person.band_minutes
    there = [place for _, place, _, _ in proposal.shifts if place]
    helped = [place for place in there if place in mended.places]
    where = next(iter((*helped, *there)), person.home)
    way = {(a, b): minutes for a, b, minutes in case.travel_minutes}.get((person.home, where), 0.0)
    hours = (most - paid) / MINUTES_PER_HOUR
    travels = where != person.home

    def facts(language: str) -> _Facts:
        return _Facts(language, skills, hours, where, way, travels)

    return StandIn(
        rank=rank,
        proposal=proposal,
        chosen=proposal.employee in taken,
        skills=skills,
        hours_left=hours,
        travel_minutes=way if travels else 0.0,
        late_balance=person.late_balance,
        saturday_balance=person.saturday_balance,
        why_de=_why(case, person, proposal, facts("de")),
        why_en=_why(case, person, proposal, facts("en")),
    )


def shifts_text(proposal: Proposal) -> str:
    """Return the shifts that would change, as the table writes them."""
    return ";".join(
        f"{day.isoformat()} {place} {span(start, end)}" if place else f"{day.isoformat()} -"
        for day, place, start, end in proposal.shifts
    )


def _why(case: PlanningCase, person: Employee, proposal: Proposal, facts: _Facts) -> str:
    """Return the reasons in one sentence of the language of ``facts``."""
    german = facts.language == "de"
    day, number = (day_de, number_de) if german else (day_en, number_en)
    off, none = (
        ("frei", "keine Änderung der Schichten") if german else ("off", "no change of shifts")
    )
    shifts = [
        f"{day(when)} {place_name(case, place)} {span(start, end)}"
        if place
        else f"{day(when)} {off}"
        for when, place, start, end in proposal.shifts
    ]
    held = ", ".join(skill_name(case, skill, facts.language) for skill in facts.skills)
    hours, saved = number(facts.hours_left), number(proposal.saved)
    way, where = number(facts.travel_minutes), place_name(case, facts.where)
    late = number(person.late_balance)
    if german:
        parts = [
            f"Qualifikation {held or 'keine der verlangten'}",
            f"{hours} Std. bis zur Obergrenze",
            "Ruhezeit eingehalten",
            f"{way} Min. Weg nach {where}" if facts.travels else "am Heimatstandort",
            *([f"schon {late} Spätschichten über dem Anteil"] if person.late_balance > 0 else []),
            f"erspart {saved} Punkte.",
        ]
    else:
        parts = [
            f"skills {held or 'none of those asked for'}",
            f"{hours} h to the most of the week",
            "rest kept",
            f"{way} min to {where}" if facts.travels else "at the home location",
            *([f"{late} late shifts beyond the share already"] if person.late_balance > 0 else []),
            f"saves {saved} points.",
        ]
    return "; ".join([f"{person.id}: {', '.join(shifts) or none}", *parts])

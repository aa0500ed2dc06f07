"""Who could stand in, best first, and why: skill, hours, rest, distance, fairness."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.case import PlanningCase
from planner.domain.roster import Roster
from planner.domain.staff import Employee
from planner.model.repair.repairing import Mended, Proposal
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
        One-way travel to the place of the first changed shift [min].
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
    where = next((place for _, place, _, _ in proposal.shifts if place), person.home)
    way = {(a, b): minutes for a, b, minutes in case.travel_minutes}.get((person.home, where), 0.0)
    hours = (most - paid) / MINUTES_PER_HOUR
    return StandIn(
        rank=rank,
        proposal=proposal,
        chosen=proposal.employee in taken,
        skills=skills,
        hours_left=hours,
        travel_minutes=way if where != person.home else 0.0,
        late_balance=person.late_balance,
        saturday_balance=person.saturday_balance,
        why_de=_why_de(person, proposal, skills, hours, (where, way)),
        why_en=_why_en(person, proposal, skills, hours, (where, way)),
    )


def shifts_text(proposal: Proposal) -> str:
    """Return the shifts that would change, as the table writes them."""
    return ";".join(
        f"{day.isoformat()} {place} {span(start, end)}" if place else f"{day.isoformat()} -"
        for day, place, start, end in proposal.shifts
    )


def _why_de(
    person: Employee,
    proposal: Proposal,
    skills: tuple[str, ...],
    hours: float,
    way: tuple[str, float],
) -> str:
    parts = [
        f"{day_de(day)} {place} {span(start, end)}" if place else f"{day_de(day)} frei"
        for day, place, start, end in proposal.shifts
    ]
    text = f"{person.id}: " + (", ".join(parts) or "keine Änderung der Schichten")
    text += f"; Qualifikation {', '.join(skills) or 'keine der verlangten'}"
    text += f"; {number_de(hours)} Std. bis zur Obergrenze; Ruhezeit eingehalten"
    home = way[0] == person.home
    text += "; am Heimatstandort" if home else f"; {number_de(way[1])} Min. Weg nach {way[0]}"
    if person.late_balance > 0:
        text += f"; schon {number_de(person.late_balance)} Spätschichten über dem Anteil"
    return f"{text}; erspart {number_de(proposal.saved)} Punkte."


def _why_en(
    person: Employee,
    proposal: Proposal,
    skills: tuple[str, ...],
    hours: float,
    way: tuple[str, float],
) -> str:
    parts = [
        f"{day_en(day)} {place} {span(start, end)}" if place else f"{day_en(day)} off"
        for day, place, start, end in proposal.shifts
    ]
    text = f"{person.id}: " + (", ".join(parts) or "no change of shifts")
    text += f"; skills {', '.join(skills) or 'none of those asked for'}"
    text += f"; {number_en(hours)} h to the most of the week; rest kept"
    home = way[0] == person.home
    text += "; at the home location" if home else f"; {number_en(way[1])} min to {way[0]}"
    if person.late_balance > 0:
        text += f"; {number_en(person.late_balance)} late shifts beyond the share already"
    return f"{text}; saves {number_en(proposal.saved)} points."

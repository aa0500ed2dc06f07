"""Why somebody is missing: who could help, and what forbids it or what it would cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import SERVING, Assignment, Roster
from planner.domain.rule import Severity
from planner.domain.staff import Employee
from planner.model.explain.reach import (
    OTHER_SHIFTS,
    PLACE,
    SKILL,
    Asked,
    contradiction,
    line_through,
)
from planner.plan.names import place_name, skill_name
from planner.rules.audit import audit, penalty_by_rule
from planner.rules.titles import rule_title
from planner.rules.wording import day_de, day_en, number_de, number_en
from planner.units import minute_to_clock

Say = Callable[[str, float | None, str], None]

_FACTS = {
    OTHER_SHIFTS: (
        "die übrigen Schichten der Woche bleiben, wie sie sind",
        "the other shifts of the week stay as they are",
    ),
    PLACE: ("darf an diesem Standort nicht arbeiten", "may not work at this location"),
    SKILL: ("hat die verlangte Qualifikation nicht", "does not hold the skill asked for"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person does not help.

    Attributes
    ----------
    kind : str
        ``serves`` (does so already), ``law`` (forbidden) or ``price`` (lawful, but dearer).
    conflict : tuple of str
        The minimal set of rules and facts that contradict one another; empty unless ``law``.
    costs : float
        What it would cost on balance [points]; 0 unless ``price``.
    """

    employee: str
    kind: str
    conflict: tuple[str, ...]
    costs: float
    text_de: str
    text_en: str


def reasons(
    case: PlanningCase, requirement: Requirement, roster: Roster, asked: Asked, say: Say
) -> tuple[Reason, ...]:
    """Return a reason for everybody who holds the skill and may work at the location.

    Those who could help at a price come first (cheapest first), then those whom law forbids, then
    those who serve already.
    """
    could = [e for e in case.employees if _could(e, asked)]
    found = []
    for done, person in enumerate(could):
        say("explain", done / len(could), person.id)
        found.append(reason(case, requirement, roster, asked, person))
    order = {"price": 0, "law": 1, "serves": 2}
    return tuple(sorted(found, key=lambda r: (order[r.kind], r.costs, r.employee)))


def reason(
    case: PlanningCase,
    requirement: Requirement,
    roster: Roster,
    asked: Asked,
    person: Employee,
) -> Reason:
    """Return why ``person`` does not serve the slot."""
    if serves(roster, person, asked):
        return Reason(
            *(person.id, "serves", (), 0.0),
            f"{person.id} bedient zu dieser Zeit schon.",
            f"{person.id} serves at that time already.",
        )
    line = line_through(case, person, roster, asked)
    if line is None:
        return _forbidden(case, person, contradiction(case, person, roster, asked))
    return _priced(case, requirement, roster, person, line)


def serves(roster: Roster, person: Employee, asked: Asked) -> bool:
    """Tell whether ``person`` serves the slot in ``roster``."""
    stop = asked.start_minute + asked.slot_minutes
    return any(
        shift.employee == person.id
        and (shift.day, shift.location) == (asked.day, asked.location)
        and piece.activity in SERVING
        and piece.skill == asked.skill
        and piece.start_minute < stop
        and asked.start_minute < piece.end_minute
        for shift in roster.assignments
        for piece in shift.pieces
    )


def _could(person: Employee, asked: Asked) -> bool:
    return asked.skill in person.skills and asked.location in person.locations


def _forbidden(case: PlanningCase, person: Employee, conflict: tuple[str, ...]) -> Reason:
    statements = {rule.id: rule for rule in case.rules}
    own = (one.rule for one in case.group_rules if one.group == person.contract_group)
    statements.update((rule.id, rule) for rule in own)
    parts_de, parts_en = [], []
    for name in conflict:
        de, en = _FACTS.get(name, ("", ""))
        rule = statements.get(name)
        parts_de.append(de or (rule.statement("de").rstrip(".") if rule else name) + f" [{name}]")
        parts_en.append(en or (rule.statement("en").rstrip(".") if rule else name) + f" [{name}]")
    return Reason(
        *(person.id, "law", conflict, 0.0),
        f"{person.id} kann nicht: {'; '.join(parts_de)}.",
        f"{person.id} cannot: {'; '.join(parts_en)}.",
    )


def _priced(
    case: PlanningCase,
    requirement: Requirement,
    roster: Roster,
    person: Employee,
    line: Roster,
) -> Reason:
    """Return what the line would cost, by term, with everybody else as they are."""
    before = [shift for shift in roster.assignments if shift.employee == person.id]
    places = {shift.location for shift in (*before, *line.assignments)}
    others = [
        shift
        for shift in roster.assignments
        if shift.employee != person.id and shift.location in places
    ]
    there = {shift.employee for shift in others} | {person.id}
    part = replace(case, employees=tuple(e for e in case.employees if e.id in there))
    asked = replace(
        requirement,
        slots=tuple(s for s in requirement.slots if s.location in places),
        presence=tuple(s for s in requirement.presence if s.location in places),
        back_office_minutes=tuple(b for b in requirement.back_office_minutes if b[0] in places),
    )
    was, broken = _terms(part, asked, [*others, *before])
    now, breaks = _terms(part, asked, [*others, *line.assignments])
    if breaks - broken:  # with the others there: no desk is free
        return _forbidden(case, person, tuple(sorted(breaks - broken)))
    worse = {name: now.get(name, 0.0) - was.get(name, 0.0) for name in now.keys() | was.keys()}
    worse = {name: value for name, value in worse.items() if abs(value) > 1e-9}
    costs = sum(worse.values())
    top = sorted(worse.items(), key=lambda item: -item[1])[:3]
    told = [(name, value) for name, value in top if value > 0]
    de = ", ".join(f"{rule_title(n, 'de')} +{number_de(value)}" for n, value in told) or "nichts"
    en = ", ".join(f"{rule_title(n, 'en')} +{number_en(value)}" for n, value in told) or "nothing"
    return Reason(
        *(person.id, "price", (), costs),
        f"{person.id} könnte, aber das wäre im Ganzen {number_de(costs)} Punkte teurer "
        f"(schlechter wird: {de}).",
        f"{person.id} could, but at {number_en(costs)} points more on balance (worse: {en}).",
    )


def _terms(
    case: PlanningCase, requirement: Requirement, shifts: list[Assignment]
) -> tuple[dict[str, float], set[str]]:
    findings = audit(Roster.of(shifts), case, requirement)
    return penalty_by_rule(findings), {f.rule for f in findings if f.severity is Severity.HARD}


def headline(case: PlanningCase, asked: Asked, missing: int, language: str) -> str:
    """Return the slot in question in words."""
    clock = minute_to_clock(asked.start_minute)
    where = place_name(case, asked.location)
    skill = skill_name(case, asked.skill, language)
    if language == "de":
        return f"{where}, {day_de(asked.day)} {clock} ({skill}): {missing} Personen fehlen."
    return f"{where}, {day_en(asked.day)} {clock} ({skill}): {missing} missing."

"""The verb *explain*: why somebody is missing, or why a person does not help, and what would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.domain.case import PlanningCase
from planner.errors import StoreError
from planner.model.explain.reach import Asked
from planner.model.repair.search import RepairLimits
from planner.plan.explain import headline, reason, reasons
from planner.plan.names import place_name, skill_name
from planner.plan.relaxations import relaxations
from planner.plan.shortfalls import Shortfall, covered_desks, shortfalls
from planner.results.roster_frames import minute_of
from planner.rules.wording import day_de, day_en, span
from planner.workflow.options import Watch
from planner.workflow.run_case import RunCase, open_run
from planner.workflow.summary import ExitStatus, Summary

#: Shortfalls and people that are listed.
SHOWN = 20
_WHY = {
    "skill": ("zu wenige mit dieser Qualifikation", "too few who hold the skill"),
    "hours": ("zu wenige Arbeitsstunden im Haus", "too few working hours in the house"),
    "times": ("nicht zu diesen Zeiten", "not at these times"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; nothing: which shortfalls there are.

    ``employee`` asks about one person only; ``skill`` and ``time`` may be left out: the slot of
    that location and day in which most people are missing is meant.
    """

    location: str = ""
    day: date | None = None
    time: str = ""
    skill: str = ""
    employee: str = ""


def explain_run(
    directory: Path, question: Question, language: str, seconds: float, watch: Watch
) -> Summary:
    """Explain a shortfall of a run's roster, or list all of them.

    Parameters
    ----------
    seconds : float
        Time for solving again with each relaxation [s].

    Raises
    ------
    StoreError
        When the run cannot be read, or the question names what the case lacks.
    """
    run = open_run(directory)
    if question.day is None and not question.location and not question.employee:
        return Summary(ExitStatus.DONE, None, _listed(run, language))
    _refuse_unknown(question, run)
    asked, missing = _asked(question, run)
    facts = [("slot", headline(run.case, asked, missing, language))]
    if question.employee:
        person = run.case.employee(question.employee)
        why = reason(run.case, run.requirement, run.roster, asked, person)
        facts.append((f"{why.kind} {person.id}", why.text_de if language == "de" else why.text_en))
        return Summary(ExitStatus.DONE, None, tuple(facts))
    facts += _explained(run, asked, language, seconds, watch)
    return Summary(ExitStatus.DONE, None, tuple(facts))


def _explained(
    run: RunCase, asked: Asked, language: str, seconds: float, watch: Watch
) -> list[tuple[str, str]]:
    german = language == "de"
    why = reasons(run.case, run.requirement, run.roster, asked, watch.say)
    counts = {kind: sum(one.kind == kind for one in why) for kind in ("serves", "price", "law")}
    de = "bedienen schon: {serves}, könnten zu einem Preis: {price}, dürfen nicht: {law}"
    en = "serve already: {serves}, could at a price: {price}, must not: {law}"
    facts = [("people", (de if german else en).format(**counts))]
    shown = [one for one in why if one.kind != "serves"][:SHOWN]
    facts += [
        (f"{one.kind} {one.employee}", one.text_de if german else one.text_en) for one in shown
    ]
    watch.say("relax", None, "")
    limits = RepairLimits(seconds, 1, watch.stop)
    found = relaxations(run.case, run.requirement, run.roster, asked, why, limits)
    none = ("keine hilft", "none helps")[not german]
    facts += [(f"relaxation {one.id}", one.text_de if german else one.text_en) for one in found]
    return facts if found else [*facts, ("relaxation", none)]


def _listed(run: RunCase, language: str) -> tuple[tuple[str, str], ...]:
    found = shortfalls(run.case, run.requirement, run.roster)
    worst = sorted(found, key=lambda s: -s.people * (s.end_minute - s.start_minute))
    facts = [("shortfalls", str(len(found)))]
    facts += [
        (str(rank), _told(run.case, one, language)) for rank, one in enumerate(worst[:SHOWN], 1)
    ]
    return tuple(facts)


def _told(case: PlanningCase, one: Shortfall, language: str) -> str:
    why, time = _WHY[one.reason], span(one.start_minute, one.end_minute)
    where, skill = place_name(case, one.location), skill_name(case, one.skill, language)
    if language == "de":
        return f"{where}, {day_de(one.day)} {time} ({skill}): {one.people} fehlen – {why[0]}"
    return f"{where}, {day_en(one.day)} {time} ({skill}): {one.people} missing, {why[1]}"


def _refuse_unknown(question: Question, run: RunCase) -> None:
    case = run.case
    if question.employee and question.employee not in {e.id for e in case.employees}:
        raise StoreError(f"--employee: '{question.employee}' is not in the case")
    if question.location and question.location not in {p.id for p in case.locations}:
        raise StoreError(f"--location: '{question.location}' is not in the case")
    if question.day is None or question.day not in case.horizon.dates:
        days = f"{case.horizon.dates[0]}..{case.horizon.dates[-1]}"
        raise StoreError(f"--date: give a day of the planned week {days}")


def _asked(question: Question, run: RunCase) -> tuple[Asked, int]:
    """Return the slot meant and how many people are missing in it."""
    location = question.location
    if not location:
        location = run.case.employee(question.employee).home
    covered = covered_desks(run.requirement, run.roster)
    slots = [
        slot
        for slot in run.requirement.slots
        if (slot.location, slot.day) == (location, question.day)
        and question.skill in ("", slot.skill)
        and (not question.time or slot.start_minute == minute_of(question.time))
    ]
    if not slots:
        raise StoreError(
            f"nothing is required at {location} on {question.day} {question.time} "
            f"{question.skill}".rstrip()
        )
    missing = {s: s.desks - covered[s.location, s.day, s.skill, s.start_minute] for s in slots}
    worst = max(slots, key=lambda slot: (missing[slot], slot.desks, -slot.start_minute))
    asked = Asked(
        location, worst.day, worst.start_minute, worst.skill, run.requirement.slot_minutes
    )
    return asked, max(0, missing[worst])

"""A target that is not kept ends with a reason, and with what would keep it.

Where, when, which skill and how many posts are short; then the cheapest remedies (more hours, a
later opening, an online share, a floater), each simulated: leads by the booking model
(`lead_remedies`), waits at counters and on the phone by the day model (`wait_remedies`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from planner.domain.case import PlanningCase
from planner.domain.roster import Roster
from planner.domain.target import Sense, Verdict
from planner.model.requirement_lead import LEADS, CounterHours
from planner.model.requirement_promise import promises
from planner.plan.lead_remedies import lead_effects, lead_remedies
from planner.plan.names import skill_names
from planner.plan.refined_requirement import RefinementWork
from planner.plan.remedy_words import LANGUAGES, Effect, Reason, reason_text, remedy_text
from planner.plan.wait_remedies import WaitShortage, wait_shortage
from planner.sim.measures import FULL_TIME_MINUTES
from planner.units import MINUTES_PER_HOUR, minute_to_clock

#: Sampled books behind each lead remedy.
BOOKS = 3
#: Wait targets for which remedies are simulated, the worst first.
MOST_WAITS = 10
#: Scopes of single places: sites, and the phone line.
PLACES = ("location", "phone")


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """A row of ``remedies``."""

    location: str
    channel: str
    measure: str
    rank: int
    remedy: str
    hours_per_week: float
    before: float
    after: float
    limit: float
    holds: bool
    reason_de: str
    reason_en: str
    text_de: str
    text_en: str


@dataclass(frozen=True)
class RemedyInput:
    """What is missed, and what the remedies are tried on.

    Attributes
    ----------
    work : RefinementWork
        The design weeks.
    roster : Roster
        Who serves.
    measures : DataFrame
        Verified measures with verdicts.
    counter_hours : tuple of CounterHours
        Hours behind the lead targets.
    jobs : int
        Worker processes.
    """

    work: RefinementWork
    roster: Roster
    measures: pd.DataFrame
    counter_hours: tuple[CounterHours, ...]
    jobs: int


@dataclass(frozen=True, slots=True)
class _Missed:
    location: str
    channel: str
    measure: str
    value: float
    limit: float
    sense: Sense


def remedies(given: RemedyInput) -> tuple[RemedyRow, ...]:
    """Return the remedies of every missed target of a location, the cheapest that holds first."""
    missed = _missed(given)
    leads = [target for target in missed if target.measure in LEADS]
    waits = [target for target in missed if target.measure not in LEADS][:MOST_WAITS]
    return (*_lead_rows(given, leads), *_wait_rows(given, waits))


def _missed(given: RemedyInput) -> list[_Missed]:
    """Return what is missed at locations: their own targets, and their part in those of a city."""
    table = given.measures
    places = table[table["scope"].isin(PLACES)]
    senses = {(t.measure, t.channel, t.area): t.sense for t in given.work.case.targets}
    found: dict[tuple[str, str, str], _Missed] = {}
    for row in table[table["met"] == Verdict.MISSED.value].to_dict("records"):
        key = (str(row["measure"]), str(row["channel"]), str(row["area"]))
        sense, limit = senses.get(key, Sense.AT_MOST), float(row["target"])
        own = places[(places[["measure", "channel", "area"]] == list(key)).all(axis=1)]
        if row["scope"] in PLACES:
            own = own[own["id"] == row["id"]]
        for place in own.to_dict("records"):
            value = float(place["value"])
            if row["scope"] in PLACES or not _holds(value, limit, sense):
                target = _Missed(str(place["id"]), key[1], key[0], value, limit, sense)
                found.setdefault((target.location, *key[:2]), target)
    return sorted(
        found.values(), key=lambda m: (-abs(m.value / m.limit - 1.0), m.location, m.measure)
    )


def _holds(value: float, limit: float, sense: Sense) -> bool:
    return value <= limit if sense is Sense.AT_MOST else value >= limit


def _lead_rows(given: RemedyInput, missed: list[_Missed]) -> Iterator[RemedyRow]:
    if not missed:
        return
    case, seed = given.work.case, given.work.seed
    places = tuple(sorted({target.location for target in missed}))
    before = lead_effects(case, seed, BOOKS, given.jobs)
    tried = lead_remedies(case, places, given.counter_hours)
    effects = {r.name: lead_effects(r.case, seed, BOOKS, given.jobs) for r in tried}
    hours = {row.location: row for row in given.counter_hours}
    for target in missed:
        key = (target.location, target.measure)
        if key not in before or target.location not in hours:
            continue
        reason = _lead_reason(case, hours[target.location])
        rows = [
            _row(
                target,
                (remedy.name, remedy.hours.get(target.location, 0.0)),
                (before[key], effects[remedy.name][key]),
                reason,
            )
            for remedy in tried
            if key in effects[remedy.name]
        ]
        yield from _ranked(rows)


def _lead_reason(case: PlanningCase, hours: CounterHours) -> Reason:
    place = case.location(hours.location)
    skills = case.skills_at(place)
    volume = {
        skill: sum(
            d.requests_per_year for d in case.demand if case.service(d.service).skill == skill
        )
        for skill in skills
    }
    counter_share = max(0.05, 1.0 - place.back_office_share)
    posts = hours.missing_hours / (FULL_TIME_MINUTES / MINUTES_PER_HOUR * counter_share)
    main = max(skills, key=lambda skill: (volume[skill], skill))
    return Reason(
        place.name, None, skill_names(case, main), max(0.0, posts), max(0.0, hours.missing_hours)
    )


def _wait_rows(given: RemedyInput, missed: list[_Missed]) -> Iterator[RemedyRow]:
    case = given.work.case
    plans = {plan.location: plan for plan in given.work.plans}
    for target in missed:
        place = case.location(target.location)
        held = [
            promise
            for promise in promises(case, place)
            if (promise.measure, promise.channel) == (target.measure, target.channel)
        ]
        if not held or target.location not in plans:
            continue
        found = wait_shortage(given.work, plans[target.location], given.roster, held[0])
        reason = _wait_reason(case, place.name, found)
        # A score is a share late (or minutes), so less is better whatever the target's sense.
        scored = replace(target, sense=Sense.AT_MOST, limit=found.effects[0].limit)
        rows = [
            _row(scored, (effect.name, effect.hours), (effect.before, effect.after), reason)
            for effect in found.effects
        ]
        yield from _ranked(rows)


def _wait_reason(case: PlanningCase, name: str, found: WaitShortage) -> Reason:
    when = (case.horizon.dates[found.day], minute_to_clock(found.start_minute))
    return Reason(name, when, skill_names(case, found.skill), found.posts, None, found.tried)


def _row(
    target: _Missed, remedy: tuple[str, float], effect: tuple[float, float], reason: Reason
) -> RemedyRow:
    """Return a row without rank: (name, hours a week) and (before, after)."""
    name, hours = remedy
    before, after = effect
    holds = _holds(after, target.limit, target.sense)
    german, english = (
        remedy_text(language, name, hours, Effect(target.measure, before, after, holds))
        for language in LANGUAGES
    )
    return RemedyRow(
        location=target.location,
        channel=target.channel,
        measure=target.measure,
        rank=0,
        remedy=name,
        hours_per_week=hours,
        before=before,
        after=after,
        limit=target.limit,
        holds=holds,
        reason_de=reason_text("de", reason),
        reason_en=reason_text("en", reason),
        text_de=german,
        text_en=english,
    )


def _ranked(rows: list[RemedyRow]) -> Iterator[RemedyRow]:
    """Yield the rows with their rank: those that hold first, then by hours."""
    ordered = sorted(rows, key=lambda row: (not row.holds, row.hours_per_week, row.remedy))
    for number, row in enumerate(ordered, start=1):
        yield replace(row, rank=number)

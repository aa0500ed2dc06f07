"""Periods with fewer people than required, each with its reason in words.

The reason is read off the run folder: who holds the skill and may work at the location, and
what each of them does at the worst slot of the period.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from planner.domain.roster import Activity, Assignment
from planner.reporting.coverage import BACK_OFFICE, hours, serving
from planner.reporting.material import Material, Person
from planner.reporting.words import Words
from planner.results.roster_frames import minute_of
from planner.units import MINUTES_PER_HOUR, minute_to_clock

#: What a person may be doing at a slot, in the order in which it is told.
_STATES = (
    *("working", "absent", "pattern_off", "elsewhere", "other_time", "on_break", "other_work"),
    "unrostered",
)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A period ``[start, end)`` of one day in which people are missing for one skill.

    Attributes
    ----------
    people : int
        Missing at the worst slot, which begins at ``worst_minute``.
    slots : int
        Sum of missing people over the slots.
    """

    location: str
    day: date
    skill: str
    start_minute: int
    end_minute: int
    people: int
    worst_minute: int
    slots: int


@dataclass(frozen=True, slots=True)
class ShortfallRow:
    """A shortfall in words."""

    location: str
    day: str
    time: str
    skill: str
    missing: str
    reason: str
    detail: str


def shortfalls(material: Material) -> list[Shortfall]:
    """Return all shortfalls, the largest first."""
    rows = serving(material.table("requirement"))
    rows = rows[rows["short"] > 0]
    slot = material.manifest.case_facts.slot_minutes
    found = [
        shortfall
        for (place, day, skill), group in rows.groupby(["location", "date", "skill"])
        for shortfall in _periods(str(place), str(day), str(skill), group, slot)
    ]
    return sorted(found, key=lambda s: (-s.slots, s.location, s.day, s.start_minute, s.skill))


@dataclass(frozen=True)
class Explainer:
    """Explains shortfalls by the people of the run.

    Attributes
    ----------
    on_day : dict
        Shifts by (person, day).
    minutes : Counter
        Paid minutes of the horizon by person [min].
    hours : dict
        By location: hours owed by those at home there, and hours that it requires [h].
    """

    material: Material
    words: Words
    on_day: dict[tuple[str, date], Assignment]
    minutes: Counter[str]
    hours: dict[str, tuple[float, float]]

    @staticmethod
    def of(material: Material, words: Words) -> Explainer:
        """Return the explainer of a run."""
        shifts = material.roster.assignments
        minutes: Counter[str] = Counter()
        for shift in shifts:
            minutes[shift.employee] += shift.paid_minutes
        on_day = {(shift.employee, shift.day): shift for shift in shifts}
        return Explainer(material, words, on_day, minutes, _hours(material))

    def row(self, shortfall: Shortfall) -> ShortfallRow:
        """Return ``shortfall`` in words."""
        words = self.words
        slot = self.material.manifest.case_facts.slot_minutes
        missing = words.number(shortfall.slots * slot / MINUTES_PER_HOUR, 1)
        start, end = (minute_to_clock(m) for m in (shortfall.start_minute, shortfall.end_minute))
        pool = self._pool(shortfall)
        states = Counter(self._state(person, shortfall) for person in pool)
        parts = [words(f"shortfall.{s}", count=states[s]) for s in _STATES if states[s]]
        return ShortfallRow(
            location=self.material.place_names.get(shortfall.location, shortfall.location),
            day=words.day(shortfall.day),
            time=f"{start}–{end}",
            skill=words.name("skill", shortfall.skill),
            missing=words("shortfall.missing_value", people=shortfall.people, hours=missing),
            reason=self._reason(shortfall, pool, states),
            detail=words("shortfall.pool", pool=len(pool), parts=", ".join(parts) or "–"),
        )

    def _pool(self, shortfall: Shortfall) -> list[Person]:
        return [
            person
            for person in self.material.people.values()
            if shortfall.location in person.locations and shortfall.skill in person.skills
        ]

    def _state(self, person: Person, shortfall: Shortfall) -> str:
        shift = self.on_day.get((person.id, shortfall.day))
        if shift is None:
            return _off_state(person, shortfall.day)
        if shift.location != shortfall.location:
            return "elsewhere"
        minute = shortfall.worst_minute
        for piece in shift.pieces:
            if piece.start_minute <= minute < piece.end_minute:
                if piece.activity is Activity.BREAK:
                    return "on_break"
                return "working" if piece.skill == shortfall.skill else "other_work"
        return "other_time"

    def _reason(self, shortfall: Shortfall, pool: list[Person], states: Counter[str]) -> str:
        """Return the first cause in words that alone explains who is missing at the worst slot."""
        words = self.words
        if self._outside(shortfall):
            facts = self.material.manifest.case_facts
            return words("reason.outside", earliest=facts.earliest, latest=facts.latest)
        needed = states["working"] + shortfall.people
        if len(pool) < needed:
            return words("reason.too_few")
        if len(pool) - states["absent"] - states["pattern_off"] < needed:
            return words("reason.absence")
        if self._desks(shortfall.location) <= states["working"]:
            return words("reason.desks")
        at_hand, required = self.hours[shortfall.location]
        if at_hand < required:
            texts = {"at_hand": words.number(at_hand), "required": words.number(required)}
            return words("reason.hours", **texts)
        return words(f"reason.{self._state_reason(shortfall, pool, states)}")

    def _outside(self, shortfall: Shortfall) -> bool:
        """Tell whether nobody may work in the whole of the worst slot."""
        facts = self.material.manifest.case_facts
        end = shortfall.worst_minute + facts.slot_minutes
        earliest, latest = minute_of(facts.earliest), minute_of(facts.latest)
        return shortfall.worst_minute < earliest or end > latest

    def _state_reason(self, shortfall: Shortfall, pool: list[Person], states: Counter[str]) -> str:
        """Return what most of those who are not at the work do instead."""
        causes = (("breaks", "on_break"), ("other_work", "other_work"), ("elsewhere", "elsewhere"))
        counts = {cause: states[state] for cause, state in causes}
        counts["other_time"] = states["other_time"]
        counts["free"] = states["unrostered"]
        cause = max(counts, key=lambda name: counts[name])
        return self._free_reason(pool, shortfall.day) if cause == "free" else cause

    def _free_reason(self, pool: list[Person], day: date) -> str:
        """Tell whether those who are free have worked what they owe."""
        free = [p for p in pool if (p.id, day) not in self.on_day and not _off(p, day)]
        spare = [p for p in free if self.minutes[p.id] < p.due_minutes - MINUTES_PER_HOUR]
        return "unrostered" if 2 * len(spare) > len(free) else "used_up"

    def _desks(self, location: str) -> int:
        return next((p.desks for p in self.material.places if p.id == location), 0)


def _hours(material: Material) -> dict[str, tuple[float, float]]:
    """Return hours owed by those at home at each location, and hours that it requires [h]."""
    owed: Counter[str] = Counter()
    for person in material.people.values():
        owed[person.home] += person.due_minutes
    slot = material.manifest.case_facts.slot_minutes
    found = {}
    for place, rows in material.table("requirement").groupby("location"):
        other = float(rows[rows["skill"] == BACK_OFFICE]["required"].sum()) / MINUTES_PER_HOUR
        required = hours(serving(rows), "required", slot) + other
        found[str(place)] = (owed[str(place)] / MINUTES_PER_HOUR, required)
    return found


def _periods(
    place: str, day: str, skill: str, rows: pd.DataFrame, slot: int
) -> Iterator[Shortfall]:
    run: list[tuple[int, int]] = []
    for start, short in zip(rows["start"], rows["short"], strict=True):
        minute = minute_of(start)
        if run and run[-1][0] + slot != minute:
            yield _period(place, day, skill, run, slot)
            run = []
        run.append((minute, int(short)))
    yield _period(place, day, skill, run, slot)


def _period(place: str, day: str, skill: str, run: list[tuple[int, int]], slot: int) -> Shortfall:
    worst, people = max(run, key=lambda entry: entry[1])
    return Shortfall(
        location=place,
        day=date.fromisoformat(day),
        skill=skill,
        start_minute=run[0][0],
        end_minute=run[-1][0] + slot,
        people=people,
        worst_minute=worst,
        slots=sum(short for _, short in run),
    )


def _off(person: Person, day: date) -> bool:
    return day in person.absent or day.weekday() not in person.weekdays


def _off_state(person: Person, day: date) -> str:
    if day in person.absent:
        return "absent"
    return "unrostered" if day.weekday() in person.weekdays else "pattern_off"

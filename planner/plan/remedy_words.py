"""Reasons and remedies in German and English sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LANGUAGES = ("de", "en")
_WEEKDAYS = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a target is missed.

    Attributes
    ----------
    place, skill : str
        Where people are short, and of which skill.
    when : (date, clock) or None
        The day and time at which most late customers wait; None: the whole week.
    posts : float or None
        Full-time posts (leads) or people in all open hours (waits) short; None: more than tried.
    hours : float or None
        Counter hours a week that are missing behind a lead target.
    """

    place: str
    when: tuple[date, str] | None
    skill: str
    posts: float | None
    hours: float | None


_SENTENCES = {
    "de": {
        "lead": "{place}: die ganze Woche fehlen {hours:.0f} Schalterstunden für {skill}, rund "
        "{posts:.1f} Stellen.",
        "lead_enough": "{place}: die Stunden für {skill} reichten im Mittel; sie liegen ungünstig "
        "oder Kunden anderer Standorte nehmen sie.",
        "wait": "{place}: vor allem {day} um {clock} fehlt {skill}; {posts:.0f} Person(en) mehr in "
        "allen Öffnungsstunden hielten das Ziel.",
        "wait_many": "{place}: vor allem {day} um {clock} fehlt {skill}; auch vier Personen mehr "
        "hielten das Ziel nicht.",
        "more_hours": "Mehr Stunden: {hours:.1f} Std. je Woche",
        "later_opening": "Eine Stunde länger öffnen: {hours:.1f} Std. je Woche",
        "online_share": "Jeder zehnte Antrag online: spart {saved:.1f} Std. je Woche",
        "floater": "Springer: {hours:.1f} Std. je Woche",
        "effect": " – {before:.3g} → {after:.3g}, Ziel {holds}.",
        "holds": "gehalten",
        "fails": "nicht gehalten",
    },
    "en": {
        "lead": "{place}: all week {hours:.0f} counter hours for {skill} are missing, about "
        "{posts:.1f} posts.",
        "lead_enough": "{place}: the hours for {skill} would do on average; they lie badly or "
        "customers of other locations take them.",
        "wait": "{place}: above all {day} at {clock} {skill} is short; {posts:.0f} more people in "
        "all open hours would hold the target.",
        "wait_many": "{place}: above all {day} at {clock} {skill} is short; not even four more "
        "people would hold the target.",
        "more_hours": "More hours: {hours:.1f} h a week",
        "later_opening": "Open an hour longer: {hours:.1f} h a week",
        "online_share": "One request in ten online: saves {saved:.1f} h a week",
        "floater": "A floater: {hours:.1f} h a week",
        "effect": " – {before:.3g} → {after:.3g}, target {holds}.",
        "holds": "held",
        "fails": "not held",
    },
}


def reason_text(language: str, reason: Reason) -> str:
    """Return where, when, which skill and how many posts are short."""
    words = _SENTENCES[language]
    if reason.when is None:
        key = "lead" if reason.hours else "lead_enough"
        return words[key].format(
            place=reason.place, skill=reason.skill, hours=reason.hours, posts=reason.posts
        )
    day, clock = reason.when
    key = "wait" if reason.posts is not None else "wait_many"
    return words[key].format(
        place=reason.place,
        skill=reason.skill,
        day=_WEEKDAYS[language][day.weekday()],
        clock=clock,
        posts=reason.posts,
    )


def remedy_text(language: str, name: str, hours: float, effect: tuple[float, float, bool]) -> str:
    """Return a remedy with its cost and its simulated effect (before, after, holds)."""
    words = _SENTENCES[language]
    before, after, holds = effect
    told = words[name].format(hours=hours, saved=-hours)
    verdict = words["holds"] if holds else words["fails"]
    return told + words["effect"].format(before=before, after=after, holds=verdict)

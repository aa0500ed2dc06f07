"""Reasons and remedies in German and English sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel.numbers import format_decimal, format_percent

LANGUAGES = ("de", "en")
_LOCALES = {"de": "de_DE", "en": "en_GB"}
_WEEKDAYS = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a target is missed.

    Attributes
    ----------
    place : str
        Where people are short.
    skill : (German, English)
        Of which skill, as people call it.
    when : (date, clock) or None
        The day and time at which most late customers wait; None: the whole week.
    posts : float or None
        Full-time posts (leads) or people in all open hours (waits) short; None: more than tried.
    hours : float or None
        Counter hours a week that are missing behind a lead target.
    tried : int
        People tried at the most, where even these would not do.
    """

    place: str
    when: tuple[date, str] | None
    skill: tuple[str, str]
    posts: float | None
    hours: float | None
    tried: int = 4


_SENTENCES = {
    "de": {
        "lead": "{place}: die ganze Woche fehlen {hours} Schalterstunden für {skill}, rund "
        "{posts} Stellen.",
        "lead_enough": "{place}: die Stunden für {skill} reichten im Mittel; sie liegen ungünstig "
        "oder Kunden anderer Standorte nehmen sie.",
        "wait": "{place}: vor allem {day} um {clock} fehlt {skill}; {posts} Person(en) mehr in "
        "allen Öffnungsstunden hielten das Ziel.",
        "wait_many": "{place}: vor allem {day} um {clock} fehlt {skill}; auch {tried} Personen "
        "mehr hielten das Ziel nicht.",
        "more_hours": "Mehr Stunden: {hours} Std. je Woche",
        "later_opening": "Eine Stunde länger öffnen: {hours} Std. je Woche",
        "online_share": "Jeder zehnte Antrag online: spart {saved} Std. je Woche",
        "online_alone": "Jeder zehnte Kunde online statt hier",
        "floater": "Springer: {hours} Std. je Woche",
        "effect": " – {before} → {after}, Ziel {holds}.",
        "days": "Tage",
        "minutes": "Min.",
        "holds": "gehalten",
        "fails": "nicht gehalten",
    },
    "en": {
        "lead": "{place}: all week {hours} counter hours for {skill} are missing, about "
        "{posts} posts.",
        "lead_enough": "{place}: the hours for {skill} would do on average; they lie badly or "
        "customers of other locations take them.",
        "wait": "{place}: above all {day} at {clock} {skill} is short; {posts} more people in "
        "all open hours would hold the target.",
        "wait_many": "{place}: above all {day} at {clock} {skill} is short; not even {tried} more "
        "people would hold the target.",
        "more_hours": "More hours: {hours} h a week",
        "later_opening": "Open an hour longer: {hours} h a week",
        "online_share": "One request in ten online: saves {saved} h a week",
        "online_alone": "One customer in ten online instead",
        "floater": "A floater: {hours} h a week",
        "effect": " – {before} → {after}, target {holds}.",
        "days": "days",
        "minutes": "min",
        "holds": "held",
        "fails": "not held",
    },
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What a remedy does to a measure, simulated: its value before and after, and the verdict."""

    measure: str
    before: float
    after: float
    holds: bool


def reason_text(language: str, reason: Reason) -> str:
    """Return where, when, which skill and how many posts are short."""
    words, skill = _SENTENCES[language], reason.skill[LANGUAGES.index(language)]
    if reason.when is None:
        key = "lead" if reason.hours else "lead_enough"
        hours, posts = (_number(language, value or 0.0) for value in (reason.hours, reason.posts))
        return words[key].format(place=reason.place, skill=skill, hours=hours, posts=posts)
    day, clock = reason.when
    key = "wait" if reason.posts is not None else "wait_many"
    return words[key].format(
        place=reason.place,
        skill=skill,
        day=_WEEKDAYS[language][day.weekday()],
        clock=clock,
        posts=_number(language, reason.posts or 0.0),
        tried=reason.tried,
    )


def remedy_text(language: str, name: str, hours: float, effect: Effect) -> str:
    """Return a remedy with its cost [h a week] and its simulated effect."""
    words = _SENTENCES[language]
    key = "online_alone" if name == "online_share" and not hours else name
    told = words[key].format(hours=_number(language, hours), saved=_number(language, -hours))
    before, after = (
        _value(language, effect.measure, value) for value in (effect.before, effect.after)
    )
    verdict = words["holds"] if effect.holds else words["fails"]
    return told + words["effect"].format(before=before, after=after, holds=verdict)


def _number(language: str, value: float) -> str:
    return format_decimal(value, "#,##0.#", locale=_LOCALES[language])


def _value(language: str, measure: str, value: float) -> str:
    """Return a value of a measure with its unit: means are days or minutes, the rest shares."""
    if not measure.endswith("_mean"):
        return format_percent(value, "#,##0.0 %", locale=_LOCALES[language])
    unit = "days" if measure.startswith("lead") else "minutes"
    return f"{_number(language, value)} {_SENTENCES[language][unit]}"

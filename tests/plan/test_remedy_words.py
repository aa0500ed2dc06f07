"""Reasons and remedies as people read them: numbers of the locale, units, names of skills."""

from __future__ import annotations

from datetime import date

import pytest

from planner.plan.remedy_words import Effect, Reason, reason_text, remedy_text

RESIDENTS = ("Einwohnerangelegenheiten", "Residents' affairs")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "de",
            "Altona: die ganze Woche fehlen 1.006,5 Schalterstunden für Einwohnerangelegenheiten, "
            "rund 0,3 Stellen.",
        ),
        (
            "en",
            "Altona: all week 1,006.5 counter hours for Residents' affairs are missing, "
            "about 0.3 posts.",
        ),
    ],
)
def test_a_lead_that_lacks_hours(language: str, told: str) -> None:
    """Hours and posts in the numbers of the language, the skill by its name."""
    assert reason_text(language, Reason("Altona", None, RESIDENTS, 0.31, 1006.5)) == told


def test_a_wait_that_lacks_people() -> None:
    """Day, time and people; or that not even those tried would do."""
    when = (date(2024, 4, 15), "08:30")
    assert reason_text("de", Reason("Altona", when, RESIDENTS, 2, None)) == (
        "Altona: vor allem Mo um 08:30 fehlt Einwohnerangelegenheiten; "
        "2 Person(en) mehr in allen Öffnungsstunden hielten das Ziel."
    )
    assert "auch 4 Personen" in reason_text("de", Reason("Altona", when, RESIDENTS, None, None))


@pytest.mark.parametrize(
    ("measure", "told"),
    [
        (
            "lead_booked_mean",
            "Mehr Stunden: 11,5 Std. je Woche – 0,5 Tage → 1 Tage, Ziel gehalten.",
        ),
        ("wait_mean", "Mehr Stunden: 11,5 Std. je Woche – 0,5 Min. → 1 Min., Ziel gehalten."),
        (
            "lead_within_14_days",
            "Mehr Stunden: 11,5 Std. je Woche – 47,9 % → 100,0 %, Ziel gehalten.",
        ),
    ],
)
def test_an_effect_has_the_unit_of_its_measure(measure: str, told: str) -> None:
    """Days, minutes or per cent."""
    effect = Effect(measure, 0.479, 1.0, True)
    assert remedy_text("de", "more_hours", 11.5, effect) == told


def test_online_without_a_saving_names_none() -> None:
    """Where nobody's hours are saved, none are told."""
    effect = Effect("wait_within_target", 0.3, 0.2, True)
    assert remedy_text("de", "online_share", 0.0, effect).startswith(
        "Jeder zehnte Kunde online statt hier –"
    )
    assert "saves 8 h a week" in remedy_text("en", "online_share", -8.0, effect)

"""What the verb *day* says, in German and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences about a service day; fields in braces are filled in."""

    yes: str
    no: str
    people: str
    target: str
    optimal: str
    gap: str
    out_of_time: str
    missing: str
    hopeless: str
    menu: str


WORDS = {
    "de": Words(
        yes="ja",
        no="nein",
        people="{people} da (Formel {required})",
        target="Ziel: in jedem Zeitraum höchstens {limit:.0%} der Kunden, die länger als "
        "{minutes:g} Minuten warten.",
        optimal="Kein Dienstplan aus diesen Schichten, der das Ziel hält, kostet weniger als "
        "{bound:g}; dieser kostet {cost:g} (exakt gerechnet, bewiesen).",
        gap="Kein Dienstplan aus diesen Schichten, der das Ziel hält, kostet weniger als "
        "{bound:g}; dieser kostet {cost:g} und hält es (die Zeit reichte nicht zum Beweis).",
        out_of_time="Die Zeit reichte für keinen Dienstplan; keiner kostet weniger als {bound:g}.",
        missing="{start}-{end}: auch mit allen Schaltern verfehlt; es fehlen {missing} Schalter.",
        hopeless="{start}-{end}: auch mit sehr vielen Schaltern in diesem Zeitraum verfehlt.",
        menu="Die Schalter reichten, aber keine Auswahl aus diesen Schichten hält das Ziel.",
    ),
    "en": Words(
        yes="yes",
        no="no",
        people="{people} there (formula {required})",
        target="Target: in every period at most {limit:.0%} of customers who wait longer than "
        "{minutes:g} minutes.",
        optimal="No schedule of these shifts that holds the target costs less than {bound:g}; "
        "this one costs {cost:g} (computed exactly, proven).",
        gap="No schedule of these shifts that holds the target costs less than {bound:g}; this one "
        "costs {cost:g} and holds it (time did not suffice for the proof).",
        out_of_time="Time did not suffice for a schedule; none costs less than {bound:g}.",
        missing="{start}-{end}: missed with all counters staffed; {missing} counters are missing.",
        hopeless="{start}-{end}: missed even with very many counters in this period.",
        menu="The counters would do, but no choice of these shifts holds the target.",
    ),
}

"""What a plan decided beside the roster: least staff with its bound, and what would help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from planner.reporting.material import Material, Row
from planner.reporting.verdicts import number
from planner.reporting.words import Words

HOURS = ("hours", "bound_hours", "same_service_hours", "two_step_hours")


@dataclass(frozen=True, slots=True)
class CutRow:
    """A location under simulation cuts: hours in words, saving at the same service, not shown."""

    place: str
    hours: tuple[str, ...]
    saving: str
    not_shown: str


@dataclass(frozen=True, slots=True)
class RemedyShown:
    """A remedy in words; reason and target stand on the first row of each target only."""

    place: str
    target: str
    reason: str
    text: str
    verdict: str


def cut_rows(material: Material, words: Words) -> list[CutRow]:
    """Return the least staff found by location; none without the strategy."""
    table, targets = material.table("cut_days"), material.table("cut_targets")
    names = {place.id: place.name for place in material.places}
    rows = []
    for location, days in table.groupby("location", sort=True):
        own = targets[(targets["location"] == location) & ~targets["shown"].astype(bool)]
        told = [_target(row, words) for row in own.to_dict("records")]
        sums = [float(days[key].sum()) for key in HOURS]
        rows.append(
            CutRow(
                place=names.get(str(location), str(location)),
                hours=tuple(words.number(value, 1) for value in sums),
                saving=words.share(1.0 - sums[0] / sums[2]) if sums[2] else "",
                not_shown="; ".join(told),
            )
        )
    return rows


def cut_sentence(material: Material, words: Words) -> str:
    """Return what may be claimed of the least staff, and no more; empty without the strategy."""
    days, targets = material.table("cut_days"), material.table("cut_targets")
    if not len(days):
        return ""
    return words(
        "decision.claim",
        hours=words.number(float(days["hours"].sum()), 1),
        bound=words.number(float(days["bound_hours"].sum()), 1),
        two_step=words.number(float(days["two_step_hours"].sum()), 1),
        same_service=words.number(float(days["same_service_hours"].sum()), 1),
        shown=int(targets["shown"].astype(bool).sum()),
        theirs=int((targets["same_service_upper"] <= targets["limit"]).sum()),
        count=len(targets),
    )


def missing_sentences(material: Material, words: Words) -> list[str]:
    """Return where sites together ask for more people than they share; mostly nothing."""
    names = {place.id: place.name for place in material.places}
    return [
        words(
            "decision.people_missing",
            places=", ".join(names.get(own, own) for own in str(row["locations"]).split(";")),
            day=words.date(date.fromisoformat(str(row["date"]))),
            people=int(number(row["people"])),
            needed=int(number(row["needed"])),
        )
        for row in material.table("people_missing").to_dict("records")
    ]


def remedy_rows(material: Material, words: Words) -> list[RemedyShown]:
    """Return the remedies of every missed target, the cheapest that holds first."""
    table = material.table("remedies")
    names = {place.id: place.name for place in material.places}
    return [_remedy(row, names, words) for row in table.to_dict("records")]


def _remedy(row: Row, names: dict[str, str], words: Words) -> RemedyShown:
    first = int(number(row["rank"])) == 1
    return RemedyShown(
        place=names.get(str(row["location"]), str(row["location"])) if first else "",
        target=_target(row, words) if first else "",
        reason=str(words.pick(str(row["reason_de"]), str(row["reason_en"]))) if first else "",
        text=words.pick(str(row["text_de"]), str(row["text_en"])),
        verdict="met" if bool(row["holds"]) else "missed",
    )


def _target(row: Row, words: Words) -> str:
    channel = words.name("channel", str(row["channel"]))
    return f"{words.name('measure', str(row['measure']))} ({channel})"


def appointment_count(material: Material) -> int:
    """Return how many appointments the grid offers."""
    table: pd.DataFrame = material.table("appointments")
    return int(table["slots"].sum())

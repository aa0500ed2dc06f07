"""Published observations beside the simulated values, in words: what fits and what does not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from planner.reporting.material import Material, Row
from planner.reporting.verdicts import PLACE_SCOPES, number, unit_of
from planner.reporting.words import NOTHING, Words


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """An observation in words; ``place`` is a location's identifier or empty."""

    place: str
    where: str
    measure: str
    period: str
    observed: str
    range: str
    simulated: str
    interval: str
    fits: str
    distance: str
    source: str
    note: str


def observation_rows(material: Material, words: Words) -> list[ObservationRow]:
    """Return all observations, those that do not fit first."""
    order = ("no", "undecided", "yes", "not_simulated")
    rows = [_row(row, material, words) for row in material.table("observations").to_dict("records")]
    return sorted(rows, key=lambda row: order.index(row.fits))


def comparison_sentence(rows: list[ObservationRow], words: Words) -> str:
    """Return how many observations fit; empty when none can be compared."""
    counts = Counter(row.fits for row in rows)
    total = counts["yes"] + counts["no"] + counts["undecided"]
    if not total:
        return ""
    return words(
        "observation.sentence",
        yes=counts["yes"],
        no=counts["no"],
        undecided=counts["undecided"],
        total=total,
    )


def _row(row: Row, material: Material, words: Words) -> ObservationRow:
    unit = unit_of(str(row["measure"]), str(row["unit"]))
    scope, identifier = str(row["scope"]), str(row["id"])
    low, high, value = number(row["low"]), number(row["high"]), number(row["value"])
    area = material.area_name(str(row["area"]), words)
    channel = words.name("channel", str(row["channel"]))
    name = material.scope_name(scope, identifier, words)
    at_place = scope in PLACE_SCOPES
    return ObservationRow(
        place=identifier if at_place else "",
        where=name if at_place else f"{name} · {area}",
        measure=f"{words.name('measure', str(row['measure']))}, {channel}",
        period=str(row["period"]).replace("/", " – "),
        observed=str(row["observed"]),
        range=f"{words.amount(low, unit)} – {words.amount(high, unit)}",
        simulated=words.quantity(value, unit) if unit else NOTHING,
        interval=words.interval(number(row["ci_low"]), number(row["ci_high"]), unit),
        fits=str(row["fits"]),
        distance=_distance(low, high, value, unit, words) if row["fits"] == "no" else "",
        source=str(row["source"]),
        note=str(row["note"]),
    )


def _distance(low: float, high: float, value: float, unit: str, words: Words) -> str:
    if value > high:
        return words("observation.above", distance=words.quantity(value - high, unit))
    return words("observation.below", distance=words.quantity(low - value, unit))

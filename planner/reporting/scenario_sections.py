"""The sections of a comparison report in one language, as plain values for its template."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from planner.reporting.scenario_material import Cell, Key, ScenarioMaterial, Told
from planner.reporting.words import Words

#: Columns of the overview: lead and unserved stand side by side and are never shown alone.
_OVERVIEW = (
    ("appointment", "lead_within_14_days"),
    ("appointment", "lead_booked_mean"),
    ("all", "unserved"),
    ("all", "still_searching"),
    ("appointment", "customers"),
    ("appointment", "wait_mean"),
    ("walk_in", "wait_mean"),
    ("all", "late_customers"),
    ("all", "staff_hours"),
)
_PLACES = (
    ("appointment", "lead_within_14_days"),
    ("appointment", "lead_booked_mean"),
    ("all", "unserved"),
    ("appointment", "customers"),
    ("walk_in", "wait_mean"),
    ("all", "late_customers"),
)
_CAUSES = ("work", "doors", "waiting", "sickness")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table of differences."""

    label: str
    sub: str
    cells: list[Cell]


def columns(kind: str, words: Words) -> list[tuple[str, str]]:
    """Return (name, way) of the columns of the overview or of the tables of places."""
    chosen = _OVERVIEW if kind == "overview" else _PLACES
    return [
        (words.name("measure", measure), "" if way == "all" else words.name("channel", way))
        for way, measure in chosen
    ]


def overview(material: ScenarioMaterial, words: Words) -> tuple[list[str], list[Line]]:
    """Return the base's values and each scenario's differences, city and main field of work."""
    keys = [_city(material, way, measure) for way, measure in _OVERVIEW]
    base = [material.base_value(key, words) for key in keys]
    lines = [
        Line(told.title, told.name, [material.cell(told.name, key, words) for key in keys])
        for told in material.scenarios(words)[1:]
    ]
    return base, lines


def phone(material: ScenarioMaterial, words: Words) -> tuple[list[str], list[Line]]:
    """Return the same for the phone; only scenarios in which something differs."""
    keys = [
        key
        for measure in ("reachability", "answered_within_30s", "wait_mean")
        for key in material.keys("phone", measure)
        if key[3] == "phone"
    ]
    lines = []
    for told in material.scenarios(words)[1:]:
        cells = [material.cell(told.name, key, words) for key in keys]
        if any(cell.kind != "equal" for cell in cells):
            lines.append(Line(told.title, told.name, cells))
    return [material.base_value(key, words) for key in keys], lines


def places(material: ScenarioMaterial, scope: str, scenario: str, words: Words) -> list[Line]:
    """Return the differences by district or location in which anything differs with confidence."""
    lines = []
    seen = dict.fromkeys((key[1], key[2]) for key in material.keys(scope, "customers"))
    for name, area in seen:
        if area == "all":
            continue
        keys: list[Key] = [(scope, name, area, way, measure) for way, measure in _PLACES]
        cells = [material.cell(scenario, key, words) for key in keys]
        if any(cell.kind in {"better", "worse", "other", "none"} for cell in cells[:5]):
            area_name = material.place("area", area, words)
            lines.append(Line(material.place(scope, name, words), area_name, cells))
    return [line for line in lines if any(cell.value != "–" for cell in line.cells)]


def selection_sentence(material: ScenarioMaterial, words: Words) -> str:
    """Return the recommendation with what is guaranteed."""
    table = material.table("selection")
    titles = {told.name: told.title for told in material.scenarios(words)}
    effort = material.manifest.effort
    measure = str(effort["selected_by"]).split("/")[-1]
    unit = "share" if measure.endswith(("share", "days")) and "lead_w" in measure else ""
    zone = float(effort["indifference"])
    values = {
        "measure": words.name("measure", measure),
        "zone": f"{words.number(100 * zone, 1)} {words('difference.points')}"
        if unit
        else f"{zone:g}",
        "confidence": words.share(float(effort["confidence"])),
    }
    best = table[table["standing"] == "best"]["scenario"].tolist()
    if best:
        return words("selection.best", best=titles[best[0]], **values)
    left = [titles[name] for name in table[table["standing"] == "survives"]["scenario"]]
    return words("selection.open", left=", ".join(left), **values)


def selection_rows(material: ScenarioMaterial, words: Words) -> list[dict[str, str]]:
    """Return the standing of every option."""
    titles = {told.name: told.title for told in material.scenarios(words)}
    measure = str(material.manifest.effort["selected_by"]).split("/")[-1]
    share = measure in {"lead_within_14_days", "reachability", "not_served_share"}
    return [
        {
            "title": titles[str(row["scenario"])],
            "value": words.quantity(float(row["value"]), "share" if share else "min"),
            "standing": words(f"standing.{row['standing']}"),
            "kind": str(row["standing"]),
            "after": str(row["fell_out_after"] or ""),
            "missed": ", ".join(
                words.name("measure", name)
                for name in str(row["targets_missed"]).split(";")
                if name
            ),
        }
        for row in material.table("selection").to_dict("records")
    ]


def reductions(material: ScenarioMaterial, words: Words) -> list[tuple[str, list[str]]]:
    """Return how many replications common customers save, by scenario and deciding measure."""
    table = material.table("variance_reduction")
    city = table[(table["scope"] == "city") & (table["area"] == material.main_area)]
    rows = []
    for told in material.scenarios(words)[1:]:
        own = city[city["scenario"] == told.name].set_index(["channel", "measure"])["factor"]
        factors = [float(own.get(key, math.nan)) for key in REDUCED]
        rows.append((told.title, [words.number(f, 1) + " ×" if f == f else "=" for f in factors]))
    return rows


#: Measures for which the variance reduction is shown.
REDUCED = (
    ("appointment", "lead_booked_mean"),
    ("appointment", "lead_within_14_days"),
    ("all", "unserved"),
    ("walk_in", "wait_mean"),
)


def why_rows(material: ScenarioMaterial, words: Words) -> list[dict[str, object]]:
    """Return, by scenario with other opening hours, the desk hours by cause and in sentences."""
    table = material.table("desk_hours")
    told = material.scenarios(words)
    before = table[table["scenario"] == told[0].name]
    base = before.set_index("location", drop=False)
    known = {str(row["location"]): row for _, row in before.iterrows()}
    found: list[dict[str, object]] = []
    for scenario in told[1:]:
        own = table[table["scenario"] == scenario.name]
        if len(own):
            lines = [
                _cause_line(known[str(r["location"])], r, material, words)
                for _, r in own.iterrows()
            ]
            found.append(
                {
                    "title": scenario.title,
                    "lines": lines,
                    "sentences": _why(base.loc[own["location"]], own, material, scenario, words),
                }
            )
    return found


def _cause_line(
    before: pd.Series, after: pd.Series, material: ScenarioMaterial, words: Words
) -> tuple[str, list[str]]:
    names = ("open_hours", "appointments", *_CAUSES)
    cells = [f"{words.number(float(before[n]))} → {words.number(float(after[n]))}" for n in names]
    totals = [sum(float(row[n]) for n in _CAUSES) for row in (before, after)]
    cells.append(f"{words.number(totals[0])} → {words.number(totals[1])}")
    return material.place("location", str(after["location"]), words), cells


def _why(
    base: pd.DataFrame, own: pd.DataFrame, material: ScenarioMaterial, told: Told, words: Words
) -> list[str]:
    """Return why the same people serve more or fewer, and who loses, in words and numbers."""
    before, after = (frame[["open_hours", "appointments", *_CAUSES]].sum() for frame in (base, own))
    hours = [float(frame[list(_CAUSES)].sum()) for frame in (before, after)]
    texts = [
        words(
            "why.more",
            appointments=words.number(float(before["appointments"])),
            now=words.number(float(after["appointments"])),
            hours=words.number(hours[0]),
            later=words.number(hours[1]),
        )
    ]
    for cause in _CAUSES[1:]:
        each = [100 * float(f[cause]) / float(f["appointments"]) for f in (before, after)]
        texts.append(
            words(f"why.{cause}", before=words.number(each[0], 1), after=words.number(each[1], 1))
        )
    texts.append(_late(own, material, told, words))
    return texts


def _late(own: pd.DataFrame, material: ScenarioMaterial, told: Told, words: Words) -> str:
    """Return what those lose who come late: at these locations, and in the whole city."""
    here = 0.0
    for place in own["location"]:
        value = material.number(
            told.name, ("location", str(place), material.main_area, "all", "late_customers")
        )
        here += 0.0 if math.isnan(value) else value
    city = material.cell(told.name, _city(material, "all", "late_customers"), words)
    number = f"{'+' if here > 0 else '−'}{words.number(abs(here))}"
    return words("why.late", here=number, city=f"{city.value} {city.interval}".strip())


def _city(material: ScenarioMaterial, way: str, measure: str) -> Key:
    return ("city", "city", material.main_area, way, measure)

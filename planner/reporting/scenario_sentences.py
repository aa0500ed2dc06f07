"""Each scenario's answer in one sentence: what changes, or that nothing does."""

from __future__ import annotations

from planner.reporting.scenario_material import Cell, Key, ScenarioMaterial, Told
from planner.reporting.words import Words

#: What a field of work is told by, the most important first.
_FIRST = (
    ("appointment", "lead_within_14_days"),
    ("appointment", "lead_booked_mean"),
    ("all", "unserved"),
)
#: What the phone is told by.
_PHONE = "reachability"
_CERTAIN = frozenset({"better", "worse", "other", "none"})


def sentences(material: ScenarioMaterial, words: Words) -> list[tuple[str, str]]:
    """Return each scenario with its answer in one sentence.

    The field of work with most locations comes first; the others, and the phone, are told where
    they differ with confidence.  Only where no measure of the whole comparison differs in any
    replication it says that the scenario is equal to the base.
    """
    return [
        (told.title, _sentence(material, told, words)) for told in material.scenarios(words)[1:]
    ]


def _sentence(material: ScenarioMaterial, told: Told, words: Words) -> str:
    if not material.differs(told.name):
        return words("summary_scenarios.equal")
    keys = [_city(material.main_area, *column) for column in _FIRST]
    cells = [material.cell(told.name, key, words) for key in keys]
    more = _elsewhere(material, told, words)
    if all(cell.kind == "equal" for cell in cells):
        area = material.place("area", material.main_area, words)
        parts = [words("summary_scenarios.same", measure=area)]
        parts += more or [words("summary_scenarios.nothing_more")]
    else:
        parts = [_part(key, cell, words) for key, cell in zip(keys, cells, strict=True)] + more
    return "; ".join(parts).rstrip(".") + "."


def _part(key: Key, cell: Cell, words: Words) -> str:
    name = words.name("measure", key[4])
    if cell.kind == "grey" or (cell.kind == "none" and cell.value == "–"):
        return words("summary_scenarios.undecided", measure=name)
    if cell.kind == "equal":
        return words("summary_scenarios.same", measure=name)
    return f"{name} {cell.value}"


def _elsewhere(material: ScenarioMaterial, told: Told, words: Words) -> list[str]:
    """Return what differs with confidence in the other fields of work and on the phone."""
    areas = dict.fromkeys(key[2] for key in material.keys("city", "lead_booked_mean"))
    others = [area for area in areas if area not in ("all", material.main_area)]
    groups = {area: [_city(area, *column) for column in _FIRST[1:]] for area in others}
    for key in material.keys("phone", _PHONE):
        if key[3] == "phone":
            groups.setdefault(key[2], []).append(key)
    parts = []
    for area, keys in groups.items():
        cells = [(key, material.cell(told.name, key, words)) for key in keys]
        certain = [
            f"{words.name('measure', key[4])} {cell.value}"
            for key, cell in cells
            if cell.kind in _CERTAIN and cell.value != "–"
        ]
        if certain:
            parts.append(f"{material.place('area', area, words)}: {', '.join(certain)}")
    return parts


def _city(area: str, way: str, measure: str) -> Key:
    return ("city", "city", area, way, measure)

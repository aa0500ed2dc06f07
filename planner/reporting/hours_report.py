"""``report.html`` of a run of *hours*: the front, who opens when, waits, districts, assumptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import pandas as pd
from babel.dates import get_day_names

from planner.reporting.decision_charts import district_chart, front_chart
from planner.reporting.decision_page import Block, Cell, Page, decision_html, grid, number_cell
from planner.reporting.decision_words import signed, span
from planner.reporting.material import Material
from planner.reporting.report import Document
from planner.reporting.words import Words
from planner.results.manifest import Manifest
from planner.results.store import Run

_TODAY = "today"
_WAITS = (
    ("hours.wait_appointment", "appointment", "wait_mean"),
    ("hours.wait_walk_in", "walk_in", "wait_mean"),
    ("hours.lead_time", "appointment", "lead_booked_mean"),
    ("hours.within_14_days", "appointment", "lead_within_14_days"),
)


@dataclass(frozen=True, slots=True)
class HoursReport:
    """The report of opening hours, ``report.html``."""

    name: str = "hours"
    needs: tuple[str, ...] = ("pareto", "opening_plan", "district_reach", "option_measures")

    def build(self, run: Run, language: str) -> Iterator[Document]:
        """Yield the page; it opens in ``language``."""
        material = Material(run)
        html = decision_html(run.manifest, language, lambda words: _page(material, words))
        yield Document(PurePosixPath("report.html"), html)


def hours_lead(material: Material, words: Words) -> tuple[str, ...]:
    """Return the first sentences: how many options, how sure, and today."""
    pareto = material.table("pareto")
    options, today = pareto[pareto["rank"] > 0], pareto[pareto["rank"] == 0].iloc[0]
    sentences = [
        words(
            "hours.lead",
            count=len(options),
            proven=int(options["proven"].sum()),
            gap=words.share(float(options["gap"].max()), 1),
        ),
        words(
            "hours.lead_today",
            reach=words.share(float(today["reach"]), 1),
            worst=words.share(float(today["worst"]), 1),
            staff=words.number(float(today["staff_hours"])),
        ),
    ]
    if today["kept"]:
        limits = str(today["kept"]).replace(";", ", ")
        sentences.append(words("hours.today_broken", limits=limits))
    districts = str(material.manifest.effort.get("no_loss", ""))
    if districts:
        names = [material.district_name(d) for d in districts.split(";")]
        sentences.append(words("hours.no_loss", districts=", ".join(names)))
    return tuple(sentences)


def hours_assumptions(manifest: Manifest, words: Words) -> tuple[str, ...]:
    """Return the assumptions of the model in words."""
    facts = manifest.effort

    def share(name: str) -> str:
        return words.share(float(facts[name]))

    return (
        words(
            "hours.m_reach",
            minutes=words.number(float(facts["reach_minutes"])),
            edge=str(facts["edge_minutes"]),
            work=str(facts["edge_minutes_in_work"]),
        ),
        words(
            "hours.m_reaction",
            variant=str(facts["reaction"]),
            **{
                name: share(name)
                for name in ("early", "late", "saturday", "retime", "switch", "lost")
            },
        ),
        words(
            "hours.m_staff",
            beta=words.number(float(facts["beta"]), 2),
            available=words.number(float(facts["available_hours"])),
        ),
        words("hours.m_simulation"),
    )


def option_name(name: str, words: Words) -> str:
    """Return an option's name as people see it."""
    return words("common.today") if name == _TODAY else name.removeprefix("hours-").lstrip("0")


def _page(material: Material, words: Words) -> Page:
    facts = material.manifest.case_facts
    pareto = material.table("pareto")
    blocks = (
        Block(
            words("hours.front"),
            svg=front_chart(pareto, words),
            grid=grid(*_front_table(pareto, material, words)),
        ),
        Block(
            words("hours.waits"),
            grid=grid(*_wait_table(material, words)),
            note=f"{_interval_note(material, words)} {words('common.grey_note')}",
        ),
        _district_block(material, words),
        Block(
            words("hours.plans"),
            grid=grid(*_plan_table(material, words)),
            note=words("hours.plans_note"),
        ),
        Block(words("hours.sites"), grid=grid(*_site_table(material, words))),
        Block(
            words("hours.method"),
            (*hours_assumptions(material.manifest, words), words("hours.m_files")),
        ),
    )
    title = words.pick(facts.title_de, facts.title_en)
    return Page(words("hours.title"), title, hours_lead(material, words), blocks)


def _interval_note(material: Material, words: Words) -> str:
    manifest = material.manifest
    return words(
        "common.interval_note",
        confidence=words.share(manifest.case_facts.confidence),
        replications=manifest.replications,
    )


def _front_table(
    pareto: pd.DataFrame, material: Material, words: Words
) -> tuple[list[str], list[list[Cell]]]:
    keys = (
        *("reach", "reach_in_work", "worst", "staff", "cost", "lost"),
        *("open_hours", "late_days", "saturdays", "proven", "file"),
    )
    rows = []
    for row in pareto.to_dict("records"):
        ends = (float(str(row[f"staff_hours_{end}"])) for end in ("low", "high"))
        reaction = " – ".join(words.number(hours) for hours in ends)
        losses = f"{words.share(row['lost_high'], 1)} – {words.share(row['lost_low'], 1)}"
        proof = words("common.yes") if row["proven"] else f"Δ {words.share(row['gap'], 1)}"
        rows.append(
            [
                Cell(option_name(str(row["option"]), words)),
                number_cell(words.share(row["reach"], 1)),
                number_cell(words.share(row["reach_in_work"], 1)),
                number_cell(
                    words.share(row["worst"], 1), material.district_name(str(row["worst_district"]))
                ),
                number_cell(words.number(row["staff_hours"]), reaction),
                number_cell(words.number(row["cost"])),
                number_cell(words.share(row["lost"], 1), losses),
                number_cell(words.number(row["open_hours"], 1)),
                number_cell(str(row["late_days"])),
                number_cell(str(row["saturdays"])),
                Cell(proof if row["rank"] else ""),
                Cell(str(row["file"])),
            ]
        )
    return [words("common.option"), *(words(f"hours.{key}") for key in keys)], rows


def _wait_table(material: Material, words: Words) -> tuple[list[str], list[list[Cell]]]:
    measures = material.table("option_measures")
    city = measures[measures["scope"] == "city"]
    rows = []
    for name in material.table("pareto")["option"]:
        cells = [Cell(option_name(str(name), words))]
        for _key, channel, measure in _WAITS:
            cells.append(_difference(city, (str(name), channel, measure), words))
        rows.append(cells)
    return [words("common.option"), *(words(key) for key, *_ in _WAITS)], rows


def _difference(measures: pd.DataFrame, key: tuple[str, str, str], words: Words) -> Cell:
    """Return a measure of an option, with its difference to today below."""
    name, channel, measure = key
    own = measures[
        (measures["option"] == name)
        & (measures["channel"] == channel)
        & (measures["measure"] == measure)
    ]
    if own.empty:
        return number_cell(words("common.not_simulated"), grey=True)
    row = own.iloc[0]
    unit, low, high = str(row["unit"]), row["difference_low"], row["difference_high"]
    value = words.quantity(float(row["value"]), unit)
    if name == _TODAY:
        return number_cell(value, words.interval(row["ci_low"], row["ci_high"], unit))
    change = f"{signed(words, float(row['difference']), unit)} {span(words, low, high, unit)}"
    return number_cell(value, change, grey=bool(low <= 0 <= high))


def _district_block(material: Material, words: Words) -> Block:
    reach = material.table("district_reach").copy()
    order = list(material.table("pareto")["option"])
    reach["rank"] = reach["option"].map(order.index)
    reach = reach.sort_values(["rank", "district"], kind="stable")
    reach["option"] = [option_name(str(name), words) for name in reach["option"]]
    reach["district"] = [material.district_name(str(d)) for d in reach["district"]]
    shown = reach[["option", "district", "reach"]]
    wide = shown.pivot_table(index="option", columns="district", values="reach")
    wide = wide.loc[list(dict.fromkeys(shown["option"]))]
    rows = [
        [Cell(str(name)), *(number_cell(words.share(float(v), 1)) for v in values)]
        for name, values in zip(wide.index, wide.to_numpy(), strict=True)
    ]
    columns = [words("common.option"), *map(str, wide.columns)]
    return Block(
        words("hours.districts"), svg=district_chart(shown, words), grid=grid(columns, rows)
    )


def _plan_table(material: Material, words: Words) -> tuple[list[str], list[list[Cell]]]:
    plan = material.table("opening_plan")
    days = get_day_names("abbreviated", locale=words.language)
    rows = []
    for (option, place), group in plan.groupby(["option", "location"], sort=False):
        if option == _TODAY or not group["changed"].any():
            continue
        cells = [
            Cell(
                f"{row['start']}–{row['end']}" if row["start"] else words("hours.closed"),
                strong=bool(row["changed"]),
            )
            for row in group.to_dict("records")
        ]
        name = material.place_names.get(str(place), str(place))
        rows.append([Cell(option_name(str(option), words)), Cell(name), *cells])
    columns = [words("common.option"), words("hours.site"), *(str(days[day]) for day in range(6))]
    return columns, rows


def _site_table(material: Material, words: Words) -> tuple[list[str], list[list[Cell]]]:
    measures = material.table("option_measures")
    sites = measures[(measures["scope"] == "location") & (measures["option"] != _TODAY)]
    rows = []
    for (option, place), group in sites.groupby(["option", "id"], sort=False):
        cells = [Cell(option_name(str(option), words))]
        cells.append(Cell(material.place_names.get(str(place), str(place))))
        for _key, channel, measure in _WAITS:
            cells.append(_difference(group, (str(option), channel, measure), words))
        rows.append(cells)
    names = [words(key) for key, *_ in _WAITS]
    return [words("common.option"), words("hours.site"), *names], rows

"""The decision paper of a comparison of scenarios: the selection, and what changes with it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from planner.errors import StoreError
from planner.reporting.decision_charts import difference_chart
from planner.reporting.decision_words import signed, span
from planner.reporting.material import Row
from planner.reporting.paper import Paper, PaperFigure, paper_facts, paper_note
from planner.reporting.words import Words
from planner.results.manifest import Manifest

#: Tables that a comparison's folder has.
TABLES = ("scenarios", "comparison", "selection", "places")
#: Measures of the city that the paper shows, as far as the comparison has them.
_SHOWN = ("lead_booked_mean", "lead_within_14_days", "wait_mean", "not_served_share", "staff_hours")
_DIGIT_UNITS = {"1": ""}


def is_comparison(directory: Path) -> bool:
    """Tell whether a folder is one of a comparison."""
    return all((directory / f"{name}.csv").is_file() for name in TABLES)


def comparison_tables(directory: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a comparison.

    Raises
    ------
    StoreError
        When one of them cannot be read.
    """
    try:
        return {
            name: pd.read_csv(directory / f"{name}.csv", keep_default_na=False, na_values=[""])
            for name in TABLES
        }
    except (OSError, ValueError) as error:
        raise StoreError(f"{directory}: not a readable comparison: {error}") from error


def compare_paper(manifest: Manifest, tables: dict[str, pd.DataFrame], words: Words) -> Paper:
    """Return the paper of a comparison."""
    scenarios = tables["scenarios"].fillna("").sort_values("rank", kind="stable")
    titles = dict(zip(scenarios["scenario"], scenarios[f"title_{words.language}"], strict=True))
    base = str(scenarios["scenario"].iloc[0])
    chosen, sentences = _recommended(tables, titles, words)
    shown = chosen or next((str(name) for name in scenarios["scenario"] if name != base), base)
    rows = _city_rows(tables["comparison"], shown)
    whys = dict(zip(scenarios["scenario"], scenarios[f"why_{words.language}"], strict=True))
    if whys.get(shown):
        sentences.append(words("paper.compare_why", why=str(whys[shown])))
    areas = _areas(tables["places"].fillna(""), words)
    facts = manifest.case_facts
    return Paper(
        title=words("paper.title"),
        case=words.pick(facts.title_de, facts.title_en),
        question=words("paper.compare_question", count=len(scenarios)),
        recommendation=tuple(sentences),
        figures=tuple(_figure(row, areas, words) for row in rows.to_dict("records")),
        columns=(str(titles[base]), str(titles[shown])),
        figure_note=paper_note(manifest, words),
        chart=_chart(tables, titles, words),
        chart_alt=words("paper.chart"),
        assumptions=(words("paper.compare_assumption"),),
        facts=paper_facts(manifest, words),
        command=manifest.command_line,
    )


def _recommended(
    tables: dict[str, pd.DataFrame], titles: dict[str, str], words: Words
) -> tuple[str, list[str]]:
    selection = tables["selection"].fillna("")
    if selection.empty:
        return "", [words("paper.compare_none")]
    measure = _in_words(str(selection["measure"].iloc[0]), words)
    best = list(selection[selection["standing"] == "best"]["scenario"])
    if best:
        name = str(titles.get(best[0], best[0]))
        return str(best[0]), [words("paper.compare_best", name=name, measure=measure)]
    left = selection[selection["standing"] == "survives"]["scenario"]
    names = ", ".join(str(titles.get(name, name)) for name in left)
    if names:
        return "", [words("paper.compare_open", names=names, measure=measure)]
    missed = ", ".join(sorted({str(t) for t in selection["targets_missed"] if t}))
    return "", [words("paper.compare_missed", targets=missed)]


def _in_words(key: str, words: Words) -> str:
    """Return ``scope/id/area/channel/measure`` as people read it."""
    _scope, _id, _area, channel, measure = (key.split("/") + [""] * 5)[:5]
    return f"{words.name('measure', measure)}, {words.name('channel', channel)}"


def _city_rows(comparison: pd.DataFrame, scenario: str) -> pd.DataFrame:
    city = comparison[(comparison["scenario"] == scenario) & (comparison["scope"] == "city")]
    kept = city["measure"].isin(_SHOWN) & (city["area"] != "all") & (city["channel"] != "all")
    staff = (city["measure"] == "staff_hours") & (city["area"] == "all")
    found = city[kept | staff]
    order = found["measure"].map(list(_SHOWN).index)
    return found.assign(order=order).sort_values(["area", "order"], ascending=[False, True]).head(8)


def _areas(places: pd.DataFrame, words: Words) -> dict[str, str]:
    """Return the names of the fields of work by identifier."""
    own = places[places["scope"] == "area"]
    return dict(zip(own["id"], own[f"name_{words.language}"], strict=True))


def _figure(row: Row, areas: dict[str, str], words: Words) -> PaperFigure:
    unit = _DIGIT_UNITS.get(str(row["unit"]), str(row["unit"]))

    def at(name: str) -> float:
        return float(str(row[name]))

    names = (
        words.name("measure", str(row["measure"])),
        words.name("channel", str(row["channel"])),
        areas.get(str(row["area"])) or words.name("area", str(row["area"])),
    )
    interval = span(words, at("ci_low"), at("ci_high"), unit)
    return PaperFigure(
        ", ".join(names),
        words.quantity(at("base"), unit),
        words.quantity(at("other"), unit),
        f"{signed(words, at('difference'), unit)} {interval}".rstrip(),
    )


def _chart(tables: dict[str, pd.DataFrame], titles: dict[str, str], words: Words) -> str:
    """Return the differences of the lead over the scenarios, as far as there are any."""
    comparison = tables["comparison"]
    own = comparison[
        (comparison["scope"] == "city") & (comparison["measure"] == "lead_booked_mean")
    ]
    areas = list(own["area"])
    if not areas:
        return ""
    area = max(set(areas), key=lambda name: (areas.count(name), name))
    rows = own[(own["area"] == area) & own["difference"].notna()]
    named = rows.assign(name=[str(titles.get(name, name)) for name in rows["scenario"]])
    return difference_chart(named, "days", words) if len(named) else ""

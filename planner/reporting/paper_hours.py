"""The decision paper of a run of *hours*.

Rule of the recommendation: of the options that neither lose reach nor reach in the worst-off
district against today, and that keep all limits, the cheapest, if it is cheaper than today or today
breaks a limit.  Otherwise nothing is recommended, and the option nearest to today is named.
"""

from __future__ import annotations

import pandas as pd

from planner.reporting.decision_charts import front_chart
from planner.reporting.decision_words import signed, span
from planner.reporting.hours_report import hours_assumptions, option_name
from planner.reporting.material import Material
from planner.reporting.paper import Paper, PaperFigure, paper_facts, paper_note
from planner.reporting.words import Words

NEEDS = ("pareto", "option_measures")
_MEASURED = (
    ("hours.wait_appointment", "wait_appointment", "appointment", "wait_mean", "min"),
    ("hours.wait_walk_in", "wait_walk_in", "walk_in", "wait_mean", "min"),
    ("hours.lead_time", "lead", "appointment", "lead_booked_mean", "days"),
)
_MODELLED = (
    ("hours.reach", "reach", "share"),
    ("hours.reach_in_work", "reach_in_work", "share"),
    ("hours.worst", "worst", "share"),
    ("hours.lost", "lost", "share"),
    ("hours.staff", "staff_hours", "h"),
)


def hours_paper(material: Material, words: Words) -> Paper:
    """Return the paper of a run of *hours*."""
    facts, manifest = material.manifest.case_facts, material.manifest
    pareto = material.table("pareto")
    today = pareto[pareto["rank"] == 0].iloc[0]
    chosen, sentence = _recommended(pareto, today, words)
    area = material.area_name(str(manifest.effort["area"]), words)
    sentences = [sentence]
    if chosen is not today:
        sentences += _consequences(material, today, chosen, words)
    return Paper(
        title=words("paper.title"),
        case=words.pick(facts.title_de, facts.title_en),
        question=words("paper.hours_question", area=area),
        recommendation=tuple(sentences),
        figures=_figures(material, today, chosen, words),
        columns=(
            words("paper.now"),
            f"{words('common.option')} {option_name(str(chosen['option']), words)}",
        ),
        figure_note=paper_note(manifest, words),
        chart=front_chart(pareto, words, 560, 190),
        chart_alt=words("hours.front_alt"),
        assumptions=hours_assumptions(manifest, words),
        facts=paper_facts(manifest, words),
        command=manifest.command_line,
    )


def _recommended(pareto: pd.DataFrame, today: pd.Series, words: Words) -> tuple[pd.Series, str]:
    options = pareto[(pareto["rank"] > 0) & (pareto["kept"] == "")]
    equal = options[(options["reach"] >= today["reach"]) & (options["worst"] >= today["worst"])]
    if equal.empty:
        nearest = options.sort_values(["reach", "worst", "cost"], ascending=[False, False, True])
        best = nearest.iloc[0]
        return best, _sentence("paper.hours_no", best, today, words)
    best = equal.sort_values("cost", kind="stable").iloc[0]
    if best["cost"] >= today["cost"] and not today["kept"]:
        return today, words("paper.hours_keep")
    return best, _sentence("paper.hours_yes", best, today, words)


def _sentence(key: str, best: pd.Series, today: pd.Series, words: Words) -> str:
    return words(
        key,
        option=option_name(str(best["option"]), words),
        reach=words.share(float(best["reach"]), 1),
        worst=words.share(float(best["worst"]), 1),
        staff=words.number(float(best["staff_hours"])),
        reach_today=words.share(float(today["reach"]), 1),
        worst_today=words.share(float(today["worst"]), 1),
        staff_today=words.number(float(today["staff_hours"])),
    )


def _consequences(
    material: Material, today: pd.Series, chosen: pd.Series, words: Words
) -> list[str]:
    losses = sorted((float(chosen["lost_low"]), float(chosen["lost_high"])))
    wait = _change(material, chosen, ("appointment", "wait_mean", "min"), words)
    lead = _change(material, chosen, ("appointment", "lead_booked_mean", "days"), words)
    return [
        words("paper.hours_measured", wait=wait, lead=lead),
        words(
            "paper.hours_lost",
            lost=words.share(float(chosen["lost"]), 1),
            lost_today=words.share(float(today["lost"]), 1),
            low=words.share(losses[0], 1),
            high=words.share(losses[1], 1),
        ),
    ]


def _figures(
    material: Material, today: pd.Series, chosen: pd.Series, words: Words
) -> tuple[PaperFigure, ...]:
    modelled = [
        PaperFigure(
            words(key),
            words.quantity(float(today[column]), unit) if unit != "h" else _hours(today, words),
            words.quantity(float(chosen[column]), unit) if unit != "h" else _hours(chosen, words),
            _plain(words, float(chosen[column]) - float(today[column]), unit),
        )
        for key, column, unit in _MODELLED
    ]
    measured = [
        PaperFigure(
            words(key),
            _value(today, column, unit, words),
            _value(chosen, column, unit, words),
            _change(material, chosen, (channel, measure, unit), words),
        )
        for key, column, channel, measure, unit in _MEASURED
    ]
    return (*modelled, *measured)


def _hours(row: pd.Series, words: Words) -> str:
    return words.number(float(row["staff_hours"]))


def _plain(words: Words, value: float, unit: str) -> str:
    if unit == "h":
        return signed(words, round(value), "h")
    return signed(words, value, unit)


def _value(row: pd.Series, column: str, unit: str, words: Words) -> str:
    value, low, high = (float(row[f"{column}{end}"]) for end in ("", "_low", "_high"))
    return f"{words.quantity(value, unit)} {words.interval(low, high, unit)}".rstrip()


def _change(material: Material, chosen: pd.Series, key: tuple[str, str, str], words: Words) -> str:
    channel, measure, unit = key
    table = material.table("option_measures")
    own = table[
        (table["option"] == chosen["option"])
        & (table["scope"] == "city")
        & (table["channel"] == channel)
        & (table["measure"] == measure)
    ]
    if own.empty:
        return words("common.not_simulated")
    row = own.iloc[0]
    interval = span(words, float(row["difference_low"]), float(row["difference_high"]), unit)
    return f"{signed(words, float(row['difference']), unit)} {interval}".rstrip()

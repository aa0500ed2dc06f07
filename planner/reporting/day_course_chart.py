"""Small multiples of a comparison: the mean wait by hour of arrival, one picture a scenario."""

from __future__ import annotations

import math

import altair as alt
import vl_convert

from planner.reporting.scenario_charts import FONT
from planner.reporting.scenario_material import ScenarioMaterial
from planner.reporting.summary_charts import FORMAT_LOCALES
from planner.reporting.words import Words

#: Scope of the waits by hour of arrival (``planner.sim.day_course``).
HOUR = "hour"
_WIDTH, _HEIGHT, _COLUMNS = 196, 92, 4
_LETTERS = 30
_BASE, _OTHER = "#8a949e", "#1f4e79"
#: Waits of the main field of work by these channels, and of everybody who calls.
_CHANNELS = ("walk_in", "appointment", "phone")


def waits_over_the_day(material: ScenarioMaterial, words: Words) -> list[tuple[str, str]]:
    """Return (channel in words, static SVG) for each channel in which a scenario differs."""
    found = []
    for channel in _CHANNELS:
        areas = {key[2] for key in material.keys(HOUR, "wait_mean") if key[3] == channel}
        area = material.main_area if material.main_area in areas else min(areas, default="")
        records = _records(material, words, channel, area)
        if any(row["who"] == "other" for row in records):
            names = (words.name("channel", channel), material.place("area", area, words))
            found.append((", ".join(dict.fromkeys(names)), _picture(records, words)))
    return found


def _records(
    material: ScenarioMaterial, words: Words, channel: str, area: str
) -> list[dict[str, object]]:
    """Return a record by scenario, hour and line, for scenarios in which anything differs."""
    hours = [
        key for key in material.keys(HOUR, "wait_mean") if key[2] == area and key[3] == channel
    ]
    records: list[dict[str, object]] = []
    for told in material.scenarios(words)[1:]:
        cells = [material.cell(told.name, key, words).kind for key in hours]
        if not any(kind in {"better", "worse", "grey"} for kind in cells):
            continue
        for who in ("base", "other"):
            waits = {int(key[1][:2]): material.number(told.name, key, who) for key in hours}
            known = sorted((hour, wait) for hour, wait in waits.items() if not math.isnan(wait))
            until = [(hour + 1, wait) for hour, wait in known[-1:]]
            where = {"name": _short(told.title), "who": who}
            records += [{**where, "hour": hour, "wait": wait} for hour, wait in [*known, *until]]
    return records


def _picture(records: list[dict[str, object]], words: Words) -> str:
    order = list(dict.fromkeys(str(record["name"]) for record in records))
    hours = alt.X(
        "hour:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=False),
        axis=alt.Axis(grid=False, tickCount=4, format="d", labelExpr="datum.value + ':00'"),
    )
    waits = alt.Y(
        "wait:Q", title=None, axis=alt.Axis(gridColor="#e6eaee", tickCount=3, domain=False)
    )
    who = alt.Color(
        "who:N", scale=alt.Scale(domain=["base", "other"], range=[_BASE, _OTHER]), legend=None
    )
    lines = (
        alt.Chart(alt.InlineData(values=records))
        .mark_line(interpolate="step-after", strokeWidth=1.8)
        .encode(x=hours, y=waits, color=who)
        .properties(width=_WIDTH, height=_HEIGHT)
        .facet(facet=alt.Facet("name:N", sort=order, title=None), columns=_COLUMNS, spacing=16)
        .configure(font=FONT, background="transparent")
        .configure_view(stroke=None)
        .configure_header(labelFontSize=11, labelFontWeight="bold", labelAnchor="start")
    )
    svg = vl_convert.vegalite_to_svg(lines.to_dict(), format_locale=FORMAT_LOCALES[words.language])
    label = words("scenario_page.course")
    return str(svg).replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def _short(title: str) -> str:
    return title if len(title) <= _LETTERS else title[: _LETTERS - 1].rstrip() + "…"

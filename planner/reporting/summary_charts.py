"""Charts that compare locations: one dot with its interval each, the target, what was published.

Made by Altair and turned into static SVG by vl-convert, without a browser and without anything
that must be loaded when the page is opened.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import altair as alt
import pandas as pd
import vl_convert

from planner.reporting.material import Material
from planner.reporting.verdicts import number
from planner.reporting.words import Words

_COLOURS = {"met": "#00694f", "missed": "#b23a06", "undecided": "#4f5966", "": "#1f4e79"}
#: Vega draws these, so that shape tells the verdict as well as colour.
_SHAPES = {"met": "circle", "missed": "cross", "undecided": "diamond", "": "circle"}
_FONT = "system-ui, -apple-system, Segoe UI, Roboto, Arial, Liberation Sans, sans-serif"
_WIDTH, _ROW = 640, 21
#: Room for a letter of a name, for any of the fonts that a reader may have [px].
_LETTER = 7.2
FORMAT_LOCALES: dict[str, Literal["de-DE", "en-GB"]] = {"de": "de-DE", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A chart: measure and channel compared, the key of its title among the words."""

    channel: str
    measure: str
    title: str


COMPARISONS = (
    Comparison("walk_in", "wait_within_target", "overview.chart_within"),
    Comparison("appointment", "lead_booked_mean", "overview.chart_lead"),
)


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished chart: its title and static SVG."""

    title: str
    svg: str


def comparison_charts(material: Material, words: Words) -> list[Chart]:
    """Return the charts for which at least two locations have a value."""
    charts = []
    for comparison in COMPARISONS:
        rows = _rows(comparison, material)
        if len(rows) > 1:
            title = words(comparison.title)
            charts.append(Chart(title, _svg(rows, title, words)))
    return charts


def _rows(comparison: Comparison, material: Material) -> pd.DataFrame:
    measures = material.table("measures")
    own = measures[
        (measures["scope"] == "location")
        & (measures["channel"] == comparison.channel)
        & (measures["measure"] == comparison.measure)
        & measures["value"].notna()
    ]
    published = _published(comparison, material)
    rows = [
        {
            "name": material.place_names.get(str(row["id"]), str(row["id"])),
            "verdict": str(row["met"]),
            "unit": str(row["unit"]),
            **{key: number(row[key]) for key in ("value", "ci_low", "ci_high", "target")},
            **published.get(str(row["id"]), {"low": math.nan, "high": math.nan}),
        }
        for row in own.to_dict("records")
    ]
    frame = pd.DataFrame(rows)
    return frame.sort_values("value", kind="stable") if len(frame) else frame


def _published(comparison: Comparison, material: Material) -> dict[str, dict[str, float]]:
    table = material.table("observations")
    own = table[
        (table["scope"] == "location")
        & (table["channel"] == comparison.channel)
        & (table["measure"] == comparison.measure)
    ]
    return {
        str(place): {"low": float(rows["low"].min()), "high": float(rows["high"].max())}
        for place, rows in own.groupby("id")
    }


def _svg(rows: pd.DataFrame, title: str, words: Words) -> str:
    chart = alt.layer(*_layers(rows)).properties(
        width=_WIDTH, height=_ROW * rows["name"].nunique(), background="transparent"
    )
    chart = chart.configure(font=_FONT).configure_view(stroke=None)
    svg = vl_convert.vegalite_to_svg(chart.to_dict(), format_locale=FORMAT_LOCALES[words.language])
    label = words("overview.chart_alt", title=title)
    return str(svg).replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def _layers(rows: pd.DataFrame) -> Iterator[alt.Chart]:
    share = rows["unit"].iloc[0] == "share"
    axis = alt.Axis(
        format=".0%" if share else ".0f",
        grid=True,
        gridColor="#e6eaee",
        domain=False,
        tickCount=8,
        tickMinStep=0.01 if share else 1,
    )
    scale = alt.Scale(zero=not share, nice=True)
    room = _LETTER * max(len(name) for name in rows["name"])
    names = alt.Axis(labelLimit=260, minExtent=room, labelFontSize=12, ticks=False, domain=False)
    y = alt.Y("name:N", sort=list(rows["name"]), title=None, axis=names)
    value = alt.X("value:Q", title=None, axis=axis, scale=scale)
    base = alt.Chart(alt.InlineData(values=_records(rows)))
    yield base.mark_bar(color="#d5dbe2", height=13).encode(y=y, x=alt.X("low:Q"), x2="high:Q")
    yield base.mark_rule(strokeWidth=2, color="#4d5866").encode(y=y, x="ci_low:Q", x2="ci_high:Q")
    yield base.mark_tick(thickness=2, size=_ROW, color="#1c2530").encode(y=y, x="target:Q")
    verdicts = list(_COLOURS)
    yield base.mark_point(filled=True, size=75, opacity=1).encode(
        y=y,
        x=value,
        color=alt.Color(
            "verdict:N",
            scale=alt.Scale(domain=verdicts, range=list(_COLOURS.values())),
            legend=None,
        ),
        shape=alt.Shape(
            "verdict:N", scale=alt.Scale(domain=verdicts, range=list(_SHAPES.values())), legend=None
        ),
    )


def _records(rows: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows without the cells that have no number, which Vega would draw at zero."""
    records = rows.to_dict("records")
    return [{str(k): v for k, v in record.items() if v == v} for record in records]

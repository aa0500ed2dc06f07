"""Charts of decisions as static SVG: the front, small multiples, the tornado.

Made by Altair and turned into SVG by vl-convert, like the other charts: nothing is loaded when the
page is opened, shape tells what colour tells, and the figures stand in a table below.
"""

from __future__ import annotations

from typing import Any, Literal

import altair as alt
import pandas as pd
import vl_convert

from planner.reporting.words import Words

_FONT = "system-ui, -apple-system, Segoe UI, Roboto, Arial, Liberation Sans, sans-serif"
_FORMAT_LOCALES: dict[str, Literal["de-DE", "en-GB"]] = {"de": "de-DE", "en": "en-GB"}
_BLUE, _RUST, _GREY = "#1f4e79", "#b23a06", "#4f5966"
_AXIS: dict[str, Any] = {"gridColor": "#e6eaee", "domain": False}
#: Around a chart [px]; on the left there is room for labels in a browser's wider letters.
_PADDING = {"left": 28, "right": 8, "top": 5, "bottom": 5}


def front_chart(pareto: pd.DataFrame, words: Words, width: int = 640, height: int = 300) -> str:
    """Return reach and worst reach over cost, an option a pair of marks, today's marked."""
    reach, worst = words("hours.front_reach"), words("hours.front_worst")
    rows = [
        {
            "cost": row["cost"] / 1000,
            "share": row[column],
            "kind": kind,
            "name": words("common.today") if row["rank"] == 0 else str(row["rank"]),
            "today": bool(row["rank"] == 0),
        }
        for row in pareto.to_dict("records")
        for column, kind in (("reach", reach), ("worst", worst))
    ]
    base = alt.Chart(alt.InlineData(values=rows))
    x = alt.X(
        "cost:Q",
        title=words("hours.axis_cost"),
        scale=alt.Scale(zero=False, nice=True, padding=14),
        axis=alt.Axis(**_AXIS, tickCount=7),
    )
    y = alt.Y(
        "share:Q",
        title=words("hours.axis_reach"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(**_AXIS, format=".0%"),
    )
    kinds = [reach, worst]
    colour = alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=[_BLUE, _RUST]))
    shape = alt.Shape(
        "kind:N", title=None, scale=alt.Scale(domain=kinds, range=["circle", "triangle"])
    )
    points = base.mark_point(filled=True, size=80, opacity=1).encode(
        x=x, y=y, color=colour, shape=shape
    )
    names = base.transform_filter(f"datum.kind === '{reach}'").mark_text(
        dy=-11, fontSize=11, color=_GREY
    )
    chart = alt.layer(points, names.encode(x=x, y=y, text="name:N"))
    return _svg(chart.properties(width=width, height=height), words, words("hours.front_alt"))


def district_chart(reach: pd.DataFrame, words: Words) -> str:
    """Return small bar charts of reach by district, one for each option.

    Parameters
    ----------
    reach : DataFrame
        Columns ``option`` (as shown), ``district`` (name), ``reach``; in order.
    """
    options = list(dict.fromkeys(reach["option"]))
    chart = (
        alt.Chart(alt.InlineData(values=_finite_rows(reach)))
        .mark_bar(color=_BLUE, height=9)
        .encode(
            x=alt.X(
                "reach:Q",
                title=None,
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(**_AXIS, format=".0%", tickCount=3),
            ),
            y=alt.Y("district:N", title=None, sort=list(dict.fromkeys(reach["district"]))),
            facet=alt.Facet("option:N", columns=4, sort=options, title=None),
        )
        .properties(width=120, height=14 * reach["district"].nunique())
    )
    return _svg(chart, words, words("hours.districts_alt"))


def tornado_chart(tornado: pd.DataFrame, unit: str, words: Words) -> str:
    """Return the change of a measure at both ends of every assumption, with intervals."""
    low, high = words("tornado.at_low"), words("tornado.at_high")
    scale = 100 if unit == "share" else 1
    rows = [
        {
            "name": row["name"],
            "end": end,
            "value": scale * row[key],
            "from": scale * row[f"{key}_low"],
            "to": scale * row[f"{key}_high"],
        }
        for row in tornado.to_dict("records")
        for key, end in (("at_low", low), ("at_high", high))
        if row[key] == row[key]
    ]
    base = alt.Chart(alt.InlineData(values=rows))
    axis = alt.Axis(labelLimit=420, ticks=False)
    y = alt.Y("name:N", title=None, sort=list(tornado["name"]), axis=axis)
    offset = alt.YOffset("end:N", sort=[low, high])
    title = words("tornado.axis", unit=words.name("unit", unit) or "1")
    axis = alt.Axis(**_AXIS)
    colour = alt.Color(
        "end:N", title=None, scale=alt.Scale(domain=[low, high], range=["#8fb3d4", _BLUE])
    )
    bars = base.mark_bar().encode(
        y=y, yOffset=offset, x=alt.X("value:Q", title=title, axis=axis), color=colour
    )
    rules = base.mark_rule(color="#1c2530", strokeWidth=1.4).encode(
        y=y, yOffset=offset, x="from:Q", x2="to:Q"
    )
    zero = alt.Chart(alt.InlineData(values=[{"x": 0}])).mark_rule(color=_GREY).encode(x="x:Q")
    height = alt.Step(11)
    chart = alt.layer(bars, rules, zero).properties(width=520, height=height)
    return _svg(chart, words, words("tornado.chart_alt"))


def month_chart(rows: pd.DataFrame, words: Words) -> str:
    """Return small line charts of the lead by month, one a site (columns name, month, lead)."""
    base = alt.Chart(alt.InlineData(values=_finite_rows(rows)))
    chart = base.mark_line(color=_BLUE, point=alt.OverlayMarkDef(size=22)).encode(
        x=alt.X("month:N", title=None, axis=alt.Axis(labelAngle=-90, labelFontSize=8)),
        y=alt.Y("lead:Q", title=None, axis=alt.Axis(**_AXIS, tickCount=3)),
        facet=alt.Facet("name:N", columns=5, title=None),
    )
    sized = chart.properties(width=120, height=70)
    return _svg(sized, words, words("monthly.chart_alt"))


def difference_chart(rows: pd.DataFrame, unit: str, words: Words, width: int = 380) -> str:
    """Return differences with intervals, a scenario a line (columns name, difference, ci_*)."""
    kept = rows[["name", "difference", "ci_low", "ci_high"]]
    base = alt.Chart(alt.InlineData(values=_finite_rows(kept)))
    names = alt.Axis(labelLimit=300, ticks=False)
    y = alt.Y("name:N", title=None, sort=list(rows["name"]), axis=names)
    title = words("tornado.axis", unit=words.name("unit", unit))
    x = alt.X("difference:Q", title=title, axis=alt.Axis(**_AXIS))
    points = base.mark_point(filled=True, size=60, color=_BLUE, opacity=1).encode(x=x, y=y)
    rules = base.mark_rule(color="#4d5866", strokeWidth=2).encode(y=y, x="ci_low:Q", x2="ci_high:Q")
    zero = alt.Chart(alt.InlineData(values=[{"x": 0}])).mark_rule(color=_GREY).encode(x="x:Q")
    chart = alt.layer(zero, rules, points).properties(width=width, height=alt.Step(15))
    return _svg(chart, words, words("paper.chart"))


def _finite_rows(rows: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows without the cells that have no number, which Vega would draw at zero."""
    records = rows.to_dict("records")
    return [{str(k): v for k, v in row.items() if v == v} for row in records]


def _svg(chart: alt.TopLevelMixin, words: Words, label: str) -> str:
    look = {
        "background": "transparent",
        "padding": _PADDING,
        "config": {"font": _FONT, "view": {"stroke": None}, "legend": {"orient": "top"}},
    }
    drawn = chart.to_dict() | look
    svg = vl_convert.vegalite_to_svg(drawn, format_locale=_FORMAT_LOCALES[words.language])
    return str(svg).replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)

"""The chart of a comparison: lead and unserved people side by side, one row a scenario."""

from __future__ import annotations

import math

import altair as alt
import vl_convert

from planner.reporting.scenario_material import ScenarioMaterial
from planner.reporting.summary_charts import FORMAT_LOCALES
from planner.reporting.words import Words

FONT = "system-ui, -apple-system, Segoe UI, Roboto, Arial, Liberation Sans, sans-serif"
_PANELS = (
    ("appointment", "lead_booked_mean"),
    ("appointment", "lead_within_14_days"),
    ("all", "unserved"),
)
_WIDTH, _ROW, _LETTER = 250, 22, 6.2


def lead_and_unserved(material: ScenarioMaterial, words: Words) -> str:
    """Return static SVG: differences to the base with intervals, grey where 0 lies inside."""
    order = [told.title for told in material.scenarios(words)[1:]]
    room = _LETTER * max((len(title) for title in order), default=1)
    panels = [_panel(material, words, order, (number, room)) for number in range(len(_PANELS))]
    chart = alt.hconcat(*panels, spacing=18).configure(font=FONT, background="transparent")
    svg = vl_convert.vegalite_to_svg(
        chart.configure_view(stroke=None).to_dict(), format_locale=FORMAT_LOCALES[words.language]
    )
    label = words("chart.alt")
    return str(svg).replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def _panel(
    material: ScenarioMaterial, words: Words, order: list[str], place: tuple[int, float]
) -> alt.LayerChart | alt.FacetChart:
    number, room = place
    way, measure = _PANELS[number]
    key = ("city", "city", material.main_area, way, measure)
    records = []
    for told in material.scenarios(words)[1:]:
        value = material.number(told.name, key)
        if math.isnan(value):
            continue
        low, high = (material.number(told.name, key, c) for c in ("ci_low", "ci_high"))
        kind = material.cell(told.name, key, words).kind
        records.append({"name": told.title, "value": value, "low": low, "high": high, "kind": kind})
    names = alt.Axis(
        labels=number == 0,
        ticks=False,
        domain=False,
        labelLimit=380,
        minExtent=room * (number == 0),
    )
    y = alt.Y("name:N", sort=order, title=None, axis=names, scale=alt.Scale(domain=order))
    share = measure == "lead_within_14_days"
    axis = alt.Axis(
        format="+.1%" if share else "+,.1f" if number == 0 else "+,.0f",
        grid=True,
        gridColor="#e6eaee",
        tickCount=4,
        domain=False,
    )
    base = alt.Chart(alt.InlineData(values=records))
    colours = alt.Scale(
        domain=["better", "worse", "grey", "equal", "other"],
        range=["#00694f", "#b23a06", "#aab2bb", "#1c2530", "#1f4e79"],
    )
    colour = alt.Color("kind:N", scale=colours, legend=None)
    x = alt.X("value:Q", title=None, axis=axis)
    zero = alt.Chart(alt.InlineData(values=[{"x": 0}])).mark_rule(color="#4d5866").encode(x="x:Q")
    lines = base.mark_rule(strokeWidth=2).encode(y=y, x="low:Q", x2="high:Q", color=colour)
    dots = base.mark_point(filled=True, size=60, opacity=1).encode(y=y, x=x, color=colour)
    title = alt.TitleParams(words.name("measure", measure), anchor="start", fontSize=12)
    return alt.layer(zero, lines, dots).properties(
        width=_WIDTH, height=_ROW * len(order), title=title
    )

"""Charts of leads over months: the plan's band and median, the simulation, the target.

Made by Altair and turned into static SVG by vl-convert, as all charts of the reports.
"""

from __future__ import annotations

from typing import Literal

import altair as alt
import pandas as pd
import vl_convert

_FONT = "system-ui, -apple-system, Segoe UI, Roboto, Arial, Liberation Sans, sans-serif"
_FORMATS: dict[str, Literal["de-DE", "en-GB"]] = {"de": "de-DE", "en": "en-GB"}
_PLAN, _SIMULATED, _TARGET, _OBSERVED = "#1f4e79", "#b23a06", "#1c2530", "#00694f"
_PANEL = (300, 150)
_WIDE = (860, 320)


def lead_panels(rows: pd.DataFrame, language: str, label: str, axis: str) -> str:
    """Return a panel for each name: band and median of the plan, simulated lead, target.

    Parameters
    ----------
    rows : DataFrame
        Columns name, first_day, plan_p10, plan_p50, plan_p90, simulated, target_days.
    """
    base = alt.Chart(alt.InlineData(values=_records(rows)))
    x = _months()
    y = alt.Y("plan_p50:Q", title=axis, axis=alt.Axis(grid=True, gridColor="#e6eaee"))
    layers = alt.layer(
        base.mark_area(color="#b9d0e6", opacity=0.7).encode(x=x, y="plan_p10:Q", y2="plan_p90:Q"),
        base.mark_line(color=_PLAN, strokeWidth=2).encode(x=x, y=y),
        base.mark_line(
            color=_SIMULATED,
            strokeDash=[5, 3],
            point=alt.OverlayMarkDef(color=_SIMULATED, size=22),
        ).encode(x=x, y="simulated:Q"),
        base.mark_rule(color=_TARGET, strokeDash=[2, 3]).encode(y="mean(target_days):Q"),
    ).properties(width=_PANEL[0], height=_PANEL[1])
    header = alt.Header(labelFontSize=13, labelFontWeight="bold", labelAnchor="start")
    chart = layers.facet(facet=alt.Facet("name:N", title=None, header=header), columns=3)
    return _svg(chart, language, label)


def history_chart(
    months: pd.DataFrame, observed: pd.DataFrame, language: str, label: str, axis: str
) -> str:
    """Return one chart: simulated lead with its band, fluid book, and the published ranges.

    Parameters
    ----------
    months : DataFrame
        Columns day, simulated_lead, simulated_low, simulated_high, fluid_lead.
    observed : DataFrame
        Columns day, low, high.
    """
    base = alt.Chart(alt.InlineData(values=_records(months)))
    seen = alt.Chart(alt.InlineData(values=_records(observed)))
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%m/%Y", labelAngle=0, tickCount=9))
    y = alt.Y("simulated_lead:Q", title=axis, axis=alt.Axis(grid=True, gridColor="#e6eaee"))
    chart = alt.layer(
        base.mark_area(color="#f3c6b1", opacity=0.7).encode(
            x=x, y="simulated_low:Q", y2="simulated_high:Q"
        ),
        base.mark_line(color=_SIMULATED, strokeWidth=2).encode(x=x, y=y),
        base.mark_line(color=_PLAN, strokeDash=[5, 3]).encode(x=x, y="fluid_lead:Q"),
        seen.mark_rule(color=_OBSERVED, strokeWidth=5).encode(x=x, y="low:Q", y2="high:Q"),
    ).properties(width=_WIDE[0], height=_WIDE[1])
    return _svg(chart, language, label)


def _months() -> alt.X:
    axis = alt.Axis(format="%m/%y", labelAngle=0, tickCount=5, grid=False)
    return alt.X("first_day:T", title=None, axis=axis)


def _svg(chart: alt.FacetChart | alt.LayerChart, language: str, label: str) -> str:
    chart = chart.configure(font=_FONT).configure_view(stroke=None)
    svg = vl_convert.vegalite_to_svg(chart.to_dict(), format_locale=_FORMATS[language])
    return str(svg).replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def _records(rows: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows without the cells that have no number, which Vega would draw at zero."""
    records = rows.to_dict("records")
    return [{str(k): v for k, v in record.items() if v == v} for record in records]

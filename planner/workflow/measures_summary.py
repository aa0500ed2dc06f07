"""The closing table of a run: the city's key figures, and every target that is not met."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd

from planner.domain.outcome import SolveStatus
from planner.domain.target import Verdict
from planner.workflow.summary import Summary, SummaryRow, exit_status

#: Measures of the city and the phone that the closing table shows.
KEY_MEASURES = (
    "lead_booked_mean",
    "lead_offered_mean",
    "lead_within_14_days",
    "wait_mean",
    "wait_p90",
    "wait_within_target",
    "abandoned_share",
    "answered_within_30s",
    "reachability",
    "occupancy",
    "not_served_share",
)


def summarise(
    measures: pd.DataFrame,
    solve: SolveStatus | None,
    directory: Path | None,
    facts: tuple[tuple[str, str], ...],
) -> Summary:
    """Return the closing summary of a run from its measures table."""
    verdicts = [Verdict(met) for met in measures["met"] if met]
    counts = Counter(verdict.value for verdict in verdicts)
    return Summary(
        status=exit_status(solve, verdicts),
        directory=directory,
        facts=facts,
        rows=tuple(_row(row) for _, row in _shown(measures).iterrows()),
        verdicts=tuple((v.value, counts.get(v.value, 0)) for v in Verdict) if verdicts else (),
    )


def _shown(measures: pd.DataFrame) -> pd.DataFrame:
    scopes = measures["scope"].isin(["city", "phone"]) & (measures["area"] != "all")
    missed = measures["met"] == Verdict.MISSED.value
    key = measures["measure"].isin(KEY_MEASURES)
    return measures[(scopes & key) | missed]


def _row(row: pd.Series) -> SummaryRow:
    return SummaryRow(
        scope=f"{row['scope']} {row['id']}" if row["scope"] != "city" else "city",
        area=str(row["area"]),
        channel=str(row["channel"]),
        measure=str(row["measure"]),
        unit=str(row["unit"]),
        value=float(row["value"]),
        low=float(row["ci_low"]),
        high=float(row["ci_high"]),
        target=None if pd.isna(row["target"]) else float(row["target"]),
        verdict=str(row["met"]),
    )

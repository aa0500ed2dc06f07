"""Published observations beside what the simulation says (``observations.csv``)."""

from __future__ import annotations

import math

import pandas as pd

from planner.domain.case import Observation, PlanningCase
from planner.tables import OBSERVATIONS

KEY = ("scope", "id", "area", "channel", "measure")
NOT_SIMULATED = "not_simulated"


def observations_frame(case: PlanningCase, measures: pd.DataFrame) -> pd.DataFrame:
    """Return the table ``observations``: each observation joined with its measure.

    ``fits`` is ``yes`` when the confidence interval lies within the observation's range, ``no``
    when they do not touch, ``undecided`` when they overlap in part, and ``not_simulated`` when
    ``measures`` has no such row or no value.
    """
    simulated = measures.set_index(list(KEY)).sort_index()
    rows = [_row(observation, simulated) for observation in case.observations]
    return OBSERVATIONS.conform(pd.DataFrame(rows, columns=OBSERVATIONS.names))


def fits(low: float, high: float, observation: Observation) -> str:
    """Return whether the interval ``[low, high]`` fits the range of ``observation``."""
    if observation.low <= low and high <= observation.high:
        return "yes"
    return "no" if high < observation.low or low > observation.high else "undecided"


def _row(o: Observation, simulated: pd.DataFrame) -> tuple[object, ...]:
    key = (o.scope, o.scope_id, o.area, o.channel, o.measure)
    given = (o.id, *key, o.period, o.observed, o.low, o.high)
    found = _find(simulated, key)
    if found is None:
        return (*given, "", math.nan, math.nan, math.nan, NOT_SIMULATED, o.source, o.note)
    unit, value, low, high = found
    return (*given, unit, value, low, high, fits(low, high, o), o.source, o.note)


def _find(simulated: pd.DataFrame, key: tuple[str, ...]) -> tuple[str, float, float, float] | None:
    if key not in simulated.index:
        return None
    row = simulated.loc[[key]].iloc[0]
    value = float(row["value"])
    if math.isnan(value):
        return None
    low, high = float(row["ci_low"]), float(row["ci_high"])
    return str(row["unit"]), value, _or(low, value), _or(high, value)


def _or(number: float, instead: float) -> float:
    return instead if math.isnan(number) else number

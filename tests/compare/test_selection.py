"""KN: its constants, its guarantee on a known order, and what it says when it cannot tell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from planner.plan.selection import (
    Selected,
    SelectionRules,
    Standing,
    judged,
    kn_constants,
    select,
)
from planner.sim.streams import stream

#: eta and h² of KN valid under common random numbers, computed from Kim and Nelson 2001, eq. for
#: eta with c = 1 and the Bonferroni bound (columns ``*_crn_valid``), by the project's researchers.
CONSTANTS = pd.read_csv(Path(__file__).with_name("kn_constants.csv"))
MEANS = np.array([0.0, 0.1, 0.2, 0.3, 0.5])
RULES = SelectionRules(indifference=0.2, alpha=0.05, first_stage=10)
Floats = NDArray[np.float64]


@pytest.mark.parametrize(
    "row", CONSTANTS.to_dict("records"), ids=lambda r: f"{r['k']}-{r['n0']}-{r['alpha']}"
)
def test_constants_are_the_published_ones(row: dict[str, float]) -> None:
    """Every row of the table."""
    eta, h2 = kn_constants(int(row["k"]), int(row["n0"]), row["alpha"])
    assert eta == pytest.approx(row["eta_crn_valid"], rel=1e-8)
    assert h2 == pytest.approx(row["h2_crn_valid"], rel=1e-8)


def common(trial: int, count: int = 900) -> Floats:
    """Return values (replications, options) with a strong common part and a known order."""
    draw = stream(trial, 0, "selection test")
    return MEANS + draw.normal(0, 1.0, (count, 1)) + draw.normal(0, 0.5, (count, len(MEANS)))


def trials(count: int) -> list[Selected]:
    """Return so many selections."""
    return [select(common(trial), RULES) for trial in range(count)]


def test_the_best_is_chosen_in_its_stated_share() -> None:
    """Best by exactly the indifference zone: chosen in at least 95 of 100 trials."""
    chosen = trials(100)
    assert all(found.best is not None for found in chosen)
    assert sum(found.best == 4 for found in chosen) >= 95


def test_smaller_can_be_better() -> None:
    """With the other sense the smallest is chosen, or one within the zone of it."""
    rules = SelectionRules(0.2, first_stage=10, larger_is_better=False)
    assert all(select(common(trial), rules).best in {0, 1} for trial in range(20))


def test_too_little_effort_is_said() -> None:
    """Eleven replications cannot tell neighbours apart; nobody is called the best."""
    found = select(common(3, 11), RULES)
    assert found.best is None
    assert found.standings.count(Standing.SURVIVES) >= 2
    assert found.replications == 11


def test_before_the_first_stage_nobody_falls_out() -> None:
    """Fewer replications than n0 eliminate nobody."""
    found = select(common(3, 9), RULES)
    assert set(found.standings) == {Standing.SURVIVES}
    assert found.stages == (0, 0, 0, 0, 0)


def test_equal_options_stay_together() -> None:
    """Two options that are the same in every replication are never told apart."""
    values = common(1)[:, [4, 4, 0]]
    found = select(values, RULES)
    assert found.best is None
    assert found.standings == (Standing.SURVIVES, Standing.SURVIVES, Standing.ELIMINATED)
    assert 10 <= found.stages[2] <= 100


def test_who_misses_a_target_takes_no_part() -> None:
    """The best of the others is chosen."""
    found = select(common(2), RULES, [True, True, True, True, False])
    assert found.best == 3
    assert found.standings[4] is Standing.CONSTRAINED


def test_targets_are_judged_with_confidence() -> None:
    """Clearly above, clearly below, and neither; rows without weight do not count."""
    draw = stream(1, 0, "judged test")
    values, weights = draw.normal(10, 1, 40), np.ones(40)
    assert judged(values, weights, 8, 0.01) == (True, False)
    assert judged(values, weights, 12, 0.01) == (False, True)
    assert judged(values, weights, float(values.mean()), 0.01) == (False, False)
    assert judged(values, np.zeros(40), 8, 0.01) == (False, False)

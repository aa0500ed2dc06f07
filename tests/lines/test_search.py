"""The whole search against enumeration on small problems, and its promises."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from planner.errors import ModelError
from planner.model.lines.budget import Budget
from planner.model.lines.problem import LineProblem
from planner.model.lines.search import LineSearch, SearchSettings
from tests.lines.listed import ListedPricer, best_by_enumeration, random_problem


def search(seed, jobs=1, **budget):
    """Return problem, pricer, outcome and the progress told."""
    problem, pricer = random_problem(seed)
    told: list[Any] = []
    settings = SearchSettings(jobs=jobs, seed=7)
    found = LineSearch(problem, pricer, Budget(**budget), settings, told.append).run()
    return problem, pricer, found, told


@pytest.mark.parametrize("seed", range(6))
def test_value_is_lawful_and_bound_is_valid(seed):
    """Within 1 s the optimum is found, and the bound does not exceed it."""
    problem, pricer, found, _ = search(seed, seconds=1.0)
    best = best_by_enumeration(problem, pricer)
    assert found.value == pytest.approx(best)
    assert found.bound <= best + 1e-6
    assert problem.value(found.lines) == found.value


def test_progress_only_gets_better():
    """Values told never rise and bounds never fall."""
    told = search(0, seconds=1.0)[3]
    assert all(a.value >= b.value and a.bound <= b.bound for a, b in itertools.pairwise(told))
    assert told


def test_same_work_same_answer():
    """A search limited by work alone repeats itself line by line, with one thread or two."""
    found = [search(3, jobs, work=2.0)[2] for jobs in (1, 1, 2)]
    plans = [[line.payload for line in outcome.lines] for outcome in found]
    assert plans[0] == plans[1] == plans[2]
    assert found[0].bound == found[1].bound == found[2].bound


def test_stopped_search_keeps_its_first_roster():
    """A search that is stopped at once still answers with a line for everybody."""
    problem, _, found, _ = search(1, stop=lambda: True)
    assert len(found.lines) == problem.employees
    assert found.bound == -np.inf


def test_employee_without_a_line_is_an_outcome():
    """Nobody can be rostered without a lawful line: an outcome, not an error."""
    problem, pricer = random_problem(0)
    none = ListedPricer([[], *pricer.lines[1:]])
    assert LineSearch(problem, none, Budget(seconds=1.0)).run().lines is None


def test_start_is_never_made_worse():
    """A given roster is the first incumbent."""
    problem, pricer = random_problem(2)
    start = [lines[0] for lines in pricer.lines]
    found = LineSearch(problem, pricer, Budget(seconds=0.0)).run(start)
    assert found.value <= problem.value(start)


def test_hard_caps_are_counted_as_breaches():
    """A row with an infinite over price counts every unit beyond it."""
    problem, pricer = random_problem(0)
    capped = LineProblem(
        problem.employees, problem.need * 0, problem.under, problem.over * np.inf, integral=True
    )
    lines = [own[0] for own in pricer.lines]
    assert capped.breaches(lines) == sum(len(line.rows) for line in lines)


@pytest.mark.parametrize(
    ("under", "over", "text"),
    [
        ([1.0], [1.0, 1.0], "one entry"),
        ([np.inf, 1.0], [1, 1], "finite"),
        ([1, 1], [-1, 1], "over"),
    ],
)
def test_prices_that_make_no_sense_are_refused(under, over, text):
    """Lengths and signs of prices are checked."""
    with pytest.raises(ModelError, match=text):
        LineProblem(1, np.zeros(2, np.int32), np.array(under), np.array(over))

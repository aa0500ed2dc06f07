"""The smallest published instances: proven optima, confirmed by the independent checker."""

from __future__ import annotations

import pytest

from tests.benchmarks.curtois import BEST_KNOWN, INSTANCES, main

PROVEN = ("Instance1", "Instance2", "Instance3")


@pytest.mark.slow
@pytest.mark.parametrize("name", PROVEN)
def test_best_known_value_is_proven(name, tmp_path, capsys):
    """Value and bound both equal the best known value, as the checker recomputes it."""
    solution = tmp_path / "roster.csv"
    instance = str(INSTANCES / f"{name}.txt")
    code = main([instance, "--seconds", "60", "--workers", "2", "--solution", str(solution)])
    last = capsys.readouterr().out.splitlines()[-1]
    assert code == 0
    assert last.startswith(f"objective={BEST_KNOWN[name]} bound={BEST_KNOWN[name]} seconds=")

"""Exit statuses by outcome and verdicts (CONTRACT "Commands")."""

from __future__ import annotations

import pytest

from planner.domain.outcome import SolveStatus
from planner.domain.target import Verdict
from planner.workflow.summary import ExitStatus, exit_status


@pytest.mark.parametrize(
    ("solve", "verdicts", "expected"),
    [
        (SolveStatus.OPTIMAL, [Verdict.MET], ExitStatus.DONE),
        (SolveStatus.FEASIBLE, [Verdict.MET, Verdict.UNDECIDED], ExitStatus.DONE),
        (SolveStatus.INTERRUPTED, [Verdict.MISSED, Verdict.MET], ExitStatus.TARGET_MISSED),
        (None, [], ExitStatus.DONE),
        (SolveStatus.INFEASIBLE, [], ExitStatus.NO_LAWFUL_ROSTER),
        (SolveStatus.OUT_OF_TIME, [], ExitStatus.OUT_OF_TIME),
    ],
)
def test_status(solve: SolveStatus | None, verdicts: list[Verdict], expected: ExitStatus) -> None:
    """How the search ended comes first, then whether a promise is missed."""
    assert exit_status(solve, verdicts) is expected

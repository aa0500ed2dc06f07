"""What a verb hands back to whoever asked: an exit status, a short table and a folder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from planner.domain.outcome import SolveStatus
from planner.domain.target import Verdict


class ExitStatus(IntEnum):
    """Exit statuses of the program (CONTRACT "Commands")."""

    DONE = 0
    TARGET_MISSED = 1
    BAD_INPUT = 2
    NO_LAWFUL_ROSTER = 3
    OUT_OF_TIME = 4
    INTERNAL_ERROR = 5


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A line of the closing table; ``verdict`` is empty where nothing was promised."""

    scope: str
    area: str
    channel: str
    measure: str
    unit: str
    value: float
    low: float
    high: float
    target: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The end of a verb.

    Attributes
    ----------
    facts : tuple of (name, value)
        Run facts in order, e.g. objective, bound, gap, seconds.
    verdicts : tuple of (verdict, count)
        How many targets were met, missed and left undecided.
    """

    status: ExitStatus
    directory: Path | None
    facts: tuple[tuple[str, str], ...] = ()
    rows: tuple[SummaryRow, ...] = ()
    verdicts: tuple[tuple[str, int], ...] = ()


def exit_status(solve: SolveStatus | None, verdicts: list[Verdict]) -> ExitStatus:
    """Return the exit status of a finished verb.

    Parameters
    ----------
    solve : SolveStatus or None
        How the roster search ended; None when there was none.
    verdicts : list of Verdict
        The verdicts of all targets; an undecided one is not a missed one.
    """
    if solve is SolveStatus.INFEASIBLE:
        return ExitStatus.NO_LAWFUL_ROSTER
    if solve is SolveStatus.OUT_OF_TIME:
        return ExitStatus.OUT_OF_TIME
    missed = any(verdict is Verdict.MISSED for verdict in verdicts)
    return ExitStatus.TARGET_MISSED if missed else ExitStatus.DONE

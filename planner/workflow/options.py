"""What a caller chooses: which case, and how deep a run goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CaseOptions:
    """Which case is meant.

    Attributes
    ----------
    path : Path
        The scenario file.
    settings : tuple of str
        ``path.to.value=…`` overrides, applied last.
    week : date or None
        First day of the planned week; None: as the scenario says.
    """

    path: Path
    settings: tuple[str, ...] = ()
    week: date | None = None


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run is done.

    Attributes
    ----------
    seed : int
        Root seed of all named streams.
    replications : int or None
        Simulated weeks; None: as the scenario says.
    engine : str
        ``compiled`` or ``simpy``.
    jobs : int
        Worker processes; results do not depend on it.
    out : Path or None
        Run folder; None: ``reports/runs/<run id>``.
    language : str
        ``de`` or ``en``: the language that reports open in.
    command : tuple of str
        The command line, kept in the manifest.
    """

    seed: int = 1
    replications: int | None = None
    engine: str = "compiled"
    jobs: int = 1
    out: Path | None = None
    language: str = "de"
    command: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Watch:
    """How a long run speaks while it works, and how it is told to stop.

    Attributes
    ----------
    say : callable (phase, done share or None, detail) -> None
        Called from time to time; never from another thread.
    stop : callable () -> bool
        True once the caller wants the best result found so far.
    """

    say: Callable[[str, float | None, str], None]
    stop: Callable[[], bool]

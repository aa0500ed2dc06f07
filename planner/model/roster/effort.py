"""How hard to try, and how it is going."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try.

    Attributes
    ----------
    seconds : float
        Time for the search [s]; in repeatable mode it is counted out as an amount of work, so
        that the same case, seed and effort give the same roster on every machine.
    jobs : int
        Threads at the most; two are used (search and bound).
    seed : int
        Seed of the search.
    repeatable : bool
        Limit by work instead of by the clock.
    """

    seconds: float
    jobs: int = 1
    seed: int = 0
    repeatable: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the search is.

    Attributes
    ----------
    seconds : float
        Since the start [s].
    incumbent, bound : float or None
        Best roster's value and proven lower bound [points]; None while there is none.
    phase : str
        ``first``, ``search`` or ``done``.
    """

    seconds: float
    incumbent: float | None
    bound: float | None
    phase: str

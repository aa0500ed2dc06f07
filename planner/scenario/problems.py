"""Problems are collected, so that all of them are told at once, and nearest names are suggested."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from planner.errors import Problem, ScenarioError
from planner.scenario.nodes import Origin

MOST_NAMES = 20


class Problems:
    """Everything found wrong so far."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self._found)

    def add(self, origin: Origin, path: str, message: str, advice: str = "") -> None:
        """Note a problem at ``origin``; a repeated one is noted once."""
        self.extend([Problem(origin.file, origin.line, path, message, advice)])

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note several problems."""
        for problem in problems:
            if problem not in self._found:
                self._found.append(problem)

    def raise_any(self) -> None:
        """Raise all problems together.

        Raises
        ------
        ScenarioError
            When there is at least one problem.
        """
        if self._found:
            raise ScenarioError(tuple(self._found))


def suggestion(name: str, known: Iterable[str], kind: str = "Known") -> str:
    """Return ``Did you mean 'x'?`` for the nearest known name, otherwise what is known."""
    guess = nearest(name, known)
    return (
        f"{kind}: {listing(sorted(set(known)))}." if guess is None else f"Did you mean '{guess}'?"
    )


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like ``name``, whatever the case; None when none is like it."""
    folded = {other.casefold(): other for other in sorted(known, reverse=True)}
    found = get_close_matches(name.casefold(), folded, n=1, cutoff=0.7)
    return folded[found[0]] if found else None


def listing(names: Iterable[str]) -> str:
    """Return the names joined by commas, the first ``MOST_NAMES`` of them."""
    every = list(names)
    shown = ", ".join(every[:MOST_NAMES]) or "none"
    rest = len(every) - MOST_NAMES
    return f"{shown} and {rest} more" if rest > 0 else shown

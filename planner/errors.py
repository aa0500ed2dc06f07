"""The error tree: what can go wrong for a caller, and nothing else.

::

    PlannerError
    ├── ScenarioError   the input has problems (all of them, each with file:line)
    ├── TableError      a table does not have the columns or types of the column book
    ├── EngineError     an engine was asked for something it does not support
    ├── ModelError      an optimisation model was built from inconsistent parts
    ├── StoreError      a run folder is missing, incomplete or of another version
    └── ClusterError    the cluster that the environment names cannot be used

Infeasible and out-of-time are *outcomes* (see ``planner.domain.outcome``), not errors.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with the input: where, what it is, what it may be, what to do."""

    file: str
    line: int
    path: str
    message: str
    advice: str = ""

    def __str__(self) -> str:
        """Return ``file:line: path message (advice)`` as one line."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        subject = f"{self.path} " if self.path else ""
        advice = f" {self.advice}" if self.advice else ""
        return f"{where}: {subject}{self.message}{advice}"


class PlannerError(Exception):
    """Base of every error that planner raises on purpose."""


class ScenarioError(PlannerError):
    """The scenario has problems; ``problems`` holds all of them, sorted by file and line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class TableError(PlannerError):
    """A table does not match its entry in the column book (``planner.tables``)."""


class EngineError(PlannerError):
    """An engine was asked for a feature that it does not support; the message names it."""


class ModelError(PlannerError):
    """An optimisation model was given inconsistent parts."""


class StoreError(PlannerError):
    """A run folder is missing, incomplete, or was written by another version."""


class ClusterError(PlannerError):
    """The cluster that the environment names cannot be used; the message says what to do."""

"""Every consistency check of a scenario, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.errors import Problem
from planner.scenario.draft import Draft

Check = Callable[[Draft], Iterator[Problem]]

CHECKS: tuple[Check, ...] = ()

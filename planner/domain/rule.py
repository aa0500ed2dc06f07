"""What a rule of the roster is, and what it finds.

A rule's statement (its numbers) is shared by everyone; the posting on the solver
(``planner.model``) and the check on a finished roster (``planner.rules``) are independent code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

if TYPE_CHECKING:
    from planner.domain.case import PlanningCase
    from planner.domain.requirement import Requirement
    from planner.domain.roster import Roster


class Severity(StrEnum):
    """How binding a rule is."""

    HARD = "hard"
    SOFT = "soft"
    WARN = "warn"
    OFF = "off"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A rule that a roster breaks: the facts; ``text_de``/``text_en`` are made from them.

    ``employee``, ``location`` and ``day`` are empty/None where they do not apply.  ``penalty`` is
    ``price * (measured beyond limit)`` for soft rules and 0 for the others.
    """

    rule: str
    severity: Severity
    employee: str
    location: str
    day: date | None
    measured: float
    limit: float
    unit: str
    penalty: float
    text_de: str
    text_en: str


@dataclass(frozen=True, slots=True)
class GroupRule:
    """A rule as one contract group has it, in place of the case's."""

    group: str
    rule: RosterRule


@dataclass(frozen=True, slots=True)
class RuleOrigin:
    """Where the settings of a rule stand; ``group`` is empty for everybody's."""

    rule: str
    group: str
    place: str


@runtime_checkable
class RosterRule(Protocol):
    """A rule: one frozen dataclass per file in ``planner.rules``; its fields are its numbers.

    Every rule has the fields ``severity`` and, where it can be soft, ``price`` (points per unit
    beyond the limit; the unit is stated in the rule's docstring).
    """

    id: ClassVar[str]

    @property
    def severity(self) -> Severity:
        """How binding the rule is in this case."""
        ...

    def statement(self, language: str) -> str:
        """Return the rule in one sentence with its numbers; ``language`` is ``de`` or ``en``."""
        ...

    def check(
        self, roster: Roster, case: PlanningCase, requirement: Requirement
    ) -> Iterator[Finding]:
        """Yield every breach of the rule in ``roster``."""
        ...

"""The manifest of a run: what was run, with what, how it ended, and which files it left.

Everything that may change from run to run (times, paths, versions) stands here, so that the
tables beside it are equal byte for byte in equal runs.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from planner.domain.case import PlanningCase
from planner.units import minute_to_clock

#: Version of the run folder's format; a reader refuses others.
FORMAT = 1


class FileFacts(BaseModel):
    """A file of the run: its SHA-256 and, for a table, its rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sha256: str
    rows: int | None = None


class CaseFacts(BaseModel):
    """What a reader of the run folder must know of the case beyond its tables.

    ``holidays`` holds the public holidays within the horizon, ISO date to name; ``confidence``
    is the level of all intervals; nobody works before ``earliest`` or after ``latest``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title_de: str
    title_en: str
    first_day: str
    days: int
    zone: str
    slot_minutes: int
    confidence: float
    earliest: str = "00:00"
    latest: str = "24:00"
    holidays: dict[str, str] = Field(default_factory=dict)


class SolverFacts(BaseModel):
    """How the roster search ended; ``terms`` is the objective by term [points]."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: str
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    terms: dict[str, float] = Field(default_factory=dict)


class Manifest(BaseModel):
    """The manifest (``manifest.json``).

    ``command`` is the verb (plan, simulate, …), ``seconds`` the wall time of each step in the
    order of the steps [s], ``seeds`` the seeds by purpose, ``effort`` the limits given to the
    search, ``status`` … ``terms`` are as in :class:`SolverFacts` and empty where nothing was
    solved.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    run_id: str
    command: str
    command_line: str = ""
    created_utc: str
    case: str
    case_hash: str
    case_facts: CaseFacts
    seed: int
    seeds: dict[str, int] = Field(default_factory=dict)
    engine: str = ""
    replications: int = 0
    status: str = ""
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    terms: dict[str, float] = Field(default_factory=dict)
    effort: dict[str, float | int | str] = Field(default_factory=dict)
    seconds: dict[str, float] = Field(default_factory=dict)
    versions: dict[str, str] = Field(default_factory=dict)
    platform: str = ""
    commit: str | None = None
    files: dict[str, FileFacts] = Field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return the manifest as indented JSON text."""
        return self.model_dump_json(indent=2) + "\n"

    def solved(self, facts: SolverFacts) -> Manifest:
        """Return the manifest with the outcome of the search filled in."""
        return self.model_copy(update=facts.model_dump())


def case_facts(case: PlanningCase) -> CaseFacts:
    """Return the facts of ``case`` that a manifest carries."""
    horizon = case.horizon
    return CaseFacts(
        title_de=case.title_de,
        title_en=case.title_en,
        first_day=horizon.first_day.isoformat(),
        days=horizon.days,
        zone=horizon.zone,
        slot_minutes=horizon.slot_minutes,
        confidence=case.simulation.confidence,
        earliest=minute_to_clock(case.shifts.earliest_minute),
        latest=minute_to_clock(case.shifts.latest_minute),
        holidays={h.day.isoformat(): h.name for h in horizon.holidays if h.day in horizon.dates},
    )

"""The verb *sensitivity*: which assumption changes the answer most (the tornado).

Every assumed value with a range is set to both ends, one at a time, and simulated on the common
customers of the case; who serves is frozen: the given roster, or the requirement of the case.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.domain.case import PlanningCase
from planner.errors import ScenarioError, StoreError
from planner.model.requirement import requirement as required_desks
from planner.plan.assumptions import Assumption, assumptions
from planner.reporting.build import build_reports
from planner.results.files import read_roster
from planner.results.frames import RunParts
from planner.results.store import refuse_foreign
from planner.scenario.loading import load_case
from planner.sim.comparison import compare
from planner.sim.replicate import SimulationRun, StaffingSource, simulate
from planner.sim.workload import workloads
from planner.tables import TORNADO
from planner.workflow.options import CaseOptions, RunOptions, Watch
from planner.workflow.record import Verb, keep
from planner.workflow.summary import ExitStatus, Summary, SummaryRow

WORKLOAD_WEEKS = 4
#: Why an assumption has no result, besides the reasons of ``planner.plan.assumptions``.
INVALID, STOPPED = "invalid", "stopped"
_KEY = ("scope", "id", "area", "channel", "measure")


@dataclass(frozen=True, slots=True)
class MeasureKey:
    """Which measure is looked at, ``scope/id/area/channel/measure``."""

    scope: str
    id: str
    area: str
    channel: str
    measure: str

    @classmethod
    def parse(cls, text: str) -> MeasureKey:
        """Return the key written in ``text``.

        Raises
        ------
        StoreError
            When it does not have five parts.
        """
        parts = text.split("/")
        if len(parts) != len(_KEY):
            raise StoreError(f"measure '{text}': write {'/'.join(_KEY)}")
        return cls(*parts)

    @property
    def text(self) -> str:
        """The key as written."""
        return "/".join((self.scope, self.id, self.area, self.channel, self.measure))

    def of(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of the measure."""
        kept = pd.Series(data=True, index=frame.index)
        for column in _KEY:
            kept &= frame[column] == getattr(self, column)
        return frame[kept]


@dataclass(frozen=True, eq=False)
class _Played:
    """What all ends are compared with: the case's own replications and who serves."""

    case: PlanningCase
    by_replication: pd.DataFrame
    source: StaffingSource
    settings: SimulationRun


def sensitivity(
    options: CaseOptions,
    run: RunOptions,
    measure: str,
    roster_file: Path | None,
    watch: Watch,
) -> Summary:
    """Vary every assumption of a case and keep the run folder with the tornado.

    Raises
    ------
    ScenarioError
        When the case has problems.
    StoreError
        When the measure is unknown, the roster cannot be read or the folder cannot be written.
    """
    started, key = time.monotonic(), MeasureKey.parse(measure)
    if run.out is not None:
        refuse_foreign(run.out)
    case = load_case(options.path, options.settings, options.week)
    watch.say("simulate", 0.0, case.name)
    base = _base(case, run, roster_file)
    if key.of(base.by_replication).empty:
        raise StoreError(f"measure '{measure}': the case has no such measure")
    found = assumptions(case)
    rows = []
    for number, assumption in enumerate(found):
        watch.say("sensitivity", number / len(found), assumption.source.path)
        rows.append(_row(base, assumption, key, options, watch))
    table = _ranked(rows)
    parts = RunParts(case=case, more={"tornado": table})
    facts: dict[str, float | int | str] = {
        "measure": measure,
        "staffing": "roster" if roster_file else "requirement",
    }
    replications, seconds = base.settings.replications, {"simulate": time.monotonic() - started}
    verb = Verb("sensitivity", replications, {"simulation": run.seed}, seconds, facts)
    directory = keep(parts, None, verb, options, run)
    build_reports(directory, run.language)
    return _summary(table, directory)


def _base(case: PlanningCase, run: RunOptions, roster_file: Path | None) -> _Played:
    settings = SimulationRun(
        run.seed, run.replications or case.simulation.replications, run.engine, run.jobs
    )
    roster = read_roster(roster_file, case) if roster_file else None
    constant = all(place.constant_desks is not None for place in case.locations)
    needed = None
    if roster is None and not constant:
        needed = required_desks(case, workloads(case, run.seed, WORKLOAD_WEEKS, run.jobs))
    source = StaffingSource(roster=roster, requirement=needed)
    return _Played(case, simulate(case, source, settings).by_replication, source, settings)


def _row(
    base: _Played, assumption: Assumption, key: MeasureKey, options: CaseOptions, watch: Watch
) -> dict[str, object]:
    source = assumption.source
    own = key.of(base.by_replication)
    weights = own["weight"].sum()
    row: dict[str, object] = {
        "path": source.path,
        "value": source.value,
        "unit": source.unit,
        "low": math.nan if source.low is None else source.low,
        "high": math.nan if source.high is None else source.high,
        "measure": key.text,
        "measure_unit": str(own["unit"].iloc[0]),
        "base": float((own["value"] * own["weight"]).sum() / weights) if weights else math.nan,
        "replications": base.settings.replications,
        "source": source.note,
        "note": assumption.reason,
    }
    for end, settings in (("at_low", assumption.low), ("at_high", assumption.high)):
        found = (math.nan, math.nan, math.nan)
        if settings and watch.stop():
            row["note"] = STOPPED
        elif settings:
            found, problem = _difference(base, settings, key, options)
            row["note"] = row["note"] or problem
        row |= dict(zip((end, f"{end}_low", f"{end}_high"), found, strict=True))
    return row


def _difference(
    base: _Played, settings: tuple[str, ...], key: MeasureKey, options: CaseOptions
) -> tuple[tuple[float, float, float], str]:
    """Return the change of the measure with these settings, and why there is none."""
    nothing = (math.nan, math.nan, math.nan)
    try:
        case = load_case(options.path, (*options.settings, *settings), options.week)
    except ScenarioError as error:
        first = error.problems[0]
        return nothing, f"{INVALID}: {first.path} {first.message}"
    other = simulate(case, base.source, base.settings).by_replication
    found = key.of(compare(key.of(base.by_replication), key.of(other), _confidence(base)))
    if found.empty:
        return nothing, INVALID
    row = found.iloc[0]
    return (float(row["difference"]), float(row["ci_low"]), float(row["ci_high"])), ""


def _confidence(base: _Played) -> float:
    return base.case.simulation.confidence


def _ranked(rows: list[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[name for name in TORNADO.names if name != "rank"])
    size = frame[["at_low", "at_high"]].astype("float64").abs().max(axis=1).fillna(-1.0)
    order = frame.assign(size=size).sort_values(
        ["size", "path"], ascending=[False, True], kind="stable"
    )
    ranked = order.drop(columns="size").assign(rank=range(1, len(order) + 1))
    return TORNADO.conform(ranked)


def _summary(table: pd.DataFrame, directory: Path) -> Summary:
    done = table[table["note"] == ""]
    rows = tuple(
        SummaryRow(
            str(row["path"]), "", end, str(row["measure"]).rsplit("/", maxsplit=1)[-1],
            str(row["measure_unit"]), row[key], row[f"{key}_low"], row[f"{key}_high"], None, "",
        )
        for row in done.head(8).to_dict("records")
        for end, key in (("low", "at_low"), ("high", "at_high"))
    )  # fmt: skip
    facts = (
        ("varied", str(len(done))),
        ("not varied", str(len(table) - len(done))),
        ("report", str(directory / "report.html")),
    )
    return Summary(ExitStatus.DONE, directory, facts, rows)

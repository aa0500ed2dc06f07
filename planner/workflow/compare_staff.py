"""Who serves in each compared scenario: found once, kept in the run folder, taken up again."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial

import pandas as pd

from planner.domain.case import PlanningCase
from planner.parallel import ordered_map
from planner.plan.scenario_staffing import (
    ScenarioStaff,
    Staffed,
    frozen_roster,
    scenario_staff,
)
from planner.results.comparison_store import Chunks
from planner.results.files import requirement_from_frame
from planner.results.frames import (
    activities_frame,
    requirement_frame,
    roster_frame,
    roster_from_frames,
)
from planner.workflow.compare_options import CompareEffort, Scenario
from planner.workflow.options import Watch


def staff_scenarios(
    scenarios: Sequence[Scenario],
    stores: Sequence[Chunks],
    effort: CompareEffort,
    work: tuple[int, int],
    watch: Watch,
) -> list[ScenarioStaff]:
    """Return who serves in every scenario, as far as done when stopped; ``work``: (seed, jobs)."""
    seed, jobs = work
    if effort.way is Staffed.FROZEN:
        base = _staffed(scenarios[:1], stores[:1], effort, (seed, 1), watch)
        first = scenarios[0].case
        return [_frozen(base[0], s.case, first) for s in scenarios] if base else []
    return _staffed(scenarios, stores, effort, (seed, jobs), watch)


def _staffed(
    scenarios: Sequence[Scenario],
    stores: Sequence[Chunks],
    effort: CompareEffort,
    work: tuple[int, int],
    watch: Watch,
) -> list[ScenarioStaff]:
    seed, jobs = work
    known = {n: found for n, s in enumerate(stores) if (found := _kept(scenarios[n].case, s))}
    missing = [number for number in range(len(scenarios)) if number not in known]
    one = partial(_one, effort, seed)
    started = time.monotonic()
    for start in range(0, len(missing), jobs):
        if watch.stop():
            break
        some = missing[start : start + jobs]
        cases = [scenarios[number].case for number in some]
        for number, found in zip(some, ordered_map(one, cases, jobs), strict=True):
            stores[number].write_staff(_tables(scenarios[number].case, found))
            known[number] = found
        done = start + len(some)
        left = (time.monotonic() - started) / done * (len(missing) - done)
        detail = f"{scenarios[some[-1]].case.name}, ≈ {left / 60:.1f} min"
        watch.say("staffing", done / len(missing), detail)
    return [known[number] for number in range(len(known)) if number in known]


def _one(effort: CompareEffort, seed: int, case: PlanningCase) -> ScenarioStaff:
    return scenario_staff(case, effort.way, effort.staffing(seed))


def _frozen(base: ScenarioStaff, case: PlanningCase, first: PlanningCase) -> ScenarioStaff:
    if base.roster is None:
        return base
    return ScenarioStaff(frozen_roster(base.roster, case, first), None)


def _tables(case: PlanningCase, found: ScenarioStaff) -> dict[str, pd.DataFrame]:
    tables: dict[str, pd.DataFrame] = {}
    if found.roster is not None:
        tables["roster"] = roster_frame(found.roster)
        tables["activities"] = activities_frame(found.roster)
    if found.requirement is not None:
        tables["requirement"] = requirement_frame(case, found.requirement, found.roster)
    return tables


def _kept(case: PlanningCase, store: Chunks) -> ScenarioStaff | None:
    """Return who serves as kept by an earlier run; None when it got not so far."""
    tables = store.read_staff()
    if tables is None:
        return None
    roster = requirement = None
    if "roster" in tables:
        roster = roster_from_frames(tables["roster"], tables["activities"])
    if "requirement" in tables:
        requirement = requirement_from_frame(tables["requirement"], case.horizon.slot_minutes)
    return ScenarioStaff(roster, requirement)

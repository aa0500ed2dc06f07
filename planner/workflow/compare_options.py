"""What a caller chooses in a comparison, and the scenarios that it is about."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from planner.domain.case import PlanningCase
from planner.errors import Problem, ScenarioError
from planner.parallel import ordered_map
from planner.plan.scenario_staffing import Staffed, StaffingEffort
from planner.results.comparison_store import Chunks
from planner.results.provenance import versions
from planner.scenario.loading import load_case
from planner.workflow.options import CaseOptions

#: Replications of a chunk: the beat at which a comparison can stop and go on.
CHUNK = 5


@dataclass(frozen=True, slots=True)
class CompareEffort:
    """How scenarios are staffed, and how well differences have to be known.

    Attributes
    ----------
    half_width : float
        Wanted half-width of the deciding differences: a share of the base's value, for shares an
        absolute one.
    at_least, at_most : int
        Replications before the first look, and in all.
    measure : str
        ``scope/id/area/channel/measure`` to select by; empty: chosen by the case.
    indifference : float
        Differences of it that do not matter [its unit]; 0: by its kind.
    """

    way: Staffed = Staffed.REPLANNED
    seconds: float = 20.0
    design_weeks: int = 4
    half_width: float = 0.02
    at_least: int = 20
    at_most: int = 100
    measure: str = ""
    indifference: float = 0.0

    def staffing(self, seed: int) -> StaffingEffort:
        """Return what goes into the roster of one scenario."""
        return StaffingEffort(self.seconds, self.design_weeks, seed)


@dataclass(frozen=True, eq=False)
class Scenario:
    """A loaded scenario."""

    path: Path
    case: PlanningCase


def load_scenarios(options: tuple[CaseOptions, ...], jobs: int) -> tuple[Scenario, ...]:
    """Return the scenarios, the base first.

    Raises
    ------
    ScenarioError
        When a case has problems, two have one name, or they plan different days.
    """
    cases = list(ordered_map(partial(_loaded), options, jobs))
    scenarios = [Scenario(o.path, case) for o, case in zip(options, cases, strict=True)]
    problems = [*_same_names(scenarios), *_other_days(scenarios)]
    if problems:
        raise ScenarioError(tuple(problems))
    return tuple(scenarios)


def chunks_of(
    directory: Path, case: PlanningCase, effort: CompareEffort, seed: int, base_hash: str
) -> Chunks:
    """Return the chunks of a case under this effort."""
    deep = (f"{effort.seconds:g}", str(effort.design_weeks))
    frozen = (base_hash,) if effort.way is Staffed.FROZEN else ()
    version = versions().get("planner", "")
    return Chunks(
        directory, (case.fingerprint, effort.way.value, str(seed), *deep, *frozen, version)
    )


def comparison_id(scenarios: tuple[Scenario, ...], effort: CompareEffort, seed: int) -> str:
    """Return the id of a comparison: the same for the same cases, staffing and seed."""
    hashes = "|".join(scenario.case.fingerprint for scenario in scenarios)
    digest = hashlib.sha256(f"{hashes}|{effort.seconds:g}|{effort.design_weeks}".encode())
    base = scenarios[0].case
    week = base.horizon.first_day.isoformat()
    return f"{base.name}-{week}-compare-{effort.way.value}-s{seed}-{digest.hexdigest()[:8]}"


def _loaded(options: CaseOptions) -> PlanningCase:
    return load_case(options.path, options.settings, options.week)


def _same_names(scenarios: list[Scenario]) -> list[Problem]:
    seen: dict[str, Path] = {}
    problems = []
    for scenario in scenarios:
        name = scenario.case.name
        if name in seen:
            text = f"is '{name}', like that of {seen[name]}."
            advice = "Give every compared scenario a name of its own."
            problems.append(Problem(str(scenario.path), 0, "name", text, advice))
        seen.setdefault(name, scenario.path)
    return problems


def _other_days(scenarios: list[Scenario]) -> list[Problem]:
    base = scenarios[0].case.horizon
    return [
        Problem(
            str(scenario.path),
            0,
            "horizon",
            f"plans {scenario.case.horizon.days} days from {scenario.case.horizon.first_day}, "
            f"the base {base.days} from {base.first_day}.",
            "Compare the same days; --week sets them for all.",
        )
        for scenario in scenarios[1:]
        if (scenario.case.horizon.first_day, scenario.case.horizon.days)
        != (base.first_day, base.days)
    ]

"""Scenario files in, a planning case out; every problem of a case is told at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.domain.case import PlanningCase
from planner.scenario.building import build
from planner.scenario.checks.registry import CHECKS
from planner.scenario.draft import Draft, draft
from planner.scenario.layering import merge
from planner.scenario.layers import Layer, read_layers
from planner.scenario.nodes import Fields, Leaf, Origin
from planner.scenario.problems import Problems
from planner.scenario.resolved import resolved_text
from planner.scenario.settings import setting_layer


def load_case(path: Path, settings: tuple[str, ...] = (), week: date | None = None) -> PlanningCase:
    """Return the case of the scenario file at ``path``.

    Parameters
    ----------
    settings : tuple of str
        ``path.to.value=…``, laid over everything else, in order.
    week : date or None
        First day of the horizon instead of the scenario's.

    Raises
    ------
    ScenarioError
        With every problem found, each with file and line.
    """
    return build(_checked(path, settings, week))


def resolved_yaml(path: Path, settings: tuple[str, ...] = (), week: date | None = None) -> str:
    """Return the scenario after all layers as one file; comments say where each value stands.

    The text is a scenario itself and gives the same case.

    Raises
    ------
    ScenarioError
        With every problem found, each with file and line.
    """
    return resolved_text(_checked(path, settings, week).tree, Path(path).parent)


def read_draft(
    path: Path, settings: tuple[str, ...], week: date | None, problems: Problems
) -> Draft:
    """Return what is valid in the layers of a scenario, before the consistency checks.

    Raises
    ------
    ScenarioError
        When there is no base file to start from.
    """
    layers = read_layers(Path(path), problems)
    if all(layer.name for layer in layers):
        problems.raise_any()
    last = _last(Path(path), settings, week, problems)
    return draft(merge((*layers, *last), problems), problems)


def _checked(path: Path, settings: tuple[str, ...], week: date | None) -> Draft:
    problems = Problems()
    found = read_draft(path, settings, week, problems)
    for check in CHECKS:
        problems.extend(check(found))
    problems.raise_any()
    return found


def _last(
    path: Path, settings: tuple[str, ...], week: date | None, problems: Problems
) -> list[Layer]:
    layers = [setting_layer(setting, path, problems) for setting in settings]
    if week is not None:
        layers.append(_week(week))
    return [layer for layer in layers if layer is not None]


def _week(week: date) -> Layer:
    origin = Origin(f"--week {week}", 0)
    first_day = Fields({"first_day": Leaf(week.isoformat(), origin)}, {"first_day": origin}, origin)
    return Layer("", origin, Fields({"horizon": first_day}, {"horizon": origin}, origin))

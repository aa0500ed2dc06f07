"""How every command runs its verb: options in, result or problems shown, status out."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import typer

from planner.cli.show import Language, show, show_problems
from planner.errors import PlannerError, ScenarioError
from planner.workflow.options import CaseOptions
from planner.workflow.summary import ExitStatus, Summary

Result = TypeVar("Result")


def case_options(path: Path, settings: list[str] | None, week: datetime | None) -> CaseOptions:
    """Return the case that the command line means."""
    return CaseOptions(path, tuple(settings or ()), week.date() if week else None)


def finish(verb: Callable[[], Summary], as_json: bool, language: Language) -> None:
    """Call the verb, show what comes of it, and leave with its exit status.

    Raises
    ------
    typer.Exit
        Always: with the verb's status, 2 for bad input, 5 for what was not foreseen.
    """
    summary = answer(verb, as_json, language)
    show(summary, as_json, language)
    raise typer.Exit(summary.status)


def answer(verb: Callable[[], Result], as_json: bool, language: Language) -> Result:
    """Return what the verb returns; show problems and leave where there are some.

    Raises
    ------
    typer.Exit
        With 2 for bad input, 5 for what was not foreseen.
    """
    try:
        return verb()
    except ScenarioError as error:
        show_problems(error.problems, as_json, language)
        raise typer.Exit(ExitStatus.BAD_INPUT) from error
    except PlannerError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(ExitStatus.BAD_INPUT) from error
    except Exception as error:
        # The outermost border: whatever was not foreseen is told in full and ends with 5.
        traceback.print_exc()
        raise typer.Exit(ExitStatus.INTERNAL_ERROR) from error

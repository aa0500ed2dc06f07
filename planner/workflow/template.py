"""The verb *template*: a workbook for team leads, filled with what a run or a case holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.domain.case import PlanningCase
from planner.domain.roster import Roster
from planner.errors import StoreError
from planner.reporting.template_book import TemplateSheet, template_book
from planner.scenario.filled_rows import ABSENCES, WISHES
from planner.scenario.loading import load_case
from planner.scenario.sheet_reading import HEADINGS, SHEETS, TABLES
from planner.units import minute_to_clock
from planner.workflow.run_case import open_run
from planner.workflow.summary import ExitStatus, Summary


def write_template(target: Path, out: Path) -> Summary:
    """Write the workbook for a run folder or a scenario file.

    Raises
    ------
    StoreError
        When the run cannot be read or the file cannot be written.
    ScenarioError
        When the case has problems.
    """
    locks: frozenset[tuple[str, date]] = frozenset()
    roster = Roster()
    if target.is_dir():
        run = open_run(target)
        case, roster, locks = run.case, run.roster, run.locks
    else:
        case = load_case(target)
    content = template_book(_sheets(case, roster, locks))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(content)
    except OSError as error:
        raise StoreError(f"{out}: cannot write: {error}") from error
    facts = (("template", str(out)), ("people", str(len(case.employees))))
    return Summary(ExitStatus.DONE, None, (*facts, ("shifts", str(len(roster.assignments)))))


def _sheets(
    case: PlanningCase, roster: Roster, locks: frozenset[tuple[str, date]]
) -> list[TemplateSheet]:
    people = tuple(employee.id for employee in case.employees)
    places = tuple(location.id for location in case.locations)
    days = case.horizon.dates
    choices: dict[str, tuple[str | date, ...]] = {
        "employee": people,
        "date": days,
        "location": places,
        "wish": tuple(WISHES),
        "absence": tuple(ABSENCES),
        "locked": ("ja",),
    }
    rows = {"wishes": _wishes(case), "absences": [], "roster": _shifts(roster, locks)}
    return [
        TemplateSheet(
            SHEETS[kind],
            tuple(HEADINGS[column][0] for column in TABLES[kind][0]),
            rows[kind],
            tuple(choices.get(column, ()) for column in TABLES[kind][0]),
        )
        for kind in ("wishes", "absences", "roster")
    ]


def _wishes(case: PlanningCase) -> list[tuple[str | float | date | None, ...]]:
    names = {kind: name for name, kind in WISHES.items()}
    return [
        (employee.id, wish.day, names[wish.kind], wish.weight)
        for employee in case.employees
        for wish in employee.wishes
        if wish.day in case.horizon.dates
    ]


def _shifts(
    roster: Roster, locks: frozenset[tuple[str, date]]
) -> list[tuple[str | float | date | None, ...]]:
    rows: list[tuple[str | float | date | None, ...]] = []
    for shift in roster.assignments:
        pause = shift.breaks[0] if shift.breaks else None
        rows.append(
            (
                *(shift.employee, shift.day, shift.location),
                *(minute_to_clock(shift.start_minute), minute_to_clock(shift.end_minute)),
                minute_to_clock(pause.start_minute) if pause else None,
                minute_to_clock(pause.end_minute) if pause else None,
                "ja" if (shift.employee, shift.day) in locks else None,
            )
        )
    return rows

"""Staff: every skill is held where it is asked for, and contracts can be worked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from planner.errors import Problem
from planner.rules.permitted import may_differ_by_group
from planner.rules.registry import RULES
from planner.scenario import row_models as rows
from planner.scenario import section_models as sections
from planner.scenario.draft import Draft
from planner.scenario.problems import listing, suggestion
from planner.scenario.rule_settings import group_model

#: An employee works at most so long a day (ArbZG § 3), so a contract needs enough days [min].
LONGEST_DAY_MINUTES = 600


def skills_are_held(draft: Draft) -> Iterator[Problem]:
    """Check that every skill that a service asks for is held by somebody."""
    if not draft.intact("employees", "locations"):
        return
    staff = [entry.value for entry in draft.all(rows.EmployeeRow)]
    held = {skill for employee in staff for skill in employee.skills}
    for entry in draft.all(rows.ServiceRow):
        if entry.value.skill not in held and _rostered(draft, entry.value.area):
            yield entry.problem(
                "skill",
                f"is '{entry.value.skill}', a skill that no employee has.",
                suggestion(entry.value.skill, held, "Skills held"),
            )


def skills_are_held_locally(draft: Draft) -> Iterator[Problem]:
    """Check that each skill asked for at a location is held by somebody who may work there."""
    if not draft.intact("employees", "locations", "services"):
        return
    staff = [entry.value for entry in draft.all(rows.EmployeeRow)]
    held = {skill for employee in staff for skill in employee.skills}
    for entry in draft.all(rows.LocationRow):
        place = entry.value
        if place.constant_desks is not None:
            continue
        asked = {s.value.skill for s in draft.all(rows.ServiceRow) if s.value.area == place.area}
        here = {
            skill
            for employee in staff
            if place.id in (employee.home_location, *employee.locations)
            for skill in employee.skills
        }
        missing = sorted((asked & held) - here)
        if missing:
            yield entry.problem(
                "id",
                f"has nobody with the skill {listing(missing)}.",
                "Allow employees with it to work here (columns home_location, locations).",
            )


def skills_are_known(draft: Draft) -> Iterator[Problem]:
    """Check that every skill that an employee holds is asked for by some service."""
    asked = draft.column("services", "skill")
    if "services" in draft.unread:
        return
    told: set[str] = set()
    for entry in draft.all(rows.EmployeeRow):
        for skill in entry.value.skills:
            if skill not in asked | told:
                told.add(skill)
                yield entry.problem(
                    "skills",
                    f"has '{skill}', which no service asks for.",
                    suggestion(skill, asked, "Skills asked for"),
                )


def contracts_can_be_worked(draft: Draft) -> Iterator[Problem]:
    """Check that the contract fits into the days on which the employee can work."""
    for entry in draft.all(rows.EmployeeRow):
        row = entry.value
        days = min(row.max_days, len(set(row.weekdays)))
        if not row.weekdays:
            yield entry.problem("weekdays", "is empty; name at least one day of the week.")
        elif row.contract_minutes - row.band_minutes > days * LONGEST_DAY_MINUTES:
            yield entry.problem(
                "contract_minutes",
                f"is {row.contract_minutes}; {days} days a week hold "
                f"{days * LONGEST_DAY_MINUTES} minutes at the most.",
                "Look at max_days and weekdays.",
            )


def absences_in_order(draft: Draft) -> Iterator[Problem]:
    """Check that an absence ends after it starts."""
    for entry in draft.all(rows.AbsenceRow):
        if entry.value.last_day < entry.value.first_day:
            yield entry.problem(
                "last_day", f"is {entry.value.last_day}, before first_day {entry.value.first_day}."
            )


def shift_lengths_in_order(draft: Draft) -> Iterator[Problem]:
    """Check that shifts can be built from their limits."""
    shifts = draft.one(sections.ShiftsSection)
    if shifts is None:
        return
    value = shifts.value
    if value.max_minutes < value.min_minutes:
        yield shifts.problem(
            "max_minutes", f"is {value.max_minutes}, less than min_minutes {value.min_minutes}."
        )
    if value.latest - value.earliest < value.min_minutes:
        yield shifts.problem("latest", "leaves no room for the shortest shift after earliest.")


def groups_have_people(draft: Draft) -> Iterator[Problem]:
    """Check that every contract group with rules of its own has somebody in it."""
    known = {entry.value.contract_group for entry in draft.all(rows.EmployeeRow)}
    for rule in filter(may_differ_by_group, RULES):
        for entry in draft.all(group_model(rule)):
            name = entry.path.rsplit(".", 1)[1]
            if name not in known and draft.intact("employees"):
                yield entry.problem(
                    "",
                    f"is for '{name}', a contract group that nobody is in.",
                    suggestion(name, known, "Contract groups"),
                )


def history_is_past(draft: Draft) -> Iterator[Problem]:
    """Check that the ledger ends before the planned days and has Mondays."""
    horizon = draft.one(sections.HorizonSection)
    for entry in draft.all(rows.HistoryRow):
        if entry.value.week.weekday() != 0:
            yield entry.problem("week", f"is {entry.value.week}, which is no Monday.")
        elif horizon and entry.value.week + timedelta(days=7) > horizon.value.first_day:
            yield entry.problem(
                "week",
                f"is {entry.value.week}; it must end before the planned days "
                f"({horizon.value.first_day}).",
                "Plan a later week (--week), or take the ledger of an earlier run.",
            )


def _rostered(draft: Draft, area: str) -> bool:
    places = (entry.value for entry in draft.all(rows.LocationRow))
    return any(place.area == area and place.constant_desks is None for place in places)

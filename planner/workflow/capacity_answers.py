"""The answers of a plan over months, in numbers and in German and English sentences."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from babel.numbers import format_decimal

from planner.domain.case import PlanningCase
from planner.domain.outcome import SolveStatus
from planner.model.capacity.months_search import MonthsPlan
from planner.model.capacity.questions import Clearing
from planner.results.capacity_frames import AnswerRow
from planner.workflow.capacity_plan import MORE_ABSENCE, FieldPlan

_EURO = 100.0
_NONE = float("nan")
_LOCALES = {"de": "de_DE", "en": "en_GB"}


def answer_rows(case: PlanningCase, found: FieldPlan) -> Iterator[AnswerRow]:
    """Yield the answers of one field of work."""
    yield _plan(case, found)
    yield from _posts(case, found)
    for rank, clearing in enumerate(found.clearings):
        yield _clearing(case, found, rank, clearing)
    if found.plan is not None and found.more_absence is not None:
        yield _absence(case, found, found.plan, found.more_absence)


def said(language: str, value: float, digits: int = 0) -> str:
    """Return a number as the language writes it."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, pattern, locale=_LOCALES[language])


def _plan(case: PlanningCase, found: FieldPlan) -> AnswerRow:
    plan, (de, en) = found.plan, _names(case, found.field.area)
    days = found.field.problem.limits.lead_days
    if plan is None:
        return _no_plan(found, (de, en), days)
    hires, held = int(plan.hires.sum()), plan.held
    n = {k: (said(k, plan.cost / _EURO / 1e6, 2), said(k, plan.gap * 100, 2)) for k in _LOCALES}
    low = {k: said(k, plan.bound / _EURO / 1e6, 2) for k in _LOCALES}
    cost, bound = plan.cost / _EURO, plan.bound / _EURO
    return _row(
        found, ("plan", 0, "", f"month {found.promise_from + 1}"), (cost, bound, cost), "EUR",
        f"{de}: {hires} Einstellungen halten {days:g} Tage in jeder Gruppe und jedem Monat ab "
        f"Monat {found.promise_from + 1} in {held:.0%} der {plan.problem.scenarios} Szenarien; "
        f"{n['de'][0]} Mio. € (bewiesene Schranke {low['de']} Mio. €, Lücke {n['de'][1]} %).",
        f"{en}: {hires} hires hold {days:g} days in every group and every month from month "
        f"{found.promise_from + 1} on in {held:.0%} of {plan.problem.scenarios} scenarios; "
        f"€{n['en'][0]} million (proven bound €{low['en']} million, gap {n['en'][1]} %).",
    )  # fmt: skip


def _no_plan(found: FieldPlan, names: tuple[str, str], days: float) -> AnswerRow:
    never = found.status is SolveStatus.INFEASIBLE
    de = "kein Plan hält" if never else "in der Suchzeit fand sich kein Plan für höchstens"
    en = "no plan holds" if never else "the search time brought no plan for at most"
    months = found.field.problem.months
    help_de = "mehr Einstellungen, Überstunden oder ein längerer Zeitraum helfen"
    help_en = "more hires, overtime or a longer period would help"
    if not never:
        help_de, help_en = "mehr Suchzeit (--seconds) hilft", "more time (--seconds) would help"
    return _row(
        found, ("plan", 0, "", ""), (_NONE, _NONE, _NONE), "EUR",
        f"{names[0]}: {de} {days:g} Tage mit der verlangten Wahrscheinlichkeit innerhalb von "
        f"{months} Monaten; {help_de}.",
        f"{names[1]}: {en} {days:g} days with the wanted probability within {months} months; "
        f"{help_en}.",
    )  # fmt: skip


def _posts(case: PlanningCase, found: FieldPlan) -> Iterator[AnswerRow]:
    posts = found.posts
    if posts is None:
        return
    de, en = _names(case, found.field.area)
    needed, people = posts.posts, found.field.problem.people.initial_heads[:, 0]
    total, today, days = needed.sum(), people.sum(), found.field.problem.limits.lead_days
    least = posts.least
    yield _row(
        found, ("posts", 0, "", ""), (total, least, total), "posts",
        f"{de}: {total:.0f} besetzte Stellen halten {days:g} Tage in allen Gruppen und Monaten in "
        f"{posts.held:.0%} der Szenarien (heute {said('de', today, 1)}; mindestens "
        f"{said('de', least, 1)} sind nötig).",
        f"{en}: {total:.0f} filled posts hold {days:g} days in all groups and months in "
        f"{posts.held:.0%} of the scenarios (today {said('en', today, 1)}; at least "
        f"{said('en', least, 1)} are needed).",
    )  # fmt: skip
    for rank, group in enumerate(found.field.groups):
        have, want = people[rank], needed[rank]
        yield _row(
            found, ("posts", rank + 1, group.id, ""), (want, _NONE, _NONE), "posts",
            f"{group.name}: {want:.0f} Stellen (heute {said('de', have, 1)}).",
            f"{group.name}: {want:.0f} posts (today {said('en', have, 1)}).",
        )  # fmt: skip


def _clearing(case: PlanningCase, found: FieldPlan, rank: int, clearing: Clearing) -> AnswerRow:
    de, en = _names(case, found.field.area)
    low, middle, high = (clearing.quantile(share) for share in (0.1, 0.5, 0.9))
    months, days = found.field.problem.months, found.field.problem.limits.lead_days
    return _row(
        found, ("clearing", rank, "", f"{clearing.hires} hires"), (middle, low, high), "months",
        f"{de}: mit {clearing.hires} Einstellungen sofort bleibt die Vorlaufzeit überall bei "
        f"höchstens {days:g} Tagen {_after(middle, months, 'de')} (10–90 %: "
        f"{_month(low, 'de')} bis {_month(high, 'de')}).",
        f"{en}: with {clearing.hires} hires at once the lead stays within {days:g} days everywhere "
        f"{_after(middle, months, 'en')} (10–90 %: {_month(low, 'en')} to "
        f"{_month(high, 'en')}).",
    )  # fmt: skip


def _after(month: float, months: int, language: str) -> str:
    if np.isinf(month):
        return {"de": f"nicht innerhalb von {months} Monaten", "en": f"not within {months} months"}[
            language
        ]
    if month == 0:
        return {"de": "von Anfang an", "en": "from the start"}[language]
    de, en = ("Monat", "month") if month == 1 else ("Monaten", "months")
    return {"de": f"nach {month:.0f} {de}", "en": f"after {month:.0f} {en}"}[language]


def _month(month: float, language: str) -> str:
    if np.isinf(month):
        return {"de": "länger als der Zeitraum", "en": "beyond the period"}[language]
    return f"{month:.0f}"


def _absence(case: PlanningCase, found: FieldPlan, plan: MonthsPlan, more: MonthsPlan) -> AnswerRow:
    de, en = _names(case, found.field.area)
    value = (more.cost - plan.cost) / _EURO
    low, high = (more.bound - plan.cost) / _EURO, (more.cost - plan.bound) / _EURO
    hires = int(more.hires.sum() - plan.hires.sum())
    money = {k: [said(k, v / 1e6, 2) for v in (value, low, high)] for k in _LOCALES}
    return _row(
        found, ("absence", 0, "", f"+{MORE_ABSENCE:.0%}"), (value, low, high), "EUR",
        f"{de}: ein Prozentpunkt mehr Fehlzeit kostet {money['de'][0]} Mio. € im Zeitraum "
        f"({hires:+d} Einstellungen; nach den Schranken beider Pläne {money['de'][1]} bis "
        f"{money['de'][2]} Mio. €).",
        f"{en}: one percentage point more absence costs €{money['en'][0]} million in the period "
        f"({hires:+d} hires; by the bounds of both plans €{money['en'][1]} to "
        f"{money['en'][2]} million).",
    )  # fmt: skip


def _names(case: PlanningCase, area: str) -> tuple[str, str]:
    found = next(item for item in case.areas if item.id == area)
    return found.name_de, found.name_en


def _row(
    found: FieldPlan,
    key: tuple[str, int, str, str],
    values: tuple[float, float, float],
    unit: str,
    text_de: str,
    text_en: str,
) -> AnswerRow:
    """Return an answer; ``key`` is (question, rank, group, parameter)."""
    question, rank, group, parameter = key
    return AnswerRow(
        area=found.field.area,
        question=question,
        rank=rank,
        group=group,
        parameter=parameter,
        value=float(values[0]),
        low=float(values[1]),
        high=float(values[2]),
        unit=unit,
        text_de=text_de,
        text_en=text_en,
    )

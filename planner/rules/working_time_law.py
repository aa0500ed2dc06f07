"""Where a case loosens the law of working time: every such setting, with its paragraph.

A case may be stricter than the law in silence.  A looser number, or a rule of the law that is only
told or left out, is possible (a test, a question, an exception that the law itself allows), but
never without a warning that names the paragraph (Arbeitszeitgesetz, ArbZG).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.domain.case import PlanningCase
from planner.domain.rule import RosterRule, Severity
from planner.rules.break_minutes import BreakMinutes
from planner.rules.max_consecutive_days import MaxConsecutiveDays
from planner.rules.max_daily_minutes import MaxDailyMinutes
from planner.rules.max_stretch import MaxStretch
from planner.rules.min_rest import MinRest
from planner.rules.no_sunday_or_holiday import NoSundayOrHoliday
from planner.rules.weekly_average import WeeklyAverage

#: Paragraph of each rule of the law, and its numbers: the limit, and whether more is looser.
_LAW: dict[type[RosterRule], tuple[int, dict[str, tuple[float, bool]]]] = {
    MaxDailyMinutes: (3, {"minutes": (600, True)}),
    WeeklyAverage: (3, {"minutes": (2880, True)}),
    BreakMinutes: (
        4,
        {
            "short_after": (360, True),
            "short_minutes": (30, False),
            "long_after": (540, True),
            "long_minutes": (45, False),
            "block_minutes": (15, False),
        },
    ),
    MaxStretch: (4, {"minutes": (360, True)}),
    MinRest: (5, {"hours": (11, False)}),
    NoSundayOrHoliday: (9, {}),
    MaxConsecutiveDays: (9, {"days": (6, True)}),
}


@dataclass(frozen=True, slots=True)
class Loosened:
    """A setting that is looser than the law; ``group`` is empty where it holds for everybody."""

    rule: str
    group: str
    paragraph: int
    text_de: str
    text_en: str


def loosened(case: PlanningCase) -> tuple[Loosened, ...]:
    """Return every setting of ``case`` that is looser than the law of working time."""
    settings = [("", rule) for rule in case.rules]
    settings += [(own.group, own.rule) for own in case.group_rules]
    return tuple(
        _told(rule, group, what)
        for group, rule in settings
        if type(rule) in _LAW
        for what in _looser(rule)
    )


def _looser(rule: RosterRule) -> Iterator[tuple[str, str]]:
    """Yield what is looser, in German and English."""
    if rule.severity is Severity.OFF:
        yield "ist abgeschaltet", "is off"
    elif rule.severity is Severity.WARN:
        yield "wird nur gemeldet", "is only told"
    else:
        for name, (limit, more_is_looser) in _LAW[type(rule)][1].items():
            value = float(getattr(rule, name))
            if (value > limit) if more_is_looser else (value < limit):
                yield (
                    f"hat {name} = {value:g} statt {limit:g}",
                    f"has {name} = {value:g} instead of {limit:g}",
                )


def _told(rule: RosterRule, group: str, what: tuple[str, str]) -> Loosened:
    paragraph = _LAW[type(rule)][0]
    whom = f" ({group})" if group else ""
    return Loosened(
        rule.id,
        group,
        paragraph,
        f"{rule.id}{whom} {what[0]}: lockerer als § {paragraph} ArbZG. Nur zulässig, wo das Gesetz "
        "oder ein Tarifvertrag es erlaubt.",
        f"{rule.id}{whom} {what[1]}: looser than § {paragraph} ArbZG. Allowed only where the law "
        "or a collective agreement says so.",
    )

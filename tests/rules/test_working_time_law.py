"""Every number of the law of working time: at the limit silence, one step looser a warning."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.domain.rule import GroupRule
from planner.rules.break_minutes import BreakMinutes
from planner.rules.max_consecutive_days import MaxConsecutiveDays
from planner.rules.max_daily_minutes import MaxDailyMinutes
from planner.rules.max_stretch import MaxStretch
from planner.rules.min_rest import MinRest
from planner.rules.weekly_average import WeeklyAverage
from planner.rules.working_time_law import loosened
from tests.rules.cases import a_case

#: (rule, setting, the law's number, the next looser one, paragraph): ArbZG §§ 3, 4, 5, 9, 11.
LIMITS = [
    (MaxDailyMinutes, "minutes", 600, 601, 3),
    (WeeklyAverage, "minutes", 2880, 2881, 3),
    (BreakMinutes, "short_after", 360, 361, 4),
    (BreakMinutes, "short_minutes", 30, 29, 4),
    (BreakMinutes, "long_after", 540, 541, 4),
    (BreakMinutes, "long_minutes", 45, 44, 4),
    (BreakMinutes, "block_minutes", 15, 14, 4),
    (MaxStretch, "minutes", 360, 361, 4),
    (MinRest, "hours", 11, 10, 5),
    (MaxConsecutiveDays, "days", 6, 7, 9),
]


@pytest.mark.parametrize(("rule", "setting", "law", "looser", "paragraph"), LIMITS)
def test_a_number_is_told_from_one_step_beyond_the_law(
    rule: type[Any], setting: str, law: int, looser: int, paragraph: int
) -> None:
    """The law's number and a stricter one are silent; a looser one names both and the paragraph."""
    for silent in (law, law + (law - looser)):
        assert loosened(a_case(rule(**{setting: silent}))) == ()
    (told,) = loosened(a_case(rule(**{setting: looser})))
    assert (told.rule, told.group, told.paragraph) == (rule.id, "", paragraph)
    assert told.text_de.startswith(f"{rule.id} hat {setting} = {looser} statt {law}: ")
    assert told.text_en.startswith(f"{rule.id} has {setting} = {looser} instead of {law}: ")


def test_the_group_is_named() -> None:
    """Who it concerns stands in the sentence, for everybody nothing does."""
    case = replace(a_case(), group_rules=(GroupRule("youth", MinRest(hours=9)),))
    (told,) = loosened(case)
    assert told.text_de.startswith("min_rest (youth) hat ")
    assert told.text_en.startswith("min_rest (youth) has ")

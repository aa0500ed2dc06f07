"""The independent checker finds every broken rule and counts the penalty by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.published.checker import check

INSTANCE = """# made by hand
SECTION_HORIZON
14
SECTION_SHIFTS
E,480,
L,480,E
SECTION_STAFF
A,E=14|L=1,4800,2880,5,2,2,1
SECTION_DAYS_OFF
A,13
SECTION_SHIFT_ON_REQUESTS
A,0,E,3
SECTION_SHIFT_OFF_REQUESTS
A,1,E,2
SECTION_COVER
0,E,2,100,1
1,E,0,100,1
2,L,0,100,5
"""
LAWFUL = "E E E E . . . E E E . . . ."


def verdict(folder: Path, line: str, name: str = "A"):
    """Return the verdict on one employee's line."""
    instance, solution = folder / "instance.txt", folder / "roster.csv"
    instance.write_text(INSTANCE, encoding="utf-8")
    shifts = [name, *(shift.strip(".") for shift in line.split())]
    solution.write_text(",".join(shifts) + "\n", encoding="utf-8")
    return check(instance, solution)


def test_lawful_line_costs_what_the_format_says(tmp_path):
    """One missing on day 0 (100), one over on day 1 (1), the refused wish for no shift (2)."""
    found = verdict(tmp_path, LAWFUL)
    assert found.broken == ()
    assert found.penalty == 103


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("L E E E . . . E E E . . . .", "E follows L"),
        ("L . . L L . . E E E E . . .", "3 shifts L"),
        ("E E E . . . . E E . . . . .", "2400 minutes"),
        ("E E E E E E . . E E . . . .", "6 shifts in a row"),
        ("E E E E . . . E . . E E . .", "run of 1 shifts"),
        ("E E E E . E E E . . . . . .", "run of 1 days off"),
        ("E . . . E E . . . . . E E .", "2 weekends"),
        ("E E E E . . . . . . . . E E", "works on day 13"),
        ("E E E E", "4 days instead of 14"),
        ("X E E E . . . E E E . . . .", "unknown shift 'X'"),
    ],
)
def test_each_broken_rule_is_named(tmp_path, line, text):
    """A line that breaks a rule is reported with the rule."""
    assert any(text in fault for fault in verdict(tmp_path, line).broken)


def test_missing_employee_is_named(tmp_path):
    """A roster of other people is refused."""
    assert "employees are not those" in verdict(tmp_path, LAWFUL, name="B").broken[0]

"""The command *day*: other offices and menus from the command line, solved and proven."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.workflow.summary import ExitStatus
from tests.cli.conftest import SCENARIOS, run
from tests.theory.reference import rows

OFFICE = SCENARIOS / "office" / "three-erlang.yaml"


def _facts(*arguments: str | Path) -> dict[str, str]:
    result = run("day", *arguments, "--json")
    facts: dict[str, str] = json.loads(result.stdout)["facts"]
    return facts | {"exit": str(result.exit_code)}


def test_the_example_is_solved_and_proven() -> None:
    """Optimum and bound meet, every hour keeps the target, the two-step way costs a tenth more."""
    result = run("day", OFFICE, "--json", "--language", "en")
    printed = json.loads(result.stdout)
    facts = printed["facts"]
    assert result.exit_code == ExitStatus.DONE
    assert (facts["status"], facts["optimum"], facts["bound"]) == ("optimal", "40", "40")
    assert (facts["two_step"], facts["two_step_excess"]) == ("44", "+10.0%")
    assert "no schedule" in facts["claim"].lower()
    shares = [row["value"] for row in printed["measures"]]
    assert len(shares) == 8
    assert max(shares) <= 0.1


def test_the_table_of_offices_says_what_the_references_say() -> None:
    """The file with all tabulated cases holds their rates, counters, menus and limits."""
    listed = [line.split(",") for line in _table().splitlines()[1:]]
    references = rows("shift_exact_optimum") + rows("day_exact_optimum")
    assert len(listed) == len(references)
    for cells, reference in zip(listed, references, strict=True):
        assert cells[1] == reference["lambda_per_h_by_hour"]
        assert (float(cells[2]), float(cells[3])) == (
            float(reference.get("mean_service_min") or 0),
            float(reference["threshold_min"]),
        )


def _table() -> str:
    return (SCENARIOS / "office" / "tables.csv").read_text(encoding="utf-8")


def test_many_offices_come_as_csv(tmp_path: Path) -> None:
    """Each row is solved under its own name; the tabulated optima come out."""
    header, *lines = _table().splitlines()
    chosen = [line for line in lines if line.startswith(("1_5E_S16half-st", "1_5E_S16half-fl"))]
    file = tmp_path / "offices.csv"
    file.write_text("\n".join([header, *chosen]), encoding="utf-8")
    facts = _facts(file)
    assert facts["1_5E_S16half-standard_8h_4h optimum"] == "24"
    assert facts["1_5E_S16half-standard_8h_4h two_step"] == "32"
    assert facts["1_5E_S16half-flexible_8h_6h_4h two_step_excess"] == "+25.0%"


def test_written_shifts_with_breaks_and_prices_count() -> None:
    """Shifts written out: a dearer shift costs what it says, a break leaves the counter."""
    shifts = (
        "office.shifts=[{start: '08:00', end: '10:00', breaks: [['08:30', '09:00']], cost: 5},"
        "{start: '08:30', end: '09:00', cost: 0.5}]"
    )
    changes = [
        "office.period_minutes=30", "office.arrivals_per_hour=[2, 2, 2, 2]",
        "office.shift_hours=[]", "office.counters=2", "office.service_minutes=2",
    ]  # fmt: skip
    facts = _facts(OFFICE, *(part for text in (*changes, shifts) for part in ("--set", text)))
    assert (facts["status"], facts["optimum"], facts["profile"]) == ("optimal", "5.5", "1 1 1 1")
    assert facts["schedule"] == "1 × 08:00-10:00 (08:30-09:00), 1 × 08:30-09:00"


def test_hopeless_hours_are_named_with_the_counters_that_are_missing() -> None:
    """Four counters do not do: the hours are named, and the status is 3."""
    facts = _facts(OFFICE, "--set", "office.counters=4", "--language", "en")
    assert facts["exit"] == str(int(ExitStatus.NO_LAWFUL_ROSTER))
    assert "11:00-12:00: missed with all counters staffed; 2 counters are missing" in facts["claim"]


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("office.shift_hours=[1.5]", "not whole periods"),
        ("office.shift_hours=[9]", "no shift that fits"),
        ("office.counters=[1, 2]", "2 values for 8 periods"),
        ("office.least=20", "more than counters"),
        ("office.first='20:00'", "beyond midnight"),
        ("office.late_limit=10", "less than 1"),
        ("office.arivals=[1]", "not a known field"),
        ("horizon.days=1", "no setting of an office"),
        ("office.shifts=[{start: '10:00', end: '09:00'}]", "before it starts"),
        ("office.shifts=[{start: '09:00', end: '10:00', breaks: [['08:00', '09:30']]}]", "outside"),
    ],
)
def test_bad_input_is_named(setting: str, told: str) -> None:
    """Every problem comes with what is wrong; nothing is solved."""
    result = run("day", OFFICE, "--set", setting)
    assert result.exit_code == ExitStatus.BAD_INPUT
    assert told in result.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("name: x\n", "office"),
        ("name: x\noffices: {}\noffice: {arrivals_per_hour: [1]}\n", "offices"),
        ("[1]\n", "mapping"),
    ],
)
def test_files_that_are_no_office_are_named(tmp_path: Path, content: str, told: str) -> None:
    """Missing sections and unknown ones."""
    file = tmp_path / "x.yaml"
    file.write_text(content, encoding="utf-8")
    result = run("day", file)
    assert result.exit_code == ExitStatus.BAD_INPUT
    assert told in result.stderr


def test_equal_names_are_refused(tmp_path: Path) -> None:
    """Two rows of one name could not be told apart in the result."""
    header, first, *_ = _table().splitlines()
    file = tmp_path / "twins.csv"
    file.write_text("\n".join([header, first, first]), encoding="utf-8")
    result = run("day", file)
    assert result.exit_code == ExitStatus.BAD_INPUT
    assert "stands twice" in result.stderr

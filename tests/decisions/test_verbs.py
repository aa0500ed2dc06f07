"""``planner sensitivity`` and ``planner monthly`` as users meet them, on the small case."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from planner.reporting.decision_words import as_written, decision_words
from planner.workflow.summary import ExitStatus
from tests.cli.conftest import SMALL, run


def test_the_tornado_has_differences_with_intervals(tmp_path: Path):
    """One assumption of the small case can be varied; the report tells staff and measure."""
    out = tmp_path / "run"
    result = run("sensitivity", SMALL, "--out", out, "--replications", "3")
    assert result.exit_code == ExitStatus.DONE, result.output
    table = pd.read_csv(out / "tornado.csv", keep_default_na=False)
    row = table[table["path"] == "choice.attempts"].iloc[0]
    assert float(row["at_low_low"]) <= float(row["at_low"]) <= float(row["at_low_high"])
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "eingefroren" in page
    assert "Suchversuche je Anliegen" in page
    assert "Searches per request" in page
    assert row["path"] in page


def test_an_unknown_measure_is_told():
    """The measure must have five parts and exist."""
    assert run("sensitivity", SMALL, "--measure", "x").exit_code == ExitStatus.BAD_INPUT


def test_monthly_figures_and_workbook(tmp_path: Path):
    """Posts, sickness, lead and waits by site and month, in CSV and XLSX alike."""
    posts = tmp_path / "posts.csv"
    posts.write_text("location,posts\nnorth,6\n", encoding="utf-8")
    out = tmp_path / "run"
    result = run(
        *("monthly", SMALL, "--from", "2024-04", "--months", "2", "--posts", posts),
        *("--replications", "2", "--out", out),
    )
    assert result.exit_code == ExitStatus.DONE, result.output
    table = pd.read_csv(out / "monthly.csv")
    assert len(table) == 6
    north = table[table["location"] == "north"].iloc[0]
    assert north["posts_filled"] + north["posts_vacant"] == pytest.approx(6)
    assert 0 < north["walk_in_share"] < 1
    sheet = load_workbook(out / "monthly.xlsx").active
    assert sheet is not None
    assert sheet.max_row == 7


def test_posts_of_unknown_locations_are_told(tmp_path: Path):
    """A misspelt location ends with 2."""
    posts = tmp_path / "posts.csv"
    posts.write_text("location,posts\nnroth,6\n", encoding="utf-8")
    result = run("monthly", SMALL, "--from", "2024-04", "--posts", posts)
    assert result.exit_code == ExitStatus.BAD_INPUT
    assert "nroth" in result.stderr


def test_both_languages_have_the_same_texts():
    """Same keys and same placeholders."""
    german, english = (decision_words(name).entries for name in ("de", "en"))
    assert german.keys() == english.keys()
    for key, text in german.items():
        fields = [part.split("}")[0] for part in text.split("{")[1:]]
        assert all(f"{{{field}}}" in english[key] for field in fields), key


@pytest.mark.parametrize(
    ("text", "german", "english"),
    [
        ("0.035", "0,035", "0.035"),
        ("7200000", "7.200.000", "7,200,000"),
        ("[1, 4]", *["[1, 4]"] * 2),
    ],
)
def test_values_of_a_case_have_the_digits_of_the_language(text: str, german: str, english: str):
    """Numbers follow the language, everything else stays as the case has it."""
    assert as_written(decision_words("de"), text) == german
    assert as_written(decision_words("en"), text) == english

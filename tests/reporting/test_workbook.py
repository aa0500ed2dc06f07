"""``roster.xlsx``: sheets by purpose, guarded cells, headings that stay in sight."""

import io
from pathlib import Path

import openpyxl
import pytest

from planner.reporting.workbook import RosterWorkbook, guarded, sheet_name
from planner.results.store import read_run


def workbook_of(run: Path, language: str = "de") -> openpyxl.Workbook:
    """Return the workbook of a run folder, read back."""
    (document,) = RosterWorkbook().build(read_run(run), language)
    return openpyxl.load_workbook(io.BytesIO(document.content))


@pytest.fixture(scope="module")
def book(run_folder: Path) -> openpyxl.Workbook:
    """Return the workbook of the made-up run."""
    return workbook_of(run_folder)


def test_a_sheet_for_each_purpose(book: openpyxl.Workbook):
    """Overview, shifts, a grid for each location, coverage, and targets with measures."""
    places = {"City", "Altona", "Ausländer Mitte", "Telefon 115"}
    assert book.sheetnames[:2] == ["Übersicht", "Dienste"]
    assert set(book.sheetnames[2:-3]) == places
    assert book.sheetnames[-3:] == ["Besetzung", "Ziele und Messwerte", "Ausgleichskonto"]


def test_the_ledger_has_everybody_and_balances_add_up(book: openpyxl.Workbook, run_folder: Path):
    """One row a person and week; the balances of a location's people add up to nothing."""
    sheet, ledger = book["Ausgleichskonto"], read_run(run_folder).table("ledger")
    assert sheet.max_row == len(ledger) + 1
    assert [cell.value for cell in sheet[1]][:5] == [
        *("Kennung", "Stammort", "Woche ab", "Spätschichten", "Saldo"),
    ]
    city = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[1] == "City"]
    assert sum(row[3] for row in city) > 0
    assert sum(row[4] for row in city) == pytest.approx(0.0, abs=1e-6)


def test_one_row_for_each_shift(book: openpyxl.Workbook, run_folder: Path):
    """Every shift of the roster is a row that can be filtered; headings stay in sight."""
    sheet = book["Dienste"]
    roster = read_run(run_folder).table("roster")
    assert sheet.max_row == len(roster) + 1
    assert [cell.value for cell in sheet[1]][:4] == ["Kennung", "Datum", "Tag", "Standort"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:J{len(roster) + 1}"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    first = [cell.value for cell in sheet[2]]
    assert first[0] == roster["employee"][0]
    assert first[7] == roster["paid_minutes"][0] / 60
    assert first[9].startswith(f"{roster['start'][0]}-")


def test_the_grid_has_everybody_and_a_count(book: openpyxl.Workbook):
    """A location's grid ends with the number of people on duty."""
    sheet = book["City"]
    assert sheet.cell(1, 3).value == "Mo., 29.04."
    names = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert names[0] == "city-00*"
    assert names[-1] == "Personen im Dienst"
    assert isinstance(sheet.cell(len(names) + 1, 3).value, int)


def test_shares_are_per_cent(book: openpyxl.Workbook):
    """A share is a number with a per cent format; verdicts are words."""
    rows = list(book["Ziele und Messwerte"].iter_rows(min_row=2))
    share = next(row for row in rows if row[4].value == "Erreichbarkeit: angenommene Anrufe")
    assert (share[5].value, share[5].number_format) == (0.93, "0.0%")
    assert {row[10].value for row in rows} == {None, "gehalten", "verfehlt"}


def test_english_headings(run_folder: Path):
    """The workbook speaks the language asked for."""
    assert workbook_of(run_folder, "en").sheetnames[:2] == ["Overview", "Shifts"]


@pytest.mark.parametrize("text", ["=1+1", "+49", "-1", "@x", "\tx"])
def test_formulas_are_guarded(text: str):
    """A text that a spreadsheet would compute is kept a text."""
    assert guarded(text) == f"'{text}"


def test_other_texts_stay():
    """Plain texts and a lone dash are left as they are."""
    assert [guarded(text) for text in ("A", "–", "-", "")] == ["A", "–", "-", ""]


def test_a_dangerous_name_in_the_workbook(changed):
    """A location called like a formula does not become one."""

    def dangerous(tables):
        tables["locations"]["name"] = "=HYPERLINK(1)"

    book = workbook_of(changed(dangerous))
    values = [cell.value for row in book["Dienste"].iter_rows(min_row=2) for cell in row]
    assert "'=HYPERLINK(1)" in values
    assert not any(cell.data_type == "f" for sheet in book for row in sheet for cell in row)


def test_sheet_names_are_short_clean_and_unique():
    """Names longer than 31 letters, with brackets, or taken, are changed."""
    taken: set[str] = set()
    long = "Ausländerabteilung Hamburg-Mitte [alt]"
    first, second = sheet_name(long, taken), sheet_name(long, taken)
    assert first == "Ausländerabteilung Hamburg-Mitt"
    assert second == "Ausländerabteilung Hamburg-Mi 2"
    assert sheet_name("[]", taken) == "-"

"""Run folders: written whole or not at all, equal for equal runs, read back as written."""

import json
from pathlib import Path

import pandas as pd
import pytest

from planner.errors import StoreError, TableError
from planner.results.formats import read_csv, read_parquet, rounded
from planner.results.frames import run_tables
from planner.results.store import changed_files, read_run, write_run
from planner.tables import AREAS, BOOK, MEASURES
from tests.results.run_builders import a_case, a_manifest, a_run, parts_of


def test_a_run_reads_back_as_it_was_written(tmp_path: Path):
    """Every table of a run comes back equal, from CSV and from Parquet."""
    case = a_case()
    tables = run_tables(parts_of(case))
    run = read_run(write_run(tmp_path / "run", tables, a_manifest(case), "name: made-up\n"))
    for table in BOOK:
        expected = rounded(table.conform(tables[table.name]))
        pd.testing.assert_frame_equal(expected, run.table(table.name))
        again = read_parquet(tmp_path / "run" / f"{table.name}.parquet", table)
        pd.testing.assert_frame_equal(expected, again)
    assert run.scenario() == "name: made-up\n"
    assert run.manifest.run_id == "made-up-20240429-1"


def test_equal_runs_are_equal_byte_for_byte(tmp_path: Path):
    """Two runs of the same case leave the same bytes in every file but the manifest."""
    first, second = a_run(tmp_path / "a"), a_run(tmp_path / "b")
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(path.name for path in second.iterdir())
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_customers_are_parquet_only_and_the_others_both(tmp_path: Path):
    """The long table has no CSV; every other table has both formats."""
    run = a_run(tmp_path / "run")
    assert (run / "customers.parquet").is_file()
    assert not (run / "customers.csv").exists()
    assert (run / "measures.csv").is_file()
    assert (run / "measures.parquet").is_file()


def test_csv_has_nine_digits_and_no_negative_zero():
    """Sums that differ in their last bits, and zeros of either sign, give the same text."""
    frame = pd.DataFrame({"x": [0.1 + 0.2, -0.0, 1234567.891234]})
    assert rounded(frame)["x"].tolist() == [0.3, 0.0, 1234567.89]
    assert str(rounded(frame)["x"][1]) == "0.0"


def test_the_manifest_names_each_file_with_hash_and_rows(tmp_path: Path):
    """Files, their hashes and their numbers of rows stand in the manifest; a change is seen."""
    run = read_run(a_run(tmp_path / "run"))
    assert run.manifest.files["areas.csv"].rows == 3
    assert changed_files(run) == ()
    (tmp_path / "run" / "areas.csv").write_text("area,name_de,name_en\n")
    assert changed_files(run) == ("areas.csv",)


def test_a_failed_write_leaves_nothing(tmp_path: Path):
    """When a table does not fit, neither the folder nor a part of it stays."""
    case = a_case()
    tables = run_tables(parts_of(case)) | {"areas": pd.DataFrame({"area": ["x"]})}
    with pytest.raises(TableError):
        write_run(tmp_path / "run", tables, a_manifest(case), "")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_keeps_the_run_before(tmp_path: Path):
    """A run that was there before survives a failed write of its successor."""
    before = a_run(tmp_path / "run")
    bad = {"areas": pd.DataFrame({"area": ["x"]})}
    with pytest.raises(TableError):
        write_run(before, bad, a_manifest(a_case()), "")
    assert read_run(before).table("areas").shape == (3, 3)


def test_a_run_replaces_a_run_and_fills_an_empty_folder(tmp_path: Path):
    """A second run into the same folder replaces the first; an empty folder is taken."""
    (tmp_path / "run").mkdir()
    first = a_run(tmp_path / "run")
    (first / "report.html").write_text("old")
    a_run(tmp_path / "run")
    assert not (first / "report.html").exists()


def test_other_folders_are_not_touched(tmp_path: Path):
    """A folder with other files, or a file in its place, is refused and stays as it is."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_text("cat")
    with pytest.raises(StoreError, match="holds other files"):
        a_run(tmp_path / "photos")
    with pytest.raises(StoreError, match="is a file"):
        a_run(tmp_path / "photos" / "cat.jpg")
    assert (tmp_path / "photos" / "cat.jpg").read_text() == "cat"


def test_a_missing_folder_or_file_is_named(tmp_path: Path):
    """Reading says which folder, which manifest or which file is missing."""
    with pytest.raises(StoreError, match="there is no such folder"):
        read_run(tmp_path / "nowhere")
    with pytest.raises(StoreError, match=r"cannot read manifest\.json"):
        read_run(tmp_path)
    run = a_run(tmp_path / "run")
    (run / "roster.csv").unlink()
    with pytest.raises(StoreError, match=r"incomplete, missing roster\.csv"):
        read_run(run)


@pytest.mark.parametrize("content", ["no json", "[1]", '{"format": 99}', '{"format": 1}'])
def test_a_foreign_manifest_is_refused(tmp_path: Path, content: str):
    """A manifest that is broken, of another format or incomplete is refused by name."""
    run = a_run(tmp_path / "run")
    (run / "manifest.json").write_text(content)
    with pytest.raises(StoreError, match=r"manifest\.json: (not a manifest|format)"):
        read_run(run)


def test_a_table_that_the_run_does_not_have_is_named(tmp_path: Path):
    """Asking for a table that was not written names its file and what it would hold."""
    case = a_case()
    tables = run_tables(parts_of(case))
    del tables["roster"]
    run = read_run(write_run(tmp_path / "run", tables, a_manifest(case), ""))
    assert not run.has("roster")
    with pytest.raises(StoreError, match=r"missing roster\.csv \(employee × worked day\)"):
        run.table("roster")


def test_a_table_is_read_once(tmp_path: Path):
    """Asking twice for a table reads its file once."""
    run = read_run(a_run(tmp_path / "run"))
    assert run.table("areas") is run.table("areas")


def test_a_damaged_table_is_named(tmp_path: Path):
    """A CSV or Parquet file that is not the table is refused with its file name."""
    (tmp_path / "areas.csv").write_text("area,colour\na,red\n")
    with pytest.raises(StoreError, match=r"areas\.csv: not a readable table 'areas'"):
        read_csv(tmp_path / "areas.csv", AREAS)
    (tmp_path / "measures.parquet").write_bytes(b"nothing")
    with pytest.raises(StoreError, match=r"measures\.parquet: not a readable table"):
        read_parquet(tmp_path / "measures.parquet", MEASURES)


def test_the_manifest_is_plain_json(tmp_path: Path):
    """Outside readers find the fields that CONTRACT names."""
    manifest = json.loads((a_run(tmp_path / "run") / "manifest.json").read_text())
    named = "run_id command case case_hash seed versions engine replications status objective"
    assert set(named.split()) | {"bound", "gap", "seconds", "files"} <= set(manifest)

"""Repair, explanation, template and import as users meet them."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from planner.workflow.options import RunOptions, Watch
from planner.workflow.repair import repair_run
from planner.workflow.repair_words import RepairWords
from planner.workflow.summary import ExitStatus
from tests.cli.conftest import Planned, run

TUESDAY, WEDNESDAY = "2024-04-16", "2024-04-17"


def _table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)


def _somebody(folder: Path, day: str) -> str:
    """Return who works longest on ``day`` in the north."""
    shifts = _table(folder, "roster")
    there = shifts[(shifts["date"] == day) & (shifts["location"] == "north")]
    return str(there.sort_values(["paid_minutes", "employee"])["employee"].iloc[-1])


@pytest.fixture(scope="module")
def repaired(planned: Planned, tmp_path_factory: pytest.TempPathFactory):
    """Return the printed JSON and the folder of a repair after one absence, one person locked."""
    who = _somebody(planned.folder, TUESDAY)
    out = tmp_path_factory.mktemp("repair") / "run"
    locked = next(e for e in _table(planned.folder, "roster")["employee"] if e != who)
    arguments = ("--absent", f"{who}:{TUESDAY}", "--lock", locked, "--out", out, "--json")
    result = run("repair", planned.folder, *arguments)
    assert result.exit_code == ExitStatus.DONE, result.stderr
    return who, locked, json.loads(result.stdout), out


def test_a_repair_is_lawful_and_tells_its_changes(planned: Planned, repaired) -> None:
    """The new run audits clean; changes.csv is the difference of the two rosters."""
    who, locked, printed, out = repaired
    assert run("audit", out).exit_code == ExitStatus.DONE
    before, after = (_table(folder, "roster") for folder in (planned.folder, out))
    assert who not in set(after[after["date"] == TUESDAY]["employee"])
    columns = ["date", "location", "start", "end"]
    mine = [frame[frame["employee"] == locked][columns].to_numpy().tolist()
            for frame in (before, after)]  # fmt: skip
    assert mine[0] == mine[1]
    hours = ["employee", "date", "location", "start", "end"]
    old = {tuple(row) for row in before[hours].to_numpy().tolist()}
    new = {tuple(row) for row in after[hours].to_numpy().tolist()}
    changes = _table(out, "changes")
    told = changes[changes["kind"] != "work"]
    assert {row[:2] for row in old ^ new} == set(
        told[["employee", "date"]].itertuples(index=False, name=None)
    )
    assert f"{who} ist abwesend." in set(changes["why"])
    assert printed["facts"]["people touched"]
    assert (out / "repair.html").read_text(encoding="utf-8").count(who) >= 1


def test_stand_ins_are_ranked_by_what_they_save(repaired) -> None:
    """The list is in falling order, and whoever was chosen is on it."""
    _, _, _, out = repaired
    listed = _table(out, "stand_ins")
    saves = listed["saves"].astype(float).tolist()
    assert saves == sorted(saves, reverse=True)
    changes = _table(out, "changes")
    chosen = set(changes[changes["kind"] == "stand_in"]["employee"])
    assert chosen == set(listed[listed["chosen"] == "True"]["employee"])


def test_a_closing_ends_shifts_and_requirement(planned: Planned, tmp_path: Path) -> None:
    """Nobody works, and nothing is required, in a location that has closed."""
    out = tmp_path / "closed"
    close = f"south:{WEDNESDAY}:12:00"
    result = run("repair", planned.folder, "--close", close, "--seconds", "1", "--out", out)
    assert result.exit_code == ExitStatus.DONE
    assert run("audit", out).exit_code == ExitStatus.DONE
    for name in ("roster", "requirement"):
        rows = _table(out, name)
        there = rows[(rows["location"] == "south") & (rows["date"] == WEDNESDAY)]
        asked = there[there["required"] != "0"] if name == "requirement" else there
        assert len(asked)
        assert (asked["start"] < "12:00").all()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--absent", f"nobody:{TUESDAY}"), "nobody"),
        (("--absent", "N1:2024-05-01"), "outside the planned days"),
        (("--absent", "N1"), "EMPLOYEE:DATE"),
        (("--absent", f"N1:{WEDNESDAY}..{TUESDAY}"), "before the first"),
        (("--close", f"south:{TUESDAY}"), "LOCATION:DATE:HH:MM"),
        (("--close", f"moon:{TUESDAY}:12:00"), "moon"),
        (("--lock", "never"), "never"),
        (("--add", "/nowhere.csv"), "cannot read"),
    ],
)
def test_wrong_words_are_told(planned: Planned, arguments, said: str) -> None:
    """A word that means nothing ends with 2 and says what to write."""
    result = run("repair", planned.folder, *arguments)
    assert result.exit_code == ExitStatus.BAD_INPUT
    assert said in result.stderr


def test_an_edited_run_is_not_trusted(planned: Planned, tmp_path: Path) -> None:
    """A roster that is no longer what the manifest says is refused."""
    copy = tmp_path / "copy"
    shutil.copytree(planned.folder, copy)
    with (copy / "roster.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    result = run("repair", copy, "--absent", f"N1:{TUESDAY}")
    assert result.exit_code == ExitStatus.BAD_INPUT
    assert "roster.csv" in result.stderr


def test_explanations_name_rules_and_people(planned: Planned) -> None:
    """A slot is explained person by person; without options shortfalls are listed."""
    listed = json.loads(run("explain", planned.folder, "--json").stdout)
    assert "shortfalls" in listed["facts"]
    arguments = ("--location", "north", "--date", TUESDAY, "--seconds", "0.1", "--language", "en")
    result = run("explain", planned.folder, *arguments)
    assert result.exit_code == ExitStatus.DONE
    assert "serve already" in result.stdout
    person = ("--employee", "S1", "--location", "line", "--date", TUESDAY)
    alone = json.loads(run("explain", planned.folder, *person, "--json").stdout)
    assert "Qualifikation" in alone["facts"]["law S1"]


def test_a_template_comes_back_as_it_was(planned: Planned, tmp_path: Path) -> None:
    """Template out, import in: the same roster and activities, byte for byte."""
    book, out = tmp_path / "plan.xlsx", tmp_path / "imported"
    assert run("template", planned.folder, "--out", book).exit_code == ExitStatus.DONE
    assert run("import", book, "--run", planned.folder, "--out", out).exit_code == ExitStatus.DONE
    for name in ("roster.csv", "activities.csv", "requirement.csv"):
        assert (out / name).read_bytes() == (planned.folder / name).read_bytes()


def test_what_was_filled_in_is_taken_over(planned: Planned, tmp_path: Path) -> None:
    """Wishes, absences and locks of the sheets arrive in the run folder."""
    book, out = tmp_path / "plan.xlsx", tmp_path / "imported"
    run("template", planned.folder, "--out", book)
    filled = load_workbook(book)
    filled["Wünsche"].append(["N2", "18.04.2024", "frei", 2])
    filled["Abwesenheiten"].append(["N6", "19.04.2024", "19.04.2024", "krank"])
    filled["Dienstplan"]["H2"] = "ja"
    filled.save(book)
    result = run("import", book, "--run", planned.folder, "--out", out, "--json")
    assert json.loads(result.stdout)["facts"]["absences"] == "1"
    scenario = (out / "scenario.yaml").read_text(encoding="utf-8")
    assert '{employee: N2, date: "2024-04-18", kind: day_off, weight: 2.0}' in scenario
    first = _table(planned.folder, "roster").iloc[0]
    locks = _table(out, "locks").to_numpy().tolist()
    assert locks == [[first["employee"], first["date"]]]


def test_problems_of_a_workbook_are_told_by_sheet_and_cell(planned: Planned, tmp_path) -> None:
    """Every wrong cell is told at once."""
    book = tmp_path / "plan.xlsx"
    run("template", planned.folder, "--out", book)
    wrong = load_workbook(book)
    wrong["Dienstplan"]["A2"], wrong["Dienstplan"]["B3"] = "N9", "gestern"
    wrong["Dienstplan"]["D4"], wrong["Dienstplan"]["E5"] = "8 Uhr", "05:00"
    wrong["Dienstplan"]["C6"], wrong["Wünsche"]["C2"] = "nord", "nie"
    wrong.save(book)
    result = run("import", book, "--run", planned.folder)
    assert result.exit_code == ExitStatus.BAD_INPUT
    cells = ("Dienstplan!A2", "Dienstplan!B3", "Dienstplan!D4", "Dienstplan!E5", "Dienstplan!C6")
    assert all(cell in result.stderr for cell in (*cells, "Wünsche!C2"))
    assert "6 Probleme" in result.stderr


def test_a_csv_is_read_too(planned: Planned, tmp_path: Path) -> None:
    """A CSV with German headings and semicolons; its problems come with file and line."""
    wishes = tmp_path / "wishes.csv"
    wishes.write_text("Person;Datum;Wunsch\nN3;19.04.2024;spät\n", encoding="cp1252")
    out = tmp_path / "imported"
    result = run("import", wishes, "--run", planned.folder, "--out", out)
    assert result.exit_code == ExitStatus.DONE, result.stderr
    assert "kind: late" in (out / "scenario.yaml").read_text(encoding="utf-8")
    wishes.write_text("Person;Datum;Wunsch\nN3;19.04.2024;nie\n", encoding="utf-8")
    wrong = run("import", wishes, "--run", planned.folder)
    assert f"{wishes}:2: Wunsch" in wrong.stderr


def test_sentences_have_names_and_no_identifiers(repaired) -> None:
    """Locations and skills are told by their names, in both languages, on the page as well."""
    _, _, printed, out = repaired
    listed, page = _table(out, "stand_ins"), (out / "repair.html").read_text(encoding="utf-8")
    assert len(listed)
    for column, skill in (("why", "Einwohnerangelegenheiten"), ("why_en", "Residents' affairs")):
        told = " ".join(listed[column])
        assert skill in told
        assert "residents" not in told
        assert " north " not in told
    moved = _table(out, "changes")["before"]
    assert any(text.startswith("north ") for text in moved)
    assert "Site North" in page
    assert ">north " not in page
    assert any("Site North" in str(fact) for fact in printed["facts"].values())


@pytest.mark.parametrize("turns", [0, 5])
def test_a_stopped_repair_keeps_the_best(planned: Planned, tmp_path: Path, turns: int) -> None:
    """Ctrl-C at its first question or later: a lawful run with the absence, called interrupted."""
    who, asked = _somebody(planned.folder, TUESDAY), iter(range(100_000))
    watch = Watch(say=lambda *_: None, stop=lambda: next(asked) >= turns)
    options = RunOptions(seed=1, out=tmp_path / "stopped")
    words = RepairWords(absent=(f"{who}:{TUESDAY}",))
    summary = repair_run(planned.folder, words, options, 60.0, watch)
    assert dict(summary.facts)["roster"] == "interrupted"
    assert summary.status is ExitStatus.DONE
    assert summary.directory is not None
    roster = _table(summary.directory, "roster")
    assert who not in set(roster[roster["date"] == TUESDAY]["employee"])
    assert run("audit", summary.directory).exit_code == ExitStatus.DONE


def test_prices_of_changes_come_from_the_case(planned: Planned, tmp_path: Path) -> None:
    """Where touching anybody costs more than any desk, nobody else is touched."""
    who, dear, out = _somebody(planned.folder, TUESDAY), tmp_path / "dear", tmp_path / "repaired"
    shutil.copytree(planned.folder, dear)
    with (dear / "scenario.yaml").open("a", encoding="utf-8") as file:
        file.write("repair: {person: 100000}\n")
    manifest = json.loads((dear / "manifest.json").read_text(encoding="utf-8"))
    content = (dear / "scenario.yaml").read_bytes()
    manifest["files"]["scenario.yaml"]["sha256"] = hashlib.sha256(content).hexdigest()
    (dear / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    done = run("repair", dear, "--absent", f"{who}:{TUESDAY}", "--seconds", "1", "--out", out)
    assert done.exit_code == ExitStatus.DONE, done.stderr
    assert set(_table(out, "changes").query("kind != 'work'")["employee"]) == {who}

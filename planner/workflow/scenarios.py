"""The verbs *scenarios*, *diff* and *copy*: what there is, how two differ, and a new one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from planner.errors import Problem, ScenarioError, StoreError
from planner.scenario.differing import Difference, in_words, scenario_differences
from planner.scenario.loading import load_case
from planner.scenario.nodes import Origin
from planner.scenario.notes import ScenarioNotes, read_notes
from planner.scenario.problems import Problems
from planner.scenario.relative_paths import relative_to
from planner.scenario.resolved import written
from planner.scenario.yaml_reading import read_yaml

_ENDINGS = ("*.yaml", "*.yml")
_DEFAULT = Path("scenarios")


def scenario_notes(directory: Path | None) -> tuple[ScenarioNotes, ...]:
    """Return what the scenario files below a folder say about themselves, in order of path.

    Raises
    ------
    ScenarioError
        When there is no such folder, it holds no scenario, or notes are not valid.
    """
    folder = directory or _DEFAULT
    if not folder.is_dir():
        raise ScenarioError((Problem(str(folder), 0, "", "is no folder.", "Give one."),))
    files = sorted(path for ending in _ENDINGS for path in folder.rglob(ending))
    notes = tuple(read_notes(path) for path in files if _is_scenario(path))
    if not notes:
        text = "holds no scenario files (YAML with a name)."
        raise ScenarioError((Problem(str(folder), 0, "", text, "Give another folder."),))
    return notes


def diff_lines(
    base: Path,
    other: Path,
    language: str,
    how: tuple[tuple[str, ...], date | None, bool],
) -> tuple[str, ...]:
    """Return the differences of two scenarios in words, each with who set it.

    Parameters
    ----------
    how : (settings, week, every)
        Overrides and week laid over both; ``every``: each value on a line of its own.

    Raises
    ------
    ScenarioError
        When a file has problems.
    """
    settings, week, every = how
    found = scenario_differences(base, other, settings, week)
    if every:
        return tuple(_single_lines(found))
    german = language == "de"
    lines = []
    for sentence in in_words(found):
        text = sentence.german if german else sentence.english
        lines.append(
            f"{text}\n    {'gesetzt' if german else 'set by'}: {sentence.places(Path.cwd())}"
        )
    return tuple(lines)


def copy_scenario(sources: tuple[Path, ...], target: Path, name: str) -> Path:
    """Write a new scenario that starts from one or several others.

    One base (a file without ``extends``) is extended; scenarios of the same base are combined, so
    that the new file has room for further changes and says nothing twice.

    Raises
    ------
    ScenarioError
        When the sources do not fit together.
    StoreError
        When ``target`` exists.
    """
    if target.exists():
        raise StoreError(f"{target}: exists already; give another name")
    notes = [read_notes(source) for source in sources]
    base = _base(notes)
    combined = [note.path for note in notes if note.bases]
    text = "\n".join(_new_file(base, combined, notes, (target, name))) + "\n"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    try:
        load_case(target)
    except ScenarioError:
        target.unlink()
        raise
    return target


def _single_lines(found: tuple[Difference, ...]) -> Iterator[str]:
    for one in found:
        name = ".".join(step for step in one.path if step != "tables")
        yield f"{name}: {one.before or '–'} → {one.after or '–'}  [{one.set_by}]"


def _base(notes: list[ScenarioNotes]) -> Path:
    """Return the base of all sources: their first ``extends``, or the base itself."""
    bases = {(note.bases[0] if note.bases else note.path).resolve() for note in notes}
    if len(bases) > 1:
        text = "extend different files: " + ", ".join(sorted(map(str, bases))) + "."
        advice = "Copy scenarios of one base."
        raise ScenarioError((Problem(str(notes[0].path), 0, "extends", text, advice),))
    return bases.pop()


def _new_file(
    base: Path, combined: list[Path], notes: list[ScenarioNotes], new: tuple[Path, str]
) -> Iterator[str]:
    target, name = new
    yield f"extends: {written(relative_to(base, target))}"
    if combined:
        yield f"combine: [{', '.join(written(relative_to(path, target)) for path in combined)}]"
    yield f"name: {written(name)}"
    titles = [" + ".join(note.title[number] for note in notes) for number in (0, 1)]
    yield f"title: {{de: {written(titles[0])}, en: {written(titles[1])}}}"
    reasons = [" ".join(note.why[number] for note in notes).strip() for number in (0, 1)]
    if all(reasons):
        yield f"why:\n  de: {written(reasons[0])}\n  en: {written(reasons[1])}"


def _is_scenario(path: Path) -> bool:
    content = read_yaml(path, Origin(str(path), 0), Problems())
    return content is not None and "name" in content.entries

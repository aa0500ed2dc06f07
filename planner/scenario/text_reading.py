"""Bytes in, text out: UTF-8 only, and whatever else a file is gets named."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

from planner.scenario.nodes import Origin
from planner.scenario.problems import Problems, suggestion

_MARKS = (
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_text(path: Path, mention: Origin, problems: Problems) -> str | None:
    """Return the text of a UTF-8 file, or None when it cannot be used.

    Parameters
    ----------
    mention : Origin
        Where the file is named; a missing file is a problem of that place.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        problems.add(mention, str(path), "does not exist.", _neighbours(path))
        return None
    except OSError as error:
        problems.add(mention, str(path), f"cannot be read: {error.strerror}.")
        return None
    return _decoded(data, path, problems)


def beside(path: Path, name: str) -> Path:
    """Return the file called ``name`` as seen from the file at ``path``, without inner ``..``."""
    return Path(os.path.normpath(path.parent / name))


def _decoded(data: bytes, path: Path, problems: Problems) -> str | None:
    start = Origin(str(path), 1)
    for mark, name in _MARKS:
        if data.startswith(mark):
            problems.add(start, "", f"is encoded in {name}; files must be UTF-8.", _save_again())
            return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _report_byte(data, error.start, path, problems)
        return None
    if not text.strip():
        problems.add(start, "", "is empty.", "Fill it, or leave out the key that names it.")
        return None
    return text


def _report_byte(data: bytes, position: int, path: Path, problems: Problems) -> None:
    line = data.count(b"\n", 0, position) + 1
    byte = data[position : position + 1]
    meant = byte.decode("cp1252", errors="replace")
    problems.add(
        Origin(str(path), line),
        "",
        f"is not UTF-8: byte 0x{byte.hex().upper()} would be '{meant}' in Windows-1252 (Latin-1).",
        _save_again(),
    )


def _save_again() -> str:
    return "Save the file again as UTF-8."


def _neighbours(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return f"There is no folder {folder}."
    names = [item.name for item in folder.iterdir() if item.suffix == path.suffix]
    return suggestion(path.name, names, "The folder has")

"""Paths as scenario files write them: relative to the file, with forward slashes."""

from __future__ import annotations

import os
from pathlib import Path


def relative_to(path: Path, file: Path) -> str:
    """Return ``path`` as seen from ``file``."""
    return Path(os.path.relpath(path.resolve(), file.resolve().parent)).as_posix()

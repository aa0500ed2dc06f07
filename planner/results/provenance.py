"""Where a run comes from: versions of the tools, the machine's kind, the commit, the time."""

from __future__ import annotations

import platform
import subprocess
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

#: Packages whose version a manifest names.
PACKAGES = ("planner", "ortools", "simpy", "numpy", "numba", "pandas")


def versions() -> dict[str, str]:
    """Return the version of Python and of each package, by name."""
    return {"python": platform.python_version()} | {
        name: metadata.version(name) for name in PACKAGES
    }


def machine() -> str:
    """Return the kind of system the run was made on, without names of hosts or people."""
    return f"{platform.system()} {platform.machine()}"


def commit(folder: Path = Path(__file__).parent) -> str | None:
    """Return the git commit of the source in ``folder``, ``+`` added when changed; None without."""
    head = _git(folder, "rev-parse", "HEAD")
    if head is None:
        return None
    changed = _git(folder, "status", "--porcelain", "--untracked-files=no", "--", ".")
    return head + ("+" if changed else "")


def now_utc() -> str:
    """Return the present time in UTC as ISO 8601 with seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None

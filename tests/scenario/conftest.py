"""A copy of the small case that tests may spoil."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.spoiling import Copy


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """Return the small case, copied to a folder of its own."""
    return Copy.of_small(tmp_path / "case")

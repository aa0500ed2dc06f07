"""Changes files of a copied case and tells what the reader says to it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from planner.domain.case import PlanningCase
from planner.errors import ScenarioError
from planner.scenario.loading import load_case

SMALL = Path(__file__).parents[2] / "scenarios" / "small"


@dataclass(frozen=True)
class Copy:
    """A case in a folder that may be spoilt."""

    folder: Path

    @staticmethod
    def of_small(folder: Path) -> Copy:
        """Return a copy of the small case in a new folder."""
        shutil.copytree(SMALL, folder)
        return Copy(folder)

    def edit(self, file: str, old: str, new: str) -> Copy:
        """Replace a text that stands in a file exactly once."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return self

    def write(self, file: str, text: str) -> Copy:
        """Write a file."""
        (self.folder / file).write_text(text, encoding="utf-8")
        return self

    def load(self, file: str = "base.yaml", *settings: str) -> PlanningCase:
        """Return the case."""
        return load_case(self.folder / file, settings)

    def problems(self, file: str = "base.yaml", *settings: str) -> list[str]:
        """Return every problem as its line, with the folder left out."""
        try:
            self.load(file, *settings)
        except ScenarioError as error:
            return [str(p).replace(f"{self.folder}/", "") for p in error.problems]
        return []

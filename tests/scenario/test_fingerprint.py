"""The fingerprint: the content, all of the content, and nothing but the content."""

from __future__ import annotations

import pytest

from tests.scenario.spoiling import Copy


def test_same_content_has_the_same_fingerprint(copy: Copy) -> None:
    """Spelling, comments, order of rows and names of files do not matter."""
    before = copy.load().fingerprint
    copy.edit("base.yaml", "tables/wishes.csv", "tables/wünsche.csv")
    (copy.folder / "tables" / "wishes.csv").rename(copy.folder / "tables" / "wünsche.csv")
    copy.edit("base.yaml", "absence: {rate: 0.03,", "# less\nabsence: {rate: 3.0e-2,")
    copy.edit(
        "tables/districts.csv",
        "north,North,30000\nsouth,South,20000",
        "south,South,20000\nnorth,North,30000",
    )
    copy.edit("tables/services.csv", "lognormal,14,", "lognormal,14.0,")

    assert before == copy.load().fingerprint


@pytest.mark.parametrize(
    "setting",
    [
        "name=x",
        "horizon.first_day=2024-04-22",
        "absence.rate=0.031",
        "rules.min_rest.hours=12",
        "districts.north.population=30001",
        "employees.N1.skills=residents",
        "demand.id_card.note=other",
        "observations.S1.low=1",
    ],
)
def test_other_content_has_another_fingerprint(copy: Copy, setting: str) -> None:
    """Any value of the file, of a rule and of a table counts."""
    assert copy.load().fingerprint != copy.load("base.yaml", setting).fingerprint

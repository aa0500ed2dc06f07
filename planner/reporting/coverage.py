"""Coverage against requirement, by location, skill and day: hours, and what a picture needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from planner.reporting.material import Material
from planner.units import MINUTES_PER_HOUR

PRESENCE = "presence"
BACK_OFFICE = "back_office"


@dataclass(frozen=True, slots=True)
class DayCoverage:
    """Desks by slot on one day: parallel tuples over slots of ``slot_minutes`` from ``starts``."""

    day: date
    starts: tuple[int, ...]
    required: tuple[int, ...]
    rostered: tuple[int, ...]

    @property
    def short(self) -> int:
        """Required beyond rostered, summed over the slots [desk slots]."""
        pairs = zip(self.required, self.rostered, strict=True)
        return sum(max(0, required - rostered) for required, rostered in pairs)


@dataclass(frozen=True, slots=True)
class SkillCoverage:
    """One skill at one location over the planned days, with the hours of the week [h]."""

    location: str
    skill: str
    days: tuple[DayCoverage, ...]
    required_hours: float
    rostered_hours: float
    short_hours: float

    @property
    def peak(self) -> int:
        """Most desks required or rostered at once."""
        return max((max(*d.required, *d.rostered) for d in self.days if d.starts), default=0)

    @property
    def span(self) -> tuple[int, int]:
        """First and last start of a slot over all days [min after midnight]."""
        starts = [start for day in self.days for start in day.starts]
        return (min(starts), max(starts)) if starts else (0, 0)


def serving(requirement: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of skills, without presence and back office."""
    return requirement[~requirement["skill"].isin([PRESENCE, BACK_OFFICE])]


def hours(requirement: pd.DataFrame, column: str, slot_minutes: int) -> float:
    """Return the desk hours of ``column`` over rows of slots [h]."""
    return float(requirement[column].sum()) * slot_minutes / MINUTES_PER_HOUR


def short_hours_by_place(material: Material) -> dict[str, float]:
    """Return the desk hours that are missing, by location [h]."""
    slot = material.manifest.case_facts.slot_minutes
    short = serving(material.table("requirement")).groupby("location")["short"].sum()
    return {str(place): float(slots) * slot / MINUTES_PER_HOUR for place, slots in short.items()}


def coverages(material: Material) -> dict[str, list[SkillCoverage]]:
    """Return the coverage of every location by skill, main work first."""
    requirement = serving(material.table("requirement"))
    found: dict[str, list[SkillCoverage]] = {}
    for (place, skill), rows in requirement.groupby(["location", "skill"], sort=True):
        found.setdefault(str(place), []).append(_skill(str(place), str(skill), rows, material))
    for skills in found.values():
        skills.sort(key=lambda s: (-s.required_hours, s.skill))
    return found


def city_coverage(material: Material) -> list[SkillCoverage]:
    """Return the coverage of each skill over all locations, main work first."""
    rows = serving(material.table("requirement"))
    summed = rows.groupby(["date", "start", "skill"], as_index=False)[
        ["required", "rostered", "short"]
    ].sum()
    skills = [_skill("", str(skill), own, material) for skill, own in summed.groupby("skill")]
    return sorted(skills, key=lambda s: (-s.required_hours, s.skill))


def _skill(place: str, skill: str, rows: pd.DataFrame, material: Material) -> SkillCoverage:
    slot = material.manifest.case_facts.slot_minutes
    by_day = {str(day): day_rows for day, day_rows in rows.groupby("date")}
    return SkillCoverage(
        location=place,
        skill=skill,
        days=tuple(_day(day, by_day.get(day.isoformat())) for day in material.dates),
        required_hours=hours(rows, "required", slot),
        rostered_hours=hours(rows, "rostered", slot),
        short_hours=hours(rows, "short", slot),
    )


def _day(day: date, rows: pd.DataFrame | None) -> DayCoverage:
    if rows is None:
        return DayCoverage(day, (), (), ())
    starts = tuple(int(start[:2]) * MINUTES_PER_HOUR + int(start[3:]) for start in rows["start"])
    required = tuple(int(value) for value in rows["required"])
    return DayCoverage(day, starts, required, tuple(int(value) for value in rows["rostered"]))

"""Which sections a scenario file has, apart from tables and rules."""

from __future__ import annotations

from dataclasses import dataclass

from planner.scenario import section_models as models
from planner.scenario.section_hours import HoursSection


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A section: one mapping, or a list whose items are known by the field ``identity``."""

    name: str
    model: type[models.Section]
    many: bool = False
    identity: str = ""
    required: bool = False


SECTIONS = (
    SectionSpec("horizon", models.HorizonSection, required=True),
    SectionSpec("areas", models.AreaItem, many=True, identity="id", required=True),
    SectionSpec("travel", models.TravelSection),
    SectionSpec("choice", models.ChoiceSection),
    SectionSpec("booking", models.BookingItem, many=True, identity="area"),
    SectionSpec("patience", models.PatienceItem, many=True, identity="location_kind"),
    SectionSpec("discipline", models.DisciplineSection),
    SectionSpec("absence", models.AbsenceSection),
    SectionSpec("shifts", models.ShiftsSection),
    SectionSpec("targets", models.TargetItem, many=True),
    SectionSpec("repair", models.RepairSection),
    SectionSpec("costs", models.CostsSection),
    SectionSpec("simulation", models.SimulationSection),
    SectionSpec("capacity", models.CapacitySection),
    SectionSpec("hours", HoursSection),
)

HEAD_FIELDS = tuple(models.Head.model_fields)
TOP_LEVEL = (*HEAD_FIELDS, *(spec.name for spec in SECTIONS), "tables", "rules")


def identity_of(section: str) -> str:
    """Return the field that identifies the items of a list section; empty: their position."""
    return next((spec.identity for spec in SECTIONS if spec.name == section), "")

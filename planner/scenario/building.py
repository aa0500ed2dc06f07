"""A draft without problems in, a complete ``PlanningCase`` out: nothing is left to fill later."""

from __future__ import annotations

from planner.domain.capacity import CapacitySettings
from planner.domain.case import Area, Costs, PlanningCase, ShiftRules, SimulationSettings
from planner.domain.change import ChangePrices
from planner.domain.place import District
from planner.domain.service import Discipline, Service, ServiceTime
from planner.domain.staff import AbsenceModel
from planner.domain.target import Target
from planner.scenario import row_models as rows
from planner.scenario import section_models as sections
from planner.scenario.building_demand import (
    appointment_desks,
    booked,
    booking,
    customer_choice,
    demand,
    location_choice,
    patience,
    profiles,
)
from planner.scenario.building_hours import opening_choice
from planner.scenario.building_ledger import ledger
from planner.scenario.building_places import horizon, locations, travel_minutes
from planner.scenario.building_rules import case_rules, group_rules, rule_origins
from planner.scenario.building_sources import bibliography, observations, sources
from planner.scenario.building_staff import employees
from planner.scenario.draft import Draft
from planner.scenario.fingerprint import fingerprint


def build(draft: Draft) -> PlanningCase:
    """Return the case of a draft in which no problem was found."""
    head = draft.sole(sections.Head)
    rules = case_rules(draft)
    own = group_rules(draft, rules)
    return PlanningCase(
        name=head.name,
        title_de=head.title.de,
        title_en=head.title.en,
        horizon=horizon(draft),
        areas=_areas(draft),
        districts=_districts(draft),
        locations=locations(draft),
        services=_services(draft),
        profiles=profiles(draft),
        demand=demand(draft),
        choice=customer_choice(draft),
        location_choice=location_choice(draft),
        travel_minutes=travel_minutes(draft),
        booking=booking(draft),
        appointment_desks=appointment_desks(draft),
        booked=booked(draft),
        patience=patience(draft),
        discipline=_discipline(draft),
        employees=employees(draft),
        training_speed=head.training_speed,
        absence=_absence(draft),
        shifts=_shifts(draft),
        rules=rules,
        targets=_targets(draft),
        costs=Costs(draft.sole(sections.CostsSection).staff_hour_cents),
        simulation=_simulation(draft),
        sources=sources(draft),
        bibliography=bibliography(draft),
        observations=observations(draft),
        fingerprint=fingerprint(draft, rules, own),
        capacity=CapacitySettings(**draft.sole(sections.CapacitySection).model_dump()),
        hours=opening_choice(draft),
        group_rules=own,
        rule_origins=rule_origins(draft),
        ledger=ledger(draft),
        changes=ChangePrices(**draft.sole(sections.RepairSection).model_dump()),
    )


def _areas(draft: Draft) -> tuple[Area, ...]:
    items = (entry.value for entry in draft.all(sections.AreaItem))
    found = [Area(item.id, item.name_de, item.name_en) for item in items]
    return tuple(sorted(found, key=lambda area: area.id))


def _districts(draft: Draft) -> tuple[District, ...]:
    found = [
        District(entry.value.id, entry.value.name, entry.value.population)
        for entry in draft.all(rows.DistrictRow)
    ]
    return tuple(sorted(found, key=lambda district: district.id))


def _services(draft: Draft) -> tuple[Service, ...]:
    found = [_service(entry.value) for entry in draft.all(rows.ServiceRow)]
    return tuple(sorted(found, key=lambda service: service.id))


def _service(row: rows.ServiceRow) -> Service:
    return Service(
        id=row.id,
        name_de=row.name_de,
        name_en=row.name_en,
        area=row.area,
        skill=row.skill,
        time=ServiceTime(row.time_family, row.mean_minutes, row.cv),
        slots=row.slots,
    )


def _discipline(draft: Draft) -> Discipline:
    return Discipline(**draft.sole(sections.DisciplineSection).model_dump())


def _absence(draft: Draft) -> AbsenceModel:
    section = draft.sole(sections.AbsenceSection)
    return AbsenceModel(section.rate, section.site_correlation)


def _shifts(draft: Draft) -> ShiftRules:
    section = draft.sole(sections.ShiftsSection)
    return ShiftRules(
        start_step_minutes=section.start_step_minutes,
        min_minutes=section.min_minutes,
        max_minutes=section.max_minutes,
        earliest_minute=section.earliest,
        latest_minute=section.latest,
    )


def _targets(draft: Draft) -> tuple[Target, ...]:
    values = (entry.value for entry in draft.all(sections.TargetItem))
    return tuple(
        Target(
            measure=value.measure,
            scope=value.scope,
            area=value.area,
            channel=value.channel,
            sense=value.sense,
            limit=value.limit,
            threshold_minutes=value.threshold_minutes,
        )
        for value in values
    )


def _simulation(draft: Draft) -> SimulationSettings:
    return SimulationSettings(**draft.sole(sections.SimulationSection).model_dump())

"""Staffing from a roster, from a requirement, or from a constant number of desks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.place import Location
from planner.domain.requirement import Requirement, SlotRequirement
from planner.domain.roster import SERVING, Activity, Assignment, Piece, Roster
from planner.domain.staff import Employee
from planner.sim.absence import Absences
from planner.sim.doors import open_doors
from planner.sim.engine import Hand, House
from planner.sim.served import patience_at
from planner.sim.staffing import HANDS, Clerk, LocationStaffing, Serving, Staffing, clerks_of
from planner.sim.stand_ins import with_stand_ins
from planner.units import MS_PER_DAY, MS_PER_MINUTE, minutes_to_ms

STANDARD_SPEED = 1000
BEGINNING = int(np.iinfo(np.int64).min)


@dataclass(frozen=True, slots=True)
class _Paid:
    """Paid working time and the back office planned in it [min]."""

    minutes: float
    back_office: float


def staffing_from_roster(
    case: PlanningCase, roster: Roster, absences: Absences | None = None
) -> Staffing:
    """Return who serves where and when by the roster, less those absent, with their stand-ins.

    At a counter a clerk serves all skills held that the location asks for; at the reception and at
    the phone only the skill of that name.  Breaks and back office are not available.  Locations
    with ``constant_desks`` are staffed by these.

    Parameters
    ----------
    absences : set of (employee, day), optional
        Who falls out (``planner.sim.absence``); colleagues at back office stand in for them
        (``planner.sim.stand_ins``).
    """
    here: dict[str, list[Assignment]] = defaultdict(list)
    for assignment in with_stand_ins(case, roster, absences or frozenset()).assignments:
        here[assignment.location].append(assignment)
    employees = {employee.id: employee for employee in case.employees}
    return Staffing(
        tuple(_rostered(case, place, here[place.id], employees) for place in case.locations)
    )


def staffing_from_requirement(case: PlanningCase, requirement: Requirement) -> Staffing:
    """Return anonymous clerks who hold the required desks, one skill each.

    The lowest numbers work longest: clerk i of a skill is there in the slots that require more
    than i.  Locations with ``constant_desks`` are staffed by these.
    """
    needs: dict[str, dict[str, list[SlotRequirement]]] = defaultdict(lambda: defaultdict(list))
    for slot in requirement.slots:
        needs[slot.location][slot.skill].append(slot)
    return Staffing(
        tuple(
            _required(case, place, needs[place.id], requirement.slot_minutes)
            for place in case.locations
        )
    )


def constant_staffing(case: PlanningCase) -> Staffing:
    """Return ``constant_desks`` clerks with all skills whenever the doors are open; else nobody."""
    return Staffing(tuple(_constant(case, place) for place in case.locations))


def house_of(case: PlanningCase, location: int, staffing: LocationStaffing) -> House:
    """Return doors, desks and balking of one location as engines read them."""
    place = case.locations[location]
    doors, clerks = open_doors(case, place), staffing.clerks
    skills = case.skills_at(place)
    limit = patience_at(case, location).balk_wait_minutes
    remaining = [
        int(np.bitwise_or.reduce(clerks.mask[clerks.stays & (clerks.end == closing)]))
        for closing in doors[:, 1]
    ]
    return House(
        opening=doors[:, 0].copy(),
        closing=doors[:, 1].copy(),
        remaining=np.array(remaining, dtype=np.int64),
        desks_from=np.array([BEGINNING], dtype=np.int64),
        desks=np.array([staffing.desks], dtype=np.int32),
        desk_loss=int(HANDS[case.discipline.busy_at_desk_loss] is Hand.BACK),
        balk=-1 if limit is None else minutes_to_ms(limit),
        mean_work=np.array([_mean_work(case, place, skill) for skill in skills], dtype=np.int64),
    )


def _rostered(
    case: PlanningCase,
    place: Location,
    assignments: list[Assignment],
    employees: dict[str, Employee],
) -> LocationStaffing:
    if place.constant_desks is not None:
        return _constant(case, place)
    spans: dict[str, list[Serving]] = defaultdict(list)
    paid = back_office = 0
    skills = case.skills_at(place)
    for assignment in sorted(assignments):
        employee = employees[assignment.employee]
        spans[employee.id] += _servings(case, skills, assignment, employee)
        paid += assignment.paid_minutes
        pieces = assignment.pieces
        back_office += sum(p.minutes for p in pieces if p.activity is Activity.BACK_OFFICE)
    staff = [
        Clerk(name, _speed(case, employees[name]), tuple(spans[name])) for name in sorted(spans)
    ]
    return _staffed(case, place, staff, _Paid(paid, back_office))


def _servings(
    case: PlanningCase, skills: tuple[str, ...], assignment: Assignment, employee: Employee
) -> list[Serving]:
    """Return the spans of one shift in which the employee serves, at a location's ``skills``."""
    midnight = case.horizon.offset(assignment.day) * MS_PER_DAY
    spans = []
    for piece, following in zip(assignment.pieces, [*assignment.pieces[1:], None], strict=True):
        mask = _mask(skills, _held(piece, employee))
        if piece.activity in SERVING and mask:
            pause = following is not None and following.activity is Activity.BREAK
            spans.append(
                Serving(
                    midnight + piece.start_minute * MS_PER_MINUTE,
                    midnight + piece.end_minute * MS_PER_MINUTE,
                    mask,
                    following.minutes * MS_PER_MINUTE if following and pause else 0,
                    midnight + assignment.end_minute * MS_PER_MINUTE,
                )
            )
    return spans


def _held(piece: Piece, employee: Employee) -> set[str]:
    """Return the skills served in a piece: all held at a counter, else the piece's own."""
    if piece.activity is Activity.COUNTER:
        return set(employee.skills)
    own = piece.skill or str(piece.activity.value)
    return {own}.intersection(employee.skills)


def _mask(skills: tuple[str, ...], held: set[str]) -> int:
    return sum(1 << number for number, skill in enumerate(skills) if skill in held)


def _speed(case: PlanningCase, employee: Employee) -> int:
    return round(STANDARD_SPEED * case.training_speed) if employee.trainee else STANDARD_SPEED


def _required(
    case: PlanningCase,
    place: Location,
    needs: dict[str, list[SlotRequirement]],
    slot_minutes: int,
) -> LocationStaffing:
    if place.constant_desks is not None:
        return _constant(case, place)
    skills = case.skills_at(place)
    staff = []
    for skill in sorted(needs):
        mask = _mask(skills, {skill})
        slots = [(s.desks, _slot_span(case, s, mask, slot_minutes)) for s in sorted(needs[skill])]
        for number in range(max(desks for desks, _span in slots)):
            spans = tuple(span for desks, span in slots if desks > number)
            staff.append(Clerk(f"{skill} {number + 1}", STANDARD_SPEED, spans))
    minutes = sum(slot.desks for slots in needs.values() for slot in slots) * slot_minutes
    return _staffed(case, place, staff, _Paid(minutes, np.nan))


def _slot_span(case: PlanningCase, slot: SlotRequirement, mask: int, slot_minutes: int) -> Serving:
    start = case.horizon.offset(slot.day) * MS_PER_DAY + slot.start_minute * MS_PER_MINUTE
    end = start + slot_minutes * MS_PER_MINUTE
    return Serving(start, end, mask, 0, end)


def _constant(case: PlanningCase, place: Location) -> LocationStaffing:
    doors = open_doors(case, place)
    mask = (1 << len(case.skills_at(place))) - 1
    spans = tuple(Serving(start, end, mask, 0, end) for start, end in doors.tolist())
    desks = place.constant_desks or 0
    staff = [Clerk(f"desk {number + 1}", STANDARD_SPEED, spans) for number in range(desks)]
    minutes = desks * _open_minutes(doors)
    return _staffed(case, place, staff, _Paid(minutes, np.nan))


def _staffed(
    case: PlanningCase, place: Location, staff: list[Clerk], paid: _Paid
) -> LocationStaffing:
    clerks, duty_end = clerks_of(staff, open_doors(case, place), case.discipline)
    desks = place.desks if place.constant_desks is None else place.constant_desks
    return LocationStaffing(
        names=tuple(clerk.id for clerk in staff),
        clerks=clerks,
        duty_end=duty_end,
        desks=desks,
        paid_minutes=paid.minutes,
        back_office_minutes=paid.back_office,
    )


def _open_minutes(doors: NDArray[np.int64]) -> float:
    return float((doors[:, 1] - doors[:, 0]).sum()) / MS_PER_MINUTE


def _mean_work(case: PlanningCase, place: Location, skill: str) -> int:
    """Return the mean work content of a skill at a location, weighted by volume [ms]."""
    volume = {demand.service: demand.requests_per_year for demand in case.demand}
    own = [s for s in case.services if s.area == place.area and s.skill == skill]
    weights = np.array([volume.get(service.id, 0.0) for service in own])
    means = np.array([service.time.mean_minutes for service in own])
    if weights.sum() <= 0:
        return minutes_to_ms(float(means.mean()))
    return minutes_to_ms(float((weights * means).sum() / weights.sum()))

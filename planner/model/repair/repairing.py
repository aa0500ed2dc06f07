"""A roster mended: what comes out, how good it is, and how few people that is proven to take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.case import PlanningCase
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.model.repair.exact import prove
from planner.model.repair.fewest import fewest_people, touched_people
from planner.model.repair.original import Original, Wanted, original
from planner.model.repair.repair_week import repair_week
from planner.model.repair.search import Offer, RepairLimits, search
from planner.model.roster.arrays import OFF
from planner.model.roster.model import RosterModel, build

#: Time for a proof at the least, where a case is small enough [s].
LEAST_PROOF = 2.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a person alone could do: points saved, and the shifts that would change.

    ``shifts`` holds (day, location, start minute, end minute); a day off has no location.
    """

    employee: str
    saved: float
    shifts: tuple[tuple[date, str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Mended:
    """A repaired roster.

    Attributes
    ----------
    roster : Roster
        The roster.
    value : float
        Price of the repair: coverage, changes, and the share of people's own prices [points].
    proposals : tuple of Proposal
        What each person alone could do, best first.
    places : frozenset of str
        Locations that were helped.
    touched : tuple of str
        People whose shifts changed though they did not have to.
    at_least : int
        People who must be touched in any roster that covers as much.
    bound : float or None
        Proven lower bound on ``value`` of any repair; None where the case is too large for a proof.
    exhausted : bool
        Whether no single person and no pair, in any order, can save more.
    stopped : bool
        Whether the search was told to stop.
    seconds : float
        Of the search [s].
    """

    roster: Roster
    value: float
    proposals: tuple[Proposal, ...]
    places: frozenset[str]
    touched: tuple[str, ...]
    at_least: int
    bound: float | None
    exhausted: bool
    stopped: bool
    seconds: float


def mend(
    case: PlanningCase,
    requirement: Requirement,
    wanted: Wanted,
    places: frozenset[str],
    limits: RepairLimits,
) -> Mended:
    """Return ``wanted.before`` mended for ``case``, which holds the new absences and hours.

    Parameters
    ----------
    places : frozenset of str
        Locations to help beside those where a shift of before is no longer possible; people of
        other locations change only for these.
    """
    model = build(case, requirement)
    before = original(model, wanted)
    priced = repair_week(model, before, wanted.prices)
    helped = places | _lost_at(model, before, wanted.before)
    indices = {i for i, name in enumerate(model.names.locations) if name in helped}
    found = search(priced.week, before, indices, limits)
    left = max(LEAST_PROOF, limits.seconds - found.seconds)
    proof = None if found.stopped else prove(priced.week, before, left, limits.seed)
    if proof is not None:
        found.take(priced.week, before, proof.lines)
    names, lines = model.names.employees, found.state.lines
    ranked = sorted(found.alone.items(), key=lambda item: (-item[1].saved, names[item[0]]))
    return Mended(
        roster=_with_odd_shifts(model, before, wanted, model.roster(lines)),
        value=found.value + model.unreachable,
        proposals=tuple(_proposal(model, e, offer) for e, offer in ranked),
        places=helped,
        touched=tuple(names[e] for e in touched_people(before, lines)),
        at_least=proof.fewest if proof else fewest_people(priced.week, before, lines),
        bound=proof.bound + model.unreachable if proof else None,
        exhausted=found.exhausted,
        stopped=found.stopped,
        seconds=found.seconds,
    )


def _lost_at(model: RosterModel, before: Original, roster: Roster) -> frozenset[str]:
    """Return where a shift of before is no longer possible."""
    names = model.names
    index = {name: e for e, name in enumerate(names.employees)}
    return frozenset(
        shift.location
        for shift in roster.assignments
        if shift.day in names.days
        and not before.possible[index[shift.employee], names.days.index(shift.day)]
    )


def _proposal(model: RosterModel, e: int, offer: Offer) -> Proposal:
    shifts = []
    for d, group, start, end in offer.days:
        day = model.names.days[d]
        if group == OFF:
            shifts.append((day, "", 0, 0))
            continue
        location = model.names.locations[int(model.week.groups.place[group])]
        shifts.append((day, location, model.clock.minute(start), model.clock.minute(end)))
    return Proposal(model.names.employees[e], offer.saved, tuple(shifts))


def _with_odd_shifts(
    model: RosterModel, before: Original, wanted: Wanted, mended: Roster
) -> Roster:
    """Return ``mended`` with the shifts of people who stay altogether to the letter."""
    names = model.names.employees
    stay = {names[e] for e in range(len(names)) if before.locked[e].all()}
    kept = [shift for shift in wanted.before.assignments if shift.employee in stay]
    others = [shift for shift in mended.assignments if shift.employee not in stay]
    return Roster.of(kept + others)

"""Repair: somebody is ill, a site closes early, a person is added; as few changes as possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from planner.domain.case import PlanningCase
from planner.domain.outcome import SolveOutcome, SolveStatus
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.domain.rule import Finding, Severity
from planner.model.repair.repairing import Mended, mend
from planner.model.repair.search import RepairLimits
from planner.plan.repair_changes import Change, changes
from planner.plan.repair_order import RepairOrder, wanted
from planner.plan.stand_ins import StandIn, stand_ins
from planner.rules.audit import audit, penalty_by_rule

#: Search time for what concerns one location, and for more of the city [s].
LOCAL_SECONDS, CITY_SECONDS = 2.0, 10.0
#: A price proven best is within this of its bound [points].
CLOSED = 1e-3

#: Breaches that are new: by rule, employee, location and day.
Key = tuple[str, str, str, object]


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired roster.

    Attributes
    ----------
    mended : Mended
        The roster and how it was found.
    findings : tuple of Finding
        The audit of it.
    new_breaches : tuple of Finding
        Hard findings that the roster before did not have: what is locked leaves no lawful roster.
    broken_locks : tuple of (employee, day)
        Locked cells that could not stay.
    """

    mended: Mended
    changes: tuple[Change, ...]
    stand_ins: tuple[StandIn, ...]
    findings: tuple[Finding, ...]
    new_breaches: tuple[Finding, ...]
    broken_locks: tuple[tuple[str, date], ...]
    outcome: SolveOutcome


def seconds_for(order: RepairOrder) -> float:
    """Return the time for a search [s]."""
    return LOCAL_SECONDS if len(order.absent) + len(order.closings) <= 1 else CITY_SECONDS


def repair(
    case: PlanningCase,
    requirement: Requirement,
    before: Roster,
    order: RepairOrder,
    limits: RepairLimits,
    say: Callable[[str, float | None, str], None] = lambda *_: None,
) -> Repaired:
    """Return ``before`` repaired for ``case``, which holds what happened.

    Parameters
    ----------
    requirement : Requirement
        What is still required (``still_required``).
    """
    say("repair", None, "")
    places = frozenset(
        {one.location for one in order.closings}
        | {place for e in case.employees if e.id in order.added for place in e.locations}
    )
    order_in_full = wanted(order, case, before)
    mended = mend(case, requirement, order_in_full, places, limits)
    findings = audit(mended.roster, case, requirement)
    known = {_key(finding) for finding in audit(before, case, requirement)}
    breaches = tuple(
        finding
        for finding in findings
        if finding.severity is Severity.HARD and _key(finding) not in known
    )
    changed = changes(case, before, mended, order)
    broken = tuple(
        (change.employee, change.day)
        for change in changed
        if (change.employee, change.day) in order_in_full.locked and change.kind != "absent"
    )
    taken = frozenset(one.employee for one in changed if one.kind in ("stand_in", "added"))
    return Repaired(
        mended=mended,
        changes=changed,
        stand_ins=stand_ins(case, before, mended, taken),
        findings=findings,
        new_breaches=breaches,
        broken_locks=broken,
        outcome=_outcome(mended, findings, lawful=not breaches and not broken),
    )


def _key(finding: Finding) -> Key:
    return (finding.rule, finding.employee, finding.location, finding.day)


def _outcome(mended: Mended, findings: tuple[Finding, ...], *, lawful: bool) -> SolveOutcome:
    """Return the price of the repair with its bound; ``terms`` are those of the audit."""
    closed = mended.bound is not None and mended.value - mended.bound <= CLOSED
    status = SolveStatus.OPTIMAL if closed else SolveStatus.FEASIBLE
    if mended.stopped and not closed:
        status = SolveStatus.INTERRUPTED
    if not lawful:
        status = SolveStatus.INFEASIBLE
    terms = tuple(sorted(penalty_by_rule(findings).items()))
    return SolveOutcome(status, mended.roster, mended.value, mended.bound, terms, mended.seconds)

"""What simulation cuts found for all locations: hours, bounds, the claim's cells."""

from __future__ import annotations

from dataclasses import dataclass

from planner.plan.cuts.certificate import CutCell
from planner.plan.cuts.coupled_days import MissingPeople
from planner.plan.cuts.day import CutDay


@dataclass(frozen=True)
class CutPlan:
    """What the cuts found.

    Attributes
    ----------
    days : tuple of CutDay
        By location and day.
    cells : tuple of CutCell
        Every promise of every cut location on fresh weeks.
    kept : tuple of str
        Locations that keep the refined requirement.
    design_weeks, fresh_weeks : tuple of int
        Weeks behind the bound, and behind the claim: ascending, more for locations cut again.
    design_seed, fresh_seed : int
        Their seeds.
    confidence : float
        Joint confidence of the claim.
    missing : tuple of MissingPeople
        Sites of a day for which no schedule was found with the people whom they share.
    """

    days: tuple[CutDay, ...]
    cells: tuple[CutCell, ...]
    kept: tuple[str, ...]
    design_weeks: tuple[int, ...]
    fresh_weeks: tuple[int, ...]
    design_seed: int
    fresh_seed: int
    confidence: float
    missing: tuple[MissingPeople, ...] = ()

    @property
    def hours(self) -> float:
        """Paid counter hours of the schedules [h]."""
        return sum(day.hours for day in self.days)

    @property
    def bound_hours(self) -> float:
        """No schedule of the modelled shifts needs less, for the design weeks [h]."""
        return sum(day.bound_hours for day in self.days)

    @property
    def two_step_hours(self) -> float:
        """What the formula's requirement and its cheapest cover need [h]."""
        return sum(day.two_step_hours for day in self.days)

    @property
    def same_service_hours(self) -> float:
        """What the two-step way needs to hold the same targets on the same weeks [h]."""
        return sum(day.same_service_hours for day in self.days)

    @property
    def estimate_hours(self) -> float:
        """The bound as far as slopes are right [h]; no proof."""
        return sum(max(day.estimate_hours, day.bound_hours) for day in self.days)

    @property
    def refined_hours(self) -> float:
        """What the cheapest cover of the refined requirement needs [h]."""
        return sum(day.refined_hours for day in self.days)

    @property
    def not_shown(self) -> tuple[CutCell, ...]:
        """The promises that are not shown to hold."""
        return tuple(cell for cell in self.cells if not cell.shown)

"""A real service day on sampled weeks as an evaluator: several services, priorities, anything.

People present hold every skill of the location, or come in groups by the skills that they hold
(`skill_groups`): a *period* is a slot of one group.  The compiled engine plays them on
the day's customers of every sampled week.  A promise is missed when its mean score plus a margin
that is fixed before the search exceeds its limit.  Clerks who leave finish their customer, so more
people can, rarely and slightly, make somebody wait longer: the evaluator is not monotone, and the
result is a very good schedule rather than a proven one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from planner.domain.case import PlanningCase
from planner.domain.place import Interval
from planner.model.requirement import DeskPlan, least_people, staffed_slots
from planner.model.shift_master import Profile, Shift
from planner.plan.cuts.skill_groups import SkillGroup, skill_groups
from planner.plan.cuts.stacked_people import DayFrame, StackedPeople
from planner.plan.cuts.stacked_weeks import Scores, StackedWeeks
from planner.plan.requirement_trial import LocationTrial, Week, tolerances
from planner.units import MINUTES_PER_DAY, MS_PER_MINUTE, minute_to_clock

#: How much worse than with all desks a day that cannot hold may get, as a share of the limit.
HOPELESS_SLACK = 0.1
#: People of the model are numbered: the lowest numbers work longest.
PERSON = "person"


@dataclass
class SampledDay:
    """Plays people present by slot and group on one day of a location.

    Attributes
    ----------
    trial : LocationTrial
        The location's sampled weeks and promises.
    plan : DeskPlan
        The location's formula desks: skills, loads, most.
    day : int
        Day of the horizon.
    margins : float64 array (promises,)
        What a mean score must stay below its limit.
    groups : tuple of SkillGroup
        Left out: those of the location.
    """

    trial: LocationTrial
    plan: DeskPlan
    day: int
    margins: NDArray[np.float64]
    monotone: bool = False
    groups: tuple[SkillGroup, ...] = ()
    _alone: dict[tuple[int, int], StackedWeeks] = field(default_factory=dict, init=False)
    _means: dict[Profile, NDArray[np.float64]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        case, location = self.trial.case, self.trial.case.locations[self.trial.location]
        self.slots = np.flatnonzero(staffed_slots(case, location, self.day))
        self.targets = len(self.trial.promises)
        self.groups = self.groups or skill_groups(case, self.plan)
        self._stacked, self._people = self._stack()
        self._limits = tolerances(self.trial.promises).limits - self.margins

    def missed(self, profile: Profile, target: int) -> bool:
        """Tell whether the promise is missed with these people present by period."""
        return bool(self.excess(profile)[target] > 0)

    def excess(self, profile: Profile) -> NDArray[np.float64]:
        """Return what the mean scores are beyond their limits, in shares of the limits."""
        if profile not in self._means:
            self._means[profile] = self.scores(profile).means()
        beyond: NDArray[np.float64] = self._means[profile] / np.maximum(self._limits, 1e-9) - 1.0
        return beyond

    def scores(self, profile: Profile) -> Scores:
        """Return what these people give in every sampled week."""
        return self._stacked.play(self._people.clerks(profile), self.trial.promises)

    def window_scores(self, profile: Profile, window: tuple[int, int]) -> NDArray[np.float64]:
        """Return the sums of scores of those who arrive in slots ``[first, last)``, played alone.

        Who comes before the first slot belongs to it, who comes after the last slot to that.
        """
        if window not in self._alone:
            first, last = window
            start = int(self.slots[first]) if first else 0
            end = int(self.slots[last]) if last < len(self.slots) else MINUTES_PER_DAY
            slot_ms = self.trial.case.horizon.slot_minutes * MS_PER_MINUTE
            self._alone[window] = self._stacked.arriving(start * slot_ms, end * slot_ms)
        alone = self._alone[window]
        played = alone.play(self._people.clerks(profile), self.trial.promises)
        total: NDArray[np.float64] = played.score.sum(axis=1)
        return total

    def allowed(self) -> NDArray[np.float64]:
        """Return what the scores of the day may sum up to, by promise."""
        nobody = self.scores((0,) * self.periods)
        allowed: NDArray[np.float64] = self._limits * nobody.customers.sum(axis=1)
        return allowed

    def as_good_as(self, most: Profile, hopeless: tuple[int, ...]) -> SampledDay:
        """Return the day with what all people reach, and a little more, as limit of some promises.

        Parameters
        ----------
        most : tuple of int
            All people that there can be, by period.
        hopeless : tuple of int
            Promises that are missed even with these.
        """
        reached = self.scores(most).means()
        margins = self.margins.copy()
        for target in hopeless:
            wanted = self._limits[target] + self.margins[target]
            margins[target] = wanted - reached[target] - HOPELESS_SLACK * wanted
        return replace(self, margins=margins)

    def window(self, target: int) -> tuple[int, ...]:
        """Return all periods: a promise of the day depends on the whole day."""
        return tuple(range(self.periods))

    def own_period(self, target: int) -> int:
        """Return the slot with the largest load, of the group with the most skills."""
        slot = int(np.argmax(self.plan.loads[self.day].sum(axis=0)[self.slots]))
        return slot * len(self.groups)

    @property
    def periods(self) -> int:
        """Slots times groups."""
        return len(self.slots) * len(self.groups)

    def formula(self) -> Profile:
        """Return the formula's desks of the day over all skills, by staffed slot."""
        return tuple(int(desks) for desks in self.plan.desks[self.day].sum(axis=0)[self.slots])

    def least(self) -> Profile:
        """Return the people who must be there by slot: presence, and somebody while work comes."""
        present = least_people(self.trial.case, self.plan, self.day)[self.slots]
        return tuple(int(people) for people in present)

    def away(self, week: Week) -> frozenset[int]:
        """Return the numbers of the people who are absent on the day in a week."""
        return frozenset(
            int(name.removeprefix(PERSON)) - 1
            for name, day in week.absent
            if day == self.day and name.startswith(PERSON)
        )

    def _stack(self) -> tuple[StackedWeeks, StackedPeople]:
        """Return the day of every week, and who can be there in it."""
        case, trial = self.trial.case, self.trial
        weeks = StackedWeeks(case, trial.location, self.day, trial.weeks, trial.engine)
        slot_ms = case.horizon.slot_minutes * MS_PER_MINUTE
        frame = DayFrame(
            starts=self.slots * slot_ms,
            slot_ms=slot_ms,
            doors=weeks.doors,
            masks=tuple(group.mask(case, self.plan) for group in self.groups),
            apart=self.plan.most,
            discipline=case.discipline,
        )
        away = tuple(self.away(week) for week in trial.weeks)
        return weeks, StackedPeople(frame, weeks.offsets, away)


def shift_menu(case: PlanningCase, evaluator: SampledDay) -> tuple[Shift, ...]:
    """Return the shifts that the case allows on the evaluator's day, cost in paid minutes."""
    return slot_menu(case, evaluator.slots.tolist())


def slot_menu(case: PlanningCase, slots: Sequence[int]) -> tuple[Shift, ...]:
    """Return the shifts that the case allows over the staffed slots of a day.

    Starts and lengths on the case's grid, within the staffed time; beyond six hours with a break of
    half an hour in the middle, or a slot earlier or later (so that not all go at once).
    """
    size = case.horizon.slot_minutes
    starts = [slot * size for slot in slots]
    first, last = min(starts), max(starts) + size
    rules = case.shifts
    step = max(size, rules.start_step_minutes)
    shortest = min(rules.min_minutes, last - first)
    menu = []
    for start in range(first, last, step):
        for length in range(shortest, min(rules.max_minutes, last - start) + 1, step):
            span = Interval(start, start + length)
            menu += [_shift(span, pause, starts) for pause in _breaks(start, length, size)]
    return tuple(menu)


#: Working time without a break at the most [min] (Arbeitszeitgesetz, § 4).
LONGEST_STRETCH = 360


def _breaks(start: int, length: int, size: int) -> list[Interval | None]:
    if length <= LONGEST_STRETCH:
        return [None]
    middle = start + length // (2 * size) * size
    return [Interval(at, at + max(30, size)) for at in (middle - size, middle, middle + size)]


def _shift(span: Interval, pause: Interval | None, starts: list[int]) -> Shift:
    free = range(pause.start_minute, pause.end_minute) if pause else range(0)
    covers = tuple(span.start_minute <= s < span.end_minute and s not in free for s in starts)
    told = "" if pause is None else f" ({_clocks(pause)})"
    paid = span.minutes - len(free)
    return Shift(f"{_clocks(span)}{told}", covers, paid)


def _clocks(span: Interval) -> str:
    return f"{minute_to_clock(span.start_minute)}-{minute_to_clock(span.end_minute)}"

"""What would hold a missed wait target at a counter: more people, or fewer who come.

The roster is played on the design weeks (absence included) with and without the remedy, with the
same customers; where and when most late customers wait names the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.domain.roster import Roster
from planner.model.requirement import DeskPlan, open_slots
from planner.model.requirement_promise import Promise
from planner.plan.refined_requirement import RefinementWork, location_trial
from planner.plan.requirement_trial import LocationTrial, Week, tolerances
from planner.sim.absence import sample_absences
from planner.sim.capacity import staffing_from_roster
from planner.sim.customer_table import CHANNELS
from planner.sim.engine import Queue
from planner.sim.staffing import LocationStaffing
from planner.units import MS_PER_DAY, MS_PER_MINUTE

#: One in so many customers (with appointment; callers) goes online instead.
ONLINE_EVERY = 10
#: Posts tried at the most before the shortage is told as "more than": so many, or at large
#: locations (a phone line) this share of their desks.
MOST_POSTS, MOST_POSTS_SHARE = 4, 0.25


@dataclass(frozen=True, slots=True)
class WaitEffect:
    """A remedy at one location: its staff hours a week and what it makes of the promise.

    ``before`` and ``after`` are mean scores (share late or left; minutes for a mean wait).
    """

    name: str
    hours: float
    before: float
    after: float
    limit: float


@dataclass(frozen=True)
class WaitShortage:
    """Where people are short: the day, minute and skill in which most late customers wait.

    ``posts`` is how many more people throughout would hold the promise; None: more than ``tried``.
    """

    day: int
    start_minute: int
    skill: str
    posts: int | None
    tried: int
    effects: tuple[WaitEffect, ...]


def wait_shortage(
    work: RefinementWork, plan: DeskPlan, roster: Roster, promise: Promise
) -> WaitShortage:
    """Return where, when and how many posts are short for a promise, and what remedies do."""
    trial = replace(location_trial(work, plan), promises=(promise,))
    played = _Played(work, plan, roster, trial)
    day, skill, slot = played.worst()
    posts = played.posts()
    return WaitShortage(
        day=day,
        start_minute=slot * work.case.horizon.slot_minutes,
        skill=plan.skills[skill],
        posts=posts,
        tried=played.tried,
        effects=played.effects(day, posts or 1),
    )


class _Played:
    """A roster on the design weeks, and changes of it."""

    def __init__(
        self, work: RefinementWork, plan: DeskPlan, roster: Roster, trial: LocationTrial
    ) -> None:
        self.case, self.plan, self.trial = work.case, plan, trial
        self.limit = float(tolerances(trial.promises).limits[0])
        desks = work.case.locations[trial.location].desks
        self.tried = max(MOST_POSTS, round(MOST_POSTS_SHARE * desks))
        self.staffing = [
            staffing_from_roster(
                work.case, roster, sample_absences(work.case, roster, work.seed, number)
            ).locations[trial.location]
            for number in range(len(work.weeks))
        ]
        self.result = trial.play(self.staffing, plan)
        self.before = self._mean(self.staffing)
        place = self.case.locations[trial.location]
        self.open_hours = [
            float(open_slots(self.case, place, day).sum()) * self.case.horizon.slot_minutes / 60.0
            for day in range(self.case.horizon.days)
        ]

    def worst(self) -> tuple[int, int, int]:
        """Return the (day, skill, slot) in which most late customers wait."""
        day, skill, slot = np.unravel_index(
            int(self.result.blame.argmax()), self.result.blame.shape
        )
        return int(day), int(skill), int(slot)

    def posts(self) -> int | None:
        """Return how many more people in all open hours hold the promise, by bisection."""
        low, high = 0, self.tried + 1
        while high - low > 1:
            middle = (low + high) // 2
            if self._mean(self._more(middle, None)) <= self.limit:
                high = middle
            else:
                low = middle
        return high if high <= self.tried else None

    def effects(self, day: int, people: int) -> tuple[WaitEffect, ...]:
        """Return what more people all week, or on the worst day, and going online do.

        Parameters
        ----------
        people : int
            How many more people.
        """
        weekly = self._mean(self._more(people, None))
        once = self._mean(self._more(people, day))
        channel = self.trial.promises[0].channel
        gone = "appointment" if channel == "walk_in" else channel
        online = replace(self.trial, weeks=tuple(_fewer(week, gone) for week in self.trial.weeks))
        return (
            self._effect("more_hours", people * sum(self.open_hours), weekly),
            self._effect("floater", people * self.open_hours[day], once),
            self._effect("online_share", 0.0, self._mean(self.staffing, online)),
        )

    def _effect(self, name: str, hours: float, after: float) -> WaitEffect:
        return WaitEffect(name, hours, self.before, after, self.limit)

    def _mean(self, staffing: list[LocationStaffing], trial: LocationTrial | None = None) -> float:
        result = (trial or self.trial).play(staffing, self.plan)
        return float(result.score.sum() / max(1.0, float(result.customers.sum())))

    def _more(self, people: int, day: int | None) -> list[LocationStaffing]:
        return [self._with(staffing, people, day) for staffing in self.staffing]

    def _with(self, staffing: LocationStaffing, people: int, day: int | None) -> LocationStaffing:
        """Add people with every skill in all open hours, on one day or on all."""
        place = self.case.locations[self.trial.location]
        doors = _doors(self, day)
        mask = (1 << len(self.case.skills_at(place))) - 1
        clerks, count = staffing.clerks, len(doors)
        spans = {
            "start": np.tile(doors[:, 0], people),
            "end": np.tile(doors[:, 1], people),
            "mask": np.full(count * people, mask, dtype=np.int64),
            "pause": np.zeros(count * people, dtype=np.int64),
            "stays": np.full(count * people, self.case.discipline.stay_until_empty),
            "hands": np.zeros(count * people, dtype=np.int8),
        }
        first = clerks.first[-1] + count * np.arange(1, people + 1, dtype=np.int32)
        joined = clerks._replace(
            first=np.concatenate((clerks.first, first)).astype(np.int32),
            speed=np.concatenate((clerks.speed, np.full(people, 1000, dtype=np.int32))),
            **{name: np.concatenate((getattr(clerks, name), span)) for name, span in spans.items()},
        )
        return replace(
            staffing,
            names=(*staffing.names, *(f"more {number + 1}" for number in range(people))),
            clerks=joined,
            duty_end=np.concatenate((staffing.duty_end, spans["end"])),
            desks=staffing.desks + people,
        )


def _doors(played: _Played, day: int | None) -> NDArray[np.int64]:
    case, place = played.case, played.case.locations[played.trial.location]
    spans = [
        (
            number * MS_PER_DAY + hours.start_minute * MS_PER_MINUTE,
            number * MS_PER_DAY + hours.end_minute * MS_PER_MINUTE,
        )
        for number, date in enumerate(case.horizon.dates)
        if day is None or number == day
        for hours in place.opening.on(date, case.horizon)
    ]
    return np.array(spans, dtype=np.int64).reshape(-1, 2)


def _fewer(week: Week, channel: str) -> Week:
    """Leave out every tenth customer of a channel, or of all."""
    words = [known.value for known in CHANNELS]
    own = week.channel == words.index(channel) if channel in words else week.channel >= 0
    kept = ~(own & (np.cumsum(own) % ONLINE_EVERY == 0))
    queue = Queue(*(column[kept] for column in week.queue))
    return Week(queue, week.due[kept], week.channel[kept], week.absent)

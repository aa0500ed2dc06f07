"""A first roster by the programme without names, while the bound rises beside it."""

from __future__ import annotations

import math
import threading

from planner.model.roster.arrays import Lines, Week
from planner.model.roster.effort import Effort
from planner.model.roster.unnamed.clock import Clock
from planner.model.roster.unnamed.plain_week import PlainWeek, plain_week
from planner.model.roster.unnamed.unnamed_roster import seconds_for, unnamed_roster

#: It is tried if it takes about this share of the effort, and given up after the second share.
WORTH, GIVEN_UP = 0.65, 0.9


class HeadStart:
    """The programme without names at work in a thread of its own.

    The thread ends with the process: a linear programme cannot be interrupted, and somebody who
    says stop does not want to wait for it.

    Attributes
    ----------
    lines : Lines or None
        The roster, once there is one.
    """

    def __init__(self, plain: PlainWeek, week: Week, effort: Effort) -> None:
        self.lines: Lines | None = None
        seconds = math.inf if effort.repeatable else GIVEN_UP * effort.seconds
        self._clock = Clock(seconds)
        self._thread = threading.Thread(
            target=self._run, args=(plain, week, effort.seed), daemon=True
        )
        self._thread.start()

    @classmethod
    def for_week(cls, week: Week, effort: Effort) -> HeadStart | None:
        """Begin, if the week is plain and there is time enough."""
        plain = plain_week(week)
        if plain is None or seconds_for(plain) > WORTH * effort.seconds:
            return None
        return cls(plain, week, effort)

    def done(self, seconds: float = 0.0) -> bool:
        """Wait at most ``seconds``; tell whether it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Ask it to end soon."""
        self._clock.stopped = True

    def _run(self, plain: PlainWeek, week: Week, seed: int) -> None:
        self.lines = unnamed_roster(plain, week, self._clock, seed)

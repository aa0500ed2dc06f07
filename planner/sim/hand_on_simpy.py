"""The readable reference where cases are handed on: to a colleague, or back into the line.

A spell at a desk ends with the case or with the piece of the shift, whichever comes first; whoever
is busy at the end of the piece is looked at when the instant is settled (L16 to L21).  A spell that
ends because a desk is lost leaves the moment of its end behind, which then is nobody's.
"""

from __future__ import annotations

import numpy as np

from planner.sim.clerks_simpy import Moment
from planner.sim.engine import NEVER, NOT_CALLED, Clerks, Fate, Hand, House, Outcomes, Queue
from planner.sim.location_simpy import SERVED, Line, Location
from planner.sim.reference_state import Clerk
from planner.sim.spells import with_spells

ABANDONED = int(Fate.ABANDONED)


class HandingOn(Location):
    """A location where a case may have several clerks."""

    def __init__(self, queue: Queue, clerks: Clerks, house: House) -> None:
        super().__init__(queue, clerks, house)
        self.hands_on = True
        self.since = [NOT_CALLED] * self.size
        self.ended: list[Clerk] = []
        self.spells: list[tuple[int, int, int, int]] = []

    def play(self) -> Outcomes:
        """Run to the end; ``work`` then is what was left of it."""
        outcomes = super().play()
        handed = np.array(self.spells, dtype=np.int64).reshape(-1, 4)
        return with_spells(outcomes, handed, np.array(self.since, dtype=np.int64))

    def finish(self, moment: Moment) -> None:
        """End a spell: with the case, or with the piece while serving."""
        clerk, now = moment.about, self.env.now
        if moment is not clerk.finish:
            self.settle(now)
        elif self.rows.finish[clerk.row] > now:
            self.ended.append(clerk)
            self.settle(now)
        else:
            super().finish(moment)

    def hand_on(self, now: int) -> None:
        """Hand on the cases of those whose piece ended; then desks are lost (L1, L2)."""
        for clerk in sorted(self.ended, key=lambda clerk: clerk.number):
            if not self._handed(clerk, now):
                clerk.finish.set(self.rows.finish[clerk.row] - now)
        self.ended.clear()
        while self.house.desk_loss and self.serving > self.desks:
            busy = (clerk for clerk in self.clerks if clerk.busy)
            last = max(busy, key=lambda clerk: (self.since[clerk.row], clerk.row))
            last.finish = Moment(self.env, self.finish, last)
            self._put_down(last, now)
            self._go_back(last.row)

    def call(self, line: Line, clerk: Clerk, now: int) -> None:
        """Start serving the first."""
        self._serve(line.pop(0) % self.size, clerk, now)

    def _handed(self, clerk: Clerk, now: int) -> bool:
        """Hand the case on by the rule of the piece, if somebody is there for it (L16)."""
        row = clerk.row
        if self._keeps(clerk, now):
            return False
        if clerk.pieces[0].hands == Hand.OVER:
            colleague = self.idle_clerk(self.skill[row])
            if colleague is None:
                return False
            self._put_down(clerk, now)
            self._serve(row, colleague, now)
            return True
        if not self._others_go_on(clerk, now):
            return False
        self._put_down(clerk, now)
        self._go_back(row)
        return True

    def _keeps(self, clerk: Clerk, now: int) -> bool:
        """Tell whether the clerk may serve the customer in the piece that follows at once (L16)."""
        piece, following = clerk.pieces[0], clerk.pieces[1:2]
        return not piece.pause and any(
            after.start == now and self.skill[clerk.row] in after.skills for after in following
        )

    def _others_go_on(self, clerk: Clerk, now: int) -> bool:
        """Tell whether another clerk holds the skill in a piece that does not end by now (L18)."""
        skill = self.skill[clerk.row]
        return any(
            other.on_duty and skill in other.skills and now < other.pieces[0].limit
            for other in self.clerks
            if other is not clerk
        )

    def _put_down(self, clerk: Clerk, now: int) -> None:
        """End a spell before the case does, and note what is left to do (L20)."""
        row = clerk.row
        left = self.rows.finish[row] - now
        self.work[row] = -(left * clerk.speed // -1000)
        self.spells.append((row, clerk.number, self.since[row], now))
        self.free(clerk, now)

    def _go_back(self, row: int) -> None:
        """Let a customer wait again, at the old place and without limit (L18)."""
        self.rows.fate[row], self.rows.finish[row] = ABANDONED, NEVER
        line = self.lines[self.skill[row]]
        line.append(self.turn[row])
        line.sort()

    def _serve(self, row: int, clerk: Clerk, now: int) -> None:
        """Start a spell: until the case is finished, or the piece ends and there is a rule."""
        self.idle.remove(clerk.order)
        self.stayers.discard(clerk)
        self.deadline[row] = NEVER
        clerk.busy = True
        self.serving += 1
        length = self.work[row] * 1000 // clerk.speed or 1
        rows = self.rows
        if rows.call[row] == NOT_CALLED:
            rows.call[row] = now
        rows.clerk[row], rows.fate[row], rows.finish[row] = clerk.number, SERVED, now + length
        clerk.row, self.since[row] = row, now
        piece = clerk.pieces[0]
        clerk.finish.set(min(length, piece.end - now) if piece.hands else length)

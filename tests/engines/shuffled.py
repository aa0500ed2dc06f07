"""A naive third engine: lists, sorting, and the events of an instant in random order.

Written from the sentences of the law only, without a calendar: it steps from instant to instant,
asks everybody whether something happens to them now, and shuffles who is asked first (L1, L2).
"""

from __future__ import annotations

import numpy as np

from planner.sim.engine import (
    ENDLESS,
    NEVER,
    Clerks,
    Fate,
    Hand,
    House,
    Outcomes,
    Queue,
    empty_outcomes,
)
from planner.sim.streams import stream


class ShuffledEngine:
    """Plays a location with the completions and roster changes of an instant in random order."""

    name = "shuffled"

    def __init__(self, seed: int) -> None:
        self.order = stream(seed, 0, "order of events")

    def run(self, queue: Queue, clerks: Clerks, house: House) -> Outcomes:
        """Play the customers of one location."""
        return _Day(queue, clerks, house, self.order).play()


class _Clerk:
    def __init__(self, number: int, clerks: Clerks) -> None:
        self.number = number
        self.speed = int(clerks.speed[number])
        span = range(clerks.first[number], clerks.first[number + 1])
        self.pieces = [
            {
                "start": int(clerks.start[i]),
                "end": int(clerks.end[i]),
                "mask": int(clerks.mask[i]),
                "pause": int(clerks.pause[i]),
                "stays": bool(clerks.stays[i]),
                "hands": int(clerks.hands[i]),
            }
            for i in span
        ]
        self.at = 0
        self.state = "away"
        self.until = 0
        self.row = -1
        self.back = -NEVER

    @property
    def piece(self) -> dict[str, int]:
        return self.pieces[self.at]

    def next_start(self) -> int:
        return self.pieces[self.at + 1]["start"] if self.at + 1 < len(self.pieces) else NEVER

    def leave_piece(self, now: int) -> None:
        if self.piece["pause"]:
            self.back = now + self.piece["pause"]
        self.at += 1

    def move(self, now: int) -> None:
        """Be where the roster wants a free clerk to be."""
        while self.at < len(self.pieces):
            begin = max(self.piece["start"], self.back)
            gone = self.piece["end"]
            if self.piece["stays"]:
                gone = max(gone, self.next_start())
            if begin < gone and now < begin:
                self.state = "away"
                return
            if begin < gone and now < gone:
                self.state = "there"
                return
            self.leave_piece(max(now, begin))
        self.state = "home"

    def goes_on(self, now: int) -> bool:
        if self.state not in ("there", "busy"):
            return False
        gone = self.piece["end"]
        if self.piece["stays"]:
            gone = max(gone, self.next_start())
        return now < gone

    def holds(self, skill: int) -> bool:
        return bool(self.piece["mask"] >> skill & 1)

    def instants(self) -> list[int]:
        if self.state == "busy":
            return [self.until, self.piece["end"]]
        if self.state == "away":
            return [max(self.piece["start"], self.back)]
        if self.state == "there":
            return [self.piece["end"], self.next_start()]
        return []


class _Day:
    def __init__(
        self, queue: Queue, clerks: Clerks, house: House, order: np.random.Generator
    ) -> None:
        self.queue, self.house, self.order = queue, house, order
        self.out = empty_outcomes(len(queue.arrival))
        self.clerks = [_Clerk(number, clerks) for number in range(len(clerks.speed))]
        self.waiting: list[int] = []
        self.again: list[tuple[int, int]] = []
        self.work: list[int] = queue.work.tolist()
        self.spells: dict[int, list[list[int]]] = {}
        self.now = -NEVER

    def play(self) -> Outcomes:
        for clerk in self.clerks:
            clerk.move(self.now)
        while (instant := self.next_instant()) is not None:
            self.now = instant
            for number in self.order.permutation(len(self.clerks)):
                self.turn(self.clerks[number])
            self.admit()
            for clerk in self.clerks:
                self.hand_on(clerk)
            self.lose_desks()
            self.dispatch()
            for row in [row for row in self.waiting if self.limit(row) <= self.now]:
                self.waiting.remove(row)
                self.leave(row, Fate.ABANDONED)
            self.close()
            self.let_go()
        for row in self.waiting:
            self.out.fate[row] = Fate.NOT_SERVED
            self.out.finish[row] = self.house.closing[-1]
        told = [
            [row, *spell]
            for row, spells in sorted(self.spells.items())
            for spell in spells
            if len(spells) > 1 or self.out.fate[row] != Fate.SERVED
        ]
        return self.out._replace(spells=np.array(told, dtype=np.int64).reshape(-1, 4))

    def next_instant(self) -> int | None:
        later = [instant for clerk in self.clerks for instant in clerk.instants()]
        later += self.queue.arrival[np.searchsorted(self.queue.arrival, self.now, "right") :][
            :1
        ].tolist()
        later += [instant for instant, _ in self.again]
        later += [self.limit(row) for row in self.waiting]
        later += self.house.closing.tolist() + self.house.desks_from.tolist()
        return min((instant for instant in later if self.now < instant < NEVER), default=None)

    def turn(self, clerk: _Clerk) -> None:
        if clerk.state == "busy" and clerk.until > self.now:
            return
        clerk.move(self.now)

    def hand_on(self, clerk: _Clerk) -> None:
        """Hand on the case of a clerk whose piece ends now, by its rule (L16 to L18)."""
        if clerk.state != "busy" or clerk.piece["stays"] or clerk.piece["end"] != self.now:
            return
        row, skill, rule = clerk.row, int(self.queue.skill[clerk.row]), clerk.piece["hands"]
        follows = clerk.next_start() == self.now and not clerk.piece["pause"]
        if follows and clerk.pieces[clerk.at + 1]["mask"] >> skill & 1:
            return
        if rule == Hand.OVER:
            idle = self.idle(skill)
            if idle:
                self.put_down(clerk)
                self.serve(row, idle[0])
        if rule == Hand.BACK:
            others = [c for c in self.clerks if c is not clerk and c.goes_on(self.now)]
            if any(c.holds(skill) for c in others):
                self.put_down(clerk)
                self.waiting.append(row)

    def lose_desks(self) -> None:
        """Send back who was called last (L19)."""
        while self.house.desk_loss:
            busy = [c for c in self.clerks if c.state == "busy"]
            if len(busy) <= self.desks():
                return
            last = sorted(busy, key=lambda c: (self.spells[c.row][-1][1], c.row))[-1]
            self.waiting.append(last.row)
            self.put_down(last)

    def put_down(self, clerk: _Clerk) -> None:
        """End a spell with work left (L20)."""
        thousandths = (clerk.until - self.now) * clerk.speed
        self.work[clerk.row] = thousandths // 1000 + (thousandths % 1000 > 0)
        self.spells[clerk.row][-1][2] = self.now
        clerk.state = "there"
        clerk.move(self.now)

    def desks(self) -> int:
        known = [i for i, since in enumerate(self.house.desks_from) if since <= self.now]
        return int(self.house.desks[known[-1]]) if known else len(self.clerks)

    def idle(self, skill: int) -> list[_Clerk]:
        """Return the idle clerks who hold the skill, in the order of L4."""
        there = [c for c in self.clerks if c.state == "there" and c.holds(skill)]
        return sorted(there, key=lambda c: (bin(c.piece["mask"]).count("1"), c.number))

    def limit(self, row: int) -> int:
        if row in self.spells:
            return NEVER
        patience = int(self.queue.patience[row, self.out.tries[row] - 1])
        return NEVER if patience == ENDLESS else int(self.out.last[row]) + patience

    def admit(self) -> None:
        opened = any(
            opening <= self.now < closing
            for opening, closing in zip(self.house.opening, self.house.closing, strict=True)
        )
        first = np.flatnonzero(self.queue.arrival == self.now).tolist()
        more = sorted(row for instant, row in self.again if instant == self.now)
        self.again = [item for item in self.again if item[0] > self.now]
        for row in [*first, *(more if opened else [])]:
            self.out.tries[row] += 1
            self.out.last[row] = self.now
            if opened and not self.balks(row):
                self.waiting.append(row)
            else:
                self.out.refused[row] |= 1 << (int(self.out.tries[row]) - 1)
                self.leave(row, Fate.TURNED_AWAY)

    def balks(self, row: int) -> bool:
        if self.house.balk < 0 or not self.queue.may_balk[row]:
            return False
        skill = int(self.queue.skill[row])
        there = [c for c in self.clerks if c.state in ("there", "busy") and c.holds(skill)]
        idle = [c for c in there if c.state == "there"]
        ahead = sum(self.queue.skill[other] == skill for other in self.waiting) - len(idle) + 1
        if not there:
            return True
        return bool(ahead * int(self.house.mean_work[skill]) / len(there) > self.house.balk)

    def leave(self, row: int, fate: Fate) -> None:
        self.out.fate[row], self.out.finish[row] = fate, self.now
        tried = int(self.out.tries[row])
        if tried <= self.queue.tries[row]:
            self.again.append((self.now + int(self.queue.delay[row, tried - 1]), row))

    def rank(self, row: int) -> tuple[int, int]:
        late = int(self.out.last[row] - self.queue.arrival[row])
        return int(self.queue.rank[row]) + late, row

    def dispatch(self) -> None:
        for row in sorted(self.waiting, key=self.rank):
            skill = int(self.queue.skill[row])
            idle = self.idle(skill)
            serving = sum(c.state == "busy" for c in self.clerks)
            if idle and serving < self.desks():
                self.waiting.remove(row)
                self.serve(row, idle[0])

    def serve(self, row: int, clerk: _Clerk) -> None:
        clerk.state, clerk.row = "busy", row
        clerk.until = self.now + max(1, self.work[row] * 1000 // clerk.speed)
        if row not in self.spells:
            self.out.call[row] = self.now
        self.spells.setdefault(row, []).append([clerk.number, self.now, clerk.until])
        self.out.finish[row] = clerk.until
        self.out.clerk[row], self.out.fate[row] = clerk.number, Fate.SERVED

    def close(self) -> None:
        for door in np.flatnonzero(self.house.closing == self.now):
            for row in list(self.waiting):
                if not self.house.remaining[door] >> self.queue.skill[row] & 1:
                    self.waiting.remove(row)
                    self.out.fate[row], self.out.finish[row] = Fate.NOT_SERVED, self.now

    def let_go(self) -> None:
        for number in self.order.permutation(len(self.clerks)):
            clerk = self.clerks[number]
            stays = clerk.state == "there" and self.now >= clerk.piece["end"]
            if stays and not any(clerk.holds(int(self.queue.skill[row])) for row in self.waiting):
                clerk.leave_piece(self.now)
                clerk.move(self.now)

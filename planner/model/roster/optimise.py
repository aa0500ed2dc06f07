"""The weekly roster of a whole city: the best found, and a proven bound on what any could be."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from planner.domain.case import PlanningCase
from planner.domain.outcome import SolveOutcome, SolveStatus
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.errors import ModelError
from planner.model.roster.activities.calm_days import calm_days, stretch_price
from planner.model.roster.arrays import Lines
from planner.model.roster.bound import LowerBound
from planner.model.roster.compiled_search import (
    adopt,
    first_lines,
    new_search,
    ruin_and_recreate,
    trust_guide,
)
from planner.model.roster.effort import Effort, Progress
from planner.model.roster.head_start import HeadStart
from planner.model.roster.incumbent import Incumbent
from planner.model.roster.model import RosterModel, build
from planner.model.roster.pace import CHUNK, ROUNDS_PER_BEAT, Pace
from planner.model.roster.prices import copy_prices
from planner.rules.audit import audit, lawful, penalty_by_rule

Tell = Callable[[Progress], None]
Stop = Callable[[], bool]

#: Agreement asked for between the search's objective and the audit's [points].
TOLERANCE = 1e-4
#: Trust in the bound's prices, in turn: while they are rough, and once they tell who should work
#: where (from ``SETTLED_AT`` on, a share of the effort).  Nearly full trust, not full: what is
#: missing now then breaks ties between lines that are equally good at the prices.
ROUGH_TRUST = (0.0, 0.1, 0.3, 0.6)
SETTLED_TRUST = (0.8, 0.9, 0.95, 0.99)
SETTLED_AT = 0.3
#: People taken out at once, at the most.
TEAM = 3
#: Temperature at the start, as a share of the dearest price of a person missing in a cell.
HEAT = 0.1
#: Share of the effort after which the search starts again from the rounded mixes of the bound.
ROUND_AT = 0.15
#: Seconds between two looks at a head start.
WAIT = 0.5
#: Times that everybody gets a line in rounding.
ROUNDINGS = 3


def optimise(  # the contract of the module
    case: PlanningCase,
    requirement: Requirement,
    effort: Effort,
    on_progress: Tell,
    stop: Stop,
    start: Roster | None = None,
) -> SolveOutcome:
    """Return the best roster found for ``case`` with a proven lower bound.

    A roster always comes back: shortfalls are priced, and the empty roster is lawful.

    Parameters
    ----------
    effort : Effort
        Limits; with ``repeatable`` the same case, seed and seconds give the same roster.
    on_progress : callable
        Told every better roster and bound.
    stop : callable
        Asked often; True ends the search with the best roster so far.
    start : Roster or None
        A roster to go on from; what the model cannot express is left out of it.

    Raises
    ------
    ModelError
        If the horizon is longer than a week, or if the audit disagrees with the search.
    """
    model = build(case, requirement)
    search = RosterSearch(model, effort, on_progress, stop)
    if start is not None:
        search.go_on_from(model.lines(start))
    search.run()
    return _outcome(case, requirement, model, search, effort.seed)


class RosterSearch:
    """Search and bound of one model, side by side.

    Attributes
    ----------
    incumbent, bound : Incumbent, LowerBound
        What was found and proven.
    pace : Pace
        How far the search is.
    stopped : bool
        Whether it was told to stop.
    """

    def __init__(self, model: RosterModel, effort: Effort, tell: Tell, stop: Stop) -> None:
        self._model, self._week, self._effort = model, model.week, effort
        self._tell, self._stop = tell, stop
        self._state = new_search(model.week, effort.seed)
        self._given: Lines | None = None
        self.incumbent = Incumbent()
        self.stopped = False
        first_lines(self._week, self._state)
        self._remember()
        self.bound = LowerBound(model, self._state.best, effort.seed)
        self._warm_up()
        self.pace = Pace(effort, len(model.week.staff.most))

    def go_on_from(self, lines: Lines) -> None:
        """Start from ``lines`` instead of the first roster that comes to mind."""
        adopt(self._week, self._state, lines)
        self._remember()
        self._given = lines

    def run(self) -> None:
        """Search until the effort is spent, the gap is closed or somebody says stop."""
        self._say("first")
        heat = HEAT * float(self._week.places.short.max(initial=0.0))
        rounded = self._given is not None
        ahead = self._begun_ahead()
        with ThreadPoolExecutor(1) as pool:
            while self.pace.share < 1 and not self.stopped and not self.closed:
                if ahead is not None and ahead.done():
                    rounded |= self._take(ahead)
                    ahead = None
                self._beat(pool, heat * (1 - self.pace.share), alone=ahead is None)
                if not rounded and self.pace.share >= ROUND_AT:
                    rounded = True
                    self._restart_from_bound()
                self._say("search")
        if ahead is not None:
            ahead.stop()
        self._say("done")

    def _begun_ahead(self) -> HeadStart | None:
        """Begin a head start, if the week is of that kind; wait for it unless it may be beside."""
        if self._given is not None:
            return None
        ahead = HeadStart.for_week(self._week, self._effort)
        if ahead is not None and (self._effort.jobs < 2 or self._effort.repeatable):
            while not ahead.done(WAIT) and not self.stopped:
                self._say("first")
                self.stopped = self._stop()
        return ahead

    def _take(self, ahead: HeadStart) -> bool:
        """Go on from the roster of a head start if it is better; tell whether it was."""
        lines = ahead.lines
        if lines is None:
            return False
        before = self.incumbent.value
        adopt(self._week, self._state, lines)
        self._remember()
        if self.incumbent.value < before:
            return True
        if self.incumbent.lines is not None:
            adopt(self._week, self._state, self.incumbent.lines)
        return False

    @property
    def closed(self) -> bool:
        """Whether the incumbent is proven best."""
        return self.incumbent.value - self.bound.value <= TOLERANCE

    def _beat(self, pool: ThreadPoolExecutor, heat: float, alone: bool) -> None:
        """Do one step of the bound beside a stretch of search, then let the search see the bound.

        One after the other where there is one thread for both: the other, if there is one, is at a
        head start unless the search is ``alone``.

        They exchange only here, so that what happens does not depend on which of them is faster.
        """
        began = time.monotonic()
        step = pool.submit(self.bound.improve)
        in_turn = self._effort.jobs < 2 or not alone
        if in_turn:
            step.result()
        spent = time.monotonic() - began
        trust_guide(self._state, self._trust())
        done = 0
        until = began + 2 * spent if in_turn else None
        while not self.stopped and self._more(step, done, until):
            ruin_and_recreate(self._week, self._state, CHUNK, TEAM, heat)
            done += CHUNK
            self.stopped = self._stop()
        step.result()
        copy_prices(self.bound.prices, self._state.sight.guide)
        self.pace.beat += 1
        self._remember()

    def _trust(self) -> float:
        """Return the trust in the bound's prices in the stretch to come."""
        turns = ROUGH_TRUST if self.pace.share < SETTLED_AT else SETTLED_TRUST
        return turns[self.pace.beat % len(turns)]

    def _more(self, step: Future[float], done: int, until: float | None) -> bool:
        """Tell whether the stretch of search goes on."""
        if self._effort.repeatable:
            return done < ROUNDS_PER_BEAT
        if until is not None:  # as long as the bound took
            return done == 0 or time.monotonic() < until
        return done == 0 or not step.done()

    def _restart_from_bound(self) -> None:
        """Go on from the bound's fractional roster, rounded."""
        lines = self.bound.rounded(ROUNDINGS)
        adopt(self._week, self._state, lines)
        self._remember()

    def _warm_up(self) -> None:
        """Have everything compiled before the clock starts."""
        ruin_and_recreate(self._week, self._state, 0, TEAM, 1.0)
        trust_guide(self._state, 0.0)
        lines = Lines(*(part.copy() for part in self._state.best))
        adopt(self._week, self._state, lines)
        self.bound.improve(1)
        self.bound.rounded(1)

    def _remember(self) -> None:
        value = float(self._state.figures[1]) + self._model.unreachable
        self.incumbent.offer(self._state.best, value)

    def _say(self, phase: str) -> None:
        value, bound = self.incumbent.value, self.bound.value
        self._tell(Progress(self.pace.seconds, value, bound, phase))


def _outcome(
    case: PlanningCase,
    requirement: Requirement,
    model: RosterModel,
    search: RosterSearch,
    seed: int,
) -> SolveOutcome:
    """Return the incumbent, its days calmed, as an outcome; the audit confirms every point.

    Calm days come after the search: what they add to the price is at least 0, so the bound holds.
    """
    expected, roster = search.incumbent.value, Roster()
    if search.incumbent.lines is not None:
        lines = calm_days(case, model, search.incumbent.lines, seed)
        expected += stretch_price(case, model, lines)
        roster = model.roster(lines)
    findings = audit(roster, case, requirement)
    terms = penalty_by_rule(findings)
    value = sum(terms.values())
    if not lawful(findings) or abs(value - expected) > TOLERANCE * max(1.0, abs(value)):
        raise ModelError(f"search and audit disagree: {expected} and {value}, {findings[:3]}")
    status = SolveStatus.INTERRUPTED if search.stopped else SolveStatus.FEASIBLE
    if value - search.bound.value <= TOLERANCE:
        status = SolveStatus.OPTIMAL
    listed = tuple((rule.id, terms[rule.id]) for rule in case.rules if rule.id in terms)
    bound = min(value, search.bound.value)
    return SolveOutcome(status, roster, value, bound, listed, search.pace.seconds)

"""The weekly roster of a whole city: the best found, and a proven bound on what any could be."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from planner.domain.case import PlanningCase
from planner.domain.outcome import SolveOutcome, SolveStatus
from planner.domain.requirement import Requirement
from planner.domain.roster import Roster
from planner.errors import ModelError
from planner.model.roster.arrays import Lines
from planner.model.roster.bound import LowerBound
from planner.model.roster.effort import Effort, Progress
from planner.model.roster.incumbent import Incumbent
from planner.model.roster.model import RosterModel, build
from planner.model.roster.pace import Pace
from planner.model.roster.schedule import Weather, weather
from planner.model.roster.searchers import Searchers
from planner.rules.audit import audit, lawful, penalty_by_rule

Tell = Callable[[Progress], None]
Stop = Callable[[], bool]

#: Agreement asked for between the search's objective and the audit's [points].
TOLERANCE = 1e-4
#: Trust in the bound's prices, in turn: from what is missing now to what is missing in the end.
TRUST = (0.0, 0.1, 0.3, 0.6)
#: Length of a beat without the bound, by the clock [s].
BEAT_SECONDS = 0.5
#: Once it has settled, the bound is improved at every so many beats only.
BOUND_EVERY = 8


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
    return _outcome(case, requirement, model, search)


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
        self._model, self._effort = model, effort
        self._tell, self._stop = tell, stop
        self._scale = float(model.week.places.short.max(initial=0.0))
        self._given = False
        self.incumbent = Incumbent()
        self.stopped = False
        self._searchers = Searchers(model.week, effort.seed)
        self._remember()
        self.bound = LowerBound(model, self._searchers.states[0].best, effort.seed)
        self._searchers.warm_up()
        self.bound.improve(1)
        self.pace = Pace(effort, len(model.week.staff.most))

    def go_on_from(self, lines: Lines) -> None:
        """Start from ``lines`` instead of the first roster that comes to mind."""
        self._searchers.go_on_from(lines)
        self._remember()
        self._given = True

    def run(self) -> None:
        """Search until the effort is spent, the gap is closed or somebody says stop."""
        self._say("first")
        with ThreadPoolExecutor(1) as pool:
            while self.pace.share < 1 and not self.stopped and not self.closed:
                self._beat(pool)
                self._say("search")
        if self.stopped and not self.closed:
            self._quench()
        self._say("done")

    @property
    def closed(self) -> bool:
        """Whether the incumbent is proven best."""
        return self.incumbent.value - self.bound.value <= TOLERANCE

    def _beat(self, pool: ThreadPoolExecutor) -> None:
        """Do two things side by side, then let each see what the other found.

        The bound beside a search of the whole city until the bound has settled; from then on two
        searches of half the city each.  They exchange only here, so that what happens does not
        depend on which of them is faster.
        """
        now = weather(self.pace.share, self._scale, given=self._given)
        if self.bound.settled and self.pace.beat % BOUND_EVERY:
            self._two_searches(pool, now)
        else:
            self._bound_beside_search(pool, now)
        self._searchers.guide(self.bound.prices)
        self.pace.beat += 1
        self._remember()

    def _quench(self) -> None:
        """Freeze a roster that was stopped while it was still hot."""
        frozen = weather(1.0, self._scale, given=self._given)
        self._searchers.search_city(frozen, lambda done: done < self.pace.rounds)
        self._remember()

    def _bound_beside_search(self, pool: ThreadPoolExecutor, now: Weather) -> None:
        began = time.monotonic()
        step = pool.submit(self.bound.improve)
        alone = self._effort.jobs < 2
        if alone:  # one after the other, the search as long as the bound
            step.result()
        until = 2 * time.monotonic() - began
        over = (lambda: time.monotonic() >= until) if alone else step.done
        self._searchers.search_city(now, partial(self._more, over))
        step.result()

    def _two_searches(self, pool: ThreadPoolExecutor, now: Weather) -> None:
        first, second = split = self._searchers.split(self.pace.beat)
        search, until = self._searchers.search_half, [0.0]
        more = partial(self._more, lambda: time.monotonic() >= until[0])
        until[0] = time.monotonic() + BEAT_SECONDS
        task = pool.submit(search, 1, second, now, more)
        if self._effort.jobs < 2:  # one after the other, equally long
            task.result()
            until[0] = time.monotonic() + BEAT_SECONDS
        search(0, first, now, more)
        task.result()
        self._searchers.together(split)

    def _more(self, over: Stop, done: int) -> bool:
        """Tell whether a stretch of search goes on after ``done`` rounds."""
        self.stopped = self.stopped or self._stop()
        if self.stopped:
            return False
        if self._effort.repeatable:
            return done < self.pace.rounds
        return done == 0 or not over()

    def _remember(self) -> None:
        for state in self._searchers.states:
            value = float(state.figures[1]) + self._model.unreachable
            self.incumbent.offer(state.best, value)

    def _say(self, phase: str) -> None:
        value, bound = self.incumbent.value, self.bound.value
        self._tell(Progress(self.pace.seconds, value, bound, phase))


def _outcome(
    case: PlanningCase, requirement: Requirement, model: RosterModel, search: RosterSearch
) -> SolveOutcome:
    """Return the incumbent as an outcome, every point of it confirmed by the audit."""
    expected, lines = search.incumbent.value, search.incumbent.lines
    roster = model.roster(lines) if lines is not None else Roster()
    findings = audit(roster, case, requirement)
    terms = penalty_by_rule(findings)
    value = sum(terms.values())
    if not lawful(findings) or abs(value - expected) > TOLERANCE * max(1.0, abs(value)):
        raise ModelError(f"search and audit disagree: {expected} and {value}, {findings[:3]}")
    status = SolveStatus.INTERRUPTED if search.stopped else SolveStatus.FEASIBLE
    if search.closed:
        status = SolveStatus.OPTIMAL
    listed = tuple((rule.id, terms[rule.id]) for rule in case.rules if rule.id in terms)
    bound = min(value, search.bound.value)
    return SolveOutcome(status, roster, value, bound, listed, search.pace.seconds)

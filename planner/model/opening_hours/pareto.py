"""The set of best plans: cost against reach and the reach of the worst-off district.

Epsilon constraints in two loops (Oezlen and Azizoglu 2009, Eur. J. Oper. Res. 199, 25-35): the
cheapest plan with at least so much reach and at least so much reach of the worst district, then of
all plans at that cost the one with most reach, then the best worst; the floors rise beyond what
was found.  With steps of one thousandth and every search proven, the points are the whole set; with
larger steps they are a part of it, each of them proven.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from planner.domain.outcome import SolveStatus
from planner.model.opening_hours.model import Floors, HoursModel, SearchLimits, Solved
from planner.model.opening_hours.problem import HoursProblem, Plan
from planner.model.opening_hours.score import PlanScore, score


@dataclass(frozen=True, slots=True)
class Steps:
    """How far a floor rises beyond the point found [1/1000]."""

    reach: int = 1
    worst: int = 1


@dataclass(frozen=True, slots=True)
class Point:
    """A plan of the set.

    Attributes
    ----------
    bound : float
        Proven lower bound on the cost of any plan with the floors asked for [cent/60].
    proven : bool
        Whether cost, reach and worst are all proven best.
    """

    plan: Plan
    score: PlanScore
    bound: float
    proven: bool

    @property
    def gap(self) -> float:
        """Share of the cost that the bound leaves open."""
        cost = self.score.cost
        return max(0.0, (cost - self.bound) / cost) if cost else 0.0


def pareto_points(
    problem: HoursProblem,
    steps: Steps,
    limits: SearchLimits,
    on_point: Callable[[int], None] = lambda _count: None,
) -> tuple[Point, ...]:
    """Return the best plans, cheapest first; none when no plan keeps the limits.

    Parameters
    ----------
    limits : SearchLimits
        Effort of each search; once ``limits.stop`` says so, the points found so far are returned.
    on_point : callable
        Called with the number of points found.
    """
    found: list[Point] = []
    for point in _sweep(_Known(HoursModel(problem), problem, limits), steps, limits):
        found.append(point)
        on_point(len({known.score.objectives for known in found}))
    return _undominated(found)


class _Known:
    """Answers what earlier searches answer.

    A plan that was best under lower floors and keeps the higher ones is best under them too, and
    where no plan was found none is looked for at higher floors.
    """

    def __init__(self, model: HoursModel, problem: HoursProblem, limits: SearchLimits) -> None:
        self._model, self._problem, self._limits = model, problem, limits
        self._answers: list[tuple[Floors, Point | None]] = []
        self._hint = problem.today

    def point(self, floors: Floors) -> Point | None:
        """Return the best plan with these floors; None when there is none."""
        for asked, answer in self._answers:
            lower = asked.reach <= floors.reach and asked.worst <= floors.worst
            if lower and (answer is None or _keeps(answer, floors)):
                return answer
        answer = _point(self._model, self._problem, floors, self._limits, self._hint)
        if answer is not None:
            self._hint = answer.plan
        self._answers.append((floors, answer))
        return answer


def _keeps(point: Point, floors: Floors) -> bool:
    return point.score.reach >= floors.reach and point.score.worst >= floors.worst


def _sweep(known: _Known, steps: Steps, limits: SearchLimits) -> Iterator[Point]:
    worst = 0
    while True:
        reach, lowest = 0, None
        while not limits.stop():
            point = known.point(Floors(reach, worst))
            if point is None:
                break
            yield point
            lowest = point.score.worst if lowest is None else min(lowest, point.score.worst)
            reach = point.score.reach + steps.reach
        if lowest is None:
            return
        worst = lowest + steps.worst


def _point(
    model: HoursModel, problem: HoursProblem, floors: Floors, limits: SearchLimits, hint: Plan
) -> Point | None:
    cheapest = model.cheapest(floors, limits, hint)
    if cheapest.plan is None or cheapest.bound is None:
        return None
    cost = score(problem, cheapest.plan).cost
    within = Floors(floors.reach, floors.worst, cost)
    widest = model.widest(within, limits, cheapest.plan)
    plan = widest.plan or cheapest.plan
    return Point(plan, score(problem, plan), cheapest.bound, _optimal(cheapest, widest))


def _optimal(*searches: Solved) -> bool:
    return all(search.status is SolveStatus.OPTIMAL for search in searches)


def _undominated(points: list[Point]) -> tuple[Point, ...]:
    """Return the points that no other one beats, one per value, cheapest first."""
    values: dict[tuple[int, int, int], Point] = {}
    for point in points:
        values.setdefault(point.score.objectives, point)
    kept = [p for value, p in values.items() if not any(_beats(o, value) for o in values)]
    return tuple(sorted(kept, key=lambda p: (p.score.cost, -p.score.reach, -p.score.worst)))


def _beats(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    cheaper = one[0] <= other[0] and one[1] >= other[1] and one[2] >= other[2]
    return cheaper and one != other

"""Small repairs to the end: every line of everybody in one model, solved to proof by CP-SAT.

One choice of a line per person; in every cell flows from groups of people to the rows that they can
serve.  First the price is minimised; then, at no worse coverage, the number of people touched.  The
price of other work within an unchanged shift is left out, so the bound is a bound with it too.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from planner.model.repair.listing import Listed, listed_lines
from planner.model.repair.original import Original
from planner.model.roster.arrays import BACK_OFFICE, NOT_WORKING, OFF, Lines, Week, empty_lines

#: Lines that are looked at, at the most: per person and altogether.
MOST_LINES, MOST_ALTOGETHER = 20_000, 60_000
#: Whole numbers stand for thousandths of a point.
SCALE = 1000

Cell = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Proof:
    """The best repair there is.

    Attributes
    ----------
    lines : Lines
        Of the roster with the fewest people touched that was found among those that cover as well
        as the cheapest.
    fewest : int
        People who must be touched in any of these, proven: as many as in ``lines`` unless the time
        was over.
    bound : float
        Price of the cheapest repair, other work within unchanged shifts left out [points].
    """

    lines: Lines
    fewest: int
    bound: float


@dataclass
class _Model:
    """The model under construction; terms in thousandths of a point.

    ``there`` are the lines at work by (group, day, cell), ``learning`` those of one learner by
    (class, location, day, cell, employee).
    """

    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    choice: list[list[cp_model.IntVar]] = field(default_factory=list)
    there: dict[Cell, list[cp_model.IntVar]] = field(default_factory=dict)
    learning: dict[tuple[int, ...], list[cp_model.IntVar]] = field(default_factory=dict)
    serving: dict[tuple[int, int, int, int], cp_model.IntVar] = field(default_factory=dict)
    cover: list[cp_model.IntVar] = field(default_factory=list)
    cover_price: list[int] = field(default_factory=list)
    own: list[cp_model.IntVar] = field(default_factory=list)
    own_price: list[int] = field(default_factory=list)
    touched: list[cp_model.IntVar] = field(default_factory=list)

    @property
    def covering(self) -> cp_model.LinearExpr:
        """Price of coverage."""
        return cp_model.LinearExpr.weighted_sum(self.cover, self.cover_price)

    @property
    def living(self) -> cp_model.LinearExpr:
        """Price of people's own weeks and of their changes."""
        return cp_model.LinearExpr.weighted_sum(self.own, self.own_price)

    @property
    def people(self) -> cp_model.LinearExpr:
        """People touched."""
        return _sum(self.touched)


def prove(week: Week, original: Original, seconds: float, seed: int) -> Proof | None:
    """Return the proven best repair; None when it is too large or the time is over before that."""
    lists: list[list[Listed]] = []
    for e in range(len(week.staff.most)):
        lines = listed_lines(week, original, e, MOST_LINES)
        if not lines or sum(map(len, lists)) + len(lines) > MOST_ALTOGETHER:
            return None
        lists.append(lines)
    model = _built(week, lists)
    until = time.monotonic() + seconds
    cheapest = _solved(model, model.covering + model.living, until, seed)
    if cheapest is None or cheapest.best_objective_bound < cheapest.objective_value:
        return None
    model.cp.add(model.covering <= cheapest.value(model.covering))
    _go_on_from(model, cheapest)
    person = sum(max(round(line.price * SCALE) for line in lines) for lines in lists) + 1
    fewest = _solved(model, model.people * person + model.living, until, seed)
    if fewest is None:
        return None
    mended = _read(week, original, lists, model, fewest)
    bound = cheapest.best_objective_bound / SCALE
    return Proof(mended, int(fewest.best_objective_bound) // person, bound)


def _go_on_from(model: _Model, solver: cp_model.CpSolver) -> None:
    """Have the next search begin at the solution of the last."""
    for index in range(len(model.cp.proto.variables)):
        variable = model.cp.get_int_var_from_proto_index(index)
        model.cp.add_hint(variable, solver.value(variable))


def _sum(items: list[cp_model.IntVar]) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.weighted_sum(items, [1] * len(items))


def _solved(
    model: _Model, objective: cp_model.LinearExpr, until: float, seed: int
) -> cp_model.CpSolver | None:
    """Return the solver with the best solution found and its bound, None without a solution."""
    model.cp.minimize(objective)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False  # an interrupt is the caller's
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = max(0.01, until - time.monotonic())
    found = solver.solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return solver if found else None


def _built(week: Week, lists: list[list[Listed]]) -> _Model:
    model = _Model()
    for lines in lists:
        _add_person(week, model, lines)
    _add_rows(week, model)
    _add_presence(week, model)
    _add_learners(week, model)
    return model


def _add_person(week: Week, model: _Model, lines: list[Listed]) -> None:
    chosen = [model.cp.new_bool_var("") for _ in lines]
    model.cp.add_exactly_one(chosen)
    model.choice.append(chosen)
    for one, line in zip(chosen, lines, strict=True):
        model.own.append(one)
        model.own_price.append(round(line.price * SCALE))
        if line.touches:
            model.touched.append(one)
        for g, d, c in _cells(week, line):
            model.there.setdefault((g, d, c), []).append(one)
            h, place = int(week.groups.learner[g]), int(week.groups.place[g])
            if h >= 0:
                model.learning.setdefault((h, place, d, c, len(model.choice)), []).append(one)


def _cells(week: Week, line: Listed) -> list[Cell]:
    """Return (group, day, cell) of the work of a line."""
    pauses = dict(zip(week.grid.span.tolist(), week.grid.pause.tolist(), strict=True))
    cells = []
    for d, option in enumerate(line.days):
        if option is None:
            continue
        g, start, end, at = option
        stop = at + pauses[end - start] if at >= 0 else at
        cells += [(g, d, c) for c in range(start, end) if not at <= c < stop]
    return cells


def _add_rows(week: Week, model: _Model) -> None:
    """Add who serves what, what is missing, what is too much, and the desks."""
    places, groups = week.places, week.groups
    by_row: dict[Cell, list[cp_model.IntVar]] = {}
    for (g, d, c), people in model.there.items():
        flows = []
        for k in groups.rows[groups.first_row[g] : groups.first_row[g + 1]]:
            flow = model.cp.new_int_var(0, len(people), "")
            model.serving[g, d, c, int(k)] = flow
            flows.append(flow)
            by_row.setdefault((int(k), d, c), []).append(flow)
        model.cp.add(_sum(flows) <= _sum(people))
    for k, d, c in np.ndindex(*places.need.shape):
        served, need = by_row.get((k, d, c), []), int(places.need[k, d, c])
        if served or need:
            _add_price(model, need - _sum(served), need, float(places.short[k]))
            _add_price(model, _sum(served) - need, len(model.choice), float(places.over[k]))
    for place, d, c in np.ndindex(len(places.desks), week.grid.days, week.grid.cells):
        rows = np.flatnonzero(places.row_place == place)
        flows = [flow for k in rows for flow in by_row.get((int(k), d, c), [])]
        if flows:
            model.cp.add(_sum(flows) <= int(places.desks[place]))


def _add_presence(week: Week, model: _Model) -> None:
    """Add the people who must be present, and the back-office work."""
    places = week.places
    present: dict[Cell, list[cp_model.IntVar]] = {}
    for (g, d, c), people in model.there.items():
        present.setdefault((int(week.groups.place[g]), d, c), []).extend(people)
    for family, place, d, c in np.argwhere(places.present_need > 0).tolist():
        need = int(places.present_need[family, place, d, c])
        price = float(places.present_price[family])
        _add_price(model, need - _sum(present.get((place, d, c), [])), need, price)
    for place in np.flatnonzero(places.back_need > 0).tolist():
        here = [people for (at, _, _), people in present.items() if at == place]
        flows = [f for (g, *_), f in model.serving.items() if week.groups.place[g] == place]
        done = _sum([one for people in here for one in people]) - _sum(flows)
        need = int(np.ceil(places.back_need[place]))
        _add_price(model, need - done, need, places.back_price)


def _add_learners(week: Week, model: _Model) -> None:
    """Add the learners who are alone: each who is there, unless somebody experienced is as well."""
    places, groups = week.places, week.groups
    experienced: dict[Cell, list[cp_model.IntVar]] = {}
    for (g, d, c), people in model.there.items():
        if groups.experienced[g]:
            experienced.setdefault((int(groups.place[g]), d, c), []).extend(people)
    accompanied: dict[Cell, cp_model.IntVar] = {}
    for (h, place, d, c, _), here in model.learning.items():
        at = place, d, c
        if places.experienced[at]:
            continue
        if at not in accompanied:
            accompanied[at] = model.cp.new_bool_var("")
            model.cp.add(accompanied[at] <= _sum(experienced.get(at, [])))
        _add_price(model, _sum(here) - accompanied[at], 1, float(places.learner_price[h]))


def _add_price(model: _Model, missing: cp_model.LinearExpr, most: int, price: float) -> None:
    if price > 0:
        amount = model.cp.new_int_var(0, most, "")
        model.cp.add(amount >= missing)
        model.cover.append(amount)
        model.cover_price.append(round(price * SCALE))


def _read(
    week: Week,
    original: Original,
    lists: list[list[Listed]],
    model: _Model,
    solver: cp_model.CpSolver,
) -> Lines:
    """Return the solution as lines; whoever did something before goes on with it if possible."""
    lines = empty_lines(len(lists), week.grid)
    for e, (chosen, listed) in enumerate(zip(model.choice, lists, strict=True)):
        line = next(
            line for one, line in zip(chosen, listed, strict=True) if solver.boolean_value(one)
        )
        for d, option in enumerate(line.days):
            if option is not None:
                lines.group[e, d], lines.start[e, d], lines.end[e, d], lines.pause[e, d] = option
        for _, d, c in _cells(week, line):
            lines.activity[e, d, c] = BACK_OFFICE
    for (g, d, c, k), flow in model.serving.items():
        here = (lines.group[:, d] == g) & (lines.activity[:, d, c] == BACK_OFFICE)
        people = np.flatnonzero(here & (lines.group[:, d] != OFF))
        did = original.lines.activity[people, d, c]
        order = np.argsort((did != k) + (did == NOT_WORKING), kind="stable")
        lines.activity[people[order][: solver.value(flow)], d, c] = k
    return lines

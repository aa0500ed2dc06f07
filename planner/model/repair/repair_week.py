"""The week as a repair sees it: coverage at full price, people's own wishes as a tie-breaker.

Back-office work is asked for up to what the roster gave before, because a repair restores and does
not improve: otherwise every idle hour of the city would be a reason to change somebody's shift.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.domain.change import ChangePrices
from planner.model.repair.original import Original
from planner.model.roster.arrays import BACK_OFFICE, FORBIDDEN, OFF, Staff, Week
from planner.model.roster.compiled_cover import trail_price
from planner.model.roster.model import RosterModel


def repair_week(model: RosterModel, original: Original, prices: ChangePrices) -> RosterModel:
    """Return ``model`` with the prices of a repair.

    Whoever worked more hours, days or shifts of a type than allowed before, or on other days than
    may go together, and need not change, may go on so: only new breaches of the law are forbidden.
    """
    week = model.week
    asked = np.minimum(week.places.back_need, _back_office_before(week, original))
    own_share = prices.own_share
    places = week.places._replace(
        back_need=asked, back_price=week.places.back_price * prices.later_share
    )
    staff = _as_much_as_before(week, original)
    cheap = staff._replace(
        group_cost=staff.group_cost * own_share,
        day_cost=staff.day_cost * own_share,
        early_cost=staff.early_cost * own_share,
        late_cost=staff.late_cost * own_share,
        paid_cost=staff.paid_cost * own_share,
        late_shift_cost=staff.late_shift_cost * own_share,
        trail_cost=staff.trail_cost * own_share,
    )
    return replace(model, week=week._replace(places=places, staff=cheap))


def _back_office_before(week: Week, original: Original) -> np.ndarray:
    done = np.zeros(len(week.places.desks))
    worked = original.lines.group != OFF
    cells = (original.lines.activity == BACK_OFFICE).sum(axis=2) * worked
    np.add.at(done, week.groups.place[original.lines.group[worked]], cells[worked])
    return done


def _as_much_as_before(week: Week, original: Original) -> Staff:
    staff, lines = week.staff, original.lines
    worked = (lines.group != OFF) & original.possible
    paid = ((lines.activity >= BACK_OFFICE).sum(axis=2) * worked).sum(axis=1)
    stays = original.possible.all(axis=1)
    most = np.where(stays, np.maximum(staff.most, paid), staff.most)
    width = max(staff.paid_cost.shape[1], int(paid.max(initial=0)) + 1)
    cost = np.full((len(most), width), np.inf)
    cost[:, : staff.paid_cost.shape[1]] = staff.paid_cost
    for e in np.flatnonzero(most > staff.most):
        cost[e, staff.most[e] + 1 : most[e] + 1] = cost[e, staff.most[e]]
    days = np.where(stays, np.maximum(staff.most_days, worked.sum(axis=1)), staff.most_days)
    broken = [trail_price(week, e, lines) >= FORBIDDEN for e in range(len(most))]
    trail = np.where(stays & np.array(broken, np.bool_), 0, staff.trail)
    return staff._replace(most=most, paid_cost=cost, most_days=days, trail=trail)

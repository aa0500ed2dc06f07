"""From an employee's rules to the programme over runs alone (``compiled_runs``)."""

from __future__ import annotations

import numpy as np

from planner.model.lines.compiled_runs import WEEKEND_ROW, Runs
from planner.model.lines.kinds import Kinds
from planner.model.lines.workrules import ShiftTypes, WorkRules

#: Minutes that count as one unit of the fined amounts: about a shift.
SHIFT = 480.0


def runs_of(types: ShiftTypes, rules: WorkRules, kinds: Kinds) -> Runs:
    """Return the employee's rules with every amount to be fined.

    Minutes are held to what whole shifts can give, which makes the bound tighter.
    """
    able, each = kinds.able, kinds.each
    unit = int(np.gcd.reduce(types.minutes[able])) / SHIFT if len(able) else 1.0
    limits = [(place, shift) for place, shift in enumerate(kinds.limited) if shift >= 0]
    use = np.zeros((len(able), WEEKEND_ROW + 1 + len(limits)))
    use[:, 0], use[:, 1] = -each.units * unit, each.units * unit
    cap = [-kinds.least * unit, kinds.most * unit, float(rules.weekends)]
    for row, (place, shift) in enumerate(limits, start=WEEKEND_ROW + 1):
        use[place, row] = 1.0
        cap.append(float(rules.most[shift]))
    return Runs(
        cost=np.ascontiguousarray(rules.cost[:, able]),
        off_cost=rules.off_cost,
        base=rules.base,
        rows=np.ascontiguousarray(types.rows[:, able]),
        use=use,
        cap=np.array(cap),
        leaves=each.leaves,
        enters=each.enters,
        open_to=each.open_to,
        weekend=each.weekend,
        longest=each.longest,
        shortest=each.shortest,
        rest=each.rest,
    )

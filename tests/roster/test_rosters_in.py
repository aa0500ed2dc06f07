"""Which shifts of a given roster the model knows, and which it leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.errors import ModelError
from planner.model.roster.arrays import BACK_OFFICE, NOT_WORKING, OFF, empty_lines
from planner.model.roster.model import RosterModel, build, place_shift
from tests.roster.priced import CREW, DAYS, a_need, a_week
from tests.rules.cases import minute

LONG = "08:00 residents 12:00 break 13:00 back 15:00 reception 16:00"
SHORT = "10:00 residents 12:00 back 14:00"
OF = {"break": Activity.BREAK, "back": Activity.BACK_OFFICE, "reception": Activity.RECEPTION}


def a_shift(text: str, who: str = "a", place: str = "north", day: int = 0) -> Assignment:
    """Return a shift from e.g. ``08:00 residents 12:00 break 13:00 back 16:00``."""
    words = text.split()
    pieces = []
    for start, what, end in zip(words[::2], words[1::2], words[2::2], strict=False):
        skill = "" if what in ("break", "back") else what
        activity = OF.get(what, Activity.COUNTER)
        pieces.append(Piece(minute(start), minute(end), activity, skill))
    first, last = minute(words[0]), minute(words[-1])
    return Assignment(who, DAYS[day], place, first, last, tuple(pieces))


@pytest.fixture(scope="module")
def model() -> RosterModel:
    """Return the model of a week with an absence; cells are half hours from 07:00 to 19:00."""
    staff = (replace(CREW[0], absent=(DAYS[1],)), *CREW[1:])
    case = a_week(staff=staff)
    return build(case, a_need(case))


@pytest.mark.parametrize(
    "shift",
    [
        a_shift(LONG),
        a_shift(SHORT),
        a_shift("07:00 back 09:00"),
        a_shift("17:00 back 19:00"),
        a_shift("10:00 back 12:00 reception 14:00", who="d"),
        a_shift("10:00 reception 12:00 back 14:00", who="b", place="south", day=1),
        a_shift("08:00 residents 14:00"),
    ],
)
def test_shifts_of_the_grid_come_in(model: RosterModel, shift: Assignment) -> None:
    """The line is the shift: place, times, break and activity of every cell."""
    lines = empty_lines(len(CREW), model.week.grid)
    assert place_shift(model, shift, lines)
    e, d = "abcd".index(shift.employee), DAYS.index(shift.day)
    assert [(i, j) for i, j in zip(*(lines.group != OFF).nonzero(), strict=True)] == [(e, d)]
    assert model.names.locations[model.week.groups.place[lines.group[e, d]]] == shift.location
    hours = (shift.start_minute // 30 - 14, shift.end_minute // 30 - 14)
    assert (lines.start[e, d], lines.end[e, d]) == hours
    assert lines.pause[e, d] == next((i.start_minute // 30 - 14 for i in shift.breaks), -1)
    for c in range(model.week.grid.cells):
        now = [p for p in shift.pieces if p.start_minute <= model.clock.minute(c) < p.end_minute]
        if not now or now[0].activity is Activity.BREAK:
            assert lines.activity[e, d, c] == NOT_WORKING
        elif now[0].skill:
            place, skill = model.names.rows[lines.activity[e, d, c]]
            assert (model.names.locations[place], skill) == (shift.location, now[0].skill)
        else:
            assert lines.activity[e, d, c] == BACK_OFFICE


@pytest.mark.parametrize(
    "shift",
    [
        a_shift(SHORT, who="nobody"),
        replace(a_shift(SHORT), day=DAYS[0] - timedelta(days=1)),
        replace(a_shift(SHORT), day=DAYS[-1] + timedelta(days=1)),
        a_shift(SHORT, who="d", place="south"),
        a_shift(SHORT, who="d", place="elsewhere"),
        a_shift(SHORT, place="elsewhere"),
        a_shift(SHORT, day=1),
        a_shift("10:15 residents 12:00 back 14:15"),
        a_shift("10:00 residents 12:00 back 14:15"),
        a_shift("10:15 residents 12:00 back 14:00"),
        a_shift("06:00 residents 09:00"),
        a_shift("18:00 residents 20:00"),
        a_shift("08:00 residents 16:00"),
        a_shift("08:00 residents 11:00 break 11:30 residents 13:00 break 13:30 residents 16:00"),
        a_shift("08:00 residents 12:00 break 12:30 residents 16:00"),
        a_shift("10:00 residents 12:00 break 13:00 residents 14:00"),
        Assignment("a", DAYS[0], "north", 600, 600, ()),
        Assignment("a", DAYS[0], "north", 660, 600, ()),
    ],
)
def test_shifts_that_the_model_cannot_express_are_left_out(
    model: RosterModel, shift: Assignment
) -> None:
    """Unknown people, days, places, times off the grid, other breaks: nothing is written."""
    lines = empty_lines(len(CREW), model.week.grid)
    assert not place_shift(model, shift, lines)
    for part, empty in zip(lines, empty_lines(len(CREW), model.week.grid), strict=True):
        assert (part == empty).all()
    assert (model.lines(Roster((shift,))).group == OFF).all()


def test_who_lacks_the_skill_goes_behind(model: RosterModel) -> None:
    """A piece in a skill that the person does not hold becomes back office."""
    lines = model.lines(Roster((a_shift("10:00 reception 11:00 residents 14:00", who="c"),)))
    behind = (lines.activity[2, 0] == BACK_OFFICE).nonzero()[0]
    assert [model.clock.minute(c) for c in behind] == [600, 630]


def test_pieces_are_as_long_as_they_can_be(model: RosterModel) -> None:
    """Cells of one activity make one piece; the break is one; the roster comes back as it was."""
    shifts = Roster.of([a_shift(LONG), a_shift(SHORT, who="b", day=2), a_shift(SHORT, day=3)])
    lines = model.lines(shifts)
    assert (lines.group != OFF).sum() == 1  # b on the Sunday and a on the holiday are not free
    assert model.roster(lines).assignments == (a_shift(LONG),)


def test_a_week_is_the_longest_horizon() -> None:
    """Seven days are a model, eight are not."""
    case, need = a_week(), a_need(a_week())
    days = {n: replace(case, horizon=replace(case.horizon, days=n)) for n in (7, 8)}
    assert build(days[7], need).week.grid.days == 7
    with pytest.raises(ModelError, match="at most 7 days, not 8"):
        build(days[8], need)


def test_nobody_works_in_empty_lines(model: RosterModel) -> None:
    """No group, no break, no activity, and an empty roster."""
    lines = empty_lines(3, model.week.grid)
    assert lines.activity.shape == (3, 4, 24)
    assert (lines.group == OFF).all()
    assert (lines.pause == -1).all()
    assert (lines.activity == NOT_WORKING).all()
    assert not lines.start.any()
    assert not lines.end.any()

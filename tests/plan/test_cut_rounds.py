"""Who is cut again, on how many weeks, and with which margin: rounds without any cutting."""

from __future__ import annotations

import pytest

from planner.plan.cuts.certificate import FreshScores
from planner.plan.cuts.day import CutSettings
from planner.plan.cuts.location import LocationCuts
from planner.plan.cuts.search import CutSearch
from tests.plan.test_certificate import fresh


class Rounds(CutSearch):
    """A search that notes what it would cut, and finds what it is told to find on fresh weeks."""

    def __init__(self, settings: CutSettings, limits: list[float]) -> None:
        """Take the limit of the promised mean wait (4 minutes come out) in each round."""
        self.settings, self.limits = settings, limits
        self.formula = {"place": None}  # type: ignore[dict-item]
        self.found, self.fresh, self.rounds, self.lacks = {}, {}, {}, {}
        self.asked: list[tuple[int, int, float, float]] = []
        self.stop = lambda: False

    def _can_be_cut(self, name: str) -> bool:
        return bool(name)

    def _round(self, names: list[str], number: int) -> dict[str, LocationCuts]:
        lack = self.lacks.get(names[0], (0.0,))[0]
        margin = self._settings(number).margin_quantile
        self.asked.append((self._weeks(number), self._fresh_weeks(number), margin, lack))
        return {names[0]: self._seen(number).cuts}

    def _coupled(self, found: dict[str, LocationCuts], _number: int) -> dict[str, LocationCuts]:
        return found

    def _play(self, found: dict[str, LocationCuts], number: int) -> None:
        self.fresh |= dict.fromkeys(found, self._seen(number))

    def _seen(self, number: int) -> FreshScores:
        return fresh(self.limits[number])


SETTINGS = CutSettings(weeks=20, fresh_weeks=8, absences=1, margin_quantile=2.0, rounds=3)


def test_a_location_that_is_shown_is_not_cut_again() -> None:
    """One round on the first number of weeks."""
    search = Rounds(SETTINGS, [10.0])
    search.run()
    assert search.asked == [(20, 8, 2.0, 0.0)]


def test_the_second_round_has_more_weeks_and_the_third_the_margin_that_was_lacking() -> None:
    """Margins stay as wide on twice the weeks (quantile times root two); 4 are never below 4.1."""
    search = Rounds(SETTINGS, [4.1, 4.1, 4.1])
    search.run()
    first, second, third = search.asked
    assert first == (20, 8, 2.0, 0.0)
    assert second[:2] == (40, 16)
    assert second[2:] == pytest.approx((2.0 * 2**0.5, 0.0))
    assert third[:3] == second[:3]
    assert third[3] > 0.0
    assert not search._cells()[0].shown


def test_more_weeks_may_be_enough() -> None:
    """Shown in the second round: no third one, and no margin beyond the pilot's."""
    search = Rounds(SETTINGS, [4.1, 10.0])
    search.run()
    assert [weeks for weeks, *_ in search.asked] == [20, 40]
    assert search.lacks == {}

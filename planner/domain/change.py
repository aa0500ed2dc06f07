"""What changes of a published or running roster cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChangePrices:
    """What changes cost, in the points of the case.

    A stand-in with one changed shift costs less than one desk missing for one slot (10 points), so
    that coverage comes first; what people like about their own weeks only decides between them.

    Attributes
    ----------
    person : float
        For every person whose shifts change.
    shift : float
        For every changed shift (another place or time, one more or one less).
    near, published : float
        More of ``shift`` for a day within ``near_days`` of today, and for a published day.
    near_days : int
        Days that count as near, today included.
    work : float
        For a day on which only activities or the break change.
    own_share : float
        Share of the prices of people's own weeks (wishes, travel, fairness, hours) that counts.
    later_share : float
        Share of the price of back-office work that counts: it can be made up for later.
    """

    person: float = 6.0
    shift: float = 1.0
    near: float = 0.5
    published: float = 0.5
    near_days: int = 3
    work: float = 0.1
    own_share: float = 0.25
    later_share: float = 0.1

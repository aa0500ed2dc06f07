"""The ledger of fairness: what each person did of the unwelcome, week by week, and the balance.

It counts duties and hours of the roster, nothing else: no performance, no behaviour, nobody's
health.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Duties:
    """What is shared fairly, as counts of a week or as balances beyond the fair share.

    Attributes
    ----------
    late, saturdays : float
        Late shifts and Saturdays worked.
    travel_hours : float
        One-way travel to other locations than the own [h].
    refused : float
        Weight of refused wishes.
    """

    late: float = 0.0
    saturdays: float = 0.0
    travel_hours: float = 0.0
    refused: float = 0.0

    def __add__(self, other: Duties) -> Duties:
        """Return the sum."""
        return Duties(
            self.late + other.late,
            self.saturdays + other.saturdays,
            self.travel_hours + other.travel_hours,
            self.refused + other.refused,
        )

    def __sub__(self, other: Duties) -> Duties:
        """Return the difference."""
        return Duties(
            self.late - other.late,
            self.saturdays - other.saturdays,
            self.travel_hours - other.travel_hours,
            self.refused - other.refused,
        )


@dataclass(frozen=True, slots=True)
class LedgerWeek:
    """One person's week in the ledger.

    Attributes
    ----------
    first_day : date
        Monday of the week.
    done, balance : Duties
        What was done in the week, and the balance after it (above 0: more than the fair share).
    last_end : datetime or None
        End of the last shift so far, in local civil time.
    days_in_row : int
        Working days without a day off up to the end of the week [days].
    paid_minutes : int
        Work of the week, breaks not counted [min].
    """

    employee: str
    first_day: date
    done: Duties
    balance: Duties
    last_end: datetime | None
    days_in_row: int
    paid_minutes: int = 0

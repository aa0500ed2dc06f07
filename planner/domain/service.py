"""Services, the time they take, and who is called next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TimeFamily(StrEnum):
    """Family of a service-time distribution; all are fixed by mean and CV."""

    EXPONENTIAL = "exponential"
    GAMMA = "gamma"
    LOGNORMAL = "lognormal"
    DETERMINISTIC = "deterministic"


@dataclass(frozen=True, slots=True)
class ServiceTime:
    """Work content of one customer: ``mean_minutes`` [min] and coefficient of variation ``cv``.

    ``cv`` is 1 for the exponential and 0 for the deterministic family, whatever is given.
    """

    family: TimeFamily
    mean_minutes: float
    cv: float

    @property
    def squared_cv(self) -> float:
        """Squared coefficient of variation of the family actually drawn from."""
        if self.family is TimeFamily.EXPONENTIAL:
            return 1.0
        return 0.0 if self.family is TimeFamily.DETERMINISTIC else self.cv**2


@dataclass(frozen=True, slots=True)
class Service:
    """A service (Dienstleistung), pure data.

    Attributes
    ----------
    name_de, name_en : str
        What people see.
    area : str
        Field of work; only locations of the same area offer it.
    skill : str
        Skill that a clerk must hold.
    slots : int
        Consecutive appointment slots that a booking takes.
    """

    id: str
    name_de: str
    name_en: str
    area: str
    skill: str
    time: ServiceTime
    slots: int = 1


@dataclass(frozen=True, slots=True)
class Discipline:
    """Who is called next, as data.

    Customers are called in the order of ``(class, reference time - bonus, row)``: the class is
    strict; within a class a bonus ages everybody at the same pace, so nobody starves.  The
    reference time is the booked time of an appointment and the arrival of a walk-in.

    Attributes
    ----------
    appointment_class, walk_in_class : int
        Strict priority classes, lower first (equal: ageing alone decides).
    appointment_bonus_minutes : float
        Head start of appointments over walk-ins of the same class [min].
    punctuality_mean_minutes, punctuality_sd_minutes : float
        Arrival minus booked time of an appointment, normal [min].
    busy_at_shift_end : str
        What becomes of a case in hand at the end of the shift.  ``finish``: it is finished first
        (DESIGN §3.7); ``hand_over``: an idle colleague takes it over at once, else it is finished;
        ``hand_back``: the customer waits again at the old place, if a colleague on duty can go on
        with the case later, else it is finished.
    busy_at_break : str
        The same where the shift goes on: before a break, or before other work or other skills.
    busy_at_desk_loss : str
        What becomes of customers at a desk when the number of desks falls.  ``finish``: they are
        finished; ``hand_back``: those called last wait again.  The engines know both; a case cannot
        say yet that the number changes.
    stay_until_empty : bool
        After the doors close, clerks on duty at closing stay until everyone inside is served.
    """

    appointment_class: int = 0
    walk_in_class: int = 0
    appointment_bonus_minutes: float = 15.0
    punctuality_mean_minutes: float = -5.0
    punctuality_sd_minutes: float = 5.0
    busy_at_shift_end: str = "finish"
    busy_at_break: str = "finish"
    busy_at_desk_loss: str = "finish"
    stay_until_empty: bool = True

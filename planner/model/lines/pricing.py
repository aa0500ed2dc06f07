"""What a caller supplies: the cheapest lines of one employee at given prices of the cover rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Protocol, runtime_checkable

from planner.model.lines.problem import FloatArray, Line


@dataclass(frozen=True, slots=True)
class Priced:
    """Answer of a pricer for one employee.

    Attributes
    ----------
    lines : sequence of Line
        Good lines, best first; empty only if the employee has no lawful line at all (or a
        heuristic found none).
    least : float
        A number that no lawful line's cost less duals undercuts [points]: exact pricing gives the
        minimum itself, a relaxation less, a heuristic minus infinity.
    """

    lines: Sequence[Line]
    least: float


class Pricer(Protocol):
    """Finds the lines of least cost less duals, employee by employee.

    ``price`` is called from several threads at once for different employees (compiled code that
    releases the interpreter lock then runs side by side) and must give the same answer each time.
    """

    def price(self, employee: int, duals: FloatArray, exact: bool) -> Priced:
        """Return lines of ``employee`` with small ``cost - sum(duals[rows])``.

        Parameters
        ----------
        duals : float64 array, shape (m,)
            What one unit in each cover row is worth [points].
        exact : bool
            True asks for the least possible value in ``least`` and its line among ``lines``;
            False allows a quicker answer (``least`` must be valid all the same).
        """
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """Lines up to a limit, cheapest first; ``whole`` if there are no others."""

    lines: Sequence[Line]
    whole: bool


@runtime_checkable
class Lister(Pricer, Protocol):
    """A pricer that can also list all lines up to a limit: for proofs and exact neighbourhoods."""

    def within(self, employee: int, duals: FloatArray, limit: float, count: int) -> Listed:
        """Return up to ``count`` cheapest lines with cost less duals up to ``limit`` [points]."""
        ...


class PricingTeam:
    """Prices many employees with ``jobs`` threads; answers in the order asked.

    A context manager, so that its threads end with it.
    """

    def __init__(self, pricer: Pricer, jobs: int = 1) -> None:
        self.pricer = pricer
        self._threads = ThreadPoolExecutor(jobs) if jobs > 1 else None

    def at(self, pricer: Pricer) -> PricingTeam:
        """Return the same threads at work on ``pricer``; they end with this team."""
        other = PricingTeam(pricer)
        other._threads = self._threads
        return other

    def price(self, employees: Iterable[int], duals: FloatArray, exact: bool) -> list[Priced]:
        """Return the pricer's answers for ``employees``, in their order."""
        asked = list(employees)
        if self._threads is None:
            return [self.pricer.price(employee, duals, exact) for employee in asked]
        return list(self._threads.map(lambda e: self.pricer.price(e, duals, exact), asked))

    def within(
        self, least: Mapping[int, float], duals: FloatArray, slack: float, count: int
    ) -> list[Listed]:
        """Return, for each employee in ``least``, the lines up to ``slack`` above the least value.

        Up to ``count`` each; nothing from a pricer that is no ``Lister``.
        """
        pricer = self.pricer
        if not isinstance(pricer, Lister):
            return [Listed((), whole=False) for _ in least]
        work = partial(_within, pricer, duals, slack, count)
        return list(
            map(work, least.items())
            if self._threads is None
            else self._threads.map(work, least.items())
        )

    def __enter__(self) -> PricingTeam:
        """Return the team."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the threads."""
        if self._threads is not None:
            self._threads.shutdown()


def _within(
    pricer: Lister, duals: FloatArray, slack: float, count: int, own: tuple[int, float]
) -> Listed:
    employee, least = own
    return pricer.within(employee, duals, least + slack, count)

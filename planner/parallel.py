"""One ordered map over work items: results in item order, whatever the number of workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from joblib import Parallel, delayed

Item = TypeVar("Item")
Result = TypeVar("Result")


def ordered_map(
    work: Callable[[Item], Result], items: Sequence[Item] | Iterable[Item], jobs: int = 1
) -> Iterator[Result]:
    """Yield ``work(item)`` for each item, in the order of ``items``.

    Parameters
    ----------
    work : callable
        A pure function of its item (picklable when ``jobs`` > 1).
    jobs : int
        Worker processes; 1 works in this process.

    Notes
    -----
    A cluster is used by naming it: joblib's ``parallel_config(backend="dask")`` around the call
    spreads the same items (extra ``dask``).
    """
    if jobs <= 1:
        yield from map(work, items)
        return
    yield from Parallel(n_jobs=jobs, return_as="generator")(delayed(work)(item) for item in items)

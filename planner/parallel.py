"""One ordered map over work items: results in item order, whatever the number of workers.

Work is spread over processes of this machine, or, where the environment names a scheduler of Dask
(``PLANNER_CLUSTER=tcp://host:8786``, extra ``dask``), over the workers of that cluster.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from joblib import Parallel, delayed

from planner.errors import ClusterError

#: The environment variable that names the scheduler of a cluster.
CLUSTER = "PLANNER_CLUSTER"
#: How long a scheduler may take to answer [s].
PATIENCE_SECONDS = 10

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
        Worker processes; 1 works in this process. With more than one, a cluster that is named in
        the environment takes the work instead, with all of its workers.

    Raises
    ------
    ClusterError
        When the named cluster cannot be reached, or the extra ``dask`` is not installed.
    """
    if jobs <= 1:
        yield from map(work, items)
    elif address := os.environ.get(CLUSTER):
        yield from _on_cluster(work, list(items), address)
    else:
        with TemporaryDirectory() as folder:
            kept = Path(folder) / "work"
            kept.write_bytes(pickle.dumps(work, pickle.HIGHEST_PROTOCOL))
            spread = Parallel(n_jobs=jobs, return_as="generator")
            yield from spread(delayed(_apply_kept)(str(kept), item) for item in items)


def _apply_kept(path: str, item: Any) -> Any:  # noqa: ANN401
    return _kept(path)(item)


@lru_cache(maxsize=1)
def _kept(path: str) -> Callable[[Any], Any]:
    """Return the work from its file, read once a process: cases are large, items are small."""
    work: Callable[[Any], Any] = pickle.loads(Path(path).read_bytes())
    return work


def _on_cluster(
    work: Callable[[Item], Result], items: list[Item], address: str
) -> Iterator[Result]:
    """Yield the results of a cluster in order; what is not asked for any more is called off."""
    try:
        import distributed  # an extra: only who names a cluster has it
    except ImportError:
        raise ClusterError(
            f"{CLUSTER} is set, but Dask is not installed: run pip install -e '.[dask]' in the "
            "project's folder, or unset the variable"
        ) from None
    dask: Any = distributed
    try:
        client = dask.Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError) as problem:
        raise ClusterError(
            f"{CLUSTER}={address}: no scheduler answers there ({problem}); start one with "
            "'dask scheduler' and 'dask worker', or unset the variable"
        ) from None
    with client:
        shared = client.scatter(work, hash=False)
        futures = [client.submit(_apply, shared, item, pure=False) for item in items]
        try:
            for future in futures:
                yield future.result()
        finally:
            client.cancel(futures)


def _apply(work: Callable[[Item], Result], item: Item) -> Result:
    return work(item)

"""Random streams with names: the only place in planner where generators are made.

A stream belongs to a purpose and to the names of the things it is for (service, location, day),
never to a position in a list.  So a location, a service or a purpose that is added leaves every
other stream, and with it every other customer, as it was (DESIGN §2, "randomness is data").

There are two kinds.  ``stream`` gives a numpy generator, for what is drawn seldom.  Customers come
by the million: each has one random mark, which is a function of the stream and of the customer's
number in it (``mark_streams``, ``marks``), and each of its columns is a function of the mark and of
the column's name (``marked_uniform``).  Nothing is drawn in an order, so all are drawn at once, and
a column that is added moves no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from planner.sim.mixing import Marks, mixed, uniforms

#: Fewer changes between neighbouring bits of a step than this, and its sums would mix badly.
FEWEST_CHANGES = 24
ALTERNATING = np.uint64(0xAAAAAAAAAAAAAAAA)


def stream(seed: int, replication: int, purpose: str, *keys: str | int) -> np.random.Generator:
    """Return the generator of one purpose and one thing.

    Parameters
    ----------
    seed : int
        Seed of the run, not negative.
    replication : int
        Number of the replication, not negative.
    purpose : str
        What is drawn, e.g. ``"arrivals"``.
    *keys : str or int
        Names of what it is drawn for, e.g. a service and an ISO date.

    Returns
    -------
    numpy.random.Generator
        PCG64 seeded by a SeedSequence whose entropy is the SHA-256 of seed, replication and names;
        equal arguments give equal streams.

    Notes
    -----
    With 256 bits, two lists of names never share a stream; SeedSequence mixes the words (M. E.
    O'Neill's seed_seq), so that near names give far streams.
    """
    words = np.frombuffer(_digest(seed, replication, purpose, *keys), dtype="<u4")
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))


def mark_streams(
    seed: int, replication: int, purpose: str, names: Iterable[tuple[str, ...]]
) -> Marks:
    """Return the streams of marks of one purpose, one for each of ``names``.

    Returns
    -------
    uint64 array (names, 2)
        Start and step, which is odd.

    Notes
    -----
    The pair that a split of SplitMix64 draws (Steele, Lea & Flood 2014, "Fast splittable
    pseudorandom number generators", OOPSLA, fig. 16 and 17), here from SHA-256: of seed,
    replication and purpose, and of the names.
    """
    run = np.frombuffer(_digest(seed, replication, purpose)[:16], dtype="<u8")
    keys = np.array([_known_key(*name) for name in names], dtype=np.uint64)
    return np.stack((mixed(keys ^ run[0]), _steps(mixed(keys ^ run[1]))), axis=1)


def marks(streams: Marks, which: NDArray[np.integer], number: NDArray[np.int64]) -> Marks:
    """Return the marks with these numbers.

    Parameters
    ----------
    streams : uint64 array (k, 2)
        ``mark_streams``.
    which, number : int arrays (n,)
        Row in ``streams`` and number in the stream, counted from -2^63.

    Notes
    -----
    Output ``number`` of SplitMix64: the finaliser of start + number x step.
    """
    start, step = np.ascontiguousarray(streams.T)
    return mixed(start.take(which) + step.take(which) * number.astype(np.uint64))


def name_key(*names: str | int) -> np.uint64:
    """Return 64 bits of the SHA-256 of ``names``: the fixed number of a named thing."""
    return np.uint64(int.from_bytes(_digest(*names)[:8], "little"))


def marked_uniform(marks: Marks, name: str) -> NDArray[np.float64]:
    """Return one uniform number in (0, 1) for each mark and this name.

    Parameters
    ----------
    marks : uint64 array (n,)
        A random mark a customer.
    name : str
        Name of the column, or of the alternative (a location, a district).

    Notes
    -----
    SplitMix64 finaliser of the mark and the name key; the top 52 bits, centred, so that neither 0
    nor 1 can come out.
    """
    return uniforms(marks, _known_key(name))


def _steps(bits: Marks) -> Marks:
    """Return odd steps with enough changes from bit to bit (``mixGamma`` of the paper)."""
    step = bits | np.uint64(1)
    changes = np.bitwise_count(step ^ (step >> np.uint64(1)))
    return np.where(changes >= FEWEST_CHANGES, step, step ^ ALTERNATING)


@cache
def _known_key(*names: str) -> np.uint64:
    return name_key(*names)


def _digest(*names: str | int) -> bytes:
    """SHA-256 of the names with type and length, so that no two lists of names share a text."""
    parts = [f"{type(name).__name__}:{len(str(name))}:{name}" for name in names]
    return hashlib.sha256("|".join(parts).encode()).digest()

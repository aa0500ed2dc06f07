"""Random streams with names: the only place in planner where generators are made.

A stream belongs to a purpose and to the names of the things it is for (service, location, day),
never to a position in a list.  So a location, a service or a purpose that is added leaves every
other stream, and with it every other customer, as it was (DESIGN §2, "randomness is data").
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)


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


def name_key(*names: str | int) -> np.uint64:
    """Return 64 bits of the SHA-256 of ``names``: the fixed number of a named thing."""
    return np.uint64(int.from_bytes(_digest(*names)[:8], "little"))


def marked_uniform(marks: NDArray[np.uint64], name: str) -> NDArray[np.float64]:
    """Return one uniform number in (0, 1) for each mark and this name.

    Parameters
    ----------
    marks : uint64 array
        A random mark a customer, drawn once from a stream.
    name : str
        Name of the alternative (a location, a district).

    Notes
    -----
    SplitMix64 finaliser (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number
    generators", OOPSLA, fig. 16) of the mark and the name key; the top 53 bits, centred.
    """
    mixed = marks ^ name_key(name)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * MIX_1
    mixed = (mixed ^ (mixed >> np.uint64(27))) * MIX_2
    mixed = mixed ^ (mixed >> np.uint64(31))
    return ((mixed >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


def _digest(*names: str | int) -> bytes:
    """SHA-256 of the names with type and length, so that no two lists of names share a text."""
    parts = [f"{type(name).__name__}:{len(str(name))}:{name}" for name in names]
    return hashlib.sha256("|".join(parts).encode()).digest()

"""Verdicts on files: how many mutants their tests notice, and why the others may live."""

from __future__ import annotations

import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.history import Measured
from tests.mutation.families import Family
from tests.mutation.judging import killed, seconds_unchanged
from tests.mutation.mutants import Mutant, mutants

SURVIVORS = Path(__file__).with_name("survivors.toml")
#: Files judged by one run of ``make bench`` stop after this time [s].
TIME = 1500.0
JOBS = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """The mutants of one file: how many, and those that no test noticed."""

    file: str
    count: int
    survivors: tuple[Mutant, ...]


def judged(family: Family, file: str) -> Verdict:
    """Return the verdict on a file.

    Raises
    ------
    ValueError
        If the family has no such file.
    RuntimeError
        If its tests fail without a mutant.
    """
    found = list(mutants(family.source(file)))
    usual = seconds_unchanged(family, file)
    with ThreadPoolExecutor(JOBS) as pool:
        dead = pool.map(lambda one: killed(family, file, one, usual), found)
        left = tuple(one for one, is_dead in zip(found, dead, strict=True) if not is_dead)
    return Verdict(file, len(found), left)


def reasons() -> dict[str, dict[str, str]]:
    """Return the written reasons by file and mutant; file names of families differ."""
    with SURVIVORS.open("rb") as file:
        return tomllib.load(file)


def verdicts(family: Family, files: Sequence[str] = ()) -> Iterator[Verdict]:
    """Yield the verdict on each of ``files``, or of all, until the time is over."""
    began = time.monotonic()
    for file in files or family.files:
        if time.monotonic() - began < TIME:
            yield judged(family, file)


def measured(family: Family) -> Iterator[Measured]:
    """Yield mutants, survivors with a reason, and survivors without one."""
    written, found = reasons(), list(verdicts(family))
    survivors = [(one.file, mutant.name) for one in found for mutant in one.survivors]
    bare = [f"{file}: {name}" for file, name in survivors if name not in written.get(file, {})]
    counts = Counter({"mutants": sum(one.count for one in found)})
    counts["survivors with a reason"] = len(survivors) - len(bare)
    case = f"{family.package.replace('.', '/')}, {len(found)} of {len(family.files)} files"
    for what, count in counts.items():
        yield Measured(case, what, float(count), "")
    yield Measured(case, "survivors without", float(len(bare)), "", "; ".join(bare[:5]))

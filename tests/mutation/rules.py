"""Mutants of the rules: how many the tests of the rules notice, and why the others are left.

``python -m tests.mutation.rules [RULE …]`` prints the survivors of these rules, or of all;
``survivors.toml`` holds the reason for each that is left.  A survivor without a reason is a hole in
the tests.
"""

from __future__ import annotations

import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import planner
from tests.benchmarks.history import Measured
from tests.mutation.judging import killed
from tests.mutation.mutants import Mutant, mutants

SURVIVORS = Path(__file__).with_name("survivors.toml")
RULES = Path(planner.__file__).parent / "rules"
TESTS = ("tests/rules",)
#: Files without a rule or with words only.
NOT_MUTATED = ("__init__", "wording", "registry", "permitted", "titles")
#: Rules judged by one run of ``make bench`` stop after this time [s].
TIME = 1500.0
JOBS = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """The mutants of one file: how many, and those that no test noticed."""

    rule: str
    count: int
    survivors: tuple[Mutant, ...]


def judged(rule: str) -> Verdict:
    """Return the verdict on a file of ``planner/rules``."""
    source = (RULES / f"{rule}.py").read_text(encoding="utf-8")
    found = list(mutants(source))
    with ThreadPoolExecutor(JOBS) as pool:
        dead = pool.map(lambda one: killed(f"planner.rules.{rule}", one, TESTS), found)
        left = tuple(one for one, is_dead in zip(found, dead, strict=True) if not is_dead)
    return Verdict(rule, len(found), left)


def reasons() -> dict[str, dict[str, str]]:
    """Return the written reasons by rule and mutant."""
    with SURVIVORS.open("rb") as file:
        return tomllib.load(file)


def verdicts(rules: Sequence[str] = ()) -> Iterator[Verdict]:
    """Yield the verdict on each of ``rules``, or of all, until the time is over."""
    began = time.monotonic()
    every = sorted(path.stem for path in RULES.glob("*.py") if path.stem not in NOT_MUTATED)
    for rule in rules or every:
        if time.monotonic() - began < TIME:
            yield judged(rule)


def measured() -> Iterator[Measured]:
    """Yield mutants, survivors with a reason, and survivors without one."""
    written, found = reasons(), list(verdicts())
    survivors = [(one.rule, mutant.name) for one in found for mutant in one.survivors]
    bare = [f"{rule}: {name}" for rule, name in survivors if name not in written.get(rule, {})]
    case = f"planner/rules, {len(found)} files"
    yield Measured(case, "mutants", float(sum(one.count for one in found)), "")
    yield Measured(case, "survivors with a reason", float(len(survivors) - len(bare)), "")
    yield Measured(case, "survivors without", float(len(bare)), "", "; ".join(bare[:5]))


def main(rules: list[str]) -> int:
    """Print the survivors; 1 if one of them has no reason."""
    written, holes = reasons(), 0
    for verdict in verdicts(rules):
        print(f"{verdict.rule}: {verdict.count} mutants, {len(verdict.survivors)} left", flush=True)  # noqa: T201
        for mutant in verdict.survivors:
            why = written.get(verdict.rule, {}).get(mutant.name, "")
            holes += not why
            print(f"  {mutant.line}: {mutant.name} -- {why or 'NO REASON'}", flush=True)  # noqa: T201
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Mutants of rules or postings: how many their tests notice, and why the others are left.

``python -m tests.mutation rules|postings|plain|activities [FILE …]`` prints the survivors of these
files, or of all; ``survivors.toml`` holds the reason for each that is left.  A survivor without a
reason is a hole in the tests: the program ends with 1.
"""

from __future__ import annotations

import sys

from tests.mutation.families import FAMILIES, Family
from tests.mutation.verdicts import reasons, verdicts


def main(words: list[str]) -> int:
    """Print the survivors; 1 if one of them has no reason, 2 if there is no such family or file."""
    family = next((one for one in FAMILIES if words and one.name == words[0]), None)
    unknown = [file for file in words[1:] if family and file not in family.files]
    if family is None or unknown:
        known = " | ".join(family.files if family else [one.name for one in FAMILIES])
        print(f"not known: {' '.join(unknown or words) or 'nothing'}; known: {known}")  # noqa: T201
        return 2
    return 1 if _holes(family, words[1:]) else 0


def _holes(family: Family, files: list[str]) -> int:
    """Print the survivors of these files, or of all; return how many have no reason."""
    written, holes = reasons(), 0
    for verdict in verdicts(family, files):
        print(f"{verdict.file}: {verdict.count} mutants, {len(verdict.survivors)} left", flush=True)  # noqa: T201
        for mutant in verdict.survivors:
            why = written.get(verdict.file, {}).get(mutant.name, "")
            holes += not why
            print(f"  {mutant.line}: {mutant.name} -- {why or 'NO REASON'}", flush=True)  # noqa: T201
    return holes


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

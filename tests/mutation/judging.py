"""A mutant judged: the tests run on it in a process of their own, and either fail or do not."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import sys
import types
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.mutation.mutants import Mutant

#: Longer than this a mutant runs in circles, which some test would notice [s].
PATIENCE = 60.0
#: Loaded once, so that each mutant's process has it already; nothing of the mutated package.
PRELOADED = ("numpy", "pandas", "planner.domain.case", "planner.tables", "planner.units")


def killed(module: str, mutant: Mutant, tests: Sequence[str]) -> bool:
    """Tell whether some test fails with ``mutant`` in place of ``module``."""
    for name in PRELOADED:
        importlib.import_module(name)
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_judge, args=(module, mutant, tuple(tests)))
    process.start()
    process.join(PATIENCE)
    if process.is_alive():
        process.terminate()
        process.join()
        return True
    return process.exitcode != 0


def _judge(module: str, mutant: Mutant, tests: tuple[str, ...]) -> None:
    """Put the mutant in place of the module and end with 0 if every test passes."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    package = importlib.import_module(module.rpartition(".")[0])
    changed = types.ModuleType(module)
    changed.__package__ = package.__name__
    changed.__file__ = str(Path(package.__file__ or "").with_name(f"{module.split('.')[-1]}.py"))
    sys.modules[module] = changed
    try:
        exec(compile(mutant.source, changed.__file__, "exec"), changed.__dict__)
    except Exception:  # a mutant that cannot be loaded is one that is noticed
        os._exit(1)
    setattr(package, module.split(".")[-1], changed)
    if _examples_fail(module.split(".")[-1]):
        os._exit(1)
    status = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests])
    os._exit(int(status))


def _examples_fail(rule: str) -> bool:
    """Tell whether the rule's own examples notice, which is quicker than all tests."""
    try:
        examples = importlib.import_module("tests.rules.examples")
        tests = importlib.import_module("tests.rules.test_rules")
        for number in range(len(examples.KEPT.get(rule, ()))):
            tests.test_kept_rules_find_nothing(rule, number)
        for number in range(len(examples.BROKEN.get(rule, ()))):
            tests.test_broken_rules_say_what_and_how_much(rule, number)
    except BaseException:  # a failed assertion or an error: noticed
        return True
    return False

"""A mutant judged: the tests run on it in a process of their own, and either fail or do not."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import pkgutil
import resource
import sys
import types
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from _pytest.config import default_plugins

from tests.mutation.families import Family
from tests.mutation.mutants import Mutant

#: A mutant that takes longer than the unchanged file, times and seconds, runs in circles [1, s].
PATIENCE = (3.0, 10.0)
#: Loaded once, so that each mutant's process has it already, beside what is below the family.
PRELOADED = ("numpy", "pandas", "numba", "pytest", *(f"_pytest.{name}" for name in default_plugins))
#: No plugins, no tracebacks, no rewritten assertions: that would be most of the time.
PLAIN = ("-x", "-q", "--tb=no", "--assert=plain", "-p", "no:cacheprovider")


def seconds_unchanged(family: Family, file: str) -> float:
    """Return the CPU seconds that the tests take with the file as it is [s].

    Raises
    ------
    RuntimeError
        If they fail: nothing can be judged by them.
    """
    mutant = Mutant(0, "nothing", family.source(file))
    status, seconds = _judged_alone(family, file, mutant, 600.0)
    if status:
        raise RuntimeError(f"the tests of {file} fail as it is: {family.tests_of(file)}")
    return seconds


def killed(family: Family, file: str, mutant: Mutant, unchanged: float) -> bool:
    """Tell whether some test fails with ``mutant`` in place of the file."""
    limit = PATIENCE[0] * unchanged + PATIENCE[1]
    return _judged_alone(family, file, mutant, limit)[0] != 0


def _judged_alone(family: Family, file: str, mutant: Mutant, limit: float) -> tuple[int, float]:
    """Return the status of the tests in a process of their own, and its CPU seconds."""
    _load(family.below)
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_judge, args=(family, file, mutant, limit, there))
    process.start()
    there.close()
    process.join()
    try:
        seconds = float(here.recv())
    except EOFError:  # it ended before it could tell
        seconds = limit
    here.close()
    return process.exitcode or 0, seconds


@cache
def _load(below: tuple[str, ...]) -> None:
    """Load what is preloaded and every module of the packages below."""
    for name in (*PRELOADED, *below):
        module = importlib.import_module(name)
        for found in pkgutil.iter_modules(getattr(module, "__path__", ()) if name in below else ()):
            importlib.import_module(f"{name}.{found.name}")


def _judge(family: Family, file: str, mutant: Mutant, limit: float, tell: Connection) -> None:
    """Put the mutant in place of the file and end with 0 if every test passes."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(limit) + 1, int(limit) + 2))
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    _forget(family)
    if family.interpreted:
        importlib.import_module("numba").config.DISABLE_JIT = True
    noticed = not _put_in_place(family, file, mutant) or (family.examples and _examples_fail(file))
    if not noticed:
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        noticed = any(pytest.main([*PLAIN, test]) for test in family.tests_of(file))
    tell.send(resource.getrusage(resource.RUSAGE_SELF).ru_utime)
    os._exit(int(noticed))


def _forget(family: Family) -> None:
    """Have everything loaded anew that may know the package: with the mutant in its place."""
    kept = ("planner", "tests", "tests.mutation", *family.below)
    for name in list(sys.modules):
        ours = name.partition(".")[0] in ("planner", "tests")
        below = any(name == one or name.startswith(f"{one}.") for one in kept[2:])
        if ours and not below and name not in kept:
            del sys.modules[name]


def _put_in_place(family: Family, file: str, mutant: Mutant) -> bool:
    """Load the mutant as the file's module; tell whether it could be."""
    module = f"{family.package}.{file}"
    package = importlib.import_module(family.package)
    changed = types.ModuleType(module)
    changed.__package__ = package.__name__
    changed.__file__ = str(Path(package.__file__ or "").with_name(f"{file}.py"))
    sys.modules[module] = changed
    try:
        exec(compile(mutant.source, changed.__file__, "exec"), changed.__dict__)
    except Exception:  # a mutant that cannot be loaded is one that is noticed
        return False
    setattr(package, file, changed)
    return True


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

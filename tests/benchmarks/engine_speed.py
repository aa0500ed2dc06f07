"""Speed of the engines against peers, side by side in one run.

Each case is played by every engine in turn on the same sampled customers, in CPU time, so many
rounds; a figure is the median over the rounds with the range as its note, a ratio is taken inside a
round.  Peers that need minutes for a whole case play a part of it.  A peer that is not installed,
or a compiler that is not there, is reported as absent.

``python -m tests.benchmarks "engine speed: day"`` runs one case and appends the history.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

import numpy as np

from planner.sim.engine import get_engine
from tests.benchmarks import idiomatic_simpy
from tests.benchmarks.engine_cases import Case
from tests.benchmarks.event_loop import event_loop
from tests.benchmarks.history import Measured

ROUNDS = 7
#: Ratios of interest: faster, slower.
RATIOS = (
    ("compiled", "idiomatic SimPy"),
    ("compiled", "SimPy reference"),
    ("SimPy reference", "idiomatic SimPy"),
    ("compiled", "C"),
    ("compiled", "Ciw"),
    ("compiled", "salabim"),
)
#: Customers of a case that a slow peer plays.
SALABIM_CUSTOMERS = 2_000


@dataclass(frozen=True)
class _Player:
    """An engine with the case it plays and how often a round (short times are not measurable)."""

    name: str
    run: Callable[..., object]
    case: Case
    repeats: int = 1

    def seconds(self) -> float:
        """Return the CPU time a customer [s]."""
        started = time.process_time()
        for _ in range(self.repeats):
            for location in self.case.locations:
                self.run(*location)
        return (time.process_time() - started) / self.repeats / self.case.customers


def measured(case: Case, rounds: int = ROUNDS) -> Iterator[Measured]:
    """Yield customers a second, ratios and differing customers of one case."""
    players = list(_players(case))
    for player in players:
        player.run(*player.case.locations[0])
    times: dict[str, list[float]] = {player.name: [] for player in players}
    for _ in range(rounds):
        for player in players:
            times[player.name].append(player.seconds())
    for name, seconds in times.items():
        yield _spread(case, f"{name}: customers a second", 1 / np.array(seconds), "1/s")
    yield from _ratios(case, times)
    for player in players:
        if player.name in ("C", "idiomatic SimPy"):
            what = f"{player.name}: called otherwise"
            yield Measured(case.name, what, _differing(player), "share")


def _ratios(case: Case, times: dict[str, list[float]]) -> Iterator[Measured]:
    for fast, slow in RATIOS:
        if slow in times:
            ratios = np.array(times[slow]) / times[fast]
            yield _spread(case, f"{fast} / {slow}", ratios, "ratio")
        else:
            yield Measured(case.name, f"{fast} / {slow}", float("nan"), "ratio", f"{slow} absent")


def _players(case: Case) -> Iterator[_Player]:
    yield _Player("compiled", get_engine("compiled").run, case, repeats=10)
    loop = event_loop()
    if loop is not None:
        yield _Player("C", loop, case, repeats=10)
    yield _Player("SimPy reference", get_engine("simpy").run, case)
    yield _Player("idiomatic SimPy", idiomatic_simpy.model_of(case.name), case)
    if find_spec("ciw"):
        yield _Player("Ciw", import_module("tests.benchmarks.ciw_peer").model_of(case.name), case)
    if find_spec("salabim"):
        model = import_module("tests.benchmarks.salabim_peer").model_of(case.name)
        yield _Player("salabim", model, case.part(SALABIM_CUSTOMERS))


def _spread(case: Case, what: str, values: np.ndarray, unit: str) -> Measured:
    low, high = float(values.min()), float(values.max())
    note = f"{low:.4g} to {high:.4g} in {len(values)} rounds"
    return Measured(case.name, what, float(f"{np.median(values):.4g}"), unit, note)


def _differing(player: _Player) -> float:
    """Return the share of customers who are called at another instant than by the law."""
    calls = [
        (get_engine("compiled").run(*location).call, np.asarray(player.run(*location)))
        for location in player.case.locations
    ]
    ours, theirs = (np.concatenate(columns) for columns in zip(*calls, strict=True))
    return float((ours != theirs).mean())

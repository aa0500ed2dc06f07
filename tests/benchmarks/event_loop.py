"""The C event loop, compiled on the spot: the physical reference for speed."""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from shutil import which

import numpy as np

from planner.sim.engine import NOT_CALLED, Clerks, House, Queue

FLAGS = ("-O3", "-march=native", "-shared", "-fPIC", "-ffp-contract=off")


@cache
def event_loop() -> Callable[[Queue, Clerks, House], np.ndarray] | None:
    """Return the C loop, which fills the calls [ms]; None where there is no compiler."""
    compiler = which("cc") or which("gcc") or which("clang")
    if compiler is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "event_loop.so"
        source = Path(__file__).with_name("event_loop.c")
        subprocess.run([compiler, *FLAGS, str(source), "-o", str(library)], check=True)
        play = ctypes.CDLL(str(library)).play

    def run(queue: Queue, clerks: Clerks, house: House) -> np.ndarray:
        call = np.full(len(queue.arrival), NOT_CALLED, dtype=np.int64)
        patience = np.ascontiguousarray(queue.patience[:, 0])
        columns = (queue.arrival, queue.rank, queue.work, queue.skill, patience)
        roster = (clerks.first, clerks.start, clerks.end, clerks.mask, clerks.pause, clerks.stays)
        play(
            ctypes.c_int64(len(queue.arrival)),
            *(_pointer(column) for column in columns),
            ctypes.c_int64(len(clerks.speed)),
            *(_pointer(column) for column in roster),
            ctypes.c_int64(len(house.closing)),
            _pointer(house.closing),
            ctypes.c_int64(len(house.mean_work)),
            ctypes.c_int64(len(house.desks)),
            _pointer(house.desks_from),
            _pointer(house.desks),
            _pointer(call),
        )
        return call

    return run


def _pointer(array: np.ndarray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)

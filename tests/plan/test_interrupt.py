"""Ctrl-C while the master is being solved reaches the program, which stops in its own way."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import os, signal, threading, time
from planner.model.shift_master import ShiftMaster, contiguous_menu

stopped = []
signal.signal(signal.SIGINT, lambda *_: stopped.append(True))
sender = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
sender.start()
ends = time.monotonic() + 30
while not stopped and time.monotonic() < ends:
    master = ShiftMaster(contiguous_menu(20, (8, 9, 11, 14, 18)), (6,) * 20, (1,) * 20)
    for number in range(9):
        low = tuple((7 * number + 3 * period) % 5 for period in range(20))
        master.exclude(low, tuple(range(20)))
    assert master.solve(5.0).counts is not None
sender.join()
print("stopped" if stopped else "not told")
"""


def test_an_interrupt_is_the_callers() -> None:
    """The handler of the program is called, and the program lives on."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "stopped"), done.stderr

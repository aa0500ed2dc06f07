"""Progress on standard error, and Ctrl-C as "stop and keep the best"."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rich.console import Console
from rich.status import Status

from planner.cli.show import Language
from planner.workflow.options import Watch

_STOPPING = {
    Language.DE: "Abbruch: der beste Stand wird gesichert (noch einmal Strg-C beendet sofort).",
    Language.EN: "Stopping: the best result is kept (Ctrl-C again ends at once).",
}


class _Stopper:
    """Turns the first interrupt into a wish to stop and the second into an end."""

    def __init__(self, console: Console, language: Language) -> None:
        self._console = console
        self._language = language
        self.wanted = False

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        if self.wanted:
            raise KeyboardInterrupt
        self.wanted = True
        self._console.print(_STOPPING[self._language], style="yellow")


class _Voice:
    """Shows one live line on a terminal, and a line per phase or ten seconds elsewhere."""

    def __init__(self, console: Console, status: Status) -> None:
        self._console = console
        self._status = status
        self._started = time.monotonic()
        self._phase = ""
        self._spoken = 0.0

    def __call__(self, phase: str, share: float | None, detail: str) -> None:
        now = time.monotonic() - self._started
        percent = "" if share is None else f" {share:4.0%}"
        line = f"{now:6.1f} s  {phase}{percent}  {detail}".rstrip()
        if self._console.is_terminal:
            self._status.update(line)
        if phase != self._phase or (not self._console.is_terminal and now - self._spoken >= 10):
            self._console.print(line, highlight=False, markup=False)
            self._phase, self._spoken = phase, now


@contextmanager
def watching(language: Language) -> Iterator[Watch]:
    """Yield a watch that speaks on standard error and stops on Ctrl-C."""
    console = Console(file=sys.stderr, soft_wrap=True)
    stopper = _Stopper(console, language)
    before = signal.signal(signal.SIGINT, stopper)
    try:
        with console.status("planner") as status:
            yield Watch(say=_Voice(console, status), stop=lambda: stopper.wanted)
    finally:
        signal.signal(signal.SIGINT, before)

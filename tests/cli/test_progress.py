"""Progress and Ctrl-C."""

from __future__ import annotations

import os
import signal

import pytest

from planner.cli.progress import watching
from planner.cli.show import Language


def test_the_first_interrupt_is_a_wish_the_second_an_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Ctrl-C asks to stop and keeps the run alive; a second one ends it."""
    with watching(Language.DE) as watch:
        assert not watch.stop()
        os.kill(os.getpid(), signal.SIGINT)
        assert watch.stop()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert "beste Stand wird gesichert" in capsys.readouterr().err


def test_a_phase_is_told_once_where_no_terminal_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal a phase gives one line, not one per call."""
    with watching(Language.EN) as watch:
        for share in (0.1, 0.2, None):
            watch.say("demand", share, "detail")
        watch.say("roster", None, "")
    lines = [line for line in capsys.readouterr().err.splitlines() if line.strip()]
    assert [line.split()[2] for line in lines] == ["demand", "roster"]

"""``planner timeline``: the day that is shown is the day that was simulated."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from planner.workflow.summary import ExitStatus
from tests.cli.conftest import SCENARIOS, SMALL, Planned, run


def test_the_shown_day_is_that_of_the_run(planned: Planned, tmp_path: Path) -> None:
    """Calls and desks of a day at Site North are those of the run's stored customers."""
    result = run("timeline", planned.folder, "--location", "north", "--out", tmp_path, "--json")
    assert result.exit_code == ExitStatus.DONE, result.stderr
    facts = json.loads(result.stdout)["facts"]
    log = pd.read_csv(tmp_path / "timeline.csv", dtype=str, keep_default_na=False)
    stored = pd.read_parquet(planned.folder / "customers.parquet")
    there = stored[(stored["location"] == "north") & stored["called"].str.startswith(facts["date"])]
    called = log[log["event"] == "is called"]
    assert len(called) == len(there) > 20
    shown = sorted(zip(called["time"], called["desk"], called["service"], strict=True))
    times = there["called"].str[11:]
    assert shown == sorted(zip(times, there["desk"], there["service"], strict=True))
    assert {"shift starts", "shift ends", "doors open", "doors close"} <= set(log["event"])
    assert (log["text"] != "").all()
    assert (tmp_path / "timeline.svg").read_text(encoding="utf-8").count("<title>Kunde ") == len(
        called
    )


def test_a_case_needs_no_run(tmp_path: Path) -> None:
    """A scenario file alone: the required desks serve; a queue has its constant desks."""
    for case, location in ((SMALL, "line"), (SCENARIOS / "queue" / "mmc.yaml", "queue")):
        folder = tmp_path / location
        options = ("--location", location, "--language", "en", "--out", folder)
        short = ("--set", "horizon.days=7", "--set", "simulation.warm_up_hours=0")
        settings = short if location == "queue" else ()
        assert run("timeline", case, *options, *settings).exit_code == ExitStatus.DONE
        assert "One simulated day" in (folder / "timeline.svg").read_text(encoding="utf-8")


def test_a_replication_is_kept_and_replayed(planned: Planned, tmp_path: Path) -> None:
    """The replay, by the other engine, shows the same day byte for byte."""
    first = ("--location", "north", "--replication", "1", "--seed", "9")
    kept = tmp_path / "kept"
    run("timeline", planned.folder, *first, "--keep", kept, "--out", tmp_path / "one")
    again = (*first, "--replay", kept, "--engine", "simpy", "--out", tmp_path / "other")
    assert run("timeline", planned.folder, *again).exit_code == ExitStatus.DONE
    for name in ("timeline.csv", "timeline.svg"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--location", "nowhere"), "north"),
        (("--location", "north", "--date", "2031-01-01"), "2024-04-15"),
    ],
)
def test_an_unknown_place_or_day_is_refused(
    planned: Planned, tmp_path: Path, options: tuple[str, ...], named: str
) -> None:
    """The message names what there is; nothing is written."""
    result = run("timeline", planned.folder, *options, "--out", tmp_path / "day")
    assert result.exit_code == ExitStatus.BAD_INPUT
    assert named in result.stderr
    assert not (tmp_path / "day").exists()

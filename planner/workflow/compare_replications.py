"""Replications of all scenarios, chunk by chunk, until the differences are known well enough."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.plan.selection import Selected
from planner.results.comparison_store import Chunks
from planner.sim.comparison import Paired, paired
from planner.sim.measures import Row
from planner.sim.samples import Sample, joined, sample_frame, sample_from_frame, sample_of
from planner.sim.scenario_replications import Option, scenario_replications
from planner.workflow.compare_options import CHUNK, CompareEffort
from planner.workflow.compare_selection import Question
from planner.workflow.options import RunOptions, Watch

#: Deciding measures of the city where there are appointments; else the mean wait decides.
_DECIDING = ("lead_booked_mean", "lead_within_14_days", "not_served_share")


@dataclass(frozen=True, eq=False)
class Replicated:
    """Samples by scenario with equally many replications.

    Attributes
    ----------
    reached : bool
        The wanted half-width is reached for every deciding difference.
    widest : float
        The largest of them as a share of what is wanted: at most 1 when reached.
    seconds, estimate : float
        Wall time of the replications that were not there before, and what was told
        beforehand [s].
    """

    samples: tuple[Sample, ...]
    selected: Selected
    reached: bool
    widest: float
    seconds: float
    estimate: float


@dataclass
class Replicating:
    """One comparison's replications.

    Attributes
    ----------
    options, stores : sequences
        Scenarios, the base first, and where their chunks are kept.
    question : Question
        What is selected by.
    """

    options: Sequence[Option]
    stores: Sequence[Chunks]
    question: Question
    effort: CompareEffort
    run: RunOptions
    watch: Watch
    _parts: list[list[Sample]] = field(default_factory=list)
    _spent: float = 0.0
    _made: int = 0
    _estimate: float = 0.0

    def until_known(self) -> Replicated | None:
        """Return what is known in the end; None when it was stopped before the first chunk."""
        self._parts = [[] for _ in self.options]
        wanted, number, known = self.effort.at_least, 0, (False, np.inf)
        while number * CHUNK < wanted:
            if not self._chunk(number):
                break
            number += 1
            if number * CHUNK >= wanted and wanted < self.effort.at_most:
                known = self._known()
                if not (known[0] and self._selected().best is not None):
                    wanted = min(self.effort.at_most, wanted + CHUNK)
        if not number:
            return None
        reached, widest = self._known()
        return Replicated(
            tuple(joined(parts) for parts in self._parts),
            self._selected(),
            reached,
            widest,
            self._spent,
            self._estimate,
        )

    def _chunk(self, number: int) -> bool:
        """Add the chunk of every scenario; False when stopped before its end."""
        frames = [store.read(number) for store in self.stores]
        missing = [place for place, frame in enumerate(frames) if frame is None]
        made = self._made_now(number, missing) if missing else {}
        if made is None:
            return False
        for place, frame in enumerate(frames):
            part = made[place] if frame is None else sample_from_frame(frame)
            self._parts[place].append(part)
        return True

    def _made_now(self, number: int, missing: list[int]) -> dict[int, Sample] | None:
        started = time.monotonic()
        options = [self.options[place] for place in missing]
        first = number * CHUNK
        numbers = range(first, first + CHUNK)
        rows: list[list[list[Row]]] = [[] for _ in options]
        seed, jobs = self.run.seed + 1, self.run.jobs
        for done, found in enumerate(
            scenario_replications(options, seed, numbers, jobs, self.run.engine), start=1
        ):
            for place, option in enumerate(options):
                rows[place].append(found[option.name])
            spent = self._spent + time.monotonic() - started
            self._tell(first + done, spent / (self._made + done))
            if self.watch.stop() and done < CHUNK:
                return None
        self._spent += time.monotonic() - started
        self._made += CHUNK
        samples = {}
        for place, mine in zip(missing, rows, strict=True):
            samples[place] = sample_of(mine)
            self.stores[place].write(number, sample_frame(samples[place]))
        return samples

    def _tell(self, done: int, each: float) -> None:
        """Say how far it is; the first time also how long it takes, at least and at most."""
        effort = self.effort
        least, most = (max(0, n - done) * each / 60 for n in (effort.at_least, effort.at_most))
        if not self._estimate:
            self._estimate = (effort.at_most - done + 1) * each
            scenarios = len(self.options)
            text = (
                f"≈ {each:.1f} s / replication × {scenarios} scenarios: "
                f"{least:.1f}–{most:.1f} min ({effort.at_least}–{effort.at_most})"
            )
            self.watch.say("estimate", None, text)
        detail = f"{done} / {effort.at_least}–{effort.at_most}, ≈ {least:.1f}–{most:.1f} min"
        self.watch.say("replications", done / effort.at_most, detail)

    def _selected(self) -> Selected:
        return self.question.answer([joined(parts) for parts in self._parts])

    def _known(self) -> tuple[bool, float]:
        """Return whether every deciding half-width is reached, and the widest over the wanted."""
        base = joined(self._parts[0])
        widest = 0.0
        for parts in self._parts[1:]:
            found = paired(base, joined(parts), self.question.confidence)
            widest = max(widest, _widest(found, self.effort.half_width))
        return widest <= 1.0, widest


def _widest(found: Paired, wanted: float) -> float:
    frame = found.keys.to_frame(index=False)
    city = (frame["scope"] == "city") & (frame["area"] != "all")
    deciding = city & (frame["channel"] == "appointment") & frame["measure"].isin(_DECIDING)
    if not deciding.any():
        deciding = city & (frame["channel"] == "all") & (frame["measure"] == "wait_mean")
    rows = np.flatnonzero(deciding.to_numpy() & ~np.isnan(found.difference))
    if len(rows) == 0:
        return 0.0
    share = (frame["unit"] == "share").to_numpy()[rows]
    allowed = np.where(share, wanted, wanted * np.maximum(np.abs(found.base[rows]), 1e-12))
    reach = np.nan_to_num(found.reach[rows], nan=np.inf)
    return float((reach / allowed).max())

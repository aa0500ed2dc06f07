"""The tables of a comparison, from its scenarios and samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from planner.domain.case import PlanningCase
from planner.plan.desk_hour_split import DeskHourSplit, changed_hours, desk_hour_splits
from planner.scenario.differing import in_words, scenario_differences
from planner.scenario.notes import ScenarioNotes, read_notes
from planner.sim.comparison import Paired, paired
from planner.sim.samples import Sample
from planner.sim.summary import KEY, summarise
from planner.tables import COMPARISON_BOOK
from planner.workflow.compare_options import Scenario
from planner.workflow.compare_replications import Replicated
from planner.workflow.compare_selection import Question
from planner.workflow.options import CaseOptions

_BOOK = {table.name: table for table in COMPARISON_BOOK}
#: Sampled weeks behind the desk hours by cause.
SPLIT_WEEKS = 4


@dataclass(frozen=True, eq=False)
class Compared:
    """What a comparison has found."""

    scenarios: tuple[Scenario, ...]
    replicated: Replicated
    question: Question
    options: tuple[CaseOptions, ...]
    seed: int


def comparison_tables(found: Compared) -> dict[str, pd.DataFrame]:
    """Return every table of the comparison by name."""
    samples, cases = found.replicated.samples, [s.case for s in found.scenarios]
    confidence = cases[0].simulation.confidence
    pairs = [paired(samples[0], sample, confidence) for sample in samples]
    names = [case.name for case in cases]
    notes = [read_notes(scenario.path) for scenario in found.scenarios]
    return {
        "scenarios": _frame("scenarios", _scenario_rows(found, notes)),
        "numbers": _frame("numbers", _number_rows(names, notes)),
        "scenario_changes": _frame("scenario_changes", _change_rows(found)),
        "scenario_measures": _measures(cases, samples),
        "comparison": pd.concat(
            [_differences(name, pair) for name, pair in zip(names[1:], pairs[1:], strict=True)]
            or [_frame("comparison", [])]
        ),
        "selection": _frame("selection", _selection_rows(found, names)),
        "variance_reduction": pd.concat(
            [_variances(name, pair) for name, pair in zip(names[1:], pairs[1:], strict=True)]
            or [_frame("variance_reduction", [])]
        ),
        "places": _frame("places", _place_rows(cases)),
        "desk_hours": _frame("desk_hours", _desk_hour_rows(found)),
    }


def by_replication(sample: Sample) -> pd.DataFrame:
    """Return a sample as the long table that ``summarise`` reads."""
    count = sample.replications
    rows = sample.keys.to_frame(index=False)
    frame = rows.loc[rows.index.repeat(count)].reset_index(drop=True)
    frame["replication"] = np.tile(np.arange(count), len(rows))
    frame["value"], frame["weight"] = sample.value.ravel(), sample.weight.ravel()
    return frame


def _scenario_rows(found: Compared, notes: Sequence[ScenarioNotes]) -> Iterator[tuple[object, ...]]:
    count = found.replicated.samples[0].replications
    for rank, (scenario, note) in enumerate(zip(found.scenarios, notes, strict=True)):
        case = scenario.case
        texts = (case.title_de, case.title_en, *note.why)
        file = scenario.path.as_posix()
        yield (rank, case.name, *texts, file, case.fingerprint, count)


def _number_rows(
    names: Sequence[str], notes: Sequence[ScenarioNotes]
) -> Iterator[tuple[object, ...]]:
    for name, note in zip(names, notes, strict=True):
        for rank, item in enumerate(note.numbers):
            yield (name, rank, item.de, item.en, item.confidence.value, item.source)


def _change_rows(found: Compared) -> Iterator[tuple[object, ...]]:
    base = found.options[0]
    for scenario, option in zip(found.scenarios[1:], found.options[1:], strict=True):
        differences = scenario_differences(base.path, option.path, option.settings, option.week)
        for rank, sentence in enumerate(in_words(differences)):
            texts = (sentence.german, sentence.english)
            yield (scenario.case.name, rank, *texts, sentence.places(Path.cwd()))


def _measures(cases: Sequence[PlanningCase], samples: Sequence[Sample]) -> pd.DataFrame:
    frames = []
    for case, sample in zip(cases, samples, strict=True):
        frame = summarise(case, by_replication(sample))
        frame.insert(0, "scenario", case.name)
        frames.append(frame)
    return pd.concat(frames)


def _differences(name: str, pair: Paired) -> pd.DataFrame:
    frame = pair.keys.to_frame(index=False)
    frame.insert(0, "scenario", name)
    frame["base"], frame["other"], frame["difference"] = pair.base, pair.other, pair.difference
    frame["ci_low"], frame["ci_high"] = pair.difference - pair.reach, pair.difference + pair.reach
    frame["replications"] = pair.replications
    frame["verdict"] = _verdicts(pair)
    return frame[~(np.isnan(pair.base) & np.isnan(pair.other))]


def _verdicts(pair: Paired) -> np.ndarray:
    """Return in words on which side of 0 the interval lies."""
    low, high = pair.difference - pair.reach, pair.difference + pair.reach
    verdict = np.full(len(low), "undecided", dtype=object)
    verdict[low > 0], verdict[high < 0] = "larger", "smaller"
    verdict[(pair.difference == 0) & (pair.variance_common == 0)] = "equal"
    nobody = pair.replications == 0
    verdict[nobody & ~np.isnan(pair.base)] = "only_base"
    verdict[nobody & ~np.isnan(pair.other)] = "only_other"
    return verdict


def _variances(name: str, pair: Paired) -> pd.DataFrame:
    frame = pair.keys.to_frame(index=False)[KEY]
    frame.insert(0, "scenario", name)
    independent, common = pair.variance_independent, pair.variance_common
    factor = np.divide(independent, common, out=np.full(len(common), np.nan), where=common > 0)
    frame["variance_independent"], frame["variance_common"] = independent, common
    frame["factor"] = factor
    return frame[pair.replications > 1]


def _selection_rows(found: Compared, names: Sequence[str]) -> Iterator[tuple[object, ...]]:
    question, chosen = found.question, found.replicated.selected
    samples = found.replicated.samples
    values = question.values(samples)
    missed = question.missed(samples)
    for rank, name in enumerate(names):
        mean = float(values[:, rank].mean())
        standing, stage = chosen.standings[rank].value, chosen.stages[rank]
        yield (rank, name, "/".join(question.key), mean, standing, stage, ";".join(missed[rank]))


def _place_rows(cases: Sequence[PlanningCase]) -> Iterator[tuple[object, ...]]:
    yield ("city", "city", "", "", "")
    seen = {("city", "city")}
    for case in cases:
        rows = [("area", a.id, a.name_de, a.name_en, "") for a in case.areas]
        rows += [("district", d.id, d.name, d.name, d.id) for d in case.districts]
        rows += [
            ("phone" if p.area == "phone" else "location", p.id, p.name, p.name, p.district)
            for p in case.locations
        ]
        for row in rows:
            if row[:2] not in seen:
                seen.add(row[:2])
                yield row


def _desk_hour_rows(found: Compared) -> Iterator[tuple[object, ...]]:
    """Return desk hours by cause of locations whose opening hours differ, base and scenario."""
    base = found.scenarios[0].case
    before: dict[str, DeskHourSplit] = {}
    for scenario in found.scenarios[1:]:
        places = changed_hours(base, scenario.case)
        fresh = [place for place in places if place not in before]
        splits = desk_hour_splits(base, fresh, found.seed, SPLIT_WEEKS)
        before.update({split.location: split for split in splits})
        yield from (_desk_hour_row(base.name, split) for split in splits)
        for split in desk_hour_splits(scenario.case, places, found.seed, SPLIT_WEEKS):
            yield _desk_hour_row(scenario.case.name, split)


def _desk_hour_row(name: str, split: DeskHourSplit) -> tuple[object, ...]:
    return (
        *(name, split.location, split.open_hours, split.appointments, split.walk_ins),
        *(split.work, split.doors, split.waiting, split.sickness),
    )


def _frame(
    name: str, rows: Iterator[tuple[object, ...]] | list[tuple[object, ...]]
) -> pd.DataFrame:
    table = _BOOK[name]
    return table.conform(pd.DataFrame(list(rows), columns=table.names))

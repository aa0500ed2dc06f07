"""Where values come from, the bibliography, and what was observed."""

from __future__ import annotations

from planner.domain.case import Confidence, Observation, Publication, SourcedValue
from planner.scenario import row_models as rows
from planner.scenario.draft import Draft
from planner.scenario.table_book import TABLES, TableSpec

#: Tables whose remarks speak for themselves; the others' are gathered into the sources.
_APART = ("sources", "bibliography", "observations")
_MOST_KEYS = 3


def sources(draft: Draft) -> tuple[SourcedValue, ...]:
    """Return the sources table and, gathered, the remarks of the other tables' rows."""
    given = [_sourced(entry.value) for entry in draft.all(rows.SourceRow)]
    for spec in TABLES:
        if spec.name not in _APART:
            given.extend(_remarks(draft, spec))
    return tuple(sorted(given, key=lambda value: (value.path, value.source, value.note)))


def bibliography(draft: Draft) -> tuple[Publication, ...]:
    """Return the publications, sorted by key."""
    found = [
        Publication(entry.value.key, entry.value.title, entry.value.published, entry.value.address)
        for entry in draft.all(rows.PublicationRow)
    ]
    return tuple(sorted(found, key=lambda publication: publication.key))


def observations(draft: Draft) -> tuple[Observation, ...]:
    """Return the observations, sorted by id."""
    found = [
        Observation(**entry.value.model_dump(exclude={"confidence"}))
        for entry in draft.all(rows.ObservationRow)
    ]
    return tuple(sorted(found, key=lambda observation: observation.id))


def _sourced(row: rows.SourceRow) -> SourcedValue:
    return SourcedValue(
        path=row.path,
        value=row.value,
        unit=row.unit,
        confidence=row.confidence,
        source=row.source,
        note=row.note,
        low=row.low,
        high=row.high,
    )


def _remarks(draft: Draft, spec: TableSpec) -> list[SourcedValue]:
    """Return one sourced value for all rows of a table with the same remark."""
    keys: dict[tuple[Confidence, str, str], list[str]] = {}
    for entry in draft.all(spec.row):
        row = entry.value
        if row.confidence is not None:
            key = entry.path.removeprefix(f"{spec.name}.")
            keys.setdefault((row.confidence, row.source, row.note), []).append(key)
    return [
        SourcedValue(spec.name, _named(members), "", confidence, source, note)
        for (confidence, source, note), members in keys.items()
    ]


def _named(keys: list[str]) -> str:
    return ", ".join(keys) if len(keys) <= _MOST_KEYS else f"{len(keys)} rows"

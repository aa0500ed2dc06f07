"""``repair.html``: what a repair changed and who could stand in, on one page in two languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from planner.reporting.report import Document
from planner.reporting.words import LANGUAGES, TEMPLATES
from planner.results.store import Run

_TEXTS = {
    "de": {
        "title": "Reparatur des Dienstplans", "changes": "Änderungen", "stand_ins": "Vertretungen",
        "person": "Person", "day": "Tag", "before": "vorher", "after": "nachher", "why": "warum",
        "free": "frei", "rank": "Rang", "saves": "erspart (Punkte)", "chosen": "gewählt",
        "work": "Gleiche Schicht, andere Tätigkeiten", "people": "Personen mit anderer Schicht",
        "status": "Lösung", "nobody": "Niemand konnte allein helfen.",
    },
    "en": {
        "title": "Repair of the roster", "changes": "Changes", "stand_ins": "Stand-ins",
        "person": "person", "day": "day", "before": "before", "after": "after", "why": "why",
        "free": "off", "rank": "rank", "saves": "saves (points)", "chosen": "chosen",
        "work": "Same shift, other activities", "people": "People with another shift",
        "status": "Solution", "nobody": "Nobody could help alone.",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RepairReport:
    """The page of a repair."""

    name: str = "repair"
    needs: tuple[str, ...] = ("changes", "stand_ins")

    def build(self, run: Run, language: str) -> Iterator[Document]:
        """Yield the page; ``language`` comes first."""
        order = sorted(LANGUAGES, key=lambda name: name != language)
        pages = [_page(run, name) for name in order]
        html = _environment().get_template("repair.html.j2").render(pages=pages)
        yield Document(PurePosixPath("repair.html"), html.encode("utf-8"))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(run: Run, language: str) -> dict[str, object]:
    why = "why" if language == "de" else "why_en"
    changes = run.table("changes").rename(columns={why: "reason"})
    names = _place_names(run)
    for column in ("before", "after"):
        changes[column] = [_with_name(text, names) for text in changes[column]]
    stand_ins = run.table("stand_ins").rename(columns={why: "reason"})
    work = changes["kind"] == "work"
    return {
        "language": language,
        "texts": _TEXTS[language],
        "run": run.manifest.run_id,
        "status": run.manifest.status,
        "changes": changes[~work].to_dict("records"),
        "work": changes[work].to_dict("records"),
        "stand_ins": stand_ins.to_dict("records"),
        "people": int(changes[~work]["employee"].nunique()),
    }


def _place_names(run: Run) -> dict[str, str]:
    places = run.table("locations") if run.has("locations") else None
    return {} if places is None else dict(zip(places["location"], places["name"], strict=True))


def _with_name(shift: str, names: dict[str, str]) -> str:
    """Return ``location HH:MM-HH:MM`` with the location's name; empty for a day off."""
    location, _, hours = str(shift).rpartition(" ")
    return f"{names.get(location, location)} {hours}".strip()

"""How results and problems are shown: a short table, or one JSON object."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum

import typer
from rich.console import Console
from rich.table import Table

from planner.errors import Problem
from planner.workflow.summary import ExitStatus, Summary, SummaryRow

#: Columns of the closing table where no terminal says how wide it is.
FILE_WIDTH = 160


class Language(StrEnum):
    """Languages that people read."""

    DE = "de"
    EN = "en"


_WORDS: dict[Language, dict[str, str]] = {
    Language.DE: {
        "scope": "Ebene", "area": "Aufgabe", "channel": "Weg", "measure": "Kennzahl",
        "value": "Wert", "interval": "95-%-Intervall", "target": "Ziel", "verdict": "Ergebnis",
        "met": "✓ erreicht", "missed": "✗ verfehlt", "undecided": "? offen", "": "",
        "folder": "Ergebnisordner", "problems": "Probleme", "targets": "Ziele",
    },
    Language.EN: {
        "scope": "scope", "area": "area", "channel": "channel", "measure": "measure",
        "value": "value", "interval": "95 % interval", "target": "target", "verdict": "verdict",
        "met": "✓ met", "missed": "✗ missed", "undecided": "? undecided", "": "",
        "folder": "run folder", "problems": "problems", "targets": "targets",
    },
}  # fmt: skip
#: Facts of the closing table by what people call them; others are told by their own name.
_FACTS: dict[Language, dict[str, str]] = {
    Language.DE: {
        "slots wanted": "Plätze gewünscht", "slots placed": "Plätze untergebracht",
        "lead targets not held by slots": "Terminziele, die Plätze nicht halten",
        "shift hours, slots as they lie": "Dienststunden, Plätze wie heute verteilt",
        "shift hours, slots decided": "Dienststunden, Plätze mit den Diensten entschieden",
        "bound, slots decided": "Schranke dazu",
        "required desk hours today": "Schalterstunden nach Bedarf heute",
        "required desk hours decided": "Schalterstunden nach Bedarf mit dem Raster",
        "scenario": "Szenario",
        "roster": "Dienstplan", "objective": "Zielwert", "bound": "Schranke",
        "gap": "Abstand zur Schranke", "hard findings": "Verstöße gegen zwingende Regeln",
        "shortfalls": "Unterbesetzungen", "seconds": "Dauer [s]", "report": "Bericht",
        "cut_hours": "Wenigste Schalterstunden [Std.]", "cut_bound_hours": "Schranke [Std.]",
        "cut_gap": "Abstand zu dieser Schranke",
        "cut_estimate_hours": "Schätzung der Schranke, kein Beweis [Std.]",
        "same_service_hours": "Zwei Schritte, gleicher Service [Std.]",
        "same_service_excess": "Mehr als hier",
        "two_step_hours": "Zwei Schritte, wie sie sind [Std.]",
        "two_step_excess": "Mehr als hier",
        "refined_cover_hours": "Billigste Abdeckung des simulierten Bedarfs [Std.]",
        "claim": "Was gezeigt ist", "people_missing": "Es fehlen Personen",
        "price": "Preis der Änderung [Punkte]", "people touched": "Betroffene Personen",
        "shifts changed": "Geänderte Dienste", "search seconds": "Suche [s]",
        "run before": "Lauf davor",
    },
    Language.EN: {
        "seconds": "time [s]",
        "cut_hours": "least counter hours [h]", "cut_bound_hours": "bound [h]",
        "cut_gap": "gap to this bound",
        "cut_estimate_hours": "estimate of the bound, no proof [h]",
        "same_service_hours": "two steps, same service [h]",
        "same_service_excess": "more than here",
        "two_step_hours": "two steps as they stand [h]", "two_step_excess": "more than here",
        "refined_cover_hours": "cheapest cover of the simulated requirement [h]",
        "claim": "what is shown", "people_missing": "people missing",
        "price": "price of the change [points]", "search seconds": "search [s]",
    },
}  # fmt: skip
#: How a roster search ended, in words of people; others are told as they are.
_ENDS: dict[Language, dict[str, str]] = {
    Language.DE: {
        "optimal": "der beste, bewiesen", "feasible": "gefunden, zulässig",
        "interrupted": "abgebrochen, bester Stand",
    },
    Language.EN: {"optimal": "the best, proven", "feasible": "found, lawful"},
}  # fmt: skip


def show(summary: Summary, as_json: bool, language: Language) -> None:
    """Print the summary of a verb on standard output."""
    if as_json:
        typer.echo(json.dumps(_as_object(summary), ensure_ascii=False))
        return
    words = _WORDS[language]
    console = Console()
    if not console.is_terminal:
        console.width = FILE_WIDTH
    if summary.rows:
        console.print(_table(summary.rows, words))
    for name, value in summary.facts:
        told = _FACTS[language].get(name, name)
        value = _ENDS[language].get(value, value) if name == "roster" else value
        console.print(f"{told}: {value}", highlight=False, markup=False)
    if summary.verdicts:
        counts = ", ".join(f"{words[verdict]} {count}" for verdict, count in summary.verdicts)
        console.print(f"{words['targets']}: {counts}", highlight=False, markup=False)
    if summary.directory:
        console.print(f"{words['folder']}: {summary.directory}", highlight=False, markup=False)


def show_problems(problems: tuple[Problem, ...], as_json: bool, language: Language) -> None:
    """Print every problem of the input: JSON on standard output, lines on standard error."""
    if as_json:
        rows = [asdict(problem) for problem in problems]
        typer.echo(
            json.dumps({"status": ExitStatus.BAD_INPUT, "problems": rows}, ensure_ascii=False)
        )
        return
    for problem in problems:
        typer.echo(str(problem), err=True)
    typer.echo(f"{len(problems)} {_WORDS[language]['problems']}", err=True)


def _table(rows: tuple[SummaryRow, ...], words: dict[str, str]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("scope", "area", "channel", "measure"):
        table.add_column(words[name])
    for name in ("value", "interval", "target"):
        table.add_column(words[name], justify="right")
    table.add_column(words["verdict"])
    for row in rows:
        target = "" if row.target is None else f"{row.target:g}"
        interval = f"{row.low:.3g} … {row.high:.3g}"
        table.add_row(
            row.scope, row.area, row.channel, row.measure, f"{row.value:.4g} {row.unit}".rstrip(),
            interval, target, words[row.verdict],
        )  # fmt: skip
    return table


def _as_object(summary: Summary) -> dict[str, object]:
    return {
        "status": int(summary.status),
        "directory": str(summary.directory) if summary.directory else None,
        "facts": dict(summary.facts),
        "targets": dict(summary.verdicts),
        "measures": [asdict(row) for row in summary.rows],
    }

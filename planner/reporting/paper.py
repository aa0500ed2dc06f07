"""The decision paper: what one page says, independent of the kind of run it is about."""

from __future__ import annotations

from dataclasses import dataclass

from planner.reporting.words import Words
from planner.results.manifest import Manifest


@dataclass(frozen=True, slots=True)
class PaperFigure:
    """A key figure: today's value, the proposal's, and the difference with its interval."""

    label: str
    now: str
    proposed: str
    difference: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A decision paper in one language.

    Attributes
    ----------
    columns : (str, str)
        Headings of the two values compared.
    chart : str
        Static SVG; empty where there is nothing to draw.
    assumptions : tuple of str
        What the answer rests on.
    facts : tuple of (label, text)
        Data, version and seed.
    command : str
        The command that computes all of it again.
    """

    title: str
    case: str
    question: str
    recommendation: tuple[str, ...]
    figures: tuple[PaperFigure, ...]
    columns: tuple[str, str]
    figure_note: str
    chart: str
    chart_alt: str
    assumptions: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    command: str


def paper_facts(manifest: Manifest, words: Words) -> tuple[tuple[str, str], ...]:
    """Return data, version and seed in words."""
    return (
        (
            words("paper.data"),
            words(
                "paper.data_text",
                case=manifest.case,
                week=manifest.case_facts.first_day,
                hash=manifest.case_hash[:12],
                created=manifest.created_utc[:10],
            ),
        ),
        (
            words("paper.version"),
            words(
                "paper.version_text",
                version=manifest.versions.get("planner", ""),
                seed=manifest.seed,
                replications=manifest.replications,
            ),
        ),
    )


def paper_note(manifest: Manifest, words: Words) -> str:
    """Return what the square brackets mean."""
    return words(
        "common.interval_note",
        confidence=words.share(manifest.case_facts.confidence),
        replications=manifest.replications,
    )

"""What a scenario file says about itself: why it matters, and where its numbers come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from planner.domain.case import Confidence
from planner.scenario.nodes import Fields, Items, Leaf, Node, Origin
from planner.scenario.problems import Problems
from planner.scenario.section_models import Section, Title
from planner.scenario.text_reading import beside
from planner.scenario.validating import validated
from planner.scenario.yaml_reading import read_yaml


class NumberItem(Section):
    """A number of a scenario and where it comes from."""

    de: str = Field(description="The number in German words.")
    en: str = Field(description="The number in English words.")
    confidence: Confidence = Field(description="published, derived or assumed.")
    source: str = Field("", description="Keys of the bibliography, joined by ;")


@dataclass(frozen=True, slots=True)
class ScenarioNotes:
    """What a file says about itself.

    Attributes
    ----------
    name, title, why : str, (German, English), (German, English)
        Texts; a sentence in one language only stands for both.
    numbers : tuple of NumberItem
        In the order of the file.
    bases : tuple of Path
        Files that it extends and combines.
    """

    path: Path
    name: str
    title: tuple[str, str]
    why: tuple[str, str]
    numbers: tuple[NumberItem, ...]
    bases: tuple[Path, ...]


def read_notes(path: Path) -> ScenarioNotes:
    """Return the notes of the scenario file at ``path``; nothing else of it is checked.

    Raises
    ------
    ScenarioError
        When the file cannot be read or its notes are not valid.
    """
    problems = Problems()
    content = read_yaml(path, Origin(str(path), 0), problems)
    problems.raise_any()
    fields = content if content is not None else Fields({}, {}, Origin(str(path), 0))
    notes = ScenarioNotes(
        path=path,
        name=_text(fields.entries.get("name")) or path.stem,
        title=_both(fields.entries.get("title"), "title", problems),
        why=_both(fields.entries.get("why"), "why", problems),
        numbers=tuple(_numbers(fields.entries.get("numbers"), problems)),
        bases=tuple(_bases(fields, path)),
    )
    problems.raise_any()
    return notes


def _both(node: Node | None, key: str, problems: Problems) -> tuple[str, str]:
    if isinstance(node, Fields):
        value = validated(Title, node, key, problems)
        return (value.de, value.en) if value else ("", "")
    return _text(node), _text(node)


def _numbers(node: Node | None, problems: Problems) -> Iterator[NumberItem]:
    if node is not None and not isinstance(node, Items):
        problems.add(node.origin, "numbers", "must be a list.")
    for index, item in enumerate(node.items if isinstance(node, Items) else ()):
        value = validated(NumberItem, item, f"numbers[{index}]", problems)
        if value is not None:
            yield value


def _bases(fields: Fields, path: Path) -> Iterator[Path]:
    for key in ("extends", "combine"):
        node = fields.entries.get(key)
        for item in node.items if isinstance(node, Items) else (node,):
            if _text(item):
                yield beside(path, _text(item))


def _text(node: Node | None) -> str:
    return " ".join(str(node.value).split()) if isinstance(node, Leaf) and node.value else ""

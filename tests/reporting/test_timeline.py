"""The picture of a day is drawn from its log: every bar a customer, self-contained, readable."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date

import pandas as pd
import pytest

from planner.reporting.timeline_axes import ticks
from planner.reporting.timeline_picture import Heading, timeline_svg
from planner.reporting.timeline_sentences import with_sentences
from planner.reporting.timeline_spans import day_picture
from planner.reporting.words import words_of

SVG = "{http://www.w3.org/2000/svg}"
HEADING = Heading("Nord & Süd", date(2024, 4, 15), 0, 1, {"card": "Ausweis <neu>"})
COLUMNS = [
    "time", "event", "customer", "service", "channel", "desk", "waited_minutes", "waited_for",
    "after_customer", "waiting",
]  # fmt: skip
NAN = float("nan")


@pytest.fixture
def log() -> pd.DataFrame:
    """Return a day: two customers at N1 one after the other, one who gives up, one absent clerk."""
    rows = [
        ("07:30:00", "is absent", -1, "", "", "N2", NAN, "", -1, 0),
        ("07:30:00", "shift starts", -1, "", "", "N1", NAN, "", -1, 0),
        ("08:00:00", "doors open", -1, "", "", "", NAN, "", -1, 0),
        ("08:00:00", "starts serving", -1, "", "", "N1", NAN, "", -1, 0),
        ("08:01:00", "arrives", 0, "card", "appointment", "", NAN, "", -1, 1),
        ("08:01:00", "is called", 0, "card", "appointment", "N1", 0.0, "", -1, 0),
        ("08:02:00", "arrives", 1, "card", "walk_in", "", NAN, "", -1, 1),
        ("08:03:00", "arrives", 2, "pass", "walk_in", "", NAN, "", -1, 2),
        ("08:11:00", "finishes", 0, "card", "appointment", "N1", NAN, "", -1, 2),
        ("08:11:00", "is called", 1, "card", "walk_in", "N1", 9.0, "", 0, 1),
        ("08:20:00", "gives up", 2, "pass", "walk_in", "", 17.0, "", -1, 0),
        ("08:31:00", "finishes", 1, "card", "walk_in", "N1", NAN, "", -1, 0),
        ("08:31:00", "stops serving", -1, "", "", "N1", NAN, "", -1, 0),
        ("08:31:00", "break starts", -1, "", "", "N1", NAN, "", -1, 0),
        ("09:01:00", "break ends", -1, "", "", "N1", NAN, "", -1, 0),
        ("09:30:00", "shift ends", -1, "", "", "N1", NAN, "", -1, 0),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def test_the_log_becomes_spans_services_and_waits(log: pd.DataFrame) -> None:
    """Spans by desk, the queue after each second, the absent clerk last."""
    picture = day_picture(log)
    assert [desk.name for desk in picture.desks] == ["N1", "N2"]
    assert picture.desks[1].absent
    first = picture.desks[0]
    assert {(s.kind, s.start, s.end) for s in first.spans} == {
        ("shift", 27_000, 34_200), ("serving", 28_800, 30_660), ("break", 30_660, 32_460),
    }  # fmt: skip
    assert [(s.customer, s.start, s.end) for s in first.services] == [
        (0, 28_860, 29_460),
        (1, 29_460, 30_660),
    ]
    assert max(waiting for _, waiting in picture.queue) == 2
    assert [(wait.minutes, wait.left) for wait in picture.waits] == [
        (0.0, False), (9.0, False), (17.0, True),
    ]  # fmt: skip
    assert (picture.arrived, picture.served) == (3, 2)
    assert picture.doors == [(28_800, 36_000)]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_picture_is_whole_and_self_contained(log: pd.DataFrame, language: str) -> None:
    """Well-formed, refers to nothing outside, a bar and a mark a customer, axes with units."""
    text = timeline_svg(log, HEADING, words_of(language))
    root = ET.fromstring(text)
    assert not re.search(r"(href|src)=|url\((?!#)|@import", text)
    tips = [title.text or "" for title in root.iter(f"{SVG}title")]
    bars = [tip for tip in tips if tip.startswith(("Kunde ", "Customer "))]
    assert len(bars) == 2
    assert "Ausweis <neu>" in bars[0]
    assert len([c for c in root.iter(f"{SVG}path") if c.get("class") == "x"]) >= 1
    told = " ".join(t.text or "" for t in root.iter(f"{SVG}text"))
    for key in ("queue", "waits", "clock", "break", "absent", "cross"):
        assert words_of(language)(f"timeline.{key}") in told
    assert "Nord & Süd" in told
    for defined in set(re.findall(r"url\(#(\w+)\)", text)):
        assert f'id="{defined}"' in text


def test_text_is_dark_on_white(log: pd.DataFrame) -> None:
    """The style of all text is nearly black."""
    assert re.search(r"text\{[^}]*fill:#1a1a1a", timeline_svg(log, HEADING, words_of("de")))


def test_sentences_say_who_waited_for_whom(log: pd.DataFrame) -> None:
    """A sentence a line; the called customer, the desk, the wait, and who was there before."""
    log.loc[9, "waited_for"] = "3;4;5;6;7;8;9"
    texts = with_sentences(log, HEADING.services, words_of("de"))["text"].tolist()
    assert texts[9].startswith(
        "Kunde 1 (Ausweis <neu>, ohne Termin) wird von N1 aufgerufen, nach 9,0 Min."
    )
    assert "… 4, 5, 6, 7, 8, 9" in texts[9]
    assert texts[9].endswith("N1 hatte zuvor Kunde 0.")
    assert texts[10].endswith("gibt nach 17,0 Min. auf.")
    assert len(set(texts)) == len(texts)


def test_a_day_without_anybody_is_drawn(log: pd.DataFrame) -> None:
    """No customers, no desks: the picture says so."""
    empty = log[log["event"] == "doors open"]
    assert "niemand" in timeline_svg(empty, HEADING, words_of("de"))


@pytest.mark.parametrize(
    ("most", "expected"), [(0, [0, 1]), (3, [0, 1, 2, 3]), (26.6, [0, 10, 20, 30])]
)
def test_ticks_are_whole_and_reach_the_most(most: float, expected: list[int]) -> None:
    """Steps of 1, 2, 5 times a power of ten."""
    assert ticks(most) == expected

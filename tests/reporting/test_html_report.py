"""``report.html``: self-contained, well formed, in two languages, safe and of sensible size."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from planner.reporting.html_report import HtmlReport
from planner.results.store import read_run
from tests.results.run_builders import Size, a_run

VOID = {"meta", "input", "br"}


class Outline(HTMLParser):
    """Checks that tags close, and collects ids, links, texts and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.texts: list[str] = []
        self.headers: list[dict[str, str | None]] = []

    def handle_starttag(self, tag, attrs):
        """Open a tag and note what it says."""
        values = dict(attrs)
        self.ids += [values["id"]] if values.get("id") else []
        self.links += [values["href"]] if "href" in values else []
        self.sources += [values["src"]] if "src" in values else []
        self.headers += [values] if tag == "th" else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Open and close a tag."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        """Close the tag that was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Note a text."""
        self.texts.append(data)


def page_of(run: Path, language: str = "de") -> str:
    """Return the page of a run folder."""
    (document,) = HtmlReport().build(read_run(run), language)
    return document.content.decode("utf-8")


@pytest.fixture(scope="module")
def page(run_folder: Path) -> str:
    """Return the page of the made-up run."""
    return page_of(run_folder)


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    """Return its outline."""
    parser = Outline()
    parser.feed(page)
    return parser


def test_the_page_is_well_formed(outline: Outline):
    """Every tag closes, ids are unique, and every link leads somewhere in the page."""
    assert outline.open == []
    assert len(set(outline.ids)) == len(outline.ids)
    assert outline.links
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)


def test_the_page_needs_nothing_from_outside(page: str, outline: Outline):
    """No file, script, style or font is loaded; the policy in the page forbids it."""
    assert outline.sources == []
    assert all(link.startswith("#") for link in outline.links)
    assert set(re.findall(r"https?://[^\s\"')<]+", page)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert "default-src 'none'" in page
    assert not re.search(r"@import|url\((?!#)", page)


def test_both_languages_are_in_the_page(page: str, outline: Outline):
    """Headings of both languages are there; the language given is the one that opens."""
    headings = {text.strip() for text in outline.texts}
    assert {"Zusammenfassung", "Summary", "Unterbesetzung", "Shortfalls"} <= headings
    assert 'id="show-de" checked' in page
    assert '<html lang="de">' in page


def test_the_language_can_be_chosen(run_folder: Path):
    """In English the other radio button is set."""
    page = page_of(run_folder, "en")
    assert 'id="show-en" checked' in page
    assert 'id="show-de">' in page
    assert '<html lang="en">' in page


def test_the_summary_says_what_is_kept(outline: Outline):
    """The first sentence counts the targets; verdicts have a word and a symbol."""
    texts = " ".join(outline.texts)
    assert "2 von 4 Zielen werden gehalten, 2 verfehlt, 0 nicht entschieden." in texts
    assert "2 of 4 targets are met, 2 missed, 0 undecided." in texts
    assert "✗" in texts
    assert "Der Dienstplan hält alle zwingenden Regeln ein." in texts
    assert "[8,7\u202f–\u202f9,5]" in texts
    assert "[8.7\u202f–\u202f9.5]" in texts


def test_sites_that_share_too_few_people_are_named(page: str):
    """The day, the sites, people needed and people there, in both languages."""
    assert "Die Schichten brauchen zusammen mindestens 5 Personen, arbeiten können dort 3." in page
    assert "together the shifts need 5 people at least, 3 may work there." in page


def test_tables_are_accessible(outline: Outline):
    """Every heading cell says whether it heads a row or a column."""
    assert outline.headers
    assert {header.get("scope") for header in outline.headers} == {"col", "row"}


def test_pictures_have_words(page: str):
    """Every picture that carries meaning has a label."""
    pictures = re.findall(r"<svg [^>]*>", page)
    labelled = [p for p in pictures if "aria-label=" in p or 'aria-hidden="true"' in p]
    assert len(pictures) > 20
    assert labelled == pictures


def test_assumptions_and_run_facts_are_shown(outline: Outline):
    """Origins are marked in words, and seed, gap and steps are told."""
    texts = {text.strip() for text in outline.texts}
    assert {"angenommen", "abgeleitet", "veröffentlicht", "assumed", "published"} <= texts
    assert {"made-up-20240429-1", "4,65\u00a0%", "4.65\u00a0%"} <= texts
    assert "requirement 12,5 · roster 150,2 · verification 20,0" in texts
    assert "No appointment desks given for city." in texts


def test_texts_of_a_case_cannot_break_the_page(changed):
    """Names are text, whatever they contain."""

    def dangerous(tables):
        tables["locations"]["name"] = "<script>alert('x')</script>&\""

    page = page_of(changed(dangerous))
    assert "<script>alert" not in page
    parser = Outline()
    parser.feed(page)
    assert parser.open == []


def test_a_run_without_targets_sources_and_observations(changed):
    """Empty parts are said to be empty instead of being left blank."""

    def bare(tables):
        for name in ("targets", "sources", "bibliography", "observations"):
            tables[name] = tables[name].iloc[:0]
        tables["measures"] = tables["measures"].assign(met="", target=float("nan"))

    page = page_of(changed(bare))
    assert "Für diesen Lauf sind keine Ziele festgelegt." in page
    assert "Zu diesem Fall sind keine Quellen hinterlegt." in page
    assert "Zu diesem Fall sind keine veröffentlichten Observations" not in page
    assert "Zu diesem Fall sind keine veröffentlichten Beobachtungen hinterlegt." in page


@pytest.mark.slow
def test_a_city_stays_below_ten_megabytes(tmp_path: Path):
    """28 locations with 700 people make a page that a mail can carry."""
    page = page_of(a_run(tmp_path / "city", Size(28, 25)))
    assert len(page.encode()) < 10_000_000
    assert page.count('<details class="place">') == 2 * 28

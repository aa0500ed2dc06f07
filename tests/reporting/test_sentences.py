"""Verdicts, comparisons and run facts in words."""

from collections import Counter

import pandas as pd
import pytest

from planner.reporting.comparison import comparison_sentence, observation_rows
from planner.reporting.material import Material
from planner.reporting.overview import overview_rows
from planner.reporting.place_section import place_sections
from planner.reporting.run_sections import (
    fact_rows,
    finding_rows,
    gap_sentence,
    glossary,
    objective_values,
    rule_rows,
    source_rows,
    term_rows,
)
from planner.reporting.summary import period, summary
from planner.reporting.summary_charts import comparison_charts
from planner.reporting.verdicts import furthest, headline, limit_words, unit_of, worst
from planner.reporting.words import words_of
from planner.results.frames import run_tables
from planner.results.store import read_run, write_run
from tests.results.run_builders import a_case, a_manifest, parts_of

DE, EN = words_of("de"), words_of("en")


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({}, "No targets are set for this run."),
        ({"met": 1}, "The one target is met."),
        ({"met": 3}, "All 3 targets are met."),
        ({"met": 1, "missed": 2}, "1 of 3 targets are met, 2 missed, 0 undecided."),
    ],
)
def test_the_headline(counts: dict[str, int], sentence: str):
    """One sentence says how many promises are kept."""
    assert headline(Counter(counts), EN) == sentence


def test_the_worst_verdict_counts():
    """A missed target outweighs an undecided one, that a kept one."""
    assert worst(["met", "undecided", "missed"]) == "missed"
    assert worst(["met", "undecided", ""]) == "undecided"
    assert worst([""]) == ""


def test_limits_in_words(material: Material):
    """A limit says which side is promised; without limit there are no words."""
    targets = material.table("targets")
    words = limit_words("lead_booked_mean", 14.0, "days", targets, DE)
    assert words == "höchstens 14\u00a0Tage"
    assert limit_words("lead_booked_mean", float("nan"), "days", targets, DE) == ""
    assert limit_words("unknown", 2.0, "min", targets, DE) == "2\u00a0Min."


def test_the_furthest_from_their_target():
    """Missed measures are listed by their relative distance."""
    frame = pd.DataFrame(
        {"value": [0.7, 20.0, 1.0], "target": [0.8, 14.0, 0.9], "met": ["missed", "missed", "met"]}
    )
    assert furthest(frame)["value"].tolist() == [20.0, 0.7]


def test_units_to_show():
    """Counts have no unit, posts have theirs, the others stay."""
    assert [unit_of(*pair) for pair in [("customers", "1"), ("fte", "1"), ("x", "min")]] == [
        *("customers", "fte", "min"),
    ]


def test_a_covered_roster_and_broken_rules(changed):
    """The summary says when everything is covered, and when a hard rule is broken."""

    def change(tables):
        tables["requirement"] = tables["requirement"].assign(short=0)
        tables["findings"] = tables["findings"].assign(severity="hard")

    world = Material(read_run(changed(change)))
    found = summary(world, DE)
    assert found.sentences == (
        "Die Sollbesetzung ist durchgehend erfüllt.",
        "Der Dienstplan verletzt zwingende Regeln: 2 Feststellungen.",
    )


def test_missing_back_office_work_is_in_the_summary(changed):
    """Work that nobody is planned for is told; without any, or without roster, nothing is."""

    def little(tables):
        rows = tables["requirement"]
        mine = (rows["skill"] == "back_office") & (rows["location"] == "city")
        tables["requirement"] = rows.assign(short=rows["short"].where(~mine, 90))

    world = Material(read_run(changed(little)))
    rows = world.table("requirement").query("skill == 'back_office'")
    planned, required = (int(rows[name].sum() / 60) for name in ("rostered", "required"))
    assert summary(world, EN).sentences[1] == (
        f"{planned} of {required} hours are planned for back-office work; single locations lack "
        "2 hours in total."
    )


def test_key_figures_of_each_field_of_work(changed):
    """Lead times are shown for every field of work, waits for the largest."""

    def foreigners(tables):
        rows = tables["measures"]
        lead = rows[(rows["scope"] == "city") & (rows["measure"] == "lead_booked_mean")]
        tables["measures"] = pd.concat([rows, lead.assign(area="foreigners", value=16.0)])

    figures = summary(Material(read_run(changed(foreigners))), EN).figures
    leads = [f.where for f in figures if f.label == "Lead time of bookings"]
    assert leads == [
        "City · Residents' affairs · with appointment",
        "City · Foreigners' affairs · with appointment",
    ]


def test_a_period_that_is_no_week(tmp_path):
    """Eight weeks are not called a week."""
    case = a_case()
    manifest = a_manifest(case)
    facts = manifest.case_facts.model_copy(update={"days": 56})
    longer = manifest.model_copy(update={"case_facts": facts})
    run = read_run(write_run(tmp_path / "run", run_tables(parts_of(case)), longer, ""))
    assert period(Material(run), EN) == "29 April 2024 to 23 June 2024"


def test_observations_in_words(material: Material):
    """What does not fit comes first and says by how much."""
    rows = observation_rows(material, EN)
    assert [row.fits for row in rows] == ["no", "no", "yes", "not_simulated"]
    assert rows[0].distance == "0.9\u00a0days below the range"
    assert rows[-1].simulated == "–"
    sentence = "1 of 3 comparable observations fit, 2 do not fit, 0 are undecided."
    assert comparison_sentence(rows, EN) == sentence
    assert comparison_sentence(rows[-1:], EN) == ""


def test_an_observation_above_its_range(changed):
    """A simulated value above the range says so."""

    def lower(tables):
        tables["observations"] = tables["observations"].assign(low=1.0, high=2.0, scope="location")

    rows = observation_rows(Material(read_run(changed(lower))), EN)
    assert rows[0].distance == "7.1\u00a0days above the range"
    assert rows[0].place == "city"


def test_findings_rules_and_terms(material: Material):
    """Rules come hard first, findings dearest first, terms in order with their share."""
    assert [row.severity for row in rule_rows(material, EN)] == ["hard", "soft"]
    assert [row.penalty for row in finding_rows(material, EN)] == ["5.0", "2.5"]
    assert finding_rows(material, EN)[0].where == "Altona · Mon 29 Apr · altona-00"
    terms = term_rows(material, DE)
    assert [(t.text, t.points, t.share, t.width) for t in terms] == [
        ("Fehlende Arbeitsplatzstunden", "1.250,0", "99,3\u00a0%", 100),
        ("Einsätze fern vom Stammort", "7,5", "0,6\u00a0%", 1),
        ("mystery", "1,0", "0,1\u00a0%", 0),
    ]
    assert objective_values(material, DE) == {"total": "1.258,5", "bound": "1.200,0"}


def test_terms_without_any_points(changed):
    """A perfect roster costs nothing, and has no shares."""

    def free(tables):
        tables["objective"] = tables["objective"].assign(points=0.0)

    terms = term_rows(Material(read_run(changed(free))), EN)
    assert {(term.share, term.width) for term in terms} == {("", 0)}


def test_sources_assumed_first(material: Material):
    """Assumptions lead, with their ranges in the language's numbers."""
    rows = source_rows(material, DE)
    assert [row.confidence for row in rows] == ["assumed", "derived", "published"]
    assert (rows[0].value, rows[0].range) == ("3\u00a0%", "1\u00a0% – 6\u00a0%")


@pytest.mark.parametrize(
    ("gap", "words"),
    [(None, ""), (0.02, "no lawful roster is better by more than 2.0"), (4.3, "still weak")],
)
def test_the_gap_in_words(tmp_path, gap: float | None, words: str):
    """The gap is told as what it proves, and a weak bound as weak."""
    case = a_case()
    facts = {"gap": gap, "objective": None, "bound": None}
    manifest = a_manifest(case).model_copy(update=facts)
    run = read_run(write_run(tmp_path / "run", run_tables(parts_of(case)), manifest, ""))
    assert words in gap_sentence(Material(run), EN)
    names = {name for name, _ in fact_rows(Material(run), EN)}
    assert ("Gap" in names) == (gap is not None)
    assert "Objective" not in names
    assert objective_values(Material(run), EN) == {"total": "", "bound": ""}


def test_the_glossary_explains_every_measure():
    """Each measure with a definition stands in the glossary, and the report's own terms."""
    terms = dict(glossary(EN))
    assert terms["Lead time of bookings"].startswith("From booking to the booked appointment")
    assert set(dict(glossary(DE))) >= {"Sollbesetzung", "Terminvorlaufzeit"}
    assert len(glossary(DE)) == len(glossary(EN))


def test_the_phone_line_speaks_for_itself(material: Material):
    """In the table of locations, the phone shows its own measures."""
    row = next(row for row in overview_rows(material, EN) if row.place.kind == "phone")
    assert "answered within 30 s: 71.0\u00a0%" in row.phone


def test_back_office_in_words(changed):
    """Back-office work says what is planned, and what is missing."""

    def little(tables):
        rows = tables["requirement"]
        mine = (rows["skill"] == "back_office") & (rows["location"] == "city")
        tables["requirement"] = rows.assign(short=rows["short"].where(~mine, 90))

    sections = place_sections(Material(read_run(changed(little))), EN, [])
    by_place = {section.place.id: section.back_office for section in sections}
    assert "1.5 h are missing" in by_place["city"]
    assert "missing" not in by_place["altona"]


def test_measures_that_unfold(changed):
    """Usual measures and targets are shown at once; others, known or not, unfold."""

    def more(tables):
        rows = tables["measures"]
        extra = rows[rows["measure"] == "occupancy"].assign(measure="overtime_minutes", unit="min")
        odd = extra.assign(measure="zeal")
        tables["measures"] = pd.concat([rows, extra, odd])

    world = Material(read_run(changed(more)))
    section = next(s for s in place_sections(world, EN, []) if s.place.id == "city")
    assert [m.figure.label for m in section.more_measures] == ["Overtime after the shift", "zeal"]
    assert "Occupancy" in [m.figure.label for m in section.measures]


def test_charts_compare_locations(material: Material):
    """Each chart is static SVG with a label and every location's name."""
    charts = comparison_charts(material, DE)
    assert len(charts) == 2
    assert charts[0].svg.startswith('<svg role="img" aria-label="Anteil innerhalb')
    assert all(name in charts[0].svg for name in ("City", "Altona"))
    assert "<script" not in charts[0].svg


def test_no_chart_of_a_single_location(changed):
    """One location cannot be compared, and none at all neither."""

    def one(tables):
        rows = tables["measures"]
        keep = (rows["scope"] != "location") | (rows["id"] == "city")
        tables["measures"] = rows[keep & (rows["measure"] != "lead_booked_mean")]

    assert comparison_charts(Material(read_run(changed(one))), EN) == []


def test_published_ranges_in_the_chart(changed):
    """A location with a published range shows it as a band."""

    def published(tables):
        tables["observations"] = tables["observations"].assign(scope="location", id="city")

    def bands(world: Material) -> int:
        return comparison_charts(world, EN)[1].svg.count("#d5dbe2")

    assert bands(Material(read_run(changed(published)))) == 1

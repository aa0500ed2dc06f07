"""Domain objects as tables and back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from planner.domain.case import Observation
from planner.domain.requirement import Requirement, SlotRequirement
from planner.domain.roster import Activity, Assignment, Piece, Roster
from planner.results.frames import (
    RunParts,
    activities_frame,
    employees_frame,
    findings_frame,
    objective_frame,
    observations_frame,
    opening_frame,
    requirement_frame,
    roster_frame,
    roster_from_frames,
    run_tables,
)
from planner.results.observation_frames import fits
from planner.tables import BOOK, FINDINGS, MEASURES, REQUIREMENT
from tests.results.measure_builders import some_measures
from tests.results.run_builders import (
    MONDAY,
    OBSERVATIONS,
    a_case,
    a_requirement,
    a_roster,
    parts_of,
    some_findings,
)

SHIFT = Assignment(
    "city-00",
    MONDAY,
    "city",
    480,
    960,
    (
        Piece(480, 600, Activity.COUNTER, "residents"),
        Piece(600, 615, Activity.BREAK),
        Piece(615, 720, Activity.RECEPTION, "reception"),
        Piece(720, 750, Activity.BREAK),
        Piece(750, 960, Activity.BACK_OFFICE),
    ),
)


def test_a_roster_survives_the_way_to_tables_and_back():
    """Roster → two tables → roster gives the same roster."""
    roster = a_roster(a_case())
    assert roster_from_frames(roster_frame(roster), activities_frame(roster)) == roster


def test_the_row_of_a_shift():
    """All breaks stand in ``breaks``, the first one also alone; paid time leaves them out."""
    row = roster_frame(Roster((SHIFT,))).iloc[0]
    assert row["breaks"] == "10:00-10:15;12:00-12:30"
    assert (row["break_start"], row["break_end"]) == ("10:00", "10:15")
    assert row["paid_minutes"] == 435
    assert (row["start"], row["end"], row["date"]) == ("08:00", "16:00", "2024-04-29")


def test_a_roster_file_alone_is_serving_work_around_the_breaks():
    """Without activities, the shift is counter work between its breaks."""
    roster = roster_from_frames(roster_frame(Roster((SHIFT,))))
    pieces = roster.assignments[0].pieces
    assert [(p.start_minute, p.end_minute, p.activity) for p in pieces] == [
        (480, 600, Activity.COUNTER),
        (600, 615, Activity.BREAK),
        (615, 720, Activity.COUNTER),
        (720, 750, Activity.BREAK),
        (750, 960, Activity.COUNTER),
    ]


def test_a_shift_without_break_is_one_piece():
    """No break, one piece; a 24:00 end is understood."""
    shift = Assignment("a", MONDAY, "b", 1200, 1440, (Piece(1200, 1440, Activity.COUNTER),))
    assert roster_from_frames(roster_frame(Roster((shift,)))).assignments == (shift,)


@pytest.mark.parametrize(
    ("location", "skills", "expected"),
    [
        ("city", ("residents", "reception"), (Activity.COUNTER, "residents")),
        ("city", ("reception",), (Activity.RECEPTION, "reception")),
        ("city", (), (Activity.COUNTER, "")),
        ("telefon-115", ("phone",), (Activity.PHONE, "phone")),
    ],
)
def test_the_main_work_follows_place_and_skills(
    location: str, skills: tuple[str, ...], expected: tuple[Activity, str]
):
    """With the case at hand, a shift without activities is put at the employee's main work."""
    case = a_case()
    person = replace(case.employees[0], id="x", skills=skills)
    shift = Assignment("x", MONDAY, location, 480, 720, (Piece(480, 720, Activity.COUNTER),))
    known = replace(case, employees=(person,))
    roster = roster_from_frames(roster_frame(Roster((shift,))), None, known)
    piece = roster.assignments[0].pieces[0]
    assert (piece.activity, piece.skill) == expected


def test_the_requirement_beside_the_roster():
    """People count only in slots that they cover whole, once for each kind of work."""
    slots = tuple(
        SlotRequirement("city", MONDAY, start, skill, desks)
        for start, skill, desks in [(480, "residents", 2), (600, "reception", 1)]
    )
    presence = (SlotRequirement("city", MONDAY, 480, "", 2),)
    requirement = Requirement(30, slots, (("city", 300),), presence)
    frame = requirement_frame(a_case(), requirement, Roster((SHIFT,)))
    found = {(r.start, r.skill): (r.required, r.rostered, r.short, r.over) for r in _rows(frame)}
    assert found["08:00", "residents"] == (2, 1, 1, 0)
    assert found["09:30", "residents"] == (0, 1, 0, 1)
    assert found["10:00", "reception"] == (1, 0, 1, 0)  # there from 10:15 only
    assert found["10:30", "reception"] == (0, 1, 0, 1)
    assert found["08:00", "presence"] == (2, 1, 1, 0)
    assert ("12:00", "presence") not in found
    assert found["12:30", "presence"] == (0, 1, 0, 1)
    assert found["", "back_office"] == (300, 210, 90, 0)


def test_neighbouring_pieces_of_one_kind_count_as_one():
    """A slot covered by two pieces of the same work is covered."""
    pieces = (Piece(480, 495, Activity.COUNTER, "s"), Piece(495, 510, Activity.COUNTER, "s"))
    shift = Assignment("a", MONDAY, "city", 480, 510, pieces)
    frame = requirement_frame(a_case(), Requirement(30, (), (), ()), Roster((shift,)))
    assert {(r.start, r.skill, r.rostered) for r in _rows(frame)} == {
        ("08:00", "s", 1),
        ("08:00", "presence", 1),
    }


def test_a_requirement_without_roster_is_all_short():
    """Before a roster exists, everything required is missing."""
    case = a_case()
    frame = requirement_frame(case, a_requirement(case), None)
    assert (frame["rostered"] == 0).all()
    assert (frame["short"] == frame["required"]).all()
    assert list(frame.columns) == REQUIREMENT.names


def test_employees_as_planned_with():
    """Lists are joined, absences outside the week left out, hours credited."""
    case = a_case()
    person = replace(case.employees[3], absent=(date(2024, 5, 2), date(2024, 6, 1)))
    row = employees_frame(replace(case, employees=(person,))).iloc[0]
    assert row["absent"] == "2024-05-02"
    assert row["skills"] == ";".join(person.skills)
    assert row["target_minutes"] == person.target_minutes(case.horizon)


def test_opening_leaves_out_the_holiday():
    """The public holiday has no open interval."""
    opening = opening_frame(a_case())
    assert "2024-05-01" not in set(opening["date"])
    assert "2024-05-02" in set(opening["date"])


def test_findings_do_not_depend_on_their_order():
    """The same findings in another order give the same table."""
    findings = some_findings(a_case())
    expected = findings_frame(findings)
    pd.testing.assert_frame_equal(expected, findings_frame(reversed(findings)))
    assert findings_frame(()).columns.tolist() == FINDINGS.names


def test_objective_terms_keep_their_order_and_find_words():
    """A term shows its words, a rule's statement, or its name."""
    frame = objective_frame([("b", 2.0), ("a", 1.0)], {"b": ("Be", "Bee")})
    assert frame[["rank", "term", "text_de"]].to_numpy().tolist() == [[1, "b", "Be"], [2, "a", "a"]]
    parts = RunParts(case=a_case(), terms=(("weekly_hours", 3.0),))
    words = run_tables(parts)["objective"]["text_en"].tolist()
    assert words == ["Nobody works more than 50 hours a week."]


def test_observations_beside_measures():
    """Published values are joined with the simulated ones and judged by the interval."""
    case = a_case()
    frame = observations_frame(case, some_measures(case)).set_index("observation")
    assert frame["fits"].to_dict() == {
        "V1": "yes",
        "V2": "no",
        "V3": "no",
        "V4": "not_simulated",
    }
    assert frame.loc["V1", "value"] == 9.1
    assert frame.loc["V1", "unit"] == "days"


def test_an_observation_without_value_or_interval():
    """A measure without value is not simulated; one without interval is judged by its value."""
    case = a_case()
    row = ["city", "city", "residents", "appointment", "lead_booked_mean", "days"]
    nan = float("nan")
    known = pd.DataFrame([[*row, 9.0, nan, nan, nan, "", 1]], columns=MEASURES.names)
    assert observations_frame(case, known)["fits"].tolist()[0] == "yes"
    unknown = known.assign(value=nan)
    assert set(observations_frame(case, unknown)["fits"]) == {"not_simulated"}


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(8, 9, "yes"), (7, 10.5, "yes"), (5, 6.9, "no"), (11, 12, "no"), (6, 8, "undecided")],
)
def test_fits_by_interval(low: float, high: float, expected: str):
    """Within the range fits, apart from it does not, overlap is undecided."""
    observation: Observation = OBSERVATIONS[0]
    assert fits(low, high, observation) == expected


def test_run_tables_hold_what_a_run_has():
    """A run without roster has no roster tables; a full one has every table of the book."""
    case = a_case()
    bare = run_tables(RunParts(case=case))
    assert "roster" not in bare
    assert "measures" not in bare
    assert "locations" in bare
    assert len(run_tables(parts_of(case))) == len(BOOK)


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    return frame.itertuples(index=False)

"""Sites that close, first choices that go elsewhere, columns that are set, totals that are kept."""

from __future__ import annotations

from collections import defaultdict

import pytest

from planner.domain.case import PlanningCase
from planner.errors import ScenarioError
from tests.scenario.spoiling import Copy

HEAD = "extends: base.yaml\nname: other\n"


def load(copy: Copy, text: str) -> PlanningCase:
    """Return the case of a scenario that extends the small one."""
    return copy.write("other.yaml", HEAD + text).load("other.yaml")


def problems(copy: Copy, text: str) -> str:
    """Return every problem of such a scenario as text."""
    with pytest.raises(ScenarioError) as error:
        load(copy, text)
    return "\n".join(str(problem) for problem in error.value.problems)


def shares(case: PlanningCase) -> dict[str, dict[str, float]]:
    """Return first choices by origin."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for choice in (c for c in case.location_choice if c.area == "residents"):
        found[choice.origin][choice.location] = choice.share
    return found


def test_who_chose_a_closed_site_chooses_another(copy: Copy) -> None:
    """No share is lost, nobody belongs to the closed site, and nothing opens there."""
    case = load(copy, "close: [{location: south, staff_to: [north]}]\n")
    assert {place.id for place in case.locations} == {"north", "line"}
    assert shares(case) == {"north": {"north": 1.0}, "south": {"north": 1.0}}
    assert {e.home for e in case.employees} == {"north", "line"}
    assert not [e for e in case.employees if "south" in e.locations]
    assert {window.location for window in case.appointment_desks} == {"north"}


def test_a_share_of_first_choices_goes(copy: Copy) -> None:
    """Half of those who would choose South choose North instead, for one origin only."""
    text = (
        "redirect: [{area: residents, share: 0.5, origins: [south], leave: [south], to: [north]}]\n"
    )
    found = shares(load(copy, text))
    assert found["south"] == pytest.approx({"north": 0.6, "south": 0.4})
    assert found["north"] == pytest.approx({"north": 0.9, "south": 0.1})


def test_without_destination_the_others_take_them_in_proportion(copy: Copy) -> None:
    """Where South loses a quarter, North, the only other one, has it."""
    found = shares(load(copy, "redirect: [{area: residents, share: 0.25, leave: [south]}]\n"))
    assert found["south"] == pytest.approx({"north": 0.4, "south": 0.6})


def test_a_redirect_needs_a_side(copy: Copy) -> None:
    """Neither who loses nor who wins is a problem with its line, as is an unknown place."""
    assert "other.yaml:3: redirect[0] needs leave or to." in problems(
        copy, "redirect: [{area: residents, share: 0.5}]\n"
    )
    text = problems(copy, "close: [{location: suoth, staff_to: [north]}]\n")
    assert "suoth is not in the table locations. Did you mean 'south'?" in text


def test_closing_contradicts_another_override_of_the_same_rows(copy: Copy) -> None:
    """Who closes a site and who changes its desks do not agree."""
    text = problems(
        copy,
        "overrides:\n"
        "  more: {tables: {locations: {south: {desks: 9}}}}\n"
        "  less: {close: [{location: south, staff_to: [north]}]}\n",
    )
    assert "is set by two overrides: 'less' here and 'more'" in text


def test_a_column_is_set_where_it_is_meant(copy: Copy) -> None:
    """The rows meant have the value, the others theirs; an unknown column is named."""
    case = load(copy, "set: [{table: locations, column: desks, value: 7, where: {id: south}}]\n")
    assert {p.id: p.desks for p in case.locations} == {"north": 4, "south": 7, "line": 2}
    text = problems(copy, "set: [{table: locations, column: desk, value: 7}]\n")
    assert "Did you mean 'desks'?" in text
    text = problems(copy, "set: [{table: locations, column: desks, value: [7]}]\n")
    assert "set[0].value must be one value." in text


@pytest.mark.parametrize("percent", [-10, 5, 33])
def test_whole_numbers_keep_their_total(copy: Copy, percent: int) -> None:
    """Rounded one by one a small percentage would be lost; the sum follows it."""
    before = sum(w.desks for w in load(copy, "").appointment_desks)
    item = f"{{table: appointment_desks, column: desks, percent: {percent}, keep_total: true}}"
    after = sum(w.desks for w in load(copy, f"scale: [{item}]\n").appointment_desks)
    assert after == pytest.approx(before * (1 + percent / 100), abs=0.51)


def test_who_is_booked_at_a_closed_site_is_served_elsewhere_that_day(copy: Copy) -> None:
    """No booking is lost: South's three go to North, beside those that it has or as new ones."""
    copy.edit("base.yaml", "booking_weeks: 6", "booking_weeks: 6, booked_on: 2024-04-08")
    rows = "south,2024-04-09,,2\nsouth,2024-04-10,id_card,1\nnorth,2024-04-09,,4\n"
    copy.write("tables/bookings.csv", "location,date,service,bookings\n" + rows)
    copy.edit("base.yaml", "  wishes: ", "  bookings: tables/bookings.csv\n  wishes: ")
    case = load(copy, "close: [{location: south, staff_to: [north]}]\n")
    found = {(b.location, f"{b.day}", b.service): b.bookings for b in case.booked}
    assert found == {("north", "2024-04-09", ""): 6, ("north", "2024-04-10", "id_card"): 1}

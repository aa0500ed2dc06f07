# ruff: noqa: E501  (expected sentences stand in one line)
"""Layers: what an override changes, what it may not, and the laws of laying one over another."""

from __future__ import annotations

from datetime import date

import pytest

from tests.scenario.spoiling import Copy

HEAD = "extends: base.yaml\nname: other\n"
BOTH = HEAD + "overrides:\n  first:\n    {first}\n  second:\n    {second}\n"


def other(copy: Copy, text: str) -> Copy:
    """Write a scenario that extends the base."""
    return copy.write("other.yaml", HEAD + text)


def test_nothing_changed_changes_nothing(copy: Copy) -> None:
    """A file that extends and says nothing gives the same case but for its name."""
    base, same = copy.load(), other(copy, "").load("other.yaml")

    assert (base.name, same.name) == ("small", "other")
    assert base.locations == same.locations
    assert base.demand == same.demand


@pytest.mark.parametrize(
    "text",
    ["absence: {rate: 0.2}", "absence.rate: 0.2", "overrides: {more: {absence.rate: 0.2}}"],
)
def test_field_is_changed_and_its_neighbours_stay(copy: Copy, text: str) -> None:
    """Nested or dotted, at the top or named, the change is the same."""
    absence = other(copy, text).load("other.yaml").absence

    assert (absence.rate, absence.site_correlation) == (0.2, 0.3)


def test_nested_and_dotted_changes_meet(copy: Copy) -> None:
    """A section changed in both ways has both changes."""
    text = "absence: {rate: 0.2}\nabsence.site_correlation: 0.1\ntravel.fixed_minutes: 9\ntravel: {detour_factor: 2}"
    case = other(copy, text).load("other.yaml")

    assert (case.absence.rate, case.absence.site_correlation) == (0.2, 0.1)
    assert case.travel_minutes[0][2] > copy.load().travel_minutes[0][2]


def test_item_of_a_list_is_changed_by_its_identity(copy: Copy) -> None:
    """Items are reached by area, kind or position, and taken out by null."""
    case = other(
        copy,
        "booking: {residents: {horizon_days: 60}}\n"
        "patience.phone.mean_minutes: 3\n"
        "targets: {0: {limit: 0.7}, 3: null}\n",
    ).load("other.yaml")

    assert case.booking[0].horizon_days == 60
    assert {p.location_kind: p.mean_minutes for p in case.patience}["phone"] == 3
    assert [target.limit for target in case.targets] == [0.7, 0.9, 14]


def test_unknown_item_is_told(copy: Copy) -> None:
    """An item that is not there cannot be changed."""
    other(copy, "booking: {resident: {horizon_days: 60}}")

    assert copy.problems("other.yaml") == [
        "other.yaml:3: booking.resident is not in the list. Did you mean 'residents'?"
    ]


def test_list_is_replaced_as_a_whole(copy: Copy) -> None:
    """A list given as a list stands for the old one."""
    case = other(copy, "targets: []").load("other.yaml")

    assert case.targets == ()


def test_cells_rows_and_tables_are_changed(copy: Copy) -> None:
    """A cell, a row more, a row less, and another table."""
    copy.write("late.csv", "employee,date,kind\nN2,2024-04-16,late\n")
    case = other(
        copy,
        "tables:\n"
        "  locations: {north: {desks: 9}}\n"
        "  opening_hours:\n"
        '    north/sat/09:00: {end: "13:00"}\n'
        "    south/fri/08:00: null\n"
        "  appointment_desks: {south/fri/08:00: null}\n"
        "  employees: {N1: {skills: [residents], locations: []}}\n"
        "  opening_exceptions: {north/2024-06-03/: {}}\n"
        "  wishes: late.csv\n",
    ).load("other.yaml")

    north, south = case.location("north"), case.location("south")
    assert north.desks == 9
    assert [(hours.start_minute, hours.end_minute) for hours in north.opening.weekly[5]] == [
        (540, 780)
    ]
    assert south.opening.weekly[4] == ()
    assert (date(2024, 6, 3), ()) in north.opening.exceptions
    assert case.employee("N1").skills == ("residents",)
    assert case.employee("N1").locations == ("north",)
    assert [e.id for e in case.employees if e.wishes] == ["N2"]


def test_row_that_is_not_there_is_told(copy: Copy) -> None:
    """A misspelt row is not taken for a new one."""
    other(copy, "tables: {locations: {norht: {desks: 9}, sotuh: null}}")

    assert copy.problems("other.yaml") == [
        "other.yaml:3: locations.norht is not a row of the table locations; a new row needs "
        "name, district, area, latitude, longitude. Did you mean 'north'?",
        "other.yaml:3: locations.sotuh is not a row of the table locations; there is nothing to "
        "remove. Did you mean 'south'?",
    ]


def test_table_left_out_by_the_base_can_be_given(copy: Copy) -> None:
    """Rows can be added to a table that the base does not have."""
    copy.edit("base.yaml", "  wishes: tables/wishes.csv\n", "")
    case = other(copy, "tables: {wishes: {N1/2024-04-16/early: {weight: 2}}}").load("other.yaml")

    assert [wish.weight for wish in case.employee("N1").wishes] == [2]


def test_unreadable_table_is_told_once_though_it_is_patched(copy: Copy) -> None:
    """Rows that change a table which could not be read are no further problem."""
    copy.edit("base.yaml", "tables/wishes.csv", "tables/whishes.csv")
    other(copy, "tables: {wishes: {N1/2024-04-16/early: {weight: 2}}}")

    assert len(copy.problems("other.yaml")) == 1


def test_percentage_on_a_column(copy: Copy) -> None:
    """The rows meant are scaled, the others stay; whole numbers stay whole."""
    case = other(
        copy,
        "scale:\n"
        "  - {table: demand, column: requests_per_year, percent: +30, where: {service: [id_card, question]}}\n"
        "  - {table: locations, column: desks, factor: 1.5, where: {id: south}}\n"
        "  - {table: employees, column: contract_minutes, factor: 0.333, where: {skills: phone}}\n"
        "  - {field: absence.rate, factor: 2}\n"
        "  - {field: booking.residents.horizon_days, factor: 2}\n"
        "  - {field: booking.residents.no_show_by_lead.2.1, factor: 0.5}\n",
    ).load("other.yaml")

    assert {d.service: d.requests_per_year for d in case.demand} == pytest.approx(
        {"collection": 12000, "id_card": 27300, "question": 13000}
    )
    assert case.location("south").desks == 4
    assert case.employee("P1").contract_minutes == 779
    assert case.employee("N1").contract_minutes == 2340
    assert case.absence.rate == pytest.approx(0.06)
    assert case.booking[0].horizon_days == 60
    assert case.booking[0].no_show_by_lead[2] == pytest.approx((30, 0.085))


def test_rows_are_removed_by_a_filter(copy: Copy) -> None:
    """All rows meant are gone."""
    case = other(
        copy,
        "remove:\n"
        "  - {table: opening_hours, where: {location: south, weekday: [thu, fri]}}\n"
        "  - {table: appointment_desks, where: {location: south, weekday: [thu, fri]}}\n",
    ).load("other.yaml")

    assert [bool(day) for day in case.location("south").opening.weekly] == [True] * 3 + [False] * 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("scale: 3", "scale must be a list."),
        ("scale: [{table: demand, column: requests_per_year}]", "scale[0] needs one of factor and percent."),
        ("scale: [{table: demand, factor: 2}]", "scale needs table and column, or field."),
        ("scale: [{table: demnad, column: requests_per_year, factor: 2}]", "demnad is not a known table. Did you mean 'demand'?"),
        ("scale: [{table: demand, column: request_per_year, factor: 2}]", "scale demand.request_per_year is not a known column. Did you mean 'requests_per_year'?"),
        ("scale: [{table: demand, column: booking_profile, factor: 2}]", "tables.demand.collection.booking_profile is no number that could be scaled."),
        ("scale: [{table: demand, column: requests_per_year, factor: 2, where: {service: idcard}}]", "demand has no row with service: idcard. Check the filter."),
        ("scale: [{table: demand, column: requests_per_year, factor: 2, where: {servic: id_card}}]", "where servic is not a known column. Did you mean 'service'?"),
        ("scale: [{field: absence.rat, factor: 2}]", "absence.rat is no number that could be scaled."),
        ("scale: [{field: booking.foreigners.horizon_days, factor: 2}]", "booking.foreigners.horizon_days is no number that could be scaled."),
        ("scale: [{field: absence, factor: 2}]", "absence is no number that could be scaled."),
        ("scale: [{field: name.of, factor: 2}]", "name.of is no number that could be scaled."),
        ("scale: [{facto: 2}]", "scale[0].facto is not a known field. Did you mean 'factor'?"),
        ("remove: [{table: wishes}]", "remove[0].where is missing. Add it: Rows meant: {column: value or list}."),
        ("remove: [{table: wishes, where: {}}]", "remove[0].where is {}; it must have 1 items at the least. Rows meant: {column: value or list}."),
    ],
)  # fmt: skip
def test_override_that_cannot_be_is_told(copy: Copy, text: str, told: str) -> None:
    """Each wrong percentage or filter is told at its line."""
    problems = other(copy, text).problems("other.yaml")

    assert problems[0] == f"other.yaml:3: {told}"


def test_optional_cell_that_is_empty_is_not_scaled(copy: Copy) -> None:
    """A percentage on a column of defaults leaves them."""
    scale = "scale: [{table: locations, column: constant_desks, factor: 2}]"

    assert other(copy, scale).load("other.yaml").location("north").constant_desks is None


def test_table_left_out_has_no_rows_to_remove(copy: Copy) -> None:
    """Nothing is removed from a table that is not there."""
    copy.edit("base.yaml", "  wishes: tables/wishes.csv\n", "")

    assert (
        other(copy, "remove: [{table: wishes, where: {kind: early}}]").problems("other.yaml") == []
    )


CONTRADICTION = (
    "other.yaml:{line}: {path} is set by two overrides: 'second' here and 'first' at "
    "other.yaml:{first}. Keep one of them, or say `replaces: first` in 'second'."
)


@pytest.mark.parametrize(
    ("first", "second", "path"),
    [
        ("absence: {rate: 0.2}", "absence.rate: 0.1", "absence.rate"),
        ("absence.rate: 0.2", "absence.rate: 0.2", "absence.rate"),
        ("targets: []", "targets: {0: {limit: 0.5}}", None),
        ("targets: {0: {limit: 0.5}}", "targets: []", "targets"),
        ("tables: {locations: {north: {desks: 9}}}", "tables: {locations: {north: {desks: 8}}}", "tables.locations.north.desks"),
        ("tables: {wishes: {N1/2024-04-19/day_off: {weight: 2}}}", "tables: {wishes: {N1/2024-04-19/day_off: null}}", "tables.wishes.N1/2024-04-19/day_off"),
        ("absence.rate: 0.2", "scale: [{field: absence.rate, factor: 2}]", "absence.rate"),
        ("scale: [{field: absence.rate, factor: 2}]", "absence.rate: 0.2", "absence.rate"),
        ("remove: [{table: wishes, where: {kind: early}}]", "tables: {wishes: []}", "tables.wishes"),
    ],
)  # fmt: skip
def test_two_overrides_of_one_value_contradict(
    copy: Copy, first: str, second: str, path: str | None
) -> None:
    """A value set twice is told with both places, whether or not the values agree."""
    copy.write("other.yaml", BOTH.format(first=first, second=second))
    told = CONTRADICTION.format(line=7, first=5, path=path)

    problems = copy.problems("other.yaml")
    assert told in problems if path else problems


def test_later_override_may_say_that_it_replaces(copy: Copy) -> None:
    """With ``replaces`` the later value holds."""
    text = BOTH.format(first="absence.rate: 0.2", second="replaces: first\n    absence.rate: 0.1")
    copy.write("other.yaml", text)

    assert copy.load("other.yaml").absence.rate == 0.1


def test_percentages_multiply_in_any_order(copy: Copy) -> None:
    """Two percentages on one value do not contradict and commute."""
    scale = "scale: [{{table: demand, column: requests_per_year, factor: {0}}}]"
    text = BOTH.format(first=scale.format(1.3), second=scale.format(1.1))
    forward = copy.write("other.yaml", text).load("other.yaml")
    backward = copy.write("other.yaml", text + "apply: [second, first]\n").load("other.yaml")

    volumes = [demand.requests_per_year for demand in forward.demand]
    assert volumes == pytest.approx([1.43 * d.requests_per_year for d in copy.load().demand])
    assert volumes == pytest.approx([demand.requests_per_year for demand in backward.demand])


def test_overrides_of_different_values_commute(copy: Copy) -> None:
    """Where nothing is set twice, the order does not matter."""
    text = BOTH.format(first="absence.rate: 0.2", second="training_speed: 0.7")
    forward = copy.write("other.yaml", text).load("other.yaml")
    backward = copy.write("other.yaml", text + "apply: [second, first]\n").load("other.yaml")

    assert forward == backward


def test_only_applied_overrides_hold(copy: Copy) -> None:
    """``apply`` picks among the overrides, also among those of the base."""
    copy.edit(
        "base.yaml",
        "name: small\n",
        "name: small\noverrides: {sick: {absence.rate: 0.2}, quick: {training_speed: 0.9}}\napply: []\n",
    )
    assert copy.load().absence.rate == 0.03

    case = other(copy, "apply: sick").load("other.yaml")
    assert (case.absence.rate, case.training_speed) == (0.2, 0.5)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("apply: [sikc]\noverrides: {sick: {absence.rate: 0.2}}", "apply names 'sikc', which is no override. Did you mean 'sick'?"),
        ("apply: [sick, sick]\noverrides: {sick: {absence.rate: 0.2}}", "apply names 'sick' twice."),
        ("apply: [{a: b}]", "apply must be a name or a list of names."),
        ("overrides: [a]", "overrides must be a mapping of named overrides."),
        ("overrides: {sick: 0.2}", "overrides.sick must be a mapping."),
        ("combine: nowhere.yaml", "nowhere.yaml does not exist. Did you mean 'other.yaml'?"),
        ("combine: base.yaml", "combine base.yaml is part of this scenario already. Name it once."),
        ("combine: stranger.yaml", "combine stranger.yaml extends another file than this scenario. Combined scenarios must extend the same base."),
        ("combine: [third.yaml, third.yaml]", "combine third.yaml is part of this scenario already. Name it once."),
        ("overrides: {a: {training_speed: 0.6}, b: {replaces: c}}", "b.replaces names 'c', which is no earlier override. Earlier overrides: a, other."),
        ("tables: [a]", "tables must be a mapping of table names."),
        ("tables: {wishes: [a]}", "tables.wishes row must be a mapping of columns."),
    ],
)  # fmt: skip
def test_order_that_cannot_be_is_told(copy: Copy, text: str, told: str) -> None:
    """Whatever is wrong with the order of layers is told at its line."""
    copy.write("third.yaml", HEAD)
    copy.write("stranger.yaml", "extends: elsewhere.yaml")

    assert f"other.yaml:3: {told}" in other(copy, text).problems("other.yaml")


def test_override_that_has_the_name_of_another_is_told(copy: Copy) -> None:
    """A name stands for one override along the whole chain."""
    copy.edit("base.yaml", "name: small\n", "name: small\noverrides:\n  a: {absence.rate: 0.2}\n")
    other(copy, "overrides: {a: {absence.rate: 0.1}}")

    assert copy.problems("other.yaml") == [
        "other.yaml:3: overrides.a is the name of another override, at base.yaml:5."
    ]


def test_base_has_nothing_to_combine(copy: Copy) -> None:
    """``combine`` goes with ``extends``."""
    copy.edit("base.yaml", "name: small\n", "name: small\ncombine: other.yaml\n")

    assert copy.problems() == ["base.yaml:4: combine needs extends: a base has nothing to combine."]


def test_combined_scenarios_may_combine(copy: Copy) -> None:
    """What a combined file combines comes along."""
    copy.write("sick.yaml", HEAD + "absence.rate: 0.2\n")
    copy.write("quick.yaml", HEAD + "combine: sick.yaml\ntraining_speed: 0.9\n")
    case = other(copy, "combine: quick.yaml").load("other.yaml")

    assert (case.absence.rate, case.training_speed) == (0.2, 0.9)


def test_key_changed_to_that_of_another_row_is_told(copy: Copy) -> None:
    """Rows stay apart whatever a layer does to their keys."""
    told = other(copy, "tables: {districts: {north: {id: south}}}").problems("other.yaml")

    assert (
        "tables/districts.csv:3: districts.south stands twice; first at tables/districts.csv:2. "
        "Rows are known by id: delete one or change it."
    ) in told


def test_file_that_extends_several_is_told(copy: Copy) -> None:
    """One file is extended; several are combined."""
    copy.write("other.yaml", "extends: [base.yaml, base.yaml]\nname: other\n")

    assert copy.problems("other.yaml") == [
        "other.yaml:1: extends must be the path of one scenario file."
    ]


def test_missing_base_is_told_alone(copy: Copy) -> None:
    """Without its base a file is not searched for what the base would say."""
    copy.write("other.yaml", "extends: bsae.yaml\nname: other\n")

    assert copy.problems("other.yaml") == [
        "other.yaml:1: bsae.yaml does not exist. Did you mean 'base.yaml'?"
    ]


def test_files_that_extend_each_other_are_told(copy: Copy) -> None:
    """A circle of files is told and not followed."""
    copy.write("one.yaml", "extends: two.yaml\n").write("two.yaml", "extends: one.yaml\n")

    assert copy.problems("one.yaml") == [
        "two.yaml:1: one.yaml extends itself. Break the circle of extends."
    ]


def test_scenarios_of_one_base_are_combined(copy: Copy) -> None:
    """Layers of combined files come first; what they both set is a contradiction."""
    copy.write("sick.yaml", HEAD + "absence.rate: 0.2\n")
    copy.write(
        "quick.yaml", HEAD + "training_speed: 0.9\noverrides: {far: {travel.fixed_minutes: 9}}\n"
    )
    case = other(copy, "combine: [sick.yaml, quick.yaml]").load("other.yaml")
    assert (case.absence.rate, case.training_speed) == (0.2, 0.9)

    other(copy, "combine: [sick.yaml, quick.yaml]\nabsence.rate: 0.1")
    assert copy.problems("other.yaml") == [
        "other.yaml:4: absence.rate is set by two overrides: 'other' here and 'sick' at "
        "sick.yaml:3. Keep one of them, or say `replaces: sick` in 'other'."
    ]


def test_chain_of_files_is_followed_from_folder_to_folder(copy: Copy) -> None:
    """Paths are seen from the file that names them."""
    (copy.folder / "what-if").mkdir()
    copy.write("what-if/a.yaml", "extends: ../base.yaml\nname: a\ntraining_speed: 0.9\n")
    copy.write("what-if/b.yaml", "extends: a.yaml\nname: b\nabsence.rate: 0.2\n")
    case = copy.load("what-if/b.yaml")

    assert (case.name, case.training_speed, case.absence.rate) == ("b", 0.9, 0.2)


def test_rows_stand_in_the_file_as_in_a_table(copy: Copy) -> None:
    """A table given inline, as rows or by key, equals the CSV file."""
    before = copy.load().fingerprint
    rows = (
        "[{id: north, name: North, population: 30000}, {id: south, name: South, population: 20000}]"
    )
    by_key = "{north: {name: North, population: 30000}, south: {name: South, population: 20000}}"
    line = "  districts: tables/districts.csv                   # where people live\n"
    copy.edit("base.yaml", line, f"  districts: {rows}\n")
    assert before == copy.load().fingerprint

    copy.edit("base.yaml", f"  districts: {rows}\n", f"  districts: {by_key}\n")
    assert before == copy.load().fingerprint


def test_rows_given_twice_are_told_across_files(copy: Copy) -> None:
    """Inline rows with equal keys are told with the first place."""
    line = "  districts: tables/districts.csv                   # where people live\n"
    row = "{id: north, name: North, population: 1}"
    copy.edit("base.yaml", line, f"  districts: [{row}, {row}]\n")

    assert "base.yaml:14: districts.north stands twice; first in line 14. " in copy.problems()[0]

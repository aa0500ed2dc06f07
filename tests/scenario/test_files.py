# ruff: noqa: E501  (expected sentences stand in one line)
"""Files as they come: encodings, empty ones, ones that are not there."""

from __future__ import annotations

from tests.scenario.spoiling import Copy

WISHES = "tables/wishes.csv"


def test_latin_1_is_named_with_its_byte(copy: Copy) -> None:
    """A CSV file saved by an old spreadsheet is told by the line and the byte."""
    path = copy.folder / "tables" / "districts.csv"
    path.write_bytes("id,name,population\nnorth,North,30000\nsouth,Süd,20000\n".encode("latin-1"))

    assert copy.problems() == [
        "tables/districts.csv:3: is not UTF-8: byte 0xFC would be 'ü' in Windows-1252 (Latin-1). "
        "Save the file again as UTF-8."
    ]


def test_utf_16_is_named(copy: Copy) -> None:
    """A file saved as "Unicode" is told as UTF-16."""
    (copy.folder / WISHES).write_bytes("employee,date,kind\n".encode("utf-16"))

    assert copy.problems() == [
        "tables/wishes.csv:1: is encoded in UTF-16; files must be UTF-8. "
        "Save the file again as UTF-8."
    ]


def test_byte_order_mark_is_accepted(copy: Copy) -> None:
    """UTF-8 with a byte order mark reads like UTF-8 without."""
    before = copy.load().fingerprint
    path = copy.folder / WISHES
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert before == copy.load().fingerprint


def test_line_ends_of_windows_are_accepted(copy: Copy) -> None:
    """Carriage returns change nothing."""
    before = copy.load().fingerprint
    for path in [copy.folder / "base.yaml", *copy.folder.glob("tables/*.csv")]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert before == copy.load().fingerprint


def test_empty_table_is_told(copy: Copy) -> None:
    """An empty file is no table."""
    copy.write(WISHES, "\n")

    assert copy.problems() == [
        "tables/wishes.csv:1: is empty. Fill it, or leave out the key that names it."
    ]


def test_table_of_commas_is_told(copy: Copy) -> None:
    """A file of separators has no header."""
    copy.write(WISHES, ",,\n,,\n")

    assert copy.problems() == ["tables/wishes.csv:1: has no header. Write the names of columns."]


def test_header_without_rows_is_told_where_rows_are_needed(copy: Copy) -> None:
    """Districts need rows; wishes may have none."""
    copy.write(WISHES, "employee,date,kind\n")
    copy.write("tables/districts.csv", "id,name,population\n")

    assert copy.problems() == [
        "tables/districts.csv:1: districts has a header but no rows. Add the rows."
    ]


def test_open_quote_is_told(copy: Copy) -> None:
    """A quote that nobody closes ends the table."""
    copy.write(WISHES, 'employee,date,kind\nN1,"2024-04-19,day_off\n')

    assert copy.problems() == ["tables/wishes.csv:2: is not CSV: unexpected end of data."]


def test_lines_are_counted_across_cells_of_several_lines(copy: Copy) -> None:
    """A cell with a line break does not shift the lines told."""
    copy.write(
        WISHES,
        'employee,date,kind,note\nN1,2024-04-19,day_off,"two\nlines"\nN9,2024-04-19,early,\n',
    )

    assert copy.problems() == [
        "tables/wishes.csv:4: wishes.N9/2024-04-19/early.employee is 'N9', which is not in the "
        "table employees. Known: N1, N2, N3, N4, N5, N6, P1, P2, S1, S2, S3, S4."
    ]


def test_folder_for_a_file_is_told(copy: Copy) -> None:
    """A folder cannot be read as a table."""
    copy.edit("base.yaml", "tables/wishes.csv", "tables")

    assert copy.problems() == ["base.yaml:28: tables cannot be read: Is a directory."]


def test_missing_case_is_told(copy: Copy) -> None:
    """A scenario file that is not there is told with its neighbours."""
    assert copy.problems("bsae.yaml") == [
        "bsae.yaml: bsae.yaml does not exist. Did you mean 'base.yaml'?"
    ]


def test_empty_case_is_told(copy: Copy) -> None:
    """An empty scenario file is one problem, not a dozen missing sections."""
    assert copy.write("empty.yaml", "").problems("empty.yaml") == [
        "empty.yaml:1: is empty. Fill it, or leave out the key that names it."
    ]


def test_case_of_comments_is_told(copy: Copy) -> None:
    """A scenario file of comments holds nothing."""
    assert copy.write("quiet.yaml", "# nothing yet\n").problems("quiet.yaml") == [
        "quiet.yaml:1: holds nothing but comments."
    ]


def test_case_that_is_a_list_is_told(copy: Copy) -> None:
    """A scenario file is a mapping."""
    assert copy.write("list.yaml", "- a\n- b\n").problems("list.yaml") == [
        "list.yaml:1: must be a mapping of fields: `name: …`."
    ]


def test_control_characters_are_told(copy: Copy) -> None:
    """YAML knows no control characters."""
    told = copy.write("odd.yaml", "name: a\x07b\n").problems("odd.yaml")

    assert told == [
        "odd.yaml:1: is not YAML: unacceptable character #x0007: special characters are not allowed."
    ]


def test_numbers_of_yaml_1_2_are_read() -> None:
    """Octal, hexadecimal and signed numbers keep their value; yes and 17:00 stay text."""
    from planner.scenario.nodes import plain
    from planner.scenario.problems import Problems
    from planner.scenario.yaml_reading import parse_yaml

    text = "[0o17, 0x1F, +3, 1_000, 1e3, -.5, .inf, true, False, ~, yes, 17:00, 010]"
    node = parse_yaml(text, "text", Problems())

    assert node is not None
    assert plain(node) == [
        15, 31, 3, 1000, 1000.0, -0.5, float("inf"), True, False, None, "yes", "17:00", 10,
    ]  # fmt: skip

"""The column book: every table is well formed, and frames are made to fit or refused."""

import pandas as pd
import pytest

from planner.errors import TableError
from planner.tables import AREAS, EVERY_TABLE, Table


@pytest.mark.parametrize("table", EVERY_TABLE, ids=lambda table: table.name)
def test_keys_are_columns_and_columns_have_meaning(table: Table):
    """Every table sorts by its own columns, and every column says what it means."""
    assert set(table.key) <= set(table.names)
    assert len(set(table.names)) == len(table.names)
    assert all(column.meaning for column in table.columns)


def test_names_are_unique():
    """No two tables share a file."""
    assert len({table.name for table in EVERY_TABLE}) == len(EVERY_TABLE)


def test_conform_orders_columns_and_rows_and_fills_missing_texts():
    """A fitting frame comes back with the book's columns, sorted, without missing texts."""
    frame = pd.DataFrame({"name_en": ["B", "A"], "area": ["b", "a"], "name_de": [None, "A"]})
    conformed = AREAS.conform(frame)
    assert list(conformed.columns) == ["area", "name_de", "name_en"]
    assert conformed.to_numpy().tolist() == [["a", "A", "A"], ["b", "", "B"]]


def test_conform_names_missing_and_unknown_columns():
    """A frame with other columns is refused, and the message names them."""
    with pytest.raises(TableError, match=r"areas: missing columns \['name_de', 'name_en'\]"):
        AREAS.conform(pd.DataFrame({"area": ["a"]}))
    frame = pd.DataFrame({"area": ["a"], "name_de": ["A"], "name_en": ["A"], "colour": ["red"]})
    with pytest.raises(TableError, match=r"unknown columns \['colour'\]"):
        AREAS.conform(frame)


def test_conform_refuses_other_types():
    """A text where a number belongs is refused."""
    table = next(table for table in EVERY_TABLE if table.name == "districts")
    frame = pd.DataFrame({"district": ["a"], "name": ["A"], "population": ["many"]})
    with pytest.raises(TableError, match="districts"):
        table.conform(frame)

"""Overrides that change the network: sites that close, and first choices that go elsewhere.

Nobody vanishes: who would have chosen a closed site chooses another one, who has an appointment
there has it elsewhere on the same day, its staff gets another home, and only then its hours and
slots go.  A first choice without a stated destination goes to
the other locations of the field in proportion to the shares that the origin gives them already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle
from typing import Annotated

from pydantic import Field

from planner.scenario.nodes import Fields, Leaf, Node, Origin, empty
from planner.scenario.problems import Problems, suggestion
from planner.scenario.row_changes import listed, node_at
from planner.scenario.section_models import Section
from planner.scenario.validating import validated

Names = tuple[str, ...]
#: Tables whose rows of a location go with it, and the column that names it.
_OWN_ROWS = (
    ("opening_hours", "location"),
    ("opening_exceptions", "location"),
    ("appointment_desks", "location"),
    ("bookings", "location"),
    ("observations", "scope_id"),
    ("locations", "id"),
)
_SHARE_DIGITS = 6


class CloseItem(Section):
    """A location that closes; its customers and its staff go elsewhere."""

    location: str = Field(description="Location that closes.")
    customers_to: Names = Field(
        (), description="Where first choices go; left out: others of the field in proportion."
    )
    staff_to: Annotated[Names, Field(min_length=1)] = Field(
        description="New home locations of its staff, in turn."
    )


class RedirectItem(Section):
    """A share of first choices that goes to a location, or away from one."""

    area: str = Field(description="Field of work.")
    share: Annotated[float, Field(gt=0, le=1)] = Field(description="Share of them that goes.")
    origins: Names = Field((), description="Districts of residence; left out: all.")
    leave: Names = Field((), description="Locations that lose; left out: all others.")
    to: Names = Field((), description="Locations that win; left out: all others, in proportion.")


@dataclass(frozen=True, slots=True)
class Change:
    """A row or cell to set; a row without node goes."""

    path: tuple[str, ...]
    node: Node | None
    origin: Origin


def read_closures(node: Node | None, tree: Fields, problems: Problems) -> list[Change]:
    """Return every change that ``close`` means."""
    found: list[Change] = []
    for index, item in enumerate(listed(node, "close", problems)):
        value = validated(CloseItem, item, f"close[{index}]", problems)
        if value is None or not _all_known(
            (value.location, *value.customers_to, *value.staff_to), tree, item.origin, problems
        ):
            continue
        found += _choices_moved(
            tree, _Move((value.location,), value.customers_to, 1.0), item.origin
        )
        found += _bookings_moved(tree, value, item.origin)
        found += _staff_moved(tree, value, item.origin)
        for table, column in _OWN_ROWS:
            found += [
                Change(("tables", table, key), None, item.origin)
                for key, row in _rows(tree, table).items()
                if _text(row, column) == value.location
            ]
    return found


def read_redirects(node: Node | None, tree: Fields, problems: Problems) -> list[Change]:
    """Return every change that ``redirect`` means."""
    found: list[Change] = []
    for index, item in enumerate(listed(node, "redirect", problems)):
        value = validated(RedirectItem, item, f"redirect[{index}]", problems)
        if value is None or not _all_known((*value.leave, *value.to), tree, item.origin, problems):
            continue
        if not value.leave and not value.to:
            problems.add(item.origin, f"redirect[{index}]", "needs leave or to.")
            continue
        move = _Move(value.leave, value.to, value.share, value.area, value.origins)
        found += _choices_moved(tree, move, item.origin)
    return found


@dataclass(frozen=True, slots=True)
class _Move:
    """First choices that leave some locations for others; empty: all others of the field."""

    leave: Names
    to: Names
    share: float
    area: str = ""
    origins: Names = ()


def _all_known(names: Names, tree: Fields, origin: Origin, problems: Problems) -> bool:
    known = _rows(tree, "locations")
    for name in (name for name in names if name not in known):
        advice = suggestion(name, known, "Locations")
        problems.add(origin, name, "is not in the table locations.", advice)
    return all(name in known for name in names)


def _choices_moved(tree: Fields, move: _Move, origin: Origin) -> list[Change]:
    """Return the changed rows of ``location_choice``, one origin and field after the other."""
    groups: dict[tuple[str, str], dict[str, Fields]] = defaultdict(dict)
    for row in _rows(tree, "location_choice").values():
        groups[_text(row, "origin"), _text(row, "area")][_text(row, "location")] = row
    changes: list[Change] = []
    for (district, area), rows in groups.items():
        meant = (not move.area or area == move.area) and (
            not move.origins or district in move.origins
        )
        if meant and (not move.leave or any(name in rows for name in move.leave)):
            changes += _group_moved(rows, (district, area), move, origin)
    return changes


def _group_moved(
    rows: dict[str, Fields], key: tuple[str, str], move: _Move, origin: Origin
) -> list[Change]:
    shares = {name: float(_text(row, "share") or 0) for name, row in rows.items()}
    after = _moved_shares(shares, move)
    if after == shares:
        return []
    changes = []
    for name, share in after.items():
        path = ("tables", "location_choice", "/".join((*key, name)))
        if share <= 0 and name in rows:
            changes.append(Change(path, None, origin))
        elif name in rows and share != shares[name]:
            before = rows[name].entries["share"]
            leaf = Leaf(share, origin, before=before if isinstance(before, Leaf) else None)
            changes.append(Change((*path, "share"), leaf, origin))
        elif name not in rows and share > 0:
            cells: dict[str, str | float] = {
                "origin": key[0],
                "area": key[1],
                "location": name,
                "share": share,
            }
            changes.append(Change(path, _row(cells, origin), origin))
    return changes


def _moved_shares(shares: dict[str, float], move: _Move) -> dict[str, float]:
    """Return the shares after the move; their sum stays what it was."""
    leaving = [name for name in shares if name in move.leave or not move.leave]
    leaving = [name for name in leaving if name not in move.to]
    winners = list(move.to) or [name for name in shares if name not in leaving]
    moved = sum(shares[name] for name in leaving) * move.share
    weights = {name: shares.get(name, 0.0) for name in winners}
    if move.to and sum(weights.values()) <= 0:
        weights = dict.fromkeys(winners, 1.0)
    total = sum(weights.values())
    if total <= 0:
        return shares
    after = dict(shares)
    for name in leaving:
        after[name] = round(shares[name] * (1 - move.share), _SHARE_DIGITS)
    for name, weight in weights.items():
        after[name] = round(after.get(name, 0.0) + moved * weight / total, _SHARE_DIGITS)
    largest = max(weights, key=lambda name: after[name])
    rest = sum(shares.values()) - sum(after.values())
    after[largest] = round(after[largest] + rest, _SHARE_DIGITS)
    return after


def _bookings_moved(tree: Fields, item: CloseItem, origin: Origin) -> list[Change]:
    """Return bookings ahead of the closed site, one after the other at those that take over."""
    places = _rows(tree, "locations")
    field = _text(places[item.location], "area")
    others = tuple(
        name
        for name, row in places.items()
        if name != item.location and _text(row, "area") == field
    )
    taking = cycle(item.customers_to or others or (item.location,))
    rows, more = _rows(tree, "bookings"), dict[tuple[str, str, str], int]()
    for row in rows.values():
        if _text(row, "location") == item.location:
            for _ in range(int(float(_text(row, "bookings") or 0))):
                key = (next(taking), _text(row, "date"), _text(row, "service"))
                more[key] = more.get(key, 0) + 1
    changes = []
    for (place, day, service), number in more.items():
        path = ("tables", "bookings", f"{place}/{day}/{service}")
        there = rows.get(path[2])
        if there is not None:
            total = int(float(_text(there, "bookings") or 0)) + number
            changes.append(_cell(there, path, "bookings", str(total), origin))
        else:
            cells = {"location": place, "date": day, "service": service, "bookings": str(number)}
            changes.append(Change(path, _row(cells, origin), origin))
    return changes


def _staff_moved(tree: Fields, item: CloseItem, origin: Origin) -> list[Change]:
    """Return the new homes of the staff, in turn, and lists of places without the closed one."""
    changes = []
    homes = cycle(item.staff_to)
    for key, row in _rows(tree, "employees").items():
        path = ("tables", "employees", key)
        home = _text(row, "home_location")
        if home == item.location:
            home = next(homes)
            changes.append(_cell(row, path, "home_location", home, origin))
        places = [name.strip() for name in _text(row, "locations").split(";") if name.strip()]
        if item.location in places:
            others = ";".join(name for name in places if name != item.location)
            changes.append(_cell(row, path, "locations", others, origin))
    return changes


def _cell(row: Fields, path: tuple[str, ...], column: str, value: str, origin: Origin) -> Change:
    before = row.entries.get(column)
    leaf = Leaf(value, origin, before=before if isinstance(before, Leaf) else None)
    return Change((*path, column), leaf, origin)


def _row(cells: Mapping[str, str | float], origin: Origin) -> Fields:
    row = empty(origin)
    for column, value in cells.items():
        row = row.with_entry(column, Leaf(value, origin), origin)
    return row


def _rows(tree: Fields, table: str) -> dict[str, Fields]:
    rows = node_at(tree, ("tables", table))
    entries = rows.entries if isinstance(rows, Fields) else {}
    return {key: row for key, row in entries.items() if isinstance(row, Fields)}


def _text(row: Fields, column: str) -> str:
    cell = row.entries.get(column)
    return str(cell.value) if isinstance(cell, Leaf) and cell.value is not None else ""

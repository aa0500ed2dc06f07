"""What is mutated: the rules as they are checked, and the postings as the roster model has them.

A family is a package, its files, and the tests that state what they must do.  Those of the
postings compare arrays and prices with each rule's own check; none of them searches for a roster.
A third family is the programme without names for plain weeks, a fourth gives out activities.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_DOMAIN = ("planner.domain", "planner.errors", "planner.tables", "planner.units")


@dataclass(frozen=True, slots=True)
class Family:
    """Files that are mutated and judged in the same way.

    Attributes
    ----------
    name, package : str
        What it is called on the command line, and where its files are.
    left_out : dict
        Files that are not mutated, with the reason.
    tests : tuple of str
        Tests that state what the files must do.
    own : dict
        The few and quick ones that state all that a single file must do, in place of these.
    below : tuple of str
        Packages that know nothing of the mutated one: loaded once for all mutants.
    examples : bool
        Whether ``tests/rules/examples.py`` has examples by file name, to be tried first.
    interpreted : bool
        Whether compiled code is run as plain Python: quick to begin with, and no mutant is ever
        compiled, so none gets into the cache on disk.
    """

    name: str
    package: str
    left_out: Mapping[str, str]
    tests: tuple[str, ...]
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    below: tuple[str, ...] = _DOMAIN
    examples: bool = False
    interpreted: bool = False

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return Path(importlib.import_module(self.package).__file__ or "").parent

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files that are mutated, without ``.py``."""
        return tuple(
            sorted(p.stem for p in self.folder.glob("*.py") if p.stem not in self.left_out)
        )

    def source(self, file: str) -> str:
        """Return the text of a file.

        Raises
        ------
        ValueError
            If the family has no such file.
        """
        if file not in self.files:
            known = ", ".join(self.files)
            raise ValueError(f"{self.name} has no file {file} to be judged; there are {known}")
        return (self.folder / f"{file}.py").read_text(encoding="utf-8")

    def tests_of(self, file: str) -> tuple[str, ...]:
        """Return the tests that judge a file."""
        return self.own.get(file, self.tests)


def _roster(*names: str) -> tuple[str, ...]:
    """Return files of ``tests/roster``, or a quick test of one: ``file::test``."""
    found = (name.partition("::") for name in names)
    return tuple(f"tests/roster/test_{file}.py{sep}{test}" for file, sep, test in found)


RULES = Family(
    name="rules",
    package="planner.rules",
    left_out={
        "__init__": "no code",
        "permitted": "which severities a case may ask for, not the law",
        "registry": "a list",
        "titles": "words",
        "wording": "words",
    },
    tests=("tests/rules",),
    examples=True,
)
_SEARCH = "finds rosters; the audit confirms each of them before it leaves"
_BOUND = "proves how good rosters could be, states no rule"
_COMPANY = (
    "trainees::test_groups_are_the_same_for_all_where_nothing_is_asked",
    "trainees::test_who_is_there_beside_the_plan_keeps_company",
    "trainees::test_every_roster_has_the_price_that_the_audit_finds",
)
POSTINGS = Family(
    name="postings",
    package="planner.model.roster",
    left_out={
        "__init__": "no code",
        "bound": _BOUND,
        "compiled_chance": _SEARCH,
        "compiled_code": "how functions are compiled",
        "compiled_dual": _BOUND,
        "compiled_proximal": _BOUND,
        "compiled_search": _SEARCH,
        "effort": _SEARCH,
        "head_start": _SEARCH,
        "incumbent": _SEARCH,
        "optimise": _SEARCH,
        "pace": _SEARCH,
        "prices": _BOUND,
    },
    tests=("tests/roster",),
    own={
        "arrays": _roster("rosters_in"),
        "clockwork": _roster("clockwork"),
        "compiled_cover": _roster(
            "prices::test_counting_tells_the_change_of_price",
            "worth",
            "trainees::test_what_a_person_more_is_worth_to_those_who_are_alone",
            "trainees::test_one_more_beside_somebody_who_is_not_planned_makes_two",
            "trainees::test_every_roster_has_the_price_that_the_audit_finds",
            "prices",
        ),
        "compiled_pricing": _roster("pricing_parts", "pricing_random"),
        "day_sets": _roster(
            "day_sets::test_folding_keeps_the_prices_with_the_fewest_states",
            "day_sets::test_who_is_not_asked_has_one_state",
            "day_sets",
        ),
        "model": _roster("rosters_in", "prices"),
        "names": _roster("clockwork", "rosters_in"),
        "place_arrays": _roster("posted_places", "prices", *_COMPANY),
        "postings": _roster("posted_rules"),
        "shift_grid": _roster(
            "grid_borders",
            "shift_grid",
            "shifts_of_type::test_letters_tell_the_types_of_every_shift",
        ),
        "staff_arrays": _roster(
            "staff_limits",
            *_COMPANY,
            "day_rules_in_the_search::test_a_saturday_that_is_left_may_be_worked",
            "day_rules_in_the_search::test_lawful_lines_are_the_same_for_model_and_checks",
        ),
        "staff_prices": _roster("prices", "staff_limits"),
        "training": _roster(*_COMPANY),
        "trails": _roster(
            "shifts_of_type::test_people_with_the_same_prices_share_a_trail",
            "shifts_of_type::test_where_nobody_asks_all_is_as_before",
            "day_sets",
        ),
        "type_counts": _roster(
            "shifts_of_type::test_counts_cost_what_counting_says",
            "shifts_of_type::test_days_and_counts_together_have_both_prices",
        ),
        "type_letters": _roster(
            "shifts_of_type::test_letters_tell_the_types_of_every_shift",
            "shifts_of_type::test_where_nobody_asks_all_is_as_before",
        ),
        "windows": _roster("posted_windows"),
    },
    below=(*_DOMAIN, "planner.rules"),
    interpreted=True,
)
PLAIN = Family(
    name="plain",
    package="planner.model.roster.unnamed",
    left_out={
        "__init__": "no code",
        "clock": _SEARCH,
        "compiled_exchange": _SEARCH,
        "decide": _SEARCH,
        "naming": _SEARCH,
        "programme": "hands a programme to its solver",
        "settle": _SEARCH,
        "unnamed_roster": _SEARCH,
    },
    tests=("tests/unnamed",),
    own={
        "block": ("tests/unnamed/test_block.py",),
        "plain_week": ("tests/unnamed/test_plain_week.py",),
        "plan": ("tests/unnamed/test_plan.py",),
    },
    below=(*_DOMAIN, "planner.rules", "planner.sim.streams"),
)
ACTIVITIES = Family(
    name="activities",
    package="planner.model.roster.activities",
    left_out={"__init__": "no code"},
    tests=("tests/roster/test_calm_days.py",),
    below=(*_DOMAIN, "planner.rules", "planner.sim.streams"),
)
FAMILIES = (RULES, POSTINGS, PLAIN, ACTIVITIES)

"""Settings of a history: key, value and where it comes from, strict as the scenario format."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from pathlib import Path

from planner.errors import Problem, ScenarioError

COLUMNS = ("key", "value", "unit", "confidence", "source", "note")


@dataclass(frozen=True, slots=True)
class HistorySettings:
    """Numbers of a history.

    Attributes
    ----------
    months : int
        Months played from the first day of the horizon on.
    balance_posts, balance_absence_share : float
        Posts (and their absence) at which slots equal demand in the mean of a year.
    counter_hours_per_post_week : float
        Desk hours that a present post offers in a week [h/week].
    start_lead_days : float
        Lead with which the fluid book starts [days].
    town_share : float
        Part of the town that is simulated.
    """

    months: int
    balance_posts: float
    balance_absence_share: float
    counter_hours_per_post_week: float
    start_lead_days: float
    town_share: float


def read_settings(path: Path) -> HistorySettings:
    """Read the settings.

    Raises
    ------
    ScenarioError
        When the file, a key or a number is missing or unknown.
    """
    if not path.is_file():
        raise ScenarioError((Problem(str(path), 0, "", "is missing.", "Write the table."),))
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            text = f"has the columns {reader.fieldnames}, not {', '.join(COLUMNS)}."
            raise ScenarioError((Problem(str(path), 1, "", text, "Correct the heading."),))
        rows = list(enumerate(reader, start=2))
    known = [field.name for field in fields(HistorySettings)]
    problems, values = [], {}
    for line, row in rows:
        if row["key"] not in known:
            advice = f"Known: {', '.join(known)}."
            problems.append(Problem(str(path), line, row["key"], "is no setting.", advice))
            continue
        try:
            values[row["key"]] = float(row["value"])
        except ValueError:
            text = f"is '{row['value']}', no number."
            problems.append(Problem(str(path), line, row["key"], text, ""))
    missing = [key for key in known if key not in values and not problems]
    problems += [Problem(str(path), 1, key, "is missing.", "Add a row.") for key in missing]
    if problems:
        raise ScenarioError(tuple(problems))
    return HistorySettings(
        months=int(values["months"]), **{k: v for k, v in values.items() if k != "months"}
    )

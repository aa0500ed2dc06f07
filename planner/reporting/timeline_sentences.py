"""The event log of a day with a sentence a line, for people who read tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.reporting.words import Words

#: Customers named in a sentence; the column ``waited_for`` has all of them.
NAMED = 6


def with_sentences(log: pd.DataFrame, services: Mapping[str, str], words: Words) -> pd.DataFrame:
    """Return the log with a column ``text``: what happened, in the language of ``words``.

    Parameters
    ----------
    services : mapping of str to str
        Names of the services by identifier.
    """
    rows = log.to_dict("records")
    return log.assign(text=[_sentence(row, services, words) for row in rows])


def _sentence(row: Mapping[object, object], services: Mapping[str, str], words: Words) -> str:
    waited = float(str(row["waited_minutes"]))
    return words(
        f"timeline.{str(row['event']).replace(' ', '_')}",
        who=_who(row, services, words),
        desk=str(row["desk"]),
        waiting=str(row["waiting"]),
        waited=words.number(waited, 1),
        ahead=_ahead(str(row["waited_for"]), words),
        after=_after(row, words),
    )


def _who(row: Mapping[object, object], services: Mapping[str, str], words: Words) -> str:
    service, channel = str(row["service"]), str(row["channel"])
    if not service:
        return ""
    return words(
        "timeline.customer",
        customer=str(row["customer"]),
        service=services.get(service, service),
        channel=words.name("channel", channel),
    )


def _ahead(waited_for: str, words: Words) -> str:
    if not waited_for:
        return ""
    customers = waited_for.split(";")
    shown = ", ".join(customers[-NAMED:])
    return words("timeline.ahead", customers=f"… {shown}" if len(customers) > NAMED else shown)


def _after(row: Mapping[object, object], words: Words) -> str:
    before = int(str(row["after_customer"]))
    if before < 0:
        return ""
    return words("timeline.after", desk=str(row["desk"]), customer=before)

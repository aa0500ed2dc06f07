"""What may be claimed of simulation cuts, in German and English."""

from __future__ import annotations

from planner.plan.cuts.coupled_days import MissingPeople
from planner.plan.cuts.cut_plan import CutPlan

#: Cells named in the claim; all of them are in ``cut_targets.csv``.
MOST_NAMED = 6

_CLAIM = {
    "de": "Für diese {weeks} Stichprobenwochen (Startwert {seed}) kostet kein Dienstplan aus den "
    "modellierten Schichten weniger als {bound} Schalterstunden; dieser kostet {hours}. "
    "Mehr Personal kann hier vereinzelt schaden (wer geht, bedient zu Ende): die Schnitte sind "
    "eine Heuristik, die Schranke gilt, soweit mehr Personal und weniger Kunden nie schaden. Auf "
    "{fresh} frischen Wochen (ab Startwert {fresh_seed}) {verdict}. Der Weg in zwei Schritten "
    "braucht {same} Stunden, wenn er auf denselben Stichprobenwochen dieselben Ziele gerade hält. "
    "Im Mittel der frischen Wochen liegen dieser Plan bei {ours}, jener bei {theirs} von {count} "
    "Zielen innerhalb der Grenze; ebenso sicher gezeigt sind es für jenen bei {theirs_shown}. Zu "
    "spät oder gegangen zählt gegen uns.",
    "en": "For these {weeks} sampled weeks (seed {seed}) no schedule of the modelled shifts costs "
    "less than {bound} counter hours; this one costs {hours}. More staff can now and then "
    "do harm here (who leaves finishes the customer): the cuts are a heuristic, and the bound "
    "holds as far as more staff and fewer customers never harm. On {fresh} fresh weeks (from "
    "seed {fresh_seed}) {verdict}. The two-step way needs {same} hours to just hold the same "
    "targets on the same sampled weeks. On the mean of the fresh weeks this plan is within the "
    "limit for {ours}, that one for {theirs} of {count} targets; for that one {theirs_shown} are "
    "shown as surely. Late or left counts against us.",
}
_SKILLS = {
    "de": " In {names} haben manche nur einen Teil der Fertigkeiten: geplant wird dort nach "
    "Gruppen, und die Schranke gilt nur, soweit auch mehr Fertigkeiten nie schaden.",
    "en": " At {names} some hold only a part of the skills: people are planned in groups there, "
    "and the bound holds only as far as more skills never harm either.",
}
_MISSING = {
    "de": "{names} am {day}: nötig sind {needed} Personen, {people} können dort arbeiten",
    "en": "{names} on {day}: {needed} people are needed, {people} may work there",
}
_HOLDS = {
    "de": "hält jedes der {count} Ziele mit gemeinsamer Sicherheit {confidence}",
    "en": "every one of {count} targets holds with joint confidence {confidence}",
}
_NOT_SHOWN = {
    "de": "halten {shown} der {count} Ziele mit gemeinsamer Sicherheit {confidence}; nicht "
    "gezeigt ist es für {names}",
    "en": "{shown} of {count} targets hold with joint confidence {confidence}; it is not shown "
    "for {names}",
}


def claim(cuts: CutPlan, language: str) -> str:
    """Return what has been shown, and no more, in ``de`` or ``en``."""
    told = _CLAIM[language].format(
        weeks=_weeks(cuts.design_weeks, language),
        seed=cuts.design_seed,
        bound=_hours(cuts.bound_hours, language),
        hours=_hours(cuts.hours, language),
        same=_hours(cuts.same_service_hours, language),
        ours=sum(cell.value <= cell.limit for cell in cuts.cells),
        theirs=sum(cell.same_service <= cell.limit for cell in cuts.cells),
        count=len(cuts.cells),
        theirs_shown=sum(cell.same_service_shown for cell in cuts.cells),
        fresh=_weeks(cuts.fresh_weeks, language),
        fresh_seed=cuts.fresh_seed,
        verdict=_verdict(cuts, language),
    )
    grouped = sorted({day.location for day in cuts.days if len(day.rows) > 1})
    return told + (_SKILLS[language].format(names=_listed(grouped)) if grouped else "")


def _hours(value: float, language: str) -> str:
    return f"{value:.1f}".replace(".", "," if language == "de" else ".")


def _weeks(numbers: tuple[int, ...], language: str) -> str:
    """Return one number, or from the fewest to the most."""
    least, most = numbers[0], numbers[-1]
    return str(most) if least == most else f"{least} {'bis' if language == 'de' else 'to'} {most}"


def _percent(share: float, language: str) -> str:
    return f"{share:.0%}" if language == "en" else f"{100 * share:.0f} %"


def _verdict(cuts: CutPlan, language: str) -> str:
    failing = cuts.not_shown
    count = len(cuts.cells)
    if not failing:
        return _HOLDS[language].format(count=count, confidence=_percent(cuts.confidence, language))
    names = [f"{c.location} {c.promise.channel} {c.promise.measure}" for c in failing]
    return _NOT_SHOWN[language].format(
        shown=count - len(failing),
        count=count,
        confidence=_percent(cuts.confidence, language),
        names=_listed(names),
    )


def _listed(names: list[str]) -> str:
    """Return the first names, and how many more there are."""
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown} (+{len(names) - MOST_NAMED})" if len(names) > MOST_NAMED else shown


def cut_facts(cuts: CutPlan | None, language: str) -> list[tuple[str, str]]:
    """Return the facts of the cuts for the closing table."""
    if cuts is None or not cuts.days:
        return []
    gap = 1.0 - cuts.bound_hours / cuts.hours if cuts.hours else 0.0
    return [
        ("cut_hours", f"{cuts.hours:.1f}"),
        ("cut_bound_hours", f"{cuts.bound_hours:.1f}"),
        ("cut_gap", f"{gap:.1%}"),
        ("cut_estimate_hours", f"{cuts.estimate_hours:.1f}"),
        ("same_service_hours", f"{cuts.same_service_hours:.1f}"),
        ("same_service_excess", f"{cuts.same_service_hours / cuts.hours - 1.0:+.1%}"),
        ("two_step_hours", f"{cuts.two_step_hours:.1f}"),
        ("two_step_excess", f"{cuts.two_step_hours / cuts.hours - 1.0:+.1%}"),
        ("refined_cover_hours", f"{cuts.refined_hours:.1f}"),
        ("claim", claim(cuts, language)),
        *(("people_missing", _missing(lack, language)) for lack in cuts.missing),
    ]


def _missing(lack: MissingPeople, language: str) -> str:
    """Return where people are short whom sites share, and no schedule does without them."""
    return _MISSING[language].format(
        names=" + ".join(lack.locations),
        day=lack.day.isoformat(),
        people=lack.people,
        needed=lack.people + lack.missing,
    )

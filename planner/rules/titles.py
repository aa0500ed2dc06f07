"""What a rule is called where its whole sentence would be too long: in German and English."""

from __future__ import annotations

TITLES: dict[str, tuple[str, str]] = {
    "one_shift_per_day": ("ein Dienst am Tag", "one shift a day"),
    "pieces_cover_shift": ("lückenloser Dienst", "no gaps in a shift"),
    "location_allowed": ("zugelassene Häuser", "permitted locations"),
    "skill_held": ("Qualifikation", "skill held"),
    "absence": ("Abwesenheit", "absence"),
    "weekday_pattern": ("Arbeitstage laut Vertrag", "weekdays of the contract"),
    "no_sunday_or_holiday": ("Sonn- und Feiertage", "Sundays and holidays"),
    "shift_lengths": ("Länge der Dienste", "lengths of shifts"),
    "building_hours": ("Hausöffnung", "building hours"),
    "max_daily_minutes": ("tägliche Höchstarbeitszeit", "daily working time"),
    "weekly_average": ("wöchentliche Höchstarbeitszeit", "weekly working time"),
    "break_minutes": ("Pausen", "breaks"),
    "max_stretch": ("Arbeit ohne Pause", "work without a break"),
    "counter_stretch": ("Kundschaft am Stück", "customers at a stretch"),
    "min_rest": ("Ruhezeit", "rest between shifts"),
    "forbidden_succession": ("spät vor früh", "late before early"),
    "shifts_of_type": ("Dienste einer Art je Woche", "shifts of a type a week"),
    "max_days_per_week": ("Tage je Woche", "days a week"),
    "max_consecutive_days": ("Tage in Folge", "days in a row"),
    "min_days_off_in_a_row": ("freie Tage in Folge", "days off in a row"),
    "days_together": ("zusammengehörende Tage", "days that stay together"),
    "saturdays_in_window": ("Samstage über mehrere Wochen", "Saturdays over several weeks"),
    "paid_minutes_in_window": ("Arbeitszeit über mehrere Wochen", "hours over several weeks"),
    "contract_hours": ("Vertragsstunden", "contract hours"),
    "desks_not_exceeded": ("Zahl der Schalter", "number of desks"),
    "coverage_short": ("unbesetzte Schalter", "desks not covered"),
    "minimum_presence": ("Mindestbesetzung", "minimum presence"),
    "opening_closing_duty": ("Auf- und Zuschließen", "opening and closing duty"),
    "back_office": ("Hintergrundarbeit", "back office"),
    "coverage_over": ("mehr Schalter als nötig", "desks beyond the requirement"),
    "contract_minimum": ("zu wenige Vertragsstunden", "too few contract hours"),
    "time_account": ("Zeitkonto", "time account"),
    "home_location": ("fremdes Haus", "away from the home location"),
    "travel": ("Fahrzeit", "travel"),
    "wishes": ("Wünsche", "wishes"),
    "late_fairness": ("gerechte Spätdienste", "fair share of late shifts"),
    "saturday_fairness": ("gerechte Samstage", "fair share of Saturdays"),
    "travel_fairness": ("gerechte Fahrzeiten", "fair share of travel"),
    "refusal_fairness": ("gerecht abgelehnte Wünsche", "fair share of refused wishes"),
    "trainee_beside_experienced": ("Anleitung von Auszubildenden", "trainees accompanied"),
}


def rule_title(rule: str, language: str) -> str:
    """Return the short name of a rule in ``language`` (``de`` or ``en``).

    A term of the objective that is no rule keeps its own name.
    """
    german, english = TITLES.get(rule, (rule, rule))
    return german if language == "de" else english

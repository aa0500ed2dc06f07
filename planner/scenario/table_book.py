"""Which tables a scenario has: row model, key and whether it may be left out."""

from __future__ import annotations

from dataclasses import dataclass

from planner.scenario import row_models as rows


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table: its rows and the columns that identify one."""

    name: str
    row: type[rows.Row]
    key: tuple[str, ...]
    required: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns in order; the remarks that every table may carry come last."""
        remarks = tuple(rows.Row.model_fields)
        own = tuple(name for name in self.row.model_fields if name not in remarks)
        return own + remarks

    @property
    def required_columns(self) -> tuple[str, ...]:
        """Columns that must be there."""
        fields = self.row.model_fields
        return tuple(name for name in self.columns if fields[name].is_required())


TABLES = (
    TableSpec("districts", rows.DistrictRow, ("id",)),
    TableSpec("locations", rows.LocationRow, ("id",)),
    TableSpec("opening_hours", rows.OpeningRow, ("location", "weekday", "start")),
    TableSpec("opening_exceptions", rows.ExceptionRow, ("location", "date", "start"), False),
    TableSpec("services", rows.ServiceRow, ("id",)),
    TableSpec("demand", rows.DemandRow, ("service",)),
    TableSpec("origins", rows.OriginRow, ("area", "district"), False),
    TableSpec("profile_month", rows.MonthRow, ("profile", "month")),
    TableSpec("profile_weekday", rows.WeekdayRow, ("profile", "weekday")),
    TableSpec("profile_time", rows.TimeRow, ("profile", "weekdays", "start")),
    TableSpec("location_choice", rows.ChoiceRow, ("origin", "area", "location"), False),
    TableSpec(
        "appointment_desks", rows.AppointmentDesksRow, ("location", "weekday", "start"), False
    ),
    TableSpec("bookings", rows.BookingsRow, ("location", "date", "service"), False),
    TableSpec("employees", rows.EmployeeRow, ("employee",), False),
    TableSpec("absences", rows.AbsenceRow, ("employee", "first_day", "kind"), False),
    TableSpec("history", rows.HistoryRow, ("employee", "week"), False),
    TableSpec("wishes", rows.WishRow, ("employee", "date", "kind"), False),
    TableSpec("sources", rows.SourceRow, ("path", "source"), False),
    TableSpec("bibliography", rows.PublicationRow, ("key",), False),
    TableSpec("observations", rows.ObservationRow, ("id",), False),
)

TABLE_NAMES = tuple(spec.name for spec in TABLES)


def table(name: str) -> TableSpec:
    """Return the table called ``name``; ``KeyError`` if there is none."""
    return {spec.name: spec for spec in TABLES}[name]

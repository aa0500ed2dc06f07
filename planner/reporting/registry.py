"""Every report there is, in one visible place."""

from __future__ import annotations

from planner.reporting.calendars import Calendars
from planner.reporting.capacity_report import CapacityReport
from planner.reporting.history_report import HistoryReport
from planner.reporting.hours_report import HoursReport
from planner.reporting.html_report import HtmlReport
from planner.reporting.monthly_report import MonthlyReport
from planner.reporting.repair_report import RepairReport
from planner.reporting.report import Report
from planner.reporting.scenario_report import ScenarioReport
from planner.reporting.tornado_report import TornadoReport
from planner.reporting.workbook import RosterWorkbook

REPORTS: tuple[Report, ...] = (
    HtmlReport(),
    RosterWorkbook(),
    Calendars(),
    ScenarioReport(),
    CapacityReport(),
    HistoryReport(),
    RepairReport(),
    HoursReport(),
    TornadoReport(),
    MonthlyReport(),
)

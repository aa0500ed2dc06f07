"""Tables of a plan over months."""

from __future__ import annotations

from planner.tables.table import Table, columns

CAPACITY_PLAN = Table(
    "capacity_plan",
    "field of work × group × month",
    ("area", "group", "month"),
    columns(
        ("area", "str", "", "field of work"),
        ("group", "str", "", "identifier of the district or location"),
        ("name", "str", "", "its name"),
        ("month", "int64", "", "month from 0"),
        ("first_day", "str", "", "first day of the month, ISO date"),
        ("hires", "int64", "posts", "hires decided in the month"),
        ("posts", "float64", "posts", "posts filled, those in training included"),
        ("in_training", "float64", "posts", "of these in training"),
        ("productive", "float64", "posts", "posts at full speed that they are worth"),
        ("absent_share", "float64", "share", "absence, mean over the scenarios"),
        ("overtime", "float64", "posts", "overtime, mean over the scenarios"),
        ("lent_slots", "float64", "slots", "lent to other groups, mean over the scenarios"),
        ("borrowed_slots", "float64", "slots", "lent by other groups, mean over the scenarios"),
        ("asked_slots", "float64", "slots", "asked for, mean over the scenarios"),
        ("offered_slots", "float64", "slots", "offered, mean over the scenarios"),
        ("book_p10", "float64", "slots", "booked ahead at the month's end, 10 % quantile"),
        ("book_p50", "float64", "slots", "the same, median"),
        ("book_p90", "float64", "slots", "the same, 90 % quantile"),
        ("lead_p10", "float64", "days", "mean lead at the month's end, 10 % quantile"),
        ("lead_p50", "float64", "days", "the same, median"),
        ("lead_p90", "float64", "days", "the same, 90 % quantile"),
        ("target_days", "float64", "days", "promised mean lead"),
        ("promised", "bool", "", "whether it is promised in this month"),
        ("held_share", "float64", "share", "scenarios whose lead is within the target"),
    ),
)

ANSWERS = Table(
    "answers",
    "question × field of work × parameter",
    ("area", "question", "rank"),
    columns(
        ("area", "str", "", "field of work"),
        ("question", "str", "", "plan, posts, clearing or absence"),
        ("rank", "int64", "", "place in the order of the answers to the question"),
        ("group", "str", "", "identifier of the district or location; empty for all"),
        ("parameter", "str", "", "what was varied; empty where nothing"),
        ("value", "float64", "see unit", "the answer"),
        ("low", "float64", "see unit", "lower bound or 10 % quantile"),
        ("high", "float64", "see unit", "upper bound or 90 % quantile"),
        ("unit", "str", "", "unit of the answer"),
        ("text_de", "str", "", "the answer in a German sentence"),
        ("text_en", "str", "", "the answer in an English sentence"),
    ),
)

CAPACITY_CURVE = Table(
    "capacity_curve",
    "field of work × group × month: the plan's lead and the simulated one",
    ("area", "group", "month"),
    columns(
        ("area", "str", "", "field of work"),
        ("group", "str", "", "identifier of the district or location"),
        ("name", "str", "", "its name"),
        ("month", "int64", "", "month from 0"),
        ("first_day", "str", "", "first day of the month, ISO date"),
        ("plan_p10", "float64", "days", "lead of the plan, 10 % quantile over all scenarios"),
        ("plan_p50", "float64", "days", "the same, median"),
        ("plan_p90", "float64", "days", "the same, 90 % quantile"),
        ("plan_same", "float64", "days", "lead of the plan, mean over the simulated scenarios"),
        ("simulated", "float64", "days", "simulated lead of these scenarios, mean"),
        ("simulated_low", "float64", "days", "the shortest of them"),
        ("simulated_high", "float64", "days", "the longest of them"),
        ("difference", "float64", "days", "simulated less plan_same"),
        ("target_days", "float64", "days", "promised mean lead"),
        ("runs", "int64", "", "simulated scenarios"),
    ),
)

HISTORY = Table(
    "history",
    "published observation",
    ("period", "id"),
    columns(
        ("id", "str", "", "identifier of the observation"),
        ("period", "str", "", "month YYYY-MM"),
        ("measure", "str", "", "name of the measure"),
        ("observed", "str", "", "what was published"),
        ("low", "float64", "days", "lower end of the range that fits"),
        ("high", "float64", "days", "upper end of the range that fits"),
        ("simulated", "float64", "days", "simulated by the booking model"),
        ("planned", "float64", "days", "computed by the fluid book of the capacity model"),
        ("fits", "str", "", "yes or no: simulated within the range"),
        ("plan_fits", "str", "", "yes or no: fluid book within the range"),
        ("source", "str", "", "keys of the bibliography"),
        ("note", "str", "", "what to know"),
    ),
)

HISTORY_MONTHS = Table(
    "history_months",
    "month",
    ("month",),
    columns(
        ("month", "str", "", "YYYY-MM"),
        ("posts", "float64", "posts", "filled posts"),
        ("in_training", "float64", "posts", "of these in training"),
        ("absent_share", "float64", "share", "absence"),
        ("extra_desk_hours", "float64", "h/week", "desk hours on top (special centre)"),
        ("factor", "float64", "", "capacity over the case's"),
        ("asked_slots", "float64", "slots", "asked for in the month"),
        ("offered_slots", "float64", "slots", "offered in the month"),
        ("fluid_lead", "float64", "days", "lead of the fluid book at the month's end"),
        ("simulated_lead", "float64", "days", "simulated lead of the bookings of the month"),
        ("simulated_low", "float64", "days", "shortest over the replications"),
        ("simulated_high", "float64", "days", "longest over the replications"),
        ("given_up", "float64", "1", "simulated customers who gave up in the month"),
        ("confidence", "str", "", "published, derived or assumed: the posts"),
        ("source", "str", "", "keys of the bibliography"),
    ),
)

CAPACITY_BOOK = (CAPACITY_PLAN, ANSWERS, CAPACITY_CURVE, HISTORY, HISTORY_MONTHS)

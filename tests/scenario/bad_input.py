"""Bad input of every kind, as edits of the small case."""

from __future__ import annotations

Edit = tuple[str, str, str]
T = "tables/"

#: What is wrong: (file, text in it, text instead).
CASES: dict[str, list[Edit]] = {
    "misspelt section": [("base.yaml", "horizon:", "horizn:")],
    "misspelt field": [("base.yaml", "horizon_days: 30", "horizn_days: 30")],
    "misspelt field in a list of a list": [
        ("base.yaml", "{share: 0.9, days_before: 30", "{shares: 0.9, days_before: 30")
    ],
    "misspelt rule": [("base.yaml", "min_rest:", "min_rets:")],
    "misspelt setting of a rule": [("base.yaml", "{hours: 11}", "{hour: 11}")],
    "severity that a rule cannot have": [("base.yaml", "{hours: 11}", "{severity: soft}")],
    "misspelt table": [("base.yaml", "  wishes:", "  wish:")],
    "key given twice": [
        ("base.yaml", "training_speed: 0.5", "training_speed: 0.5\ntraining_speed: 0.6")
    ],
    "not YAML": [("base.yaml", "areas:", "areas: [")],
    "text for a number": [("base.yaml", "attempts: 4", "attempts: four")],
    "number in quotes": [("base.yaml", "attempts: 4", 'attempts: "4"')],
    "negative number": [("base.yaml", "staff_hour_cents: 4800", "staff_hour_cents: -4800")],
    "share above one": [("base.yaml", "rate: 0.03", "rate: 3")],
    "no such choice": [("base.yaml", "scope: phone", "scope: house")],
    "unknown sense": [("base.yaml", "sense: at_most", "sense: atmost")],
    "list for a mapping": [("base.yaml", "costs: {staff_hour_cents: 4800}", "costs: [4800]")],
    "mapping for a list": [
        ("base.yaml", "booking:\n  - area: residents", "booking:\n    area: residents")
    ],
    "30 February": [("base.yaml", "2024-04-15", "2024-02-30")],
    "month 13": [("base.yaml", "2024-04-15", "2024-13-01")],
    "day written otherwise": [("base.yaml", "2024-04-15", "15.04.2024")],
    "week that starts on a Tuesday": [("base.yaml", "2024-04-15", "2024-04-16")],
    "unknown time zone": [("base.yaml", "Europe/Berlin", "Europe/Hamburg")],
    "unknown country": [("base.yaml", "country: DE", "country: XX")],
    "unknown part of a country": [("base.yaml", "subdivision: HH", "subdivision: HA")],
    "slots that do not fit": [("base.yaml", "slot_minutes: 30", "slot_minutes: 50")],
    "unknown district": [(T + "locations.csv", "Site South,south", "Site South,suoth")],
    "unknown location": [(T + "opening_hours.csv", "south,fri", "sotuh,fri")],
    "unknown home": [(T + "employees.csv", "N2,2340,120,5,north", "N2,2340,120,5,nord")],
    "unknown other location": [
        (T + "employees.csv", "N1,2340,120,5,north,south", "N1,2340,120,5,north,soth")
    ],
    "unknown area": [(T + "services.csv", "Call,phone", "Call,fone")],
    "unknown service": [(T + "demand.csv", "question,10000", "questions,10000")],
    "unknown profile": [(T + "demand.csv", "0,0,0,1,online,calls", "0,0,0,1,online,cals")],
    "unknown employee": [(T + "absences.csv", "S2,", "S9,")],
    "closing before opening": [
        (T + "opening_hours.csv", "south,fri,08:00,13:00", "south,fri,08:00,07:00")
    ],
    "overlapping hours": [
        (
            T + "opening_hours.csv",
            "south,fri,08:00,13:00",
            "south,fri,08:00,12:00\nsouth,fri,11:30,13:00",
        )
    ],
    "time that is none": [
        (T + "opening_hours.csv", "south,fri,08:00,13:00", "south,fri,08:00,25:00")
    ],
    "weekday that is none": [
        (T + "opening_hours.csv", "south,fri,08:00,13:00", "south,freitag,08:00,13:00")
    ],
    "location that never opens": [
        (
            T + "locations.csv",
            "line,Phone",
            "east,Site East,south,residents,counter,53.5,10,3,30,30,2,15,0.2\nline,Phone",
        )
    ],
    "negative rate": [(T + "demand.csv", "question,10000", "question,-10000")],
    "decimal comma": [(T + "services.csv", "lognormal,14,", 'lognormal,"14,5",')],
    "shares of channels": [(T + "demand.csv", "0.05,0.8,0.15", "0.05,0.8,0.2")],
    "shares of origins": [(T + "origins.csv", "residents,south,0.4", "residents,south,0.5")],
    "shares of locations": [
        (T + "location_choice.csv", "south,residents,south,0.8", "south,residents,south,0.7")
    ],
    "shares of releases": [("base.yaml", "{share: 0.9,", "{share: 0.8,")],
    "skill nobody has": [
        (T + "services.csv", "residents,reception,gamma", "residents,notary,gamma")
    ],
    "skill nobody has here": [
        (T + "employees.csv", "N5,1170,120,3,north,line", "N5,1170,120,3,north,"),
        (
            T + "employees.csv",
            "P2,2340,120,5,line,north,phone;reception",
            "P2,2340,120,5,north,,phone;reception",
        ),
        (
            T + "employees.csv",
            "P1,2340,120,5,line,north,phone;reception",
            "P1,2340,120,5,north,,phone;reception",
        ),
    ],
    "skill nobody asks for": [
        (T + "employees.csv", "S4,1560,120,4,south,,residents;", "S4,1560,120,4,south,,residnts;")
    ],
    "contract longer than the week": [(T + "employees.csv", "N5,1170,120,3", "N5,2340,120,3")],
    "missing column": [(T + "locations.csv", "latitude,longitude", "lat,longitude")],
    "column given twice": [(T + "districts.csv", "id,name,population", "id,name,name")],
    "semicolons between columns": [
        (T + "districts.csv", "id,name,population", "id;name;population")
    ],
    "row with a cell too few": [(T + "districts.csv", "south,South,20000", "south,20000")],
    "empty cell": [(T + "districts.csv", "south,South,20000", "south,South,")],
    "duplicate id": [(T + "districts.csv", "south,South,20000", "north,South,20000")],
    "duplicate row in another spelling": [
        (
            T + "opening_hours.csv",
            "line,fri,08:00,16:00",
            "line,fri,08:00,16:00\nline,fri,8:00,16:00",
        )
    ],
    "duplicate area": [("base.yaml", "{id: phone, name_de", "{id: residents, name_de")],
    "identifier with a blank": [
        (T + "districts.csv", "south,South,20000", "the south,South,20000")
    ],
    "missing file": [("base.yaml", "tables/wishes.csv", "tables/whishes.csv")],
    "missing folder": [("base.yaml", "tables/wishes.csv", "tabels/wishes.csv")],
    "missing table": [("base.yaml", "  services: tables/services.csv ", "  # ")],
    "missing section": [("base.yaml", "horizon: {", "# horizon: {")],
    "table that is a number": [("base.yaml", "tables/wishes.csv", "7")],
    "month missing": [(T + "profile_month.csv", "calls,12,0.8\n", "")],
    "weekday missing": [(T + "profile_weekday.csv", "calls,sun,0\n", "")],
    "weekday without time": [(T + "profile_weekday.csv", "calls,sun,0\n", "calls,sun,1\n")],
    "profile of nothing": [
        (
            T + "profile_weekday.csv",
            "calls,mon,1.3\ncalls,tue,1\ncalls,wed,1\ncalls,thu,1\ncalls,fri,0.7\n",
            "calls,mon,0\ncalls,tue,0\ncalls,wed,0\ncalls,thu,0\ncalls,fri,0\n",
        )
    ],
    "demand outside opening hours": [
        (
            T + "profile_time.csv",
            "calls,mon;tue;wed;thu;fri,08:00,12:00,1.3\ncalls,mon;tue;wed;thu;fri,12:00,16:00,0.7",
            "calls,mon;tue;wed;thu;fri,18:00,22:00,1",
        )
    ],
    "service without demand": [
        (T + "demand.csv", "question,10000,0,0,0,1,online,calls,0.1,assumed,\n", "")
    ],
    "appointments without a book": [
        ("base.yaml", "  - area: residents\n    horizon_days", "  - area: phone\n    horizon_days")
    ],
    "appointments without desks": [
        ("base.yaml", "  appointment_desks: tables/appointment_desks.csv ", "  # ")
    ],
    "appointments without a way to search": [
        (
            "base.yaml",
            "choice:\n  first_site_only_share: 0.5\n  travel_tolerance_minutes: 30\n"
            "  late_wish_share: 0.2          # a fifth wish a date 5 to 20 days later\n"
            "  late_wish_days: [5, 20]\n  notice_days: [0, 2]\n"
            "  tolerance_days: [14, 0.6]     # mean and CV of the longest acceptable time\n"
            "  attempts: 4\n  retry_days: [1, 4]\n  last_resort_share: 0.5\n"
            "  walk_in_share: 0.3\n  phone_share: 0.2\n",
            "",
        )
    ],
    "appointments when closed": [
        (T + "appointment_desks.csv", "south,fri,08:00,12:30,1", "south,fri,08:00,14:30,1")
    ],
    "more appointment desks than desks": [
        (T + "appointment_desks.csv", "south,fri,08:00,12:30,1", "south,fri,08:00,12:30,9")
    ],
    "no-shows out of order": [("base.yaml", "[[3, 0.07], [10, 0.10]", "[[10, 0.07], [3, 0.10]")],
    "point of a curve with three numbers": [("base.yaml", "[[3, 0.07]", "[[3, 0.07, 1]")],
    "release beyond the horizon": [("base.yaml", "days_before: 30,", "days_before: 60,")],
    "range the wrong way round": [("base.yaml", "retry_days: [1, 4]", "retry_days: [4, 1]")],
    "more give up than there are": [("base.yaml", "phone_share: 0.2", "phone_share: 0.8")],
    "absence that ends before it starts": [
        (T + "absences.csv", "2024-04-17,2024-04-19", "2024-04-19,2024-04-17")
    ],
    "shortest shift longer than the longest": [
        ("base.yaml", "max_minutes: 630", "max_minutes: 200")
    ],
    "no time for a shift": [("base.yaml", 'latest: "19:30"', 'latest: "09:30"')],
    "location without desks": [(T + "locations.csv", "53.56,10.02,3,", "53.56,10.02,,")],
    "service that no location offers": [
        (T + "locations.csv", "line,Phone line,north,phone,", "line,Phone line,north,residents,")
    ],
    "unknown measure": [("base.yaml", "measure: lead_booked_mean", "measure: lead_mean")],
    "target without threshold": [
        ("base.yaml", "limit: 0.9, threshold_minutes: 10}", "limit: 0.9}")
    ],
    "threshold without meaning": [("base.yaml", "limit: 14}", "limit: 14, threshold_minutes: 5}")],
    "target given twice": [
        (
            "base.yaml",
            "channel: appointment, sense: at_least, limit: 0.9",
            "channel: walk_in, sense: at_least, limit: 0.9",
        )
    ],
    "exception with a start only": [(T + "opening_exceptions.csv", "08:00,13:00", "08:00,")],
    "exception that opens and closes": [
        (
            T + "opening_exceptions.csv",
            "south,2024-05-10,,,closed",
            "south,2024-05-10,,,closed\nsouth,2024-05-10,09:00,12:00,",
        )
    ],
    "exception on 31 June": [
        (T + "opening_exceptions.csv", "south,2024-05-10", "south,2024-06-31")
    ],
    "unknown place of an observation": [(T + "observations.csv", "city,city", "location,norht")],
    "range of an observation": [(T + "observations.csv", "2,8", "8,2")],
    "unknown publication": [(T + "sources.csv", "published,COUNCIL", "published,COUNCEL")],
    "source of an unknown section": [(T + "sources.csv", "choice.attempts", "choices.attempts")],
    "source of an unknown field": [(T + "sources.csv", "choice.attempts", "choice.attempt")],
    "unknown confidence": [(T + "sources.csv", "assumed", "guessed")],
    "more constant desks than desks": [
        (
            T + "locations.csv",
            "slot_minutes,back_office_share\n",
            "slot_minutes,back_office_share,constant_desks\n",
        ),
        (T + "locations.csv", "4,30,30,2,15,0.2\n", "4,30,30,2,15,0.2,5\n"),
        (T + "locations.csv", "3,30,30,2,15,0.2\n", "3,30,30,2,15,0.2,\n"),
        (T + "locations.csv", "2,0,0,1,15,0\n", "2,0,0,1,15,0,\n"),
    ],
    "no day to work": [
        (T + "employees.csv", "phone,mon;tue;wed;thu;fri,false\nN6", "phone,;,false\nN6")
    ],
    "truth that is none": [
        (
            T + "employees.csv",
            "phone,mon;tue;wed;thu;fri,false\nN6",
            "phone,mon;tue;wed;thu;fri,no\nN6",
        )
    ],
    "half a person": [(T + "districts.csv", "north,North,30000", "north,North,30000.5")],
    "origins left out": [("base.yaml", "  origins: tables/origins.csv\n", "")],
    "first choices left out": [
        ("base.yaml", "  location_choice: tables/location_choice.csv ", "  # ")
    ],
    "weights of nothing in all months": [
        (
            T + "profile_month.csv",
            "".join(
                f"calls,{m},{w}\n"
                for m, w in zip(range(1, 13), [1] * 5 + [1.3] + [1] * 5 + [0.8], strict=True)
            ),
            "".join(f"calls,{m},0\n" for m in range(1, 13)),
        )
    ],
    "month that is none": [(T + "profile_month.csv", "calls,12,", "calls,13,")],
    "weekday that is none in a profile": [(T + "profile_weekday.csv", "calls,sun", "calls,son")],
    "time that is none in a profile": [(T + "profile_time.csv", "07:00,23:00", "7,23:00")],
    "opening hours not found": [("base.yaml", "tables/opening_hours.csv", "tables/hours.csv")],
    "demand not found": [("base.yaml", "tables/demand.csv", "tables/demnad.csv")],
    "services not found": [("base.yaml", "tables/services.csv", "tables/service.csv")],
    "employees not found": [("base.yaml", "tables/employees.csv", "tables/staff.csv")],
    "locations not found": [("base.yaml", "tables/locations.csv", "tables/sites.csv")],
    "shift of negative length": [("base.yaml", "min_minutes: 240", "min_minutes: -240")],
    "share of a curve above one": [("base.yaml", "[[3, 0.07]", "[[3, 1.07]")],
    "unknown kind of absence": [(T + "absences.csv", "training", "travel")],
    "warm-up longer than the horizon": [
        ("base.yaml", "confidence: 0.95}", "confidence: 0.95, warm_up_hours: 200}")
    ],
    "several at once": [
        ("base.yaml", "attempts: 4", "attempts: 0"),
        ("base.yaml", "rate: 0.03", "rate: -0.03"),
        (T + "locations.csv", "Site South,south", "Site South,suoth"),
        (T + "opening_hours.csv", "south,fri,08:00,13:00", "south,fri,13:00,08:00"),
        (T + "wishes.csv", "day_off", "day_of"),
    ],
    "choice of another area": [
        (
            T + "location_choice.csv",
            "south,residents,south,0.8",
            "south,residents,south,0.7\nsouth,residents,line,0.1",
        )
    ],
    "opening hours to choose from that cannot be": [
        (
            "base.yaml",
            "confidence: 0.95}",
            "confidence: 0.95}\n"
            'hours: {area: resident, no_loss: [suoth], weekday_hours: [["16:00", "08:00"]], '
            "retime: [0.5, 0.7, 0.9], switch: [0.3, 0.25, 0.14]}",
        )
    ],
    "contract group that nobody is in": [
        ("base.yaml", "{hours: 11}", "{hours: 11, groups: {trainee: {hours: 12}}}")
    ],
    "group of a rule about places": [
        (
            "base.yaml",
            "{hours: 11}",
            "{hours: 11}\n  break_minutes: {groups: {standard: {short_minutes: 45}}}",
        )
    ],
    "number that groups share": [
        (
            "base.yaml",
            "{hours: 11}",
            "{hours: 11}\n  wishes: {groups: {standard: {early_end_minute: 900}}}",
        )
    ],
    "coverage made law": [
        ("base.yaml", "{hours: 11}", "{hours: 11}\n  coverage_short: {severity: hard}")
    ],
    "windows and groups of days that cannot be": [
        (
            "base.yaml",
            "{hours: 11}",
            "{hours: 11}\n"
            "  saturdays_in_window: {severity: hard, weeks: 0}\n"
            "  paid_minutes_in_window: {severity: soft, groups: {standard: {weeks: 27}}}\n"
            "  days_together: {severity: hard, groups: {standard: {days: [[mon, tue]]}}}\n",
        )
    ],
    "days together that are none": [
        ("base.yaml", "{hours: 11}", "{hours: 11}\n  days_together: {days: [mon, [fri, sat]]}")
    ],
    "days together in one word": [
        ("base.yaml", "{hours: 11}", "{hours: 11}\n  days_together: {days: mon}")
    ],
    "types of shift that are none": [
        (
            "base.yaml",
            "{hours: 11}",
            "{hours: 11}\n"
            "  shifts_of_type: {severity: hard, types: [\n"
            "    {name: late, most: 2},\n"
            "    {name: early, start_before_minute: 480, most: -1},\n"
            "    {name: long, min_paid_minute: 480, most: 2},\n"
            "    {name: wide, end_after_minute: 1441}]}\n",
        )
    ],
    "a type of shift twice": [
        (
            "base.yaml",
            "{hours: 11}",
            "{hours: 11}\n"
            "  shifts_of_type: {severity: soft, types: [\n"
            "    {name: late, end_after_minute: 1020, most: 2},\n"
            "    {name: late, end_after_minute: 1080, most: 1}]}\n",
        )
    ],
    "types of shift that are missing": [
        (
            "base.yaml",
            "{hours: 11}",
            "{hours: 11}\n  shifts_of_type: {groups: {standard: {severity: hard}}}\n",
        )
    ],
    "types of shift in one word": [
        ("base.yaml", "{hours: 11}", "{hours: 11}\n  shifts_of_type: {types: late}")
    ],
    "ledger that is not past": [
        (
            "base.yaml",
            "  wishes: tables/wishes.csv",
            "  wishes: tables/wishes.csv\n  history: [{employee: N1, week: 2024-04-15}, "
            "{employee: N2, week: 2024-04-02}, "
            '{employee: N3, week: 2024-04-08, last_end: "yesterday"}]',
        )
    ],
    "capacity that cannot be": [
        (
            "base.yaml",
            "confidence: 0.95}",
            "confidence: 0.95}\n"
            "capacity: {months: 6, promise_from_month: 6, absence_share_sd: 0.4}",
        )
    ],
    "bookings ahead that cannot be": [
        ("base.yaml", "booking_weeks: 6", "booking_weeks: 6, booked_on: 2024-03-18"),
        (
            "base.yaml",
            "  wishes: tables/wishes.csv",
            "  wishes: tables/wishes.csv\n"
            "  bookings: [{location: north, date: 2024-03-15, bookings: 9}, "
            "{location: north, date: 2024-04-18, bookings: 9}, "
            "{location: line, date: 2024-03-19, bookings: 1}, "
            "{location: nroth, date: 2024-03-19, bookings: 1}, "
            "{location: north, date: 2024-03-19, service: question, bookings: 1}, "
            "{location: north, date: 2024-03-19, service: passport, bookings: 1}]",
        ),
    ],
    "bookings ahead of no day": [
        (
            "base.yaml",
            "  wishes: tables/wishes.csv",
            "  wishes: tables/wishes.csv\n"
            "  bookings: [{location: north, date: 2024-04-15, bookings: 9}]",
        ),
    ],
    "day of bookings without any, after the week has begun": [
        ("base.yaml", "booking_weeks: 6", "booking_weeks: 6, booked_on: 2024-04-16"),
    ],
}

"""The law of a day: what happens when, in which order, stated once and numbered.

Both engines implement these sentences independently; code and tests cite them by number.  All
times are whole milliseconds (int64), so that sums and differences are exact.
"""

from __future__ import annotations

LAW: dict[str, str] = {
    "L1": (
        "An instant is one millisecond. All completions, roster changes and arrivals of an instant"
        " are applied first, then cases are handed on, then desks are lost, then there is one"
        " dispatch, then patience expires, then doors close, then clerks who stayed and find nobody"
        " waiting for them leave."
    ),
    "L2": (
        "Within an instant the order of completions and roster changes does not matter; arrivals"
        " come after them, first tries in row order, then further tries in row order; cases are"
        " handed on in the order of the numbers of the clerks whose piece of the shift ended."
    ),
    "L3": (
        "Waiting customers are called in the order of (class, reference time less bonus, row). The"
        " reference time is the booked time of an appointment and the arrival of everybody else"
        " (of the present try); rows of a location are in order of arrival."
    ),
    "L4": (
        "A customer is called by the idle clerk who holds the skill and is first in the order of"
        " (number of skills held in the present piece of the shift, number of the clerk). A"
        " customer whose skill no idle clerk holds does not hold up those behind."
    ),
    "L5": (
        "No more customers are served at once at a location than it has desks; when the number of"
        " desks falls, customers at a desk are finished first, unless L19 holds."
    ),
    "L6": (
        "Patience is closed: a customer who is called at the last instant of patience is served;"
        " who is not, leaves at that instant."
    ),
    "L7": (
        "A case in hand is finished first, unless it is handed on (L16). A clerk whose piece of the"
        " shift ends while serving goes on to what comes next when the customer leaves."
    ),
    "L8": (
        "A break starts at once for an idle clerk and after the customer for a busy one, and has"
        " its full length from its true start; the pieces that follow lose what the break takes"
        " from them. A break that falls due during a break follows it."
    ),
    "L9": (
        "A case that is in hand at the end of the shift is finished beside the others"
        " (busy_at_shift_end: finish) unless it is handed on (L16); idle clerks leave at once."
    ),
    "L10": (
        "A customer is admitted from the opening of the doors up to and excluding their closing;"
        " nobody is called before the doors open. A first try outside is turned away; a further"
        " try outside is not made."
    ),
    "L11": (
        "With stay_until_empty, a clerk whose piece of the shift reaches the closing of the doors"
        " stays, beyond the shift where needed, until nobody waits whose skill the clerk holds."
    ),
    "L12": (
        "When the doors close, waiting customers whose skill no clerk holds who stays leave"
        " unserved. Who is still waiting at the end of everything left at the last closing."
    ),
    "L13": (
        "A newcomer without appointment is turned away where the expected wait exceeds the limit:"
        " (waiting customers of the skill - idle clerks with the skill + 1) x mean work content of"
        " the skill / clerks on duty with the skill; without clerk on duty always."
    ),
    "L14": (
        "Who leaves out of patience or is turned away comes again, as often as drawn and after the"
        " time drawn, each time with new patience."
    ),
    "L15": (
        "A customer's time at the desk is the work content x 1000 / speed of the clerk [per mille],"
        " rounded down, at least one millisecond."
    ),
    "L16": (
        "Each piece of a shift has a rule for a case in hand at its end: finish, hand over (L17) or"
        " hand back (L18). Where a clerk stays (L11) the rule is finish, and so it is for a case"
        " whose skill the clerk holds in a next piece that begins in that instant. A case that"
        " finds nobody is finished by the clerk (L7) and not offered again. Who handed a case on"
        " goes at once to what comes next."
    ),
    "L17": (
        "Hand over: the first idle clerk by L4 who holds the skill takes the case over in that"
        " instant; the clerk who hands over is none of them."
    ),
    "L18": (
        "Hand back: if another clerk on duty, idle or busy, holds the skill in a piece that does"
        " not end by then (who stays has no end before the next piece), the customer waits again in"
        " the order of L3 with the reference time of the present try, without limit of patience and"
        " without balking, and the rest is done by whoever calls."
    ),
    "L19": (
        "With busy_at_desk_loss hand_back, as long as more are served than there are desks, the"
        " customer whose spell at the desk began last (of several the greatest row) waits again as"
        " in L18, whoever else is there; the clerk is free as after a completion."
    ),
    "L20": (
        "The rest of a case is the time left x speed / 1000 of the clerk who hands it on, rounded"
        " up; it takes the next clerk the time of L15. The call is the first one, the end and the"
        " clerk are those of the last spell at a desk."
    ),
    "L21": (
        "Who went back and is not called again leaves unserved as in L12, counts as not served, and"
        " keeps the first call and the last clerk."
    ),
}

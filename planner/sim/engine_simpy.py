"""The readable reference: the law of a day (``planner.sim.law``) on SimPy.

A location is played by ``planner.sim.location_simpy``, its clerks are in
``planner.sim.clerks_simpy``; where cases are handed on, ``planner.sim.hand_on_simpy`` says how.
"""

from __future__ import annotations

from planner.sim.engine import Clerks, Hand, House, Outcomes, Queue, check_input
from planner.sim.hand_on_simpy import HandingOn
from planner.sim.location_simpy import Location


class SimPyEngine:
    """The engine to read; the compiled one gives the same rows."""

    name = "simpy"

    def run(self, queue: Queue, clerks: Clerks, house: House) -> Outcomes:
        """Play the customers of one location; see ``planner.sim.engine.Engine``."""
        check_input(queue, clerks, house)
        hands_on = house.desk_loss or (clerks.hands != Hand.FINISH).any()
        return (HandingOn if hands_on else Location)(queue, clerks, house).play()

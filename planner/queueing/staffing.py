"""The fewest servers that hold a target, found by stepping up from the load."""

from __future__ import annotations

from collections.abc import Callable

from planner.queueing.abandonment import PhoneQueue
from planner.queueing.erlang import CounterQueue


def least_servers(holds: Callable[[int], bool], lowest: int = 1, highest: int | None = None) -> int:
    """Return the fewest servers for which ``holds`` is true, at most ``highest``.

    ``holds`` must not turn false again with more servers.  ``highest`` is returned untested.
    """
    servers = max(1, lowest)
    while servers != highest and not holds(servers):
        servers += 1
    return servers


def servers_for_wait(
    load: float, service_minutes: float, threshold_minutes: float, share_within: float
) -> int:
    """Return the fewest counters such that ``share_within`` wait at most the threshold (M/M/c)."""

    def holds(servers: int) -> bool:
        queue = CounterQueue(servers, load, service_minutes)
        return queue.late_share(threshold_minutes) <= 1.0 - share_within

    return least_servers(holds, lowest=int(load) + 1)


def servers_for_wait_mean(load: float, service_minutes: float, wait_minutes: float) -> int:
    """Return the fewest counters with a mean wait of at most ``wait_minutes`` [min] (M/M/c)."""
    return least_servers(
        lambda servers: CounterQueue(servers, load, service_minutes).wait_mean <= wait_minutes,
        lowest=int(load) + 1,
    )


def agents_for_answer(queue: PhoneQueue, threshold_minutes: float, share_within: float) -> int:
    """Return the fewest agents who answer ``share_within`` of all calls in time (M/M/c+M).

    ``queue.servers`` is not used.
    """

    def holds(agents: int) -> bool:
        staffed = PhoneQueue(
            agents, queue.arrivals_per_minute, queue.service_minutes, queue.patience_minutes
        )
        return staffed.answered_within(threshold_minutes) >= share_within

    return least_servers(holds)

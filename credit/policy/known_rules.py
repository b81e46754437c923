"""All published rules that are on board, in the order in which they are offered."""

from credit.policy import known_by_hours, known_by_term
from credit.policy.known_policy import KnownPolicy

KNOWN: tuple[KnownPolicy, ...] = (*known_by_hours.POLICIES, *known_by_term.POLICIES)


def known(key: str) -> KnownPolicy:
    """:raises KeyError: nothing of that name."""
    return {one.key: one for one in KNOWN}[key]

"""A university's published rule as a policy to start from; it names where it was read.

Examples to be compared with one's own catalog, not legal advice; and they change.
"""

from dataclasses import dataclass
from typing import Any

from credit.policy.parameters import Clause, Parameters

HOUR = 60
WHOLE: dict[str, Any] = {"step_thousandths": 1000, "minimum_thousandths": 1000}
"""Whole credits only."""


@dataclass(frozen=True)
class KnownPolicy:
    key: str
    name: str
    source: str
    parameters: Parameters
    note: str = ""
    """What the published rule leaves open."""


def known_policy(
    key: str,
    name: str,
    source: str,
    clauses: dict[str, str],
    *,
    note: str = "",
    **parameters: Any,
) -> KnownPolicy:
    """``clauses``: what the source says, by the rule of ours that holds it."""
    worded = {rule: Clause(ref=name, text=text) for rule, text in clauses.items()}
    return KnownPolicy(key, name, source, Parameters(clauses=worded, **parameters), note)

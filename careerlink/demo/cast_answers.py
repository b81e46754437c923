"""What others answer in a sample story: on a plan, on a version, on an objective, on hours."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Comment:
    """On one field of a plan that is sent back."""

    field: str
    """A field's key, or ``objective-2`` for the second objective."""
    text: str = ""
    proposal: str = ""


@dataclass(frozen=True)
class Signatory:
    """Whoever signs for the company besides the supervisor, as the supervisor names them."""

    name: str
    title: str
    email: str
    named_in: int


@dataclass(frozen=True)
class Rework:
    asked_in: int
    words: str


@dataclass(frozen=True)
class Dispute:
    """By the student, of the figure that the supervisor has confirmed."""

    asked_in: int
    words: str


@dataclass(frozen=True)
class Finding:
    """Of the instructor, on one objective of the latest project."""

    found_in: int
    objective: int
    """Place in the agreement's list, from 1."""
    verdict: Literal["met", "partly", "not_yet", "not_enough_evidence"]
    comment: str = ""

"""What the student reads before signing, once: the page shows it, and the consent keeps it.

34 CFR 99.30 asks for the records, the purpose, the party or class of parties, and a signed and
dated statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

VERSION = "2026-12"
RECORDS = [
    "your name and school",
    "this course’s title",
    "the learning agreement",
    "hours of this project",
    "work handed in for this project",
]
PURPOSE = "to sign the agreement, confirm hours and evaluate this project"
NOTES = (
    "Never shown: your e-mail address, grades, other placements, and your self-evaluation "
    "before both are in.",
    "The supervisor is told not to pass anything on (34 CFR 99.33). Every page they open is "
    "noted, and you can read and print that list at any time.",
    "You need not consent. Without it the supervisor is not written to; your instructor then "
    "decides on other evidence.",
    "You can withdraw at any time. What was seen until then stays in the list.",
)


@dataclass(frozen=True)
class ConsentText:
    records: Sequence[str]
    purpose: str
    party: str
    until: date

    @property
    def parts(self) -> list[tuple[str, str]]:
        return [
            ("Records", ", ".join(self.records)),
            ("Purpose", self.purpose),
            ("To whom", self.party),
            ("Until", self.until.strftime("%d %b %Y").lstrip("0")),
        ]

    @property
    def notes(self) -> Sequence[str]:
        return NOTES

    @property
    def whole(self) -> str:
        """Everything on the page but the signature and its date, which have columns."""
        lines = [f"{name}: {value}" for name, value in self.parts]
        return "\n".join([*lines, *self.notes])


def class_of(partner: str, names: Sequence[str]) -> str:
    """Whoever guides the project there: a hand-over needs no new consent."""
    party = f"{partner}, whoever supervises this project there"
    return f"{party} (now {', '.join(names)})" if names else party


def one_of(partner: str, name: str) -> str:
    return f"{name} at {partner}, and nobody else there"

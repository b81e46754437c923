"""What a new policy can start from: one that is here, a ready-made one, or nothing."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput
from careerlink.people.actors import Actor
from credit.policy import queries
from credit.policy.known_rules import KNOWN
from credit.policy.parameters import Parameters
from credit.policy.wording import rules_of

EMPTY = "empty"
GIST = ("hours", "span", "site_share")


@dataclass(frozen=True)
class Start:
    value: str
    label: str
    parameters: Parameters
    source: str = ""
    note: str = ""
    """What a published rule leaves open."""

    @property
    def hint(self) -> str:
        """What it comes down to, and who says so."""
        gist = [
            rule.text.partition(". ")[0].removesuffix(".")
            for rule in rules_of(self.parameters)
            if rule.rule in GIST
        ]
        return ". ".join([*gist, *(text for text in (self.source, self.note) if text)])


def offered(session: Session, actor: Actor) -> list[Start]:
    here = [
        Start(
            f"version:{one.public_id}",
            f"{one.name}, version {one.number}",
            queries.parameters_of(one),
            one.source,
        )
        for one in queries.latest_of_each(session, actor)
    ]
    published = [
        Start(f"known:{one.key}", one.name, one.parameters, one.source, one.note)
        for one in KNOWN
    ]
    return [
        *here,
        Start(EMPTY, "The usual numbers: 45 hours a credit", Parameters()),
        *published,
    ]


def chosen(starts: list[Start], value: str) -> Start:
    for one in starts:
        if one.value == value:
            return one
    raise InvalidInput("Choose what to start from", field="start")

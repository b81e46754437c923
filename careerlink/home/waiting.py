"""What waits for a person, and for the office: gathered from every feature."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.registry import NextStep, Waiting, registry

YOURS = "Yours"
GROUPS = (YOURS, "Partners and supervisors", "Students", "Instructors")
"""In the order of the page; groups that a feature adds come after these."""


@dataclass(frozen=True)
class Group:
    name: str
    rows: list[Waiting]


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """Most urgent first; within one urgency in the order in which features registered."""
    found = [step for ask in registry.next_steps for step in ask(session, actor, course_id)]
    return sorted(found, key=lambda step: step.urgency)


def attention(session: Session, actor: Actor) -> list[Group]:
    """Everything that is stuck, by who must act, longest waiting first."""
    rows = [row for ask in registry.attention for row in ask(session, actor)]
    rows += [_as_waiting(step) for step in next_steps(session, actor, None)]
    names = dict.fromkeys([*GROUPS, *(row.group for row in rows)])
    groups = [Group(name, _sorted(row for row in rows if row.group == name)) for name in names]
    return [group for group in groups if group.rows]


def _sorted(rows: Iterable[Waiting]) -> list[Waiting]:
    return sorted(rows, key=lambda row: (not row.is_late, row.since))


def _as_waiting(step: NextStep) -> Waiting:
    """A step that its feature offers to staff without saying since when it waits."""
    return Waiting(
        group=YOURS,
        title=step.title[:1].upper() + step.title[1:],
        text=step.why,
        since=clock.now(),
        url=step.url,
        action=step.action,
        why="",
    )


def first(groups: list[Group]) -> NextStep | None:
    """What the office should do first: its own longest wait, else whom to remind."""
    for group in groups:
        for row in group.rows:
            title = row.title[:1].lower() + row.title[1:]
            return NextStep(title=title, url=row.url, action=row.action, why=row.text)
    return None

"""A ladder as data: what is said to whom, how many days before or after which day."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, null
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from careerlink.placements.models import Placement


class Whom(StrEnum):
    SUPERVISOR = "supervisor"
    ALTERNATE = "alternate"
    """Somebody else at the same partner whose address staff have verified."""
    STUDENT = "student"
    INSTRUCTOR = "instructor"
    STAFF = "staff"


class Channel(StrEnum):
    MAIL = "mail"
    """A line of the one mail that its recipient gets that day."""
    TASK = "task"
    """On the list of staff or of whoever may decide in the course, until it is done."""


class Anchor(StrEnum):
    SUBJECT = "subject"
    """The day that the ladder's own query names."""
    GRADES_DUE = "grades_due"
    """Of the course's term; the rung is left out where it has none."""


@dataclass(frozen=True)
class Rung:
    key: str
    days: int
    """After the anchor, or before it with a minus."""
    whom: Whom
    title: str
    """The line's own heading, a sentence. Every text may use ``{first_name}``, ``{project}``,
    ``{contact}`` (who is asked), ``{partner}``, ``{days}`` (since the anchor, or until it) and
    ``{day}`` (the anchor); a task on a list ``{student}`` as well, which no mail holds."""
    text: str
    action: str = "Open"
    """The button, verb and object."""
    subject: str = ""
    """Of a mail with nothing else in it; about no student."""
    channel: Channel = Channel.MAIL
    anchor: Anchor = Anchor.SUBJECT


Choices = Callable[[Session, Collection[int]], Mapping[int, str]]
"""(session, ids of placements): what was chosen for each where something was, in words."""


@dataclass(frozen=True)
class Ladder:
    key: str
    title: str
    """What it is about, in the words of the office's table: "Supervisor's evaluation"."""
    rungs: tuple[Rung, ...]
    """In the order in which they come."""
    open_subjects: "Callable[[], Select[Any]]"
    """Everything that waits now, done or not being its only question; made by ``waiting``."""
    path: "Callable[[Placement, Whom], str]"
    """Where somebody with an account sees to it. Contacts get their link."""
    anchored_at: str = ""
    """The anchor in words: "the project's end"."""
    ask: str = ""
    """The rung whose words somebody gets first who has not been asked; rungs before it are only
    said ahead of time. Whoever takes over starts here."""
    each_wait_is_new: bool = False
    """The anchor is when the waiting began: another one begins a round of its own."""
    chosen: "Choices | None" = None
    """Where the instructor has chosen how to go on meanwhile, so that nobody asks them to."""
    asks_former: bool = False
    """Somebody who does not supervise any more is still asked about their own days."""
    nudge: Rung | None = None
    """What the student or staff have said again by a button, once in ``NUDGE_AFTER`` days."""
    by_key: Mapping[str, Rung] = field(init=False)

    def __post_init__(self) -> None:
        keys = {rung.key: rung for rung in self.rungs}
        if self.nudge is not None:
            keys[self.nudge.key] = self.nudge
        object.__setattr__(self, "by_key", keys)


NUDGE_AFTER = 5
"""Days between two reminders that somebody asks for."""
LEAST_APART = 2
"""Days between two mails about one thing to one person, where weekends push them together."""


def waiting(
    *,
    subject_id: Any,
    placement_id: Any,
    anchor: Any,
    contact_id: Any = None,
    begun: Any = None,
) -> list[ColumnElement[Any]]:
    """The columns of ``Ladder.open_subjects``: ``select(*waiting(...))``.

    ``begun``: since when this contact is the one to ask, where somebody may have taken over.
    """
    return [
        subject_id.label("subject_id"),
        placement_id.label("placement_id"),
        anchor.label("anchor"),
        (null() if contact_id is None else contact_id).label("contact_id"),
        (null() if begun is None else begun).label("begun"),
    ]

"""What higher packages bring to lower ones, filled once at start-up by ``app.compose``.

``lti`` and ``credit`` may not be imported from here, so they register what the rest needs.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Blueprint

    from careerlink.config import Settings
    from careerlink.db import Base, Database
    from careerlink.offered_parts import CarryOver, LinkOffer, OpenEnd, SetUpStep, TermPart
    from careerlink.outbox import Outcome
    from careerlink.people.actors import Actor, Approving
    from careerlink.people.models import Person
    from careerlink.placements.changes import HandOver, Schedule
    from careerlink.reminders.ladders import Ladder
    from careerlink.worker import Delivery


@dataclass(frozen=True)
class NextStep:
    """One thing that waits for one person; the most urgent becomes the "Next: …" card."""

    title: str
    """Continues "Next: ", so it begins in lower case: "log your hours for 26 Oct – 1 Nov"."""
    url: str
    action: str
    """The button, verb and object: "Log hours"."""
    why: str = ""
    urgency: int = 50
    """0 first. Deadlines today are 10, ordinary moves 50, invitations 80."""


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    page: str | tuple[str, ...]
    """Pages whose ``data-page`` begins with this mark the tab as current."""
    position: int = 50
    is_seldom: bool = False
    """Set up once or looked at now and then: folded under "More"."""


@dataclass(frozen=True)
class Panel:
    """A part of the placement page that another feature fills."""

    title: str
    template: str
    values: Mapping[str, Any]
    position: int = 50
    is_side: bool = False


@dataclass(frozen=True)
class SupervisorTask:
    """One thing that a supervisor does by link, or has done; then it leads to the receipt."""

    title: str
    text: str
    url: str
    action: str
    is_done: bool = False


@dataclass(frozen=True)
class Waiting:
    """One line of the office's "Needs attention": what is stuck, why, and what frees it."""

    group: str
    """Who must act: "Yours", "Partners and supervisors", "Students", "Instructors"."""
    title: str
    text: str
    since: "datetime"
    """When it began to wait; a day still to come for what is only announced."""
    url: str
    action: str
    """The one button, verb and object."""
    why: str
    """The rule that brought it here, in words."""
    is_late: bool = False


@dataclass(frozen=True)
class HistoryFact:
    """What one entry of the audit trail says in figures, and where it can be looked at."""

    texts: tuple[str, ...] = ()
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class AfterWork:
    """Whose move it is once the work of a placement is done, from the feature that knows."""

    who: str
    """Such as "Your instructor:"."""
    move: str
    missing: tuple[str, ...] = ()
    decided_at: "datetime | None" = None
    url: str = ""
    label: str = ""
    """Where the move is made, verb and object."""


NextSteps = Callable[[Session, "Actor", int | None], list[NextStep]]
"""(session, actor, course id or None outside a course)."""
Panels = Callable[[Session, "Actor", Any], list[Panel]]
"""(session, actor, placement)."""
SupervisorTasks = Callable[[Session, "Actor", Any, str], list[SupervisorTask]]
"""(session, actor, placement, token)."""
AfterWorks = Callable[[Session, "Actor", Any], AfterWork | None]
"""(session, actor, placement)."""
Tabs = Callable[["Actor", Any], list[Tab]]
"""(actor, course or None)."""
TermPages = Callable[["Actor", Any], list[Tab]]
"""(actor with an office role, term)."""
Attention = Callable[[Session, "Actor"], list[Waiting]]
"""(session, actor with an office role)."""
Handler = Callable[["Delivery"], "Outcome"]
MailPreparation = Callable[["Delivery"], "dict[str, Any] | Outcome"]
"""The values of a mail as they are when it leaves, or what became of it instead."""
Guard = Callable[[Session, Any], list[str]]
"""(session, subject): what is still missing, in words for the screen."""
Reaction = Callable[[Session, Any, "Actor"], None]
"""(session, subject, actor): runs in the same transaction, after the state changed."""
ScheduleChange = Callable[[Session, Any, "Schedule", "Actor"], None]
"""(session, placement with its new dates, its schedule before, actor): every later date moves
in the same transaction."""
HandedOver = Callable[[Session, "HandOver", "Actor"], None]
ConsentChange = Callable[[Session, Any, bool, "Actor"], None]
"""(session, placement, whether consent was given or else withdrawn, the student)."""
LinkGuests = Callable[[Session, Any, Any], Collection[str]]
"""(session, access link, placement): blueprints open to a contact who does not supervise."""
CourseJoin = Callable[[Session, Any, Any, "Actor"], None]
"""(session, course that joins, course that it becomes a part of, actor)."""
StudentWork = Callable[[Session, Any, Collection[int] | None], list[str]]
"""(session, course, ids of persons or None for everybody): what students have begun there, in
words such as "3 placements"."""
OpenEnds = Callable[[Session, Any], "list[OpenEnd]"]
"""(session, course): what is not finished there, by kind."""
EnrollmentChange = Callable[[Session, Any, Collection[int]], None]
"""(session, course, ids of persons whose enrollment there the registrar changed)."""
FileReader = Callable[[Session, "Actor", Any], bool]
"""(session, actor, attachment): does this actor see a record that refers to it?"""
LinkPage = Callable[[str], str]
"""What follows the kind in a link's content → the page below the course, or empty."""
ReviewPage = Callable[[Session, Any, int], str]
"""(session, course, id of the student): the submission below the course where a platform's
gradebook opens that student's work, or empty."""
ListingFacts = Callable[[Session, Any], list[tuple[str, str]]]
"""(session, listing): labels with values."""
Appointments = Callable[[Session, "Person"], "tuple[Approving, ...]"]
"""(session, person): what this person was appointed to approve, in effect today."""
Appointed = Callable[[], ColumnElement[bool]]
"""Of the row of ``person`` in a query: somebody appointed them, whenever that holds."""
HistoryFacts = Callable[[Session, Sequence[Any]], "Mapping[int, HistoryFact]"]
"""(session, audit entries): what they say beside their words, by the id of the entry."""
HistoryParts = Callable[[Any], ColumnElement[bool]]
"""(record): further audit entries that belong to its history."""
Subject = Callable[[Session, "Actor", str], "Base | None"]
"""(session, actor, public id): the record if its history may be read by this actor."""


@dataclass
class Registry:
    next_steps: list[NextSteps] = field(default_factory=list)
    placement_panels: list[Panels] = field(default_factory=list)
    home_panels: list[Panels] = field(default_factory=list)
    """The same for a course's home; the third argument is the course."""
    after_work: list[AfterWorks] = field(default_factory=list)
    attention: list[Attention] = field(default_factory=list)
    supervisor_tasks: list[SupervisorTasks] = field(default_factory=list)
    tabs: list[Tabs] = field(default_factory=list)
    outbox_handlers: dict[str, Handler] = field(default_factory=dict)
    outbox_attempts: dict[str, int] = field(default_factory=dict)
    """Of kinds that are tried longer than others before a person is asked."""
    mail_preparations: dict[str, MailPreparation] = field(default_factory=dict)
    """By template: for mails that say only what still holds when they are sent."""
    edge_guards: dict[tuple[str, str], list[Guard]] = field(default_factory=dict)
    edge_reactions: dict[tuple[str, str], list[Reaction]] = field(default_factory=dict)
    schedule_changes: list[ScheduleChange] = field(default_factory=list)
    hand_overs: list[HandedOver] = field(default_factory=list)
    consent_changes: list[ConsentChange] = field(default_factory=list)
    link_guests: list[LinkGuests] = field(default_factory=list)
    appointments: list[Appointments] = field(default_factory=list)
    appointed: list[Appointed] = field(default_factory=list)
    histories: dict[str, Subject] = field(default_factory=dict)
    """By table name: who may read the audit trail of a record."""
    history_words: dict[str, str] = field(default_factory=dict)
    """By the verb of the audit trail: what it is called on screen."""
    history_facts: dict[str, HistoryFacts] = field(default_factory=dict)
    """By the verb of the audit trail."""
    history_parts: dict[str, list[HistoryParts]] = field(default_factory=dict)
    """By table name."""
    carry_overs: "list[CarryOver]" = field(default_factory=list)
    term_parts: "list[TermPart]" = field(default_factory=list)
    """What is kept by term, and can be taken over by another."""
    term_pages: list[TermPages] = field(default_factory=list)
    """What concerns a term as a whole, linked from its page in the office."""
    course_joins: list[CourseJoin] = field(default_factory=list)
    student_work: list[StudentWork] = field(default_factory=list)
    open_ends: list[OpenEnds] = field(default_factory=list)
    open_end_pages: dict[str, str] = field(default_factory=dict)
    """By kind, where the feature that counts them has no page in the course itself."""
    course_files: list[Tabs] = field(default_factory=list)
    """What of a course can be taken home as a file, for those who set it up."""
    enrollment_changes: list[EnrollmentChange] = field(default_factory=list)
    set_up_pages: list[Tabs] = field(default_factory=list)
    """What concerns a course as a whole, linked from its home for those who set it up."""
    set_up_steps: "list[SetUpStep]" = field(default_factory=list)
    """What an instructor looks at when a course begins, in the order of their positions."""
    link_offers: "list[LinkOffer]" = field(default_factory=list)
    link_pages: dict[str, LinkPage] = field(default_factory=dict)
    """By kind of content: where a link leads. The content is the platform's word: untrusted."""
    review_pages: list[ReviewPage] = field(default_factory=list)
    listing_facts: list[ListingFacts] = field(default_factory=list)
    """What past placements of a listing tell, beside its figures."""
    file_readers: list[FileReader] = field(default_factory=list)
    blueprints: "list[Blueprint]" = field(default_factory=list)
    ladders: "dict[str, Ladder]" = field(default_factory=dict)
    """By key: what is said again while somebody does not act."""
    sweeps: list[Callable[[Session], int]] = field(default_factory=list)
    """Moves that come with time (an offer's clock); the worker runs each in its own unit."""
    rounds: "list[Callable[[Database, Settings], int]]" = field(default_factory=list)
    """What the worker looks for on other machines; no unit is open meanwhile."""

    def clear(self) -> None:
        for value in vars(self).values():
            value.clear()

    def guard(self, table: str, verb: str, function: Guard) -> None:
        self.edge_guards.setdefault((table, verb), []).append(function)

    def reaction(self, table: str, verb: str, function: Reaction) -> None:
        self.edge_reactions.setdefault((table, verb), []).append(function)


registry = Registry()

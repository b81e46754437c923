"""The people of the sample term and how far each student's story has come.

As in ``catalog``, every ``…_in`` and ``day`` counts days from the day of loading.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from careerlink.demo.cast_answers import Comment, Dispute, Finding, Rework, Signatory

ApplicationState = Literal[
    "draft",
    "submitted",
    "wait_listed",
    "offered",
    "accepted",
    "declined",
    "not_selected",
    "withdrawn",
    "expired",
]
PlacementState = Literal[
    "planned", "active", "work_completed", "closed", "ended_early", "cancelled"
]
AgreementState = Literal[
    "draft", "awaiting_supervisor", "awaiting_instructor", "in_force", "refused"
]
EvaluationState = Literal["requested", "overdue", "submitted"]
CaseState = Literal["open", "ready", "returned", "approved", "denied", "dropped"]


@dataclass(frozen=True)
class Person:
    key: str
    role: Literal["instructor", "assistant", "staff", "admin"]
    name: str
    given: str
    family: str
    email: str
    title: str
    courses: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgreedObjective:
    text: str
    activity: str
    evidence: str
    judge: Literal["supervisor", "instructor"]
    objective: str = ""
    """A course objective's URI; empty for the student's own."""


@dataclass(frozen=True)
class Agreement:
    state: AgreementState
    objectives: tuple[AgreedObjective, ...] = ()
    signed_in: int | None = None
    supervisor_signed_in: int | None = None
    decided_in: int | None = None
    return_reason: str = ""
    comments: tuple[Comment, ...] = ()
    signatory: Signatory | None = None


@dataclass(frozen=True)
class Change:
    """Another last day, proposed by the supervisor; signed by the others, or it waits."""

    proposed_in: int
    later: int
    """Days that the end moves."""
    reason: str
    signed_in: int | None = None


@dataclass(frozen=True)
class HoursEntry:
    day: int
    minutes: int
    task: str
    objective: int = 1
    """Place in the agreement's list, from 1."""
    state: Literal["reported", "confirmed", "disputed"] = "reported"


@dataclass(frozen=True)
class Confirmation:
    minutes: int
    confirmed_in: int
    note: str = ""


@dataclass(frozen=True)
class Deliverable:
    name: str
    kind: Literal["link", "file", "attested"]
    handed_in: int
    note: str = ""
    url: str = ""
    content: str = ""
    rework: Rework | None = None


@dataclass(frozen=True)
class Evaluation:
    state: EvaluationState
    requested_in: int
    due_in: int
    submitted_in: int | None = None
    objective_ratings: tuple[int, ...] = ()
    """0 to 4 in the agreement's order; 0 is "not observed"."""
    ratings: Mapping[str, int] = field(default_factory=dict)
    strength: str = ""
    growth: str = ""
    again: Literal["", "yes", "maybe", "no"] = ""
    examples: tuple[str, ...] = ()
    """For the first questions, in their order."""
    by_phone: bool = False
    """Career staff wrote it down."""
    corrected: str = ""
    """Why the supervisor sent it once more."""
    first_ratings: Mapping[str, int] = field(default_factory=dict)
    """What stood there before it was corrected."""
    corrected_in: int | None = None
    """At once, unless it says when."""


@dataclass(frozen=True)
class Application:
    listing: str
    state: ApplicationState
    applied_in: int
    statement: str = ""
    answered_in: int | None = None
    offer_expires_in: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class CheckIn:
    """What one side said when it was asked how it goes."""

    day: int
    by: Literal["student", "supervisor"]
    answer: Literal["on_track", "needs_attention", "not_heard_from"] = "on_track"
    words: str = ""
    settled_in: int | None = None
    """When the career office settled what came of it."""
    note: str = ""


@dataclass(frozen=True)
class Placement:
    listing: str
    state: PlacementState
    agreement: Agreement | None = None
    changes: tuple[Change, ...] = ()
    consent_in: int | None = None
    hours: tuple[HoursEntry, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    confirmation: Confirmation | None = None
    deliverables: tuple[Deliverable, ...] = ()
    evaluation: Evaluation | None = None
    self_evaluation: Evaluation | None = None
    midpoint: Evaluation | None = None
    dispute: Dispute | None = None
    reason: str = ""

    @property
    def reported_minutes(self) -> int:
        return sum(entry.minutes for entry in self.hours)


@dataclass(frozen=True)
class Decision:
    kind: Literal["approved", "returned", "denied"]
    decided_in: int
    by: str
    reason: str = ""
    credits: int = 0
    """Thousandths."""


@dataclass(frozen=True)
class Case:
    state: CaseState
    reflection: str = ""
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class Student:
    key: str
    name: str
    given: str
    family: str
    email: str
    course: str
    section: str
    program: str
    year: str
    stage: str
    """How far the story has come, in a word or two; only for people who read the data."""
    credits: int = 1000
    """What the student is enrolled for, in thousandths."""
    enrolled_in: int = -82
    academic_minutes: int = 0
    """Seminar and other academic work done so far."""
    skills: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    applications: tuple[Application, ...] = ()
    placements: tuple[Placement, ...] = ()
    case: Case | None = None
    dropped_in: int | None = None
    test: bool = False


@dataclass(frozen=True)
class Cast:
    people: tuple[Person, ...]
    students: tuple[Student, ...]

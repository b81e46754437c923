"""Columns of the gradebook, what people have in them, and what the tool sent."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class LineItem:
    id: int
    course_id: int
    label: str
    maximum: float
    tool: str = "tool"
    own_activity: int | None = None
    """The activity whose own column this is: the platform made it."""
    link: int | None = None
    """The activity that the services name. A tool may move it elsewhere."""
    resource_id: str = ""
    tag: str = ""
    locked: bool = False
    submission_review: dict[str, Any] | None = None
    starts_at: str = ""
    ends_at: str = ""
    submission_type: dict[str, Any] | None = None
    """Canvas's extension of that name, as the tool sent it."""


@dataclass
class Submission:
    """What a Canvas grader opens: made by score posts."""

    attempt: int = 0
    type: str = ""
    data: str = ""
    submitted_at: str = ""
    needs_review: bool = False
    comments: list[str] = field(default_factory=list)
    passed: bool | None = None


@dataclass
class Grade:
    """One cell of the gradebook, what people see in ``final``."""

    item_id: int
    person_id: int
    raw: float | None = None
    """What the tool sent, in units of the column; Moodle keeps it beside what it shows."""
    final: float | None = None
    feedback: str | None = None
    modified: datetime | None = None
    overridden: bool = False
    submission: Submission = field(default_factory=Submission)


@dataclass
class Result:
    """Canvas's record of the last score post, in the units of that post."""

    id: int
    item_id: int
    person_id: int
    score: float | None = None
    maximum: float | None = None
    comment: str = ""
    updated_at: datetime | None = None
    activity_progress: str = ""
    grading_progress: str = ""
    extension: dict[str, Any] = field(default_factory=dict)


@dataclass
class Traffic:
    """How often the tool posted a score for one person, and how often that was stored."""

    item_id: int
    person_id: str
    """As the tool wrote it: it may name nobody."""
    calls: int = 0
    applied: int = 0

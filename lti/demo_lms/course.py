"""Courses and the activities in them that open a tool."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Kind = Literal["assignment", "module_item", "course_navigation"]


@dataclass
class Course:
    id: int
    label: str
    title: str
    sis_id: str = ""
    context_id: str = ""
    """Canvas's context id; Moodle sends the number."""
    history: list[int] = field(default_factory=list)
    """Courses this one was copied from, nearest first."""
    concluded: bool = False
    starts_at: datetime | None = None


@dataclass
class Activity:
    """A resource link: a Moodle activity, or what Canvas calls assignment and module item."""

    id: int
    course_id: int
    key: str
    """The name in the platform's own addresses, such as ``credit``."""
    title: str
    tool: str = "tool"
    description: str = ""
    target_link_uri: str = ""
    """Empty: the address that the tool itself names."""
    custom: dict[str, Any] = field(default_factory=dict)
    kind: Kind = "assignment"
    uuid: str = ""
    accepts_grades: bool = True
    allowed_attempts: int | None = None
    pass_fail: bool = False
    due_at: str = ""
    variables: dict[str, Any] = field(default_factory=dict)
    """What else Canvas can fill in here, such as ``$Canvas.term.name``."""
    launches_tool: bool = True
    """False once a teacher made another kind of assignment of it."""
    deleted: bool = False

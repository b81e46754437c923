"""Roles in a course, and the standing that a session has there."""

from dataclasses import dataclass
from enum import StrEnum


class CourseRole(StrEnum):
    STUDENT = "student"
    INSTRUCTOR = "instructor"
    ASSISTANT = "assistant"
    OBSERVER = "observer"
    NONE = "none"


RANK = {
    CourseRole.NONE: 0,
    CourseRole.OBSERVER: 1,
    CourseRole.STUDENT: 2,
    CourseRole.ASSISTANT: 3,
    CourseRole.INSTRUCTOR: 4,
}


@dataclass(frozen=True)
class Standing:
    """What one person may do in one course, in this session."""

    role: CourseRole
    may_decide: bool = False
    why_not: str = ""
    """Why deciding is closed, in words for the screen; empty when it is open."""
    is_test: bool = False
    dropped: bool = False
    read_only: bool = False
    """A lower role than this person usually has here (a teacher viewing as a student), a test
    student, or a concluded course: looking is fine, nothing may be written."""
    acts_for_id: int | None = None
    """The instructor in whose place this person acts for some days."""
    acts_for: str = ""
    section_ids: frozenset[int] | None = None
    """The sections for which they were asked; nothing limits it in most cases."""

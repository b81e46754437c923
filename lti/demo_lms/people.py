"""People of the platform and their places in courses."""

import hashlib
import uuid
from dataclasses import dataclass, field
from typing import Literal

CourseRole = Literal["student", "teacher", "assistant", "designer", "observer"]

NAMESPACE = uuid.UUID("5b0cf2d4-6d2a-4a5c-9d7e-0f6a1c8e2b3d")
"""Identifiers are drawn from it and the record's number, so that they survive a restart."""


def opaque_uuid(kind: str, number: int) -> str:
    return str(uuid.uuid5(NAMESPACE, f"{kind}:{number}"))


def opaque_hex(kind: str, number: int) -> str:
    """Forty digits, the form of Canvas's older identifiers."""
    return hashlib.sha256(f"{NAMESPACE}:{kind}:{number}".encode()).hexdigest()[:40]


@dataclass
class Person:
    id: int
    """Moodle's ``sub``; for Canvas the number that only custom variables tell."""
    key: str
    """The name in the platform's own addresses, such as ``student1``."""
    given_name: str
    family_name: str
    email: str = ""
    username: str = ""
    sis_id: str = ""
    uuid: str = ""
    """Canvas's ``sub``."""
    legacy_id: str = ""
    """Canvas's ``login_hint``."""
    admin: bool = False
    manager: bool = False
    """A site manager of Moodle: Instructor in launches, but nowhere in memberships."""
    roles: list[str] = field(default_factory=list)
    """Further role URIs, such as institution roles earned elsewhere."""
    observes: list[int] = field(default_factory=list)
    is_test_student: bool = False
    note: str = ""
    """What the course page says about this person."""
    time_zone: str = "America/New_York"
    locale: str = "en"
    high_contrast: bool = False
    """Canvas's setting of that name, in the person's own profile."""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@dataclass
class Enrollment:
    person_id: int
    course_id: int
    role: CourseRole
    suspended: bool = False
    acts_as: CourseRole | None = None
    """Moodle's "switch role to": launches carry this role, memberships the real one."""

    @property
    def launch_role(self) -> CourseRole:
        return self.acts_as or self.role

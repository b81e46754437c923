"""Who acts or looks, with the authority that this session gives. Free of the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from careerlink.courses.roles import CourseRole, Standing
from careerlink.people.models import OfficeRole

NOBODY_THERE = Standing(CourseRole.NONE, why_not="You are not a member of this course.")
LOOKS_ONLY = "In this view you may look, not decide."


@dataclass(frozen=True)
class Approving:
    """A later step of some decision that somebody was appointed to take, from higher up."""

    role: str
    course_id: int | None = None
    program: str = ""
    """Neither this nor a course: throughout the institution."""
    acts_for_id: int | None = None
    """In whose place, for some days."""
    acts_for: str = ""


@dataclass(frozen=True)
class Actor:
    """A person by account, a partner's contact by link, or the system (neither is set)."""

    institution_id: int
    person_id: int | None = None
    contact_id: int | None = None
    link_id: int | None = None
    link_placement_id: int | None = None
    """The one placement that the link opens; ``None`` for the list of a contact's students."""
    office: frozenset[OfficeRole] = frozenset()
    courses: Mapping[int, Standing] = field(default_factory=dict)
    name: str = ""
    runs_lms: bool = False
    """The LMS says so of this session's person; it gives no right in our office."""
    approves: tuple[Approving, ...] = ()
    """Appointments in effect today; never those of a session that only looks."""
    looks_only: bool = False
    """Somebody else acts as this person: nothing is written in their name."""

    @property
    def is_system(self) -> bool:
        return self.person_id is None and self.contact_id is None

    @property
    def is_staff(self) -> bool:
        return OfficeRole.STAFF in self.office or OfficeRole.ADMIN in self.office

    @property
    def is_admin(self) -> bool:
        return OfficeRole.ADMIN in self.office

    @property
    def reads_office(self) -> bool:
        return bool(self.office)

    def standing(self, course_id: int) -> Standing:
        return self.courses.get(course_id, NOBODY_THERE)

    def role_in(self, course_id: int) -> CourseRole:
        return self.standing(course_id).role

    def is_student(self, course_id: int) -> bool:
        return self.role_in(course_id) == CourseRole.STUDENT

    def is_instructor(self, course_id: int) -> bool:
        return self.role_in(course_id) == CourseRole.INSTRUCTOR

    def teaches(self, course_id: int) -> bool:
        """An instructor in their own right, not in the place of one for some days."""
        return self.is_instructor(course_id) and self.standing(course_id).acts_for_id is None

    def may_look(self, course_id: int) -> bool:
        """Sees the students' cases of this course: instructors and their assistants."""
        return self.role_in(course_id) in (CourseRole.INSTRUCTOR, CourseRole.ASSISTANT)

    def may_decide(self, course_id: int) -> bool:
        """Not in the name of an instructor as whom somebody else acts, or as a test user."""
        standing = self.standing(course_id)
        return standing.may_decide and not standing.read_only

    def name_in(self, course_id: int) -> str:
        """As it stands under what they decide: "B. Delegate for A. Instructor"."""
        acts_for = self.standing(course_id).acts_for
        return f"{self.name} for {acts_for}" if acts_for else self.name

    def why_not_decide(self, course_id: int) -> str:
        standing = self.standing(course_id)
        return standing.why_not or (LOOKS_ONLY if standing.read_only else "")

    def courses_where_may_look(self) -> list[int]:
        return [course_id for course_id in self.courses if self.may_look(course_id)]

    def supervises(self, placement_id: int) -> bool:
        """Acts by a link that opens this very placement."""
        return self.contact_id is not None and self.link_placement_id == placement_id


def system(institution_id: int) -> Actor:
    """The actor of deadlines and other moves that nobody makes in person."""
    return Actor(institution_id=institution_id, name="CareerLink")

"""From role names of a launch or roster to what a person may do in the course.

Only context roles give authority there. An institution's or the system's roles say nothing
about this course (Canvas adds those earned in other courses), and PyLTI1p3's own tests compare
no more than the last word, so that ``membership/Learner#Instructor`` would be a teacher.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from careerlink.courses.roles import RANK, CourseRole

LIS = "http://purl.imsglobal.org/vocab/lis/v2/"
TEST_USER = "testuser"
TEST_USER_BASES = ("http://purl.imsglobal.org/vocab/lti/system/person", f"{LIS}system/person")
ADMINISTRATOR_BASES = (f"{LIS}institution/person", f"{LIS}system/person", f"{LIS}membership")
ADMINISTRATORS = frozenset({"administrator", "sysadmin", "accountadmin"})
ASSISTANT_SUB_ROLES = ("teachingassistant", "grader")
SHORT_NAMES = frozenset(
    {"administrator", "contentdeveloper", "instructor", "learner", "manager", "member"}
    | {"mentor", "officer"}
)
BY_PRINCIPAL = {
    "instructor": CourseRole.INSTRUCTOR,
    "learner": CourseRole.STUDENT,
    "mentor": CourseRole.OBSERVER,
    "contentdeveloper": CourseRole.OBSERVER,
    "administrator": CourseRole.OBSERVER,
}

NOTHING: Mapping[str, CourseRole] = MappingProxyType({})


@dataclass(frozen=True)
class RolesRead:
    course: CourseRole
    may_configure: bool = False
    """An administrator of the platform or course: set-up pages, never a teacher's rights."""
    is_test: bool = False
    is_mentor: bool = False


@dataclass(frozen=True)
class _ContextRole:
    principal: str
    sub: str = ""


def read(names: Iterable[str], mapped: Mapping[str, CourseRole] = NOTHING) -> RolesRead:
    """Unknown names are ignored; without any known context role nothing may be done.

    ``mapped`` is an administrator's word on names of their platform, by name in lower case;
    it counts in place of what the name gives by itself.
    """
    names = list(names)
    read_plainly = [name for name in names if name.lower() not in mapped]
    context = [role for name in read_plainly if (role := _context_role(name))]
    given = {mapped[name.lower()] for name in names if name.lower() in mapped}
    refined = _refined(name for name in names if name.lower() in mapped)
    return RolesRead(
        course=max(given | {_course_role(_unrefined(context, refined))}, key=RANK.__getitem__),
        may_configure=any(_is(name, ADMINISTRATOR_BASES, ADMINISTRATORS) for name in names),
        is_test=any(_is(name, TEST_USER_BASES, {TEST_USER}) for name in names),
        is_mentor=any(role.principal == "mentor" for role in context),
    )


def _refined(names: Iterable[str]) -> set[str]:
    """The principal roles whose sub-role is mapped."""
    found = [role for name in names if (role := _context_role(name))]
    return {role.principal for role in found if role.sub}


def _unrefined(roles: list[_ContextRole], refined: set[str]) -> list[_ContextRole]:
    """A sub-role comes with its principal role (Core, appendix A.2.3): where the one is mapped,
    the other says nothing more, or an assistant would stay a teacher."""
    also = {role.principal for role in roles if role.sub}
    return [role for role in roles if role.principal not in refined - also]


def _context_role(name: str) -> _ContextRole | None:
    base, _, last = name.partition("#")
    if base == f"{LIS}membership":
        return _ContextRole(last.lower())
    if base.startswith(f"{LIS}membership/"):
        # Older Canvas writes membership/instructor#TeachingAssistant, in lower case.
        return _ContextRole(base.rpartition("/")[2].lower(), last.lower())
    # Short names are deprecated and mean context roles (Core, appendix A.2.3).
    return _ContextRole(name.lower()) if name.lower() in SHORT_NAMES else None


def _course_role(roles: list[_ContextRole]) -> CourseRole:
    found = [BY_PRINCIPAL.get(role.principal, CourseRole.NONE) for role in roles]
    if CourseRole.INSTRUCTOR in found and _only_assists(roles):
        found = [r if r != CourseRole.INSTRUCTOR else CourseRole.ASSISTANT for r in found]
    return max(found, key=RANK.__getitem__, default=CourseRole.NONE)


def _only_assists(roles: list[_ContextRole]) -> bool:
    """The sub-role refines the principal role that comes with it."""
    subs = [role.sub for role in roles if role.principal == "instructor" and role.sub]
    return bool(subs) and all(sub.startswith(ASSISTANT_SUB_ROLES) for sub in subs)


def _is(name: str, bases: tuple[str, ...], words: Iterable[str]) -> bool:
    base, _, last = name.partition("#")
    return base in bases and last.lower() in words

"""An administrator's word on what a platform's role names mean in a course.

Names of an institution's or the system's roles are refused, whatever they are to give: Canvas
sends with every launch the roles that somebody earned in any other course, so such a line would
make a teacher of one course a teacher of all.
"""

from collections.abc import Mapping

from careerlink.courses.roles import CourseRole
from careerlink.errors import InvalidInput

MOST = 30
LONGEST = 255
NOT_OF_A_COURSE = ("institution/person", "system/person", "lis/v2/person")
"""Parts of role names that speak about the person and not about this course."""


def says_nothing_of_a_course(name: str) -> bool:
    return any(part in name.lower() for part in NOT_OF_A_COURSE)


def checked(wanted: Mapping[str, CourseRole]) -> dict[str, str]:
    """:raises InvalidInput:"""
    if len(wanted) > MOST:
        raise InvalidInput(f"Keep it to {MOST} role names.")
    found: dict[str, str] = {}
    for given, role in wanted.items():
        name = given.strip()
        if not 0 < len(name) <= LONGEST or any(c.isspace() for c in name):
            raise InvalidInput("A role name has 1 to 255 characters and no spaces.")
        if says_nothing_of_a_course(name):
            raise InvalidInput(
                f"“{name}” is a role at the institution, not in a course. An LMS sends it into "
                "every course, so it can give no rights in one."
            )
        if name.lower() in {known.lower() for known in found}:
            raise InvalidInput(f"“{name}” is there twice.")
        found[name] = role.value
    return found


def of(stored: Mapping[str, str]) -> dict[str, CourseRole]:
    """For ``roles.read``: by name in lower case; what is not allowed is left out again."""
    known = {role.value for role in CourseRole}
    return {
        name.lower(): CourseRole(value)
        for name, value in stored.items()
        if value in known and not says_nothing_of_a_course(name)
    }

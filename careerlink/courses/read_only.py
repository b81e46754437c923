"""Why nothing can be changed in this view of a course, in words for the line above the page."""

from careerlink.courses.roles import CourseRole, Standing
from careerlink.courses.standing import CONCLUDED

TEST = "You are here as a test student: look around, nothing can be changed."
OBSERVER = "You observe this course: you can look, not change anything."
OVER = "This course is concluded: you can read everything, and nothing changes any more."
DROPPED = (
    "You are no longer enrolled in this course. Your work is kept, and nothing new counts "
    "toward credit until you are back."
)
AS_STUDENT = (
    "You look at this course as a student would. Leave the student view of the learning "
    "platform to act yourself."
)


def why_read_only(standing: Standing) -> str:
    """Empty when this session may write; who has dropped the course is told so as well."""
    if standing.is_test:
        return TEST
    if standing.role == CourseRole.OBSERVER:
        return OBSERVER
    if not standing.read_only:
        return DROPPED if standing.dropped else ""
    return OVER if standing.why_not == CONCLUDED else AS_STUDENT

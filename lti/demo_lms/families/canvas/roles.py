"""Roles as Canvas names them: sorted, with institution roles earned in other courses."""

from lti.demo_lms.families.base import LIS
from lti.demo_lms.lms import Lms
from lti.demo_lms.people import Person

IN_COURSE = {
    "student": [LIS + "membership#Learner"],
    "teacher": [LIS + "membership#Instructor"],
    "assistant": [
        LIS + "membership/Instructor#TeachingAssistant",
        LIS + "membership#Instructor",
    ],
    "designer": [LIS + "membership#ContentDeveloper"],
    "observer": [LIS + "membership#Mentor"],
}
AT_INSTITUTION = {
    "student": "Student",
    "teacher": "Instructor",
    "assistant": "Instructor",
    "designer": "Instructor",
}
TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"


def launch_roles(lms: Lms, person: Person | None, course_id: int) -> list[str]:
    if person is None:
        return [LIS + "system/person#None"]
    roles = {LIS + "system/person#User", *person.roles, *member_roles(lms, person, course_id)}
    for enrollment in lms.school.enrollments:
        if enrollment.person_id == person.id and enrollment.role in AT_INSTITUTION:
            roles.add(f"{LIS}institution/person#{AT_INSTITUTION[enrollment.role]}")
    if person.admin:
        roles.add(LIS + "institution/person#Administrator")
    return sorted(roles)


def member_roles(lms: Lms, person: Person, course_id: int) -> list[str]:
    """In-course roles alone, in the order of memberships."""
    roles = []
    for enrollment in lms.enrollments_of(person.id, course_id):
        if not enrollment.suspended:
            roles += IN_COURSE[enrollment.launch_role]
    if roles and person.is_test_student:
        roles.append(TEST_USER)
    return list(dict.fromkeys(roles))

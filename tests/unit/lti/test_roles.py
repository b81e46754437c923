"""LTI.md 1.7: what the role names of launches and rosters give, and what they do not."""

import pytest

from careerlink.courses.roles import CourseRole
from lti import roles

LIS = "http://purl.imsglobal.org/vocab/lis/v2/"
INSTRUCTOR, LEARNER = f"{LIS}membership#Instructor", f"{LIS}membership#Learner"
MENTOR = f"{LIS}membership#Mentor"
ASSISTANT = f"{LIS}membership/Instructor#TeachingAssistant"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([INSTRUCTOR], CourseRole.INSTRUCTOR),
        ([LEARNER], CourseRole.STUDENT),
        ([MENTOR], CourseRole.OBSERVER),
        ([f"{LIS}membership#ContentDeveloper"], CourseRole.OBSERVER),
        ([f"{LIS}membership#Administrator"], CourseRole.OBSERVER),
        ([f"{LIS}membership#Manager"], CourseRole.NONE),
        ([f"{LIS}membership#Officer", LEARNER], CourseRole.STUDENT),
        ([], CourseRole.NONE),
        ([""], CourseRole.NONE),
        (["Instructor"], CourseRole.INSTRUCTOR),
        (["learner"], CourseRole.STUDENT),
        (["TeachingAssistant"], CourseRole.NONE),
        ([f"{LIS}membership#instructor"], CourseRole.INSTRUCTOR),
        ([ASSISTANT], CourseRole.ASSISTANT),
        ([INSTRUCTOR, ASSISTANT], CourseRole.ASSISTANT),
        ([ASSISTANT.replace("/Instructor", "/instructor"), INSTRUCTOR], CourseRole.ASSISTANT),
        ([f"{LIS}membership/Instructor#Grader"], CourseRole.ASSISTANT),
        ([f"{LIS}membership/Instructor#TeachingAssistantSection"], CourseRole.ASSISTANT),
        ([f"{LIS}membership/Instructor#PrimaryInstructor"], CourseRole.INSTRUCTOR),
        (
            [ASSISTANT, f"{LIS}membership/Instructor#PrimaryInstructor"],
            CourseRole.INSTRUCTOR,
        ),
        ([f"{LIS}membership/Learner#Instructor"], CourseRole.STUDENT),
        ([f"{LIS}membership/Mentor#Advisor"], CourseRole.OBSERVER),
        ([LEARNER, MENTOR], CourseRole.STUDENT),
        ([LEARNER, INSTRUCTOR], CourseRole.INSTRUCTOR),
        ([f"{LIS}unknown/unknown#Instructor"], CourseRole.NONE),
        ([f"{LIS}person#Administrator"], CourseRole.NONE),
        ([f"{LIS}institution/person#Instructor"], CourseRole.NONE),
        ([f"{LIS}institution/person#Faculty", LEARNER], CourseRole.STUDENT),
        ([f"{LIS}system/person#SysAdmin"], CourseRole.NONE),
        (["http://evil.example/vocab/lis/v2/membership#Instructor"], CourseRole.NONE),
        ([f"{LIS}membership#Learner#Instructor"], CourseRole.NONE),
    ],
)
def test_the_role_in_the_course(names: list[str], expected: CourseRole) -> None:
    assert roles.read(names).course == expected


@pytest.mark.parametrize("place", ["institution/person", "system/person", "membership"])
def test_administrators_may_configure(place: str) -> None:
    found = roles.read([f"{LIS}{place}#Administrator"])

    assert found.may_configure
    assert found.course in (CourseRole.NONE, CourseRole.OBSERVER)


def test_others_may_not_configure() -> None:
    assert not roles.read([INSTRUCTOR, f"{LIS}person#Administrator"]).may_configure


@pytest.mark.parametrize(
    "name",
    [
        "http://purl.imsglobal.org/vocab/lti/system/person#TestUser",
        f"{LIS}system/person#TestUser",
    ],
)
def test_test_users_are_marked_beside_their_role(name: str) -> None:
    found = roles.read([LEARNER, name])

    assert found.is_test
    assert found.course == CourseRole.STUDENT
    assert not roles.read([LEARNER]).is_test

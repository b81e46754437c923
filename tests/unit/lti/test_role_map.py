"""Which role names an administrator may map, and what a map then gives."""

import pytest

from careerlink.courses.roles import CourseRole
from careerlink.errors import InvalidInput
from lti import role_map, roles

LIS = "http://purl.imsglobal.org/vocab/lis/v2/"
INSTRUCTOR = f"{LIS}membership#Instructor"
TA = f"{LIS}membership/Instructor#TeachingAssistant"
OWN = "urn:lms:coordinator"


def test_names_are_kept_as_they_are_written() -> None:
    assert role_map.checked({" Tutor ": CourseRole.ASSISTANT}) == {"Tutor": "assistant"}


@pytest.mark.parametrize(
    "name",
    [
        f"{LIS}institution/person#Instructor",
        f"{LIS}system/person#Administrator",
        f"{LIS}person#Administrator",
        "http://purl.imsglobal.org/vocab/lti/system/person#TestUser",
        "two words",
        " ",
        "x" * 256,
    ],
)
def test_names_that_say_nothing_of_a_course_are_refused(name: str) -> None:
    with pytest.raises(InvalidInput):
        role_map.checked({name: CourseRole.INSTRUCTOR})
    assert role_map.of({f"{LIS}institution/person#Instructor": "instructor"}) == {}


def test_one_name_is_there_once() -> None:
    with pytest.raises(InvalidInput):
        role_map.checked({"Tutor": CourseRole.ASSISTANT, "tutor": CourseRole.STUDENT})


@pytest.mark.parametrize(
    ("names", "mapped", "expected"),
    [
        ([OWN], {OWN: "instructor"}, CourseRole.INSTRUCTOR),
        ([OWN.upper()], {OWN: "student"}, CourseRole.STUDENT),
        ([INSTRUCTOR, OWN], {OWN: "student"}, CourseRole.INSTRUCTOR),
        ([INSTRUCTOR], {INSTRUCTOR: "observer"}, CourseRole.OBSERVER),
        ([INSTRUCTOR, TA], {}, CourseRole.ASSISTANT),
        ([INSTRUCTOR, TA], {TA: "instructor"}, CourseRole.INSTRUCTOR),
        ([INSTRUCTOR, TA], {TA: "none"}, CourseRole.NONE),
        ([INSTRUCTOR, TA, f"{LIS}membership/Instructor#Grader"], {TA: "none"},
         CourseRole.ASSISTANT),
        (["Learner"], {"instructor": "none"}, CourseRole.STUDENT),
    ],
)  # fmt: skip
def test_what_a_map_gives(
    names: list[str], mapped: dict[str, str], expected: CourseRole
) -> None:
    assert roles.read(names, role_map.of(mapped)).course == expected

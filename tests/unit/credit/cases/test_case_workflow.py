"""Every pair of states, and every kind of person on every edge."""

from types import SimpleNamespace
from typing import Any

import pytest

from careerlink.courses.roles import CourseRole, Standing
from careerlink.people.actors import Actor, system
from careerlink.people.models import OfficeRole
from credit.cases.models import CaseState as S
from credit.cases.workflow import CASE

COURSE, STUDENT, OTHER = 7, 1, 2
EDGES = {
    (S.OPEN, S.READY): "system",
    (S.READY, S.OPEN): "system",
    (S.READY, S.APPROVED): "instructor",
    (S.READY, S.RETURNED): "instructor",
    (S.READY, S.DENIED): "instructor",
    (S.READY, S.INCOMPLETE): "instructor",
    (S.OPEN, S.INCOMPLETE): "instructor",
    (S.RETURNED, S.INCOMPLETE): "instructor",
    (S.RETURNED, S.READY): "student",
    (S.APPROVED, S.READY): "instructor",
    (S.DENIED, S.READY): "instructor",
    (S.INCOMPLETE, S.READY): "instructor",
    (S.OPEN, S.DROPPED): "system",
    (S.READY, S.DROPPED): "system",
    (S.RETURNED, S.DROPPED): "system",
    (S.DROPPED, S.OPEN): "system",
    (S.DROPPED, S.RETURNED): "system",
}
REASON = {"return", "deny", "leave_incomplete", "void"}


def member(role: CourseRole, person_id: int = OTHER, **values: Any) -> Actor:
    decides = role == CourseRole.INSTRUCTOR
    standing = Standing(role, **{"may_decide": decides, **values})
    return Actor(institution_id=1, person_id=person_id, courses={COURSE: standing})


PEOPLE = {
    "system": system(1),
    "system elsewhere": system(2),
    "student": member(CourseRole.STUDENT, STUDENT),
    "student who looks": member(CourseRole.STUDENT, STUDENT, read_only=True),
    "student who dropped": member(CourseRole.STUDENT, STUDENT, dropped=True),
    "another student": member(CourseRole.STUDENT),
    "instructor": member(CourseRole.INSTRUCTOR),
    "instructor without roster": member(CourseRole.INSTRUCTOR, may_decide=False),
    "instructor of themselves": member(CourseRole.INSTRUCTOR, STUDENT),
    "assistant": member(CourseRole.ASSISTANT),
    "observer": member(CourseRole.OBSERVER),
    "staff": Actor(institution_id=1, person_id=OTHER, office=frozenset({OfficeRole.ADMIN})),
    "supervisor": Actor(institution_id=1, contact_id=3, link_placement_id=4),
}


@pytest.mark.parametrize("origin", list(S))
@pytest.mark.parametrize("to", list(S))
def test_the_edges_are_these_and_no_others(origin: S, to: S) -> None:
    assert ((origin, to) in CASE) == ((origin, to) in EDGES)


@pytest.mark.parametrize(("edge", "who"), list(EDGES.items()))
@pytest.mark.parametrize("person", list(PEOPLE))
def test_each_edge_is_for_one_kind_of_person(edge: tuple[S, S], who: str, person: str) -> None:
    case = SimpleNamespace(institution_id=1, course_id=COURSE, person_id=STUDENT)

    assert CASE[edge].permitted(PEOPLE[person], case) == (person == who)


def test_what_goes_against_the_student_needs_a_reason() -> None:
    assert {edge.verb for edge in CASE.values() if edge.needs_reason} == REASON

"""Every pair of states, and every kind of person on every edge."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from careerlink.courses.roles import CourseRole, Standing
from careerlink.courses.standing import CONCLUDED
from careerlink.people.actors import Actor, Approving, system
from careerlink.people.models import OfficeRole
from credit.approvals.roles import ApproverRole
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
    (S.RETURNED, S.OPEN): "instructor",
    (S.READY, S.IN_APPROVAL): "instructor",
    (S.RETURNED, S.IN_APPROVAL): "student",
    (S.IN_APPROVAL, S.IN_APPROVAL): "chair",
    (S.IN_APPROVAL, S.APPROVED): "chair",
    (S.IN_APPROVAL, S.RETURNED): "chair",
    (S.IN_APPROVAL, S.READY): "chair, or instructor",
    (S.IN_APPROVAL, S.DENIED): "chair",
    (S.IN_APPROVAL, S.INCOMPLETE): "chair",
    (S.APPROVED, S.READY): "instructor, or any approver",
    (S.DENIED, S.READY): "instructor, or any approver",
    (S.INCOMPLETE, S.READY): "instructor, or any approver",
    (S.APPROVED, S.APPEALED): "student of a concluded course, too",
    (S.DENIED, S.APPEALED): "student of a concluded course, too",
    (S.INCOMPLETE, S.APPEALED): "student of a concluded course, too",
    (S.APPEALED, S.APPROVED): "chair, or that student",
    (S.APPEALED, S.DENIED): "chair, or that student",
    (S.APPEALED, S.INCOMPLETE): "chair, or that student",
    (S.APPEALED, S.READY): "chair, or that student",
    (S.APPEALED, S.RETURNED): "chair, or that student",
    (S.APPEALED, S.IN_APPROVAL): "chair, or that student",
    (S.INCOMPLETE, S.OPEN): "system",
    (S.OPEN, S.DROPPED): "system",
    (S.READY, S.DROPPED): "system",
    (S.RETURNED, S.DROPPED): "system",
    (S.IN_APPROVAL, S.DROPPED): "system",
    (S.DROPPED, S.OPEN): "system",
    (S.DROPPED, S.RETURNED): "system",
    (S.DROPPED, S.IN_APPROVAL): "system",
}
ALL_APPROVERS = {"chair", "registrar", "chair who teaches elsewhere"}
STUDENTS = {"student", "student of a concluded course"}
CHAIRS = {"chair", "chair who teaches elsewhere"}
WHO = {
    "chair": CHAIRS,
    "chair, or instructor": {*CHAIRS, "instructor"},
    "chair, or that student": CHAIRS | STUDENTS,
    "instructor, or any approver": {*ALL_APPROVERS, "instructor"},
    "student of a concluded course, too": STUDENTS,
}
REASON = {"return", "deny", "leave_incomplete", "void", "take_up", "send_back", "appeal"}


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
    "student of a concluded course": member(
        CourseRole.STUDENT, STUDENT, read_only=True, why_not=CONCLUDED
    ),
    "student as whom somebody acts": replace(
        member(CourseRole.STUDENT, STUDENT, read_only=True, why_not=CONCLUDED), looks_only=True
    ),
    "chair": Actor(institution_id=1, person_id=OTHER, approves=(Approving("chair"),)),
    "chair who teaches elsewhere": Actor(
        institution_id=1,
        person_id=OTHER,
        courses={COURSE + 1: Standing(CourseRole.INSTRUCTOR, may_decide=True)},
        approves=(Approving("chair", course_id=COURSE),),
    ),
    "chair of another course": Actor(
        institution_id=1, person_id=OTHER, approves=(Approving("chair", course_id=COURSE + 1),)
    ),
    "chair of another institution": Actor(
        institution_id=2, person_id=OTHER, approves=(Approving("chair"),)
    ),
    "chair as whom somebody acts": Actor(
        institution_id=1, person_id=OTHER, approves=(Approving("chair"),), looks_only=True
    ),
    "chair whose own case it is": Actor(
        institution_id=1, person_id=STUDENT, approves=(Approving("chair"),)
    ),
    "registrar": Actor(institution_id=1, person_id=OTHER, approves=(Approving("registrar"),)),
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
    case = SimpleNamespace(
        institution_id=1, course_id=COURSE, person_id=STUDENT, awaits=ApproverRole.CHAIR
    )

    assert CASE[edge].permitted(PEOPLE[person], case) == (person in WHO.get(who, {who}))


def test_what_goes_against_the_student_needs_a_reason() -> None:
    assert {edge.verb for edge in CASE.values() if edge.needs_reason} == REASON

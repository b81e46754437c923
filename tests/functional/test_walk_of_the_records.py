"""The walk that the records must bear from the first migration on.

One student, two placements in one credit case, one course seen through two LTI contexts, a drop
and a return, a course copy, one supervisor for two partners, an instructor who is also staff,
and two institutions behind one issuer.
"""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.partners.models import PartnerContact
from careerlink.people.models import OfficeRole, Person, PersonRole
from credit.cases.models import CreditCase, CreditCasePlacement
from lti.models import LtiContext, LtiMembership
from tests.factories.walk import Walk, add

WHEN = datetime(2026, 10, 14, 12, tzinfo=UTC)


def test_the_records_bear_the_walk(session: Session) -> None:
    walk = Walk(session)
    # Two institutions behind hosted Canvas's one issuer: client and deployment tell them apart.
    ours = walk.platform(walk.school, "10000000000001", "1:ours")
    theirs = walk.platform(walk.other_school, "10000000000002", "1:theirs")
    stranger = Person(institution_id=walk.other_school.id, name="Somebody else")
    add(session, stranger)
    account = walk.account(ours, "same-sub", walk.student)
    walk.account(theirs, "same-sub", stranger)

    # One course seen through two contexts; in both the student is the same member of it.
    first = walk.context(ours, "ctx-1", walk.course)
    second = walk.context(ours, "ctx-2", walk.course)
    add(
        session,
        LtiMembership(context_id=first.id, lti_user_id=account.id, in_roster=True),
        LtiMembership(context_id=second.id, lti_user_id=account.id, in_roster=True),
        member := CourseMember(
            course_id=walk.course.id,
            person_id=walk.student.id,
            launch_role=CourseRole.STUDENT,
        ),
    )

    # A drop and a return leave the member where they were.
    member.dropped_at = WHEN
    session.flush()
    member.dropped_at = None
    session.flush()

    # Next term's copy is a new course with a context of its own, and nobody's work in it.
    copied = Course(
        institution_id=walk.school.id, title="Analytics", copied_from_id=walk.course.id
    )
    add(session, copied)
    copy = walk.context(ours, "ctx-3", copied)
    copy.history = ["ctx-1"]

    # One supervisor for two partners, two placements in one case.
    supervisor = PartnerContact(
        institution_id=walk.school.id, name="Ines Carvalho", email="ines@northlight.example"
    )
    add(session, supervisor)
    north, south = (
        walk.partner("Northlight", supervisor),
        walk.partner("Southfield", supervisor),
    )
    placements = [
        walk.placement(north, supervisor, "Repair queue"),
        walk.placement(south, supervisor, "Visitor survey"),
    ]
    walk.case(*placements)

    # An instructor who is also staff: one person, two kinds of authority.
    add(
        session,
        CourseMember(
            course_id=walk.course.id,
            person_id=walk.instructor.id,
            launch_role=CourseRole.INSTRUCTOR,
        ),
        PersonRole(
            institution_id=walk.school.id,
            email="priya@eastmoor.example",
            person_id=walk.instructor.id,
            role=OfficeRole.STAFF,
            taken_at=WHEN,
        ),
    )
    session.flush()

    assert session.scalar(select(func.count()).select_from(CreditCasePlacement)) == 2
    assert session.scalar(select(func.count()).select_from(LtiContext)) == 3


def refused(session: Session, row: object) -> bool:
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return True
    return False


def test_a_placement_is_in_one_open_case_only(session: Session) -> None:
    walk = Walk(session)
    contact = PartnerContact(institution_id=walk.school.id, name="I", email="i@north.example")
    add(session, contact)
    placement = walk.placement(walk.partner("Northlight", contact), contact, "Repair queue")
    case = walk.case(placement)

    assert refused(
        session, CreditCasePlacement(credit_case_id=case.id, placement_id=placement.id)
    )
    current = session.scalars(select(CreditCasePlacement)).one()
    current.moved_at = WHEN
    session.flush()
    assert not refused(
        session, CreditCasePlacement(credit_case_id=case.id, placement_id=placement.id)
    )


def test_a_student_has_one_case_a_course(session: Session) -> None:
    walk = Walk(session)
    first = walk.case()
    assert refused(
        session,
        CreditCase(
            institution_id=walk.school.id,
            course_id=walk.course.id,
            person_id=walk.student.id,
            policy_version_id=first.policy_version_id,
        ),
    )


def test_the_same_pair_of_issuer_and_client_is_registered_once(session: Session) -> None:
    walk = Walk(session)
    walk.platform(walk.school, "10000000000001", "1:ours")
    with pytest.raises(IntegrityError):
        walk.platform(walk.other_school, "10000000000001", "1:theirs")

"""Lists of members that say something unusual about people."""

from datetime import date

import pytest

from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.institutions.models import Term
from careerlink.outbox import DeliveryState
from careerlink.people.actors import system
from lti import departures
from lti.models import LtiContext
from tests.factories.one_list import ADDRESS, STUDENT, TEACHER, OneList, entry


def test_who_is_listed_as_gone_is_not_there(one_list: OneList) -> None:
    one_list.answers(
        entry("ana"),
        entry("ben", status="Active"),
        entry("cem", status=None),
        entry("dev", status="Inactive"),
        entry("eli", status="Deleted"),
        entry("fay", status="inactive"),
    )
    one_list.read()
    assert one_list.here() == {"ana", "ben", "cem"}
    one_list.answers(entry("ana"), entry("ben"), entry("cem", status="Deleted"))
    one_list.read()
    assert one_list.here() == {"ana", "ben"}


def test_who_is_listed_twice_is_one_person_with_the_higher_role(one_list: OneList) -> None:
    """A list that changes while its pages are read repeats people."""
    following = f"{ADDRESS}?page=2"
    one_list.answers(
        entry("ana", TEACHER), entry("ben"), headers={"Link": f'<{following}>; rel="next"'}
    )
    one_list.answers(entry("ana"), entry("cem"), url=following)
    one_list.read()
    assert one_list.members["ana"].roster_role == CourseRole.INSTRUCTOR
    assert one_list.told.members == 3


def test_the_only_student_of_a_course_can_leave_once_somebody_says_so(
    one_list: OneList,
) -> None:
    """A list that is empty for good, because the platform lists no teachers."""
    one_list.answers(entry("ana"))
    one_list.read()
    one_list.answers()
    one_list.read()
    assert one_list.here() == {"ana"}
    assert one_list.told.missing == 1
    with one_list.database.write() as session:
        context = session.get_one(LtiContext, one_list.context_id)
        departures.confirm_departures(
            session,
            context,
            actor=system(context.course.institution_id),
            shown=departures.fingerprint(one_list.told),
        )
    one_list.work()
    assert one_list.here() == set()
    assert one_list.read().state == DeliveryState.DELIVERED
    assert (one_list.told.problem, one_list.told.members) == ("", 0)
    one_list.answers(entry("ana"))
    one_list.read()
    assert one_list.here() == {"ana"}


def test_a_failure_keeps_who_was_missing_before(one_list: OneList) -> None:
    one_list.answers(entry("ana", TEACHER), entry("ben"), entry("cem"))
    one_list.read()
    one_list.answers(entry("ana", TEACHER))
    one_list.read()
    since = one_list.told.failing_since
    one_list.mock.upsert("GET", ADDRESS, status=503)
    one_list.read()
    assert one_list.told.missing == len(one_list.told.missing_ids) == 2
    assert one_list.told.failing_since == since
    one_list.answers(entry("ana", TEACHER), entry("ben"), entry("cem"))
    one_list.read()
    assert (one_list.told.missing_ids, one_list.told.failing_since) == ([], None)


@pytest.mark.parametrize(
    ("starts_on", "is_late"), [(date(2026, 10, 13), True), (date(2026, 10, 14), False)]
)
def test_late_is_who_joins_a_known_class_after_the_term_began(
    one_list: OneList, starts_on: date, is_late: bool
) -> None:
    with one_list.database.write() as session:
        course = session.get_one(Course, one_list.course_id)
        course.term = Term(
            institution_id=course.institution_id,
            code="2026FA",
            name="Fall 2026",
            starts_on=starts_on,
            ends_on=date(2026, 12, 18),
        )
    one_list.answers(entry("ana"), entry("ben"))
    one_list.read()
    one_list.answers(entry("ana"), entry("ben"), entry("cem"), entry("dev", TEACHER))
    one_list.read()
    late = {sub for sub, member in one_list.members.items() if member.added_late_at}
    assert late == ({"cem"} if is_late else set())


def test_test_users_are_marked_and_not_counted(one_list: OneList) -> None:
    test_user = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"
    one_list.answers(entry("ana"), entry("preview", STUDENT, test_user))
    one_list.read()
    assert one_list.told.members == 1
    assert one_list.members["preview"].is_test

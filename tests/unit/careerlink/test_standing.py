"""Who may decide, from the launch, the list of members, and what staff said."""

from datetime import UTC, datetime

import pytest

from careerlink.courses import standing
from careerlink.courses.models import CourseMember, CourseRoster
from careerlink.courses.read_only import DROPPED, why_read_only
from careerlink.courses.roles import CourseRole, Standing

NOW = datetime(2026, 10, 14, 15, 30, tzinfo=UTC)
ANSWERED = CourseRoster(answered_at=NOW, problem="")
SILENT = CourseRoster(answered_at=None, problem="")
FAILED = CourseRoster(answered_at=None, problem="Moodle answered 503.")


def weigh(
    *rosters: CourseRoster, launched: CourseRole = CourseRole.INSTRUCTOR, **member: object
) -> Standing:
    return standing.weigh(
        launched, CourseMember(is_test=False, **member), list(rosters), approvers_named=False
    )


def test_a_listed_instructor_decides() -> None:
    assert weigh(ANSWERED, roster_role=CourseRole.INSTRUCTOR).may_decide


@pytest.mark.parametrize("listed", [CourseRole.STUDENT, CourseRole.ASSISTANT])
def test_whom_a_list_calls_less_than_an_instructor_assists(listed: CourseRole) -> None:
    found = weigh(ANSWERED, roster_role=listed)
    assert (found.role, found.may_decide) == (CourseRole.ASSISTANT, False)


def test_known_by_launch_only_a_site_manager_decides() -> None:
    assert weigh(ANSWERED).may_decide


@pytest.mark.parametrize(
    ("roster", "words"), [(SILENT, "open this page again"), (FAILED, "Moodle answered 503.")]
)
def test_a_list_that_never_came_is_waited_for_and_named(
    roster: CourseRoster, words: str
) -> None:
    found = weigh(roster)
    assert not found.may_decide
    assert words in found.why_not


def test_staff_may_name_an_approver_instead() -> None:
    assert weigh(FAILED, approver_named_at=NOW).may_decide


def test_who_is_no_longer_listed_as_a_teacher_looks_only() -> None:
    gone = weigh(ANSWERED, roster_role=CourseRole.INSTRUCTOR, dropped_at=NOW)
    assert (gone.role, gone.may_decide) == (CourseRole.INSTRUCTOR, False)
    assert gone.why_not == standing.LEFT


def test_a_student_who_has_dropped_is_told_so() -> None:
    gone = weigh(ANSWERED, launched=CourseRole.STUDENT, dropped_at=NOW)
    assert (gone.dropped, gone.read_only) == (True, False)
    assert why_read_only(gone) == DROPPED
    assert why_read_only(weigh(ANSWERED, launched=CourseRole.STUDENT)) == ""

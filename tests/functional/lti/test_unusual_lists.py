"""Lists of members that are damaged, repeated, slow or strange: read whole or not at all."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
import responses
import time_machine
from sqlalchemy import select

from careerlink import clock as our_clock
from careerlink import outbox, worker
from careerlink.app import compose
from careerlink.config import Settings
from careerlink.courses.models import Course, CourseMember, CourseRoster
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.institutions.models import Institution, Term
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.people.actors import system
from lti import departures, keys, roster_queue
from lti.models import LtiContext, LtiUser
from tests.factories.held_lists import held_list

ADDRESS = "https://moodle.example/members"
TEACHER, STUDENT = "Instructor", "Learner"


def entry(sub: str, *roles: str, **more: Any) -> dict[str, Any]:
    return {"user_id": sub, "roles": list(roles or [STUDENT]), "name": sub.title(), **more}


@dataclass
class OneList:
    """A course with a list that the test answers, and what we made of it."""

    database: Database
    settings: Settings
    mock: responses.RequestsMock
    course_id: int
    context_id: int

    def answers(self, *members: dict[str, Any], url: str = ADDRESS, **more: Any) -> None:
        self.mock.upsert("GET", url, json={"members": list(members)}, **more)

    def read(self, **payload: Any) -> OutboxMessage:
        with self.database.write() as session:
            context = session.get_one(LtiContext, self.context_id)
            number = roster_queue.enqueue(session, context, **payload).id
        self.work()
        with self.database.read() as session:
            return session.get_one(OutboxMessage, number)

    def work(self) -> None:
        while worker.send_next(self.database, self.settings):
            pass

    @property
    def told(self) -> CourseRoster:
        with self.database.read() as session:
            return session.scalars(select(CourseRoster)).one()

    @property
    def members(self) -> dict[str, CourseMember]:
        with self.database.read() as session:
            rows = session.execute(
                select(LtiUser.sub, CourseMember).join(
                    CourseMember, CourseMember.person_id == LtiUser.person_id
                )
            )
            return {row[0]: row[1] for row in rows}

    def here(self) -> set[str]:
        return {sub for sub, member in self.members.items() if member.dropped_at is None}


@pytest.fixture
def one_list(
    database: Database,
    settings: Settings,
    mock: responses.RequestsMock,
    clock: time_machine.Traveller,
) -> OneList:
    compose()
    with database.write() as session:
        keys.ensure(session, secret=settings.server.secret)
        institution = Institution(slug="main", name="Eastmoor University")
        session.add(institution)
        session.flush()
        course = Course(institution_id=institution.id, label="BUS-310", title="Analytics")
        course.institution = institution
        session.add(course)
        session.flush()
        held_list(session, course).answered_at = None
        context = session.scalars(select(LtiContext)).one()
        made = OneList(database, settings, mock, course.id, context.id)
    mock.post(
        "https://moodle.example/token", json={"access_token": "token", "expires_in": 3600}
    )
    return made


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


@pytest.mark.parametrize(
    "second",
    [
        {"status": 500},
        {"status": 404},
        {"json": {"members": [{"user_id": "dev"}]}},
        {"json": {"members": [{"user_id": "d\u0000v", "roles": []}]}},
        {"json": {"errors": []}},
        {"body": "<html>"},
        {"json": {"members": []}, "headers": {"Link": f'<{ADDRESS}>; rel="next"'}},
    ],
    ids=["fails", "gone", "lacks roles", "strange id", "no list", "no JSON", "turns back"],
)
def test_half_a_list_is_none(one_list: OneList, second: dict[str, Any]) -> None:
    one_list.answers(entry("ana", TEACHER), entry("ben"), entry("cem"))
    one_list.read()
    following = f"{ADDRESS}?page=2"
    curly = f"<{following}>; rel=\u201cnext\u201d".encode().decode("latin-1")
    one_list.answers(entry("ana", TEACHER), entry("new"), headers={"Link": curly})
    one_list.mock.get(following, **second)
    message = one_list.read()
    assert message.state != DeliveryState.DELIVERED
    assert one_list.here() == {"ana", "ben", "cem"}
    assert one_list.told.problem.startswith("Moodle ")
    assert one_list.told.failing_since is not None


@pytest.mark.parametrize(
    ("status", "body", "headers", "wait"),
    [
        (429, "", {"Retry-After": "120"}, 120),
        (429, "", {}, 60),
        (403, "403 Forbidden (Rate Limit Exceeded)", {}, 60),
    ],
    ids=["429 with a time", "429", "403 in words"],
)
def test_a_platform_that_asks_for_a_pause_gets_it(
    one_list: OneList, status: int, body: str, headers: dict[str, str], wait: int
) -> None:
    one_list.mock.get(ADDRESS, status=status, body=body, headers=headers)
    message = one_list.read()
    assert message.state == DeliveryState.QUEUED
    left = (message.due_at - our_clock.now()).total_seconds()
    assert wait - 10 < left <= wait
    assert "asks to be left alone" in one_list.told.problem


def test_a_refusal_is_no_pause_and_a_class_that_comes_in_does_not_repeat_it(
    one_list: OneList, clock: time_machine.Traveller
) -> None:
    one_list.mock.get(ADDRESS, status=403, body="forbidden")
    assert one_list.read().state == DeliveryState.FAILED
    assert "may not read there" in one_list.told.problem

    def wanted() -> bool:
        with one_list.database.write() as session:
            context = session.get_one(LtiContext, one_list.context_id)
            roster_queue.want(session, context)
            return bool(roster_queue.under_way(session, [context.id]))

    assert not wanted()
    clock.shift(timedelta(minutes=16))
    assert wanted()


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


def test_a_long_reading_is_not_taken_over_by_another_worker(
    one_list: OneList, clock: time_machine.Traveller
) -> None:
    """Sixty pages of a slow platform take longer than a lease lasts."""
    taken: list[Sequence[OutboxMessage]] = []

    def slowly(members: list[dict[str, Any]], link: str) -> Callable[..., Any]:
        def answer(_request: Any) -> tuple[int, dict[str, str], str]:
            clock.shift(timedelta(seconds=60))
            with one_list.database.write() as session:
                taken.append(outbox.claim(session, limit=1, lease=worker.LEASE))
            return 200, {"Link": link}, json.dumps({"members": members})

        return answer

    for number in range(1, 4):
        link = f'<{ADDRESS}?page={number + 1}>; rel="next"' if number < 3 else ""
        url = ADDRESS if number == 1 else f"{ADDRESS}?page={number}"
        one_list.mock.add_callback("GET", url, slowly([entry(f"p{number}")], link))
    assert one_list.read().state == DeliveryState.DELIVERED
    assert taken == [[], [], []]
    assert one_list.told.members == 3

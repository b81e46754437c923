"""Where a launch leads, and what it writes down about the course."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from careerlink.courses.models import Course, CourseObjective, CourseRoster, Objective
from careerlink.db import Database
from careerlink.institutions.models import Term
from careerlink.outbox import OutboxMessage
from lti import registrations, roster_queue
from lti.models import LtiContext, LtiDeepLinking, LtiResourceLink
from tests.factories.lti import LEARNER, LTI, PUBLIC_URL, Platform, institution, without
from tests.pages import Visitor

NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
ROSTER = {NRPS: {"context_memberships_url": "https://lms.example.org/members"}}


def course_of(database: Database) -> Course:
    with database.read() as session:
        return session.scalars(select(Course)).one()


@pytest.mark.parametrize(
    ("content", "page"),
    [
        ("board", "board"),
        ("credit", "credit"),
        ("listing:Abc-123_xyz9", "listings/Abc-123_xyz9"),
        ("listing:../../office", ""),
        ("board?where=remote&hours=0-20&x=<b>", "board?where=remote&hours=0-20"),
        ("board?where=/office", "board"),
        ("listings:Abc-123_xyz9,Abc-123_xyz8", "board?only=Abc-123_xyz9%2CAbc-123_xyz8"),
        ("listings:Abc-123_xyz9,", ""),
        ("credit:../../office", ""),
        ("elsewhere", ""),
        ("$ResourceLink.content", ""),
    ],
)
def test_a_link_opens_the_page_that_its_content_names(
    content: str, page: str, client: Visitor, platform: Platform, database: Database
) -> None:
    answer = platform.launch(client, platform.claims(**{f"{LTI}custom": {"content": content}}))

    assert answer.location == f"/courses/{course_of(database).public_id}/{page}"
    with database.read() as session:
        kept = session.scalars(select(LtiResourceLink.content)).one()
    assert kept == ("" if content.startswith("$") else content)


def test_the_signed_target_counts_and_the_login_s_does_not(
    client: Visitor, platform: Platform
) -> None:
    begun = platform.begin(client, target_link_uri=f"{PUBLIC_URL}/courses/from-login/board")
    target = {f"{LTI}target_link_uri": f"{PUBLIC_URL}/courses/from-token/board"}

    page = platform.launch(client, platform.claims(**target), login=begun)

    assert page.location == "/courses/from-token/board"


def test_a_new_course_has_the_term_of_today_and_the_usual_objectives(
    client: Visitor, platform: Platform, database: Database
) -> None:
    school = institution(database)
    with database.write() as session:
        session.add_all(
            [
                Term(
                    institution_id=school,
                    code=code,
                    name=code,
                    starts_on=begins,
                    ends_on=begins + timedelta(days=110),
                )
                for code, begins in (("FA26", date(2026, 8, 24)), ("SP27", date(2027, 1, 11)))
            ]
        )
        for code, default in (("A1", True), ("B1", False)):
            session.add(
                Objective(
                    institution_id=school,
                    uri=f"urn:{code}",
                    code=code,
                    title=code,
                    text=code,
                    is_default=default,
                )
            )

    platform.launch(client)

    with database.read() as session:
        course = session.scalars(select(Course)).one()
        assert course.term is not None
        assert course.term.code == "FA26"
        chosen = session.scalars(select(CourseObjective)).all()
        assert [row.objective.code for row in chosen] == ["A1"]


def test_a_renamed_course_follows_the_platform(
    client: Visitor, platform: Platform, database: Database
) -> None:
    platform.launch(client)
    context = {"id": "course-1", "label": "BUS 310", "title": "Analytics II"}

    platform.launch(client, platform.claims(**{f"{LTI}context": context}))

    assert course_of(database).title == "Analytics II"


def test_one_course_seen_through_two_deployments_is_one_course(
    client: Visitor, platform: Platform, database: Database
) -> None:
    with database.write() as session:
        row = registrations.get(session, platform.registration_id)
        registrations.approve_deployment(session, row, "course-level", actor=None)
    first = platform.launch(client)
    begun = platform.begin(client, lti_deployment_id="course-level")

    second = platform.launch(
        client, platform.claims(**{f"{LTI}deployment_id": "course-level"}), login=begun
    )

    assert first.location == second.location
    with database.read() as session:
        assert len(session.scalars(select(LtiContext)).all()) == 2


def test_a_roster_that_is_served_is_asked_for_once(
    client: Visitor, platform: Platform, database: Database
) -> None:
    for sub in ("a", "b", "c"):
        platform.launch(client, platform.claims(LEARNER, sub=sub, **ROSTER))

    with database.read() as session:
        [message] = session.scalars(select(OutboxMessage)).all()
        [roster] = session.scalars(select(CourseRoster)).all()
        context = session.scalars(select(LtiContext)).one()
    assert (message.kind, message.payload) == (roster_queue.KIND, {"context_id": context.id})
    assert roster.answered_at is None
    assert context.memberships_url == "https://lms.example.org/members"


def test_a_fresh_roster_is_left_alone(
    client: Visitor, platform: Platform, database: Database, clock: time_machine.Traveller
) -> None:
    platform.launch(client, platform.claims())
    with database.write() as session:
        session.scalars(select(LtiContext)).one().roster_read_at = course_of(
            database
        ).created_at
    platform.launch(client, platform.claims(**ROSTER))
    with database.read() as session:
        assert session.scalars(select(OutboxMessage)).all() == []

    clock.shift(timedelta(hours=7))
    platform.launch(client, platform.claims(**ROSTER))
    with database.read() as session:
        assert len(session.scalars(select(OutboxMessage)).all()) == 1


def test_a_burst_of_launches_of_one_class_needs_few_statements(
    client: Visitor, platform: Platform, database: Database, statements: Any
) -> None:
    platform.launch(client)
    begun = platform.begin(client)

    with statements() as made:
        assert platform.launch(client, login=begun).status == 303

    assert len(made) <= 12


def test_a_deep_linking_request_keeps_what_its_answer_needs(
    client: Visitor, platform: Platform, database: Database
) -> None:
    settings = {
        "deep_link_return_url": "https://lms.example.org/return?id=1",
        "accept_types": ["ltiResourceLink"],
        "accept_presentation_document_targets": ["iframe"],
        "accept_multiple": True,
        "data": "opaque <&>",
    }
    request = {
        f"{LTI}message_type": "LtiDeepLinkingRequest",
        "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings": settings,
    }
    claims = without(platform.claims(**request), "target_link_uri", "resource_link")

    page = platform.launch(client, claims)

    assert page.status == 303, page.summary()
    with database.read() as session:
        kept = session.scalars(select(LtiDeepLinking)).one()
        assert session.scalars(select(LtiResourceLink)).all() == []
    assert page.location.endswith(f"/links/{kept.public_id}")
    assert kept.return_url == settings["deep_link_return_url"]
    assert (kept.data, kept.accept_multiple) == ("opaque <&>", True)
    assert (kept.accept_types, kept.accept_lineitem) == (["ltiResourceLink"], None)

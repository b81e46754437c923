"""Two who write policy at the same time come one after the other, and the second sees it."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.errors import ChangedMeanwhile
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole
from credit.policy import draft_queries, drafting, operations, queries
from credit.policy.draft_models import PolicyDraft
from credit.policy.models import CoursePolicy, CreditPolicyVersion
from tests.functional.credit.policy.conftest import PolicyOffice

Deed = Callable[[Session], object]


def staff(office: PolicyOffice) -> Actor:
    return Actor(
        institution_id=office.of.course.institution_id,
        person_id=office.omar.id,
        office=frozenset({OfficeRole.STAFF}),
    )


def while_the_first_is_not_done(office: PolicyOffice, first: Deed, second: Deed) -> list[str]:
    """What became of the second, which begins before the first is committed."""
    said: list[str] = []

    def run() -> None:
        try:
            with office.database.write() as session:
                second(session)
        except ChangedMeanwhile as refusal:
            said.append(str(refusal))

    waiting = threading.Thread(target=run)
    with office.database.write() as session:
        first(session)
        waiting.start()
        if session.get_bind().dialect.name == "postgresql":
            blocked = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            while waiting.is_alive() and not session.scalar(blocked):
                pass
    waiting.join()
    return said


def publish(office: PolicyOffice, draft_id: int) -> Deed:
    actor = staff(office)
    with office.database.read() as session:
        draft = session.get_one(PolicyDraft, draft_id)
        newest = draft_queries.newest_named(session, draft.name, actor)
        seen, newest_seen = draft.version, newest.id if newest else None

    def deed(session: Session) -> object:
        found = session.get_one(PolicyDraft, draft_id, with_for_update=True)
        return drafting.publish(session, found, actor=actor, seen=seen, newest_seen=newest_seen)

    return deed


def test_of_two_drafts_of_one_policy_the_second_is_looked_at_again(
    office: PolicyOffice,
) -> None:
    office.draft()
    office.draft()
    with office.database.read() as session:
        one, other = session.scalars(select(PolicyDraft.id).order_by(PolicyDraft.id))

    said = while_the_first_is_not_done(office, publish(office, one), publish(office, other))

    assert said == ["It was changed after you opened this page. Look once more."]
    with office.database.read() as session:
        assert session.scalar(select(func.max(CreditPolicyVersion.number))) == 2


@pytest.mark.usefixtures("app")
def test_two_who_choose_for_one_course_leave_one_choice(office: PolicyOffice) -> None:
    actor = staff(office)
    with office.database.write() as session:
        course = session.get_one(Course, office.of.course.id)
        usual = session.scalars(queries.visible_to(actor)).first()
        assert usual is not None
        versions = [
            operations.create_version(
                session,
                institution_id=course.institution_id,
                name=name,
                parameters=queries.parameters_of(usual),
                source="Catalog",
                actor=actor,
            ).id
            for name in ("One", "Other")
        ]

    def choose(version_id: int) -> Deed:
        def deed(session: Session) -> object:
            course = session.get_one(Course, office.of.course.id)
            version = session.get_one(CreditPolicyVersion, version_id)
            return operations.choose_for_course(session, course, version, actor=actor)

        return deed

    assert not while_the_first_is_not_done(office, choose(versions[0]), choose(versions[1]))
    with office.database.read() as session:
        stands = select(CoursePolicy.policy_version_id).where(
            CoursePolicy.course_id == office.of.course.id, CoursePolicy.ended_at.is_(None)
        )
        assert session.scalars(stands).all() == [versions[1]]

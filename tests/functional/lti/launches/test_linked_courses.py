"""Two courses of the LMS taught as one: who may say so, what it moves, and back again."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select

from careerlink import clock
from careerlink.audit import AuditEntry
from careerlink.courses import conclusion
from careerlink.courses.models import Course, CourseRoster
from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.listings.models import ListingRelease
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole
from lti import linked
from lti.models import LtiContext
from tests.factories.listings import listing
from tests.factories.lti import INSTRUCTOR, LEARNER, LIS, LTI, Platform
from tests.factories.partners import partner
from tests.factories.two_sections import TwoSections
from tests.pages import Visitor

NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
ASSISTANT = f"{LIS}membership/Instructor#TeachingAssistant"


@pytest.fixture
def campus(
    platform: Platform, database: Database, visitors: Callable[[], Visitor]
) -> TwoSections:
    made = TwoSections(platform, database)
    for who in ("Hana", "Theo", "Maya", "Noor"):
        made.people[who] = visitors()
    made.open("Maya", "A", LEARNER)
    made.open("Noor", "B", LEARNER)
    made.open("Hana", "B", INSTRUCTOR)
    made.open("Hana", "A", INSTRUCTOR)
    return made


def test_whoever_teaches_both_makes_them_one(campus: TwoSections, database: Database) -> None:
    with database.write() as session:
        b = session.get_one(Course, campus.course("B").id)
        host = partner(session, session.get_one(Institution, b.institution_id))
        listing(session, host, release_to=b, title="Only in B", apply_by=None)

    listed = campus.people["Hana"].get(campus.page("A", "linked"))
    confirm = listed.follow("Link BUS-B Analytics")
    assert "BUS-A Analytics stays, and BUS-B Analytics becomes a part of it" in confirm.text
    confirm.submit("Link both courses")

    a, b = campus.course("A"), campus.course("B")
    assert b.joined_id == a.id
    assert campus.members("A") == {"Hana", "Maya", "Noor"}
    with database.read() as session:
        assert {one.course_id for one in session.scalars(select(LtiContext))} == {a.id}
        shown = select(ListingRelease.listing_id).where(ListingRelease.course_id == a.id)
        assert len(session.scalars(shown).all()) == 1
        said = session.execute(
            select(AuditEntry.action, AuditEntry.subject_id).where(
                AuditEntry.action.in_(("course:join", "course:take_in"))
            )
        ).all()
    assert {tuple(row) for row in said} == {("course:join", b.id), ("course:take_in", a.id)}


def test_launches_sessions_and_bookmarks_of_the_one_that_joined_lead_to_the_other(
    campus: TwoSections,
) -> None:
    campus.link("Hana", "A", "B")

    bookmark = campus.people["Noor"].get(campus.page("B", "board"), status=303)
    assert bookmark.location == campus.page("A", "board")
    campus.people["Noor"].get(campus.page("A", "board"))
    campus.people["Theo"].get(campus.page("B", "board"), status=401)
    assert campus.open("Noor", "B", LEARNER).location == campus.page("A")
    # Each keeps the name that its own LMS course has.
    renamed = {f"{LTI}context": {"id": "B", "label": "BUS-B", "title": "Analytics II"}}
    campus.open("Noor", "B", LEARNER, **renamed)
    assert campus.course("A").title == "Analytics"
    assert campus.course("B").title == "Analytics II"


def test_only_whoever_decides_in_both_may_link_them(campus: TwoSections) -> None:
    campus.open("Theo", "B", ASSISTANT)
    campus.open("Theo", "A", INSTRUCTOR)
    page = campus.people["Theo"].get(campus.page("A", "linked"))
    assert "Link BUS-B Analytics" not in page.links
    path = campus.page("A", f"linked/{campus.course('B').public_id}")
    campus.people["Theo"].get(path, status=404)

    # A teacher who looks as a student has no say in this session.
    campus.open("Hana", "B", LEARNER)
    page = campus.people["Hana"].get(campus.page("A", "linked"))
    assert "Link BUS-B Analytics" not in page.links
    campus.people["Maya"].get(campus.page("A", "linked"), status=404)


def test_who_has_to_wait_for_the_list_of_members_links_nothing_yet(campus: TwoSections) -> None:
    confirm = campus.people["Hana"].get(
        campus.page("A", f"linked/{campus.course('B').public_id}")
    )
    roster = {NRPS: {"context_memberships_url": "https://lms.example.org/a"}}
    campus.open("Maya", "A", LEARNER, **roster)

    refused = confirm.submit("Link both courses", status=403)

    assert "You do not decide in BUS-A Analytics." in refused.text
    assert campus.course("B").joined_id is None


def test_the_course_with_student_work_stays_and_two_of_them_are_kept_apart(
    campus: TwoSections,
) -> None:
    campus.asks("Noor", "B")
    confirm = campus.people["Hana"].get(
        campus.page("A", f"linked/{campus.course('B').public_id}")
    )
    assert "BUS-B Analytics stays, and BUS-A Analytics becomes a part of it" in confirm.text

    campus.asks("Maya", "A")
    refused = confirm.submit("Link both courses", status=409)

    assert "Students have begun work in both courses" in refused.text
    assert campus.course("A").joined_id is None
    again = campus.people["Hana"].get(
        campus.page("A", f"linked/{campus.course('B').public_id}")
    )
    assert "Ask the career office" in again.text
    assert "Link both courses" not in again.buttons


def test_the_side_of_the_page_does_not_matter_where_only_one_has_work(
    campus: TwoSections,
) -> None:
    campus.asks("Noor", "B")

    page = campus.link("Hana", "A", "B")

    assert campus.course("A").joined_id == campus.course("B").id
    assert page.heading == "Linked courses"
    assert campus.open("Hana", "A", INSTRUCTOR).location == campus.page("B")


def test_linking_twice_is_linking_once(campus: TwoSections, database: Database) -> None:
    path = campus.page("A", f"linked/{campus.course('B').public_id}")
    tabs = [campus.people["Hana"].get(path) for _ in range(2)]

    for tab in tabs:
        tab.submit("Link both courses")

    with database.read() as session:
        said = select(AuditEntry.id).where(AuditEntry.action == "course:join")
        assert len(session.scalars(said).all()) == 1


def test_two_who_link_at_once_from_both_sides_link_once(
    campus: TwoSections, database: Database
) -> None:
    ids = [campus.course(section).id for section in ("A", "B")]
    staff = Actor(campus.course("A").institution_id, office=frozenset({OfficeRole.STAFF}))
    start = threading.Barrier(2)

    def link(one: int, other: int) -> None:
        start.wait()
        with database.write() as session:
            courses = (session.get_one(Course, one), session.get_one(Course, other))
            linked.link(session, *courses, actor=staff)

    threads = [threading.Thread(target=link, args=pair) for pair in (ids, list(reversed(ids)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    joined = [campus.course(section).joined_id for section in ("A", "B")]
    assert sorted(joined, key=str) in ([ids[0], None], [ids[1], None])
    with database.read() as session:
        said = select(AuditEntry.id).where(AuditEntry.action == "course:join")
        assert len(session.scalars(said).all()) == 1


def test_a_link_is_undone_while_nothing_rests_on_it(
    campus: TwoSections, database: Database
) -> None:
    roster = {NRPS: {"context_memberships_url": "https://lms.example.org/b"}}
    campus.open("Noor", "B", LEARNER, **roster)
    with database.write() as session:
        listed = session.scalars(select(CourseRoster)).one()
        listed.answered_at = clock.now()
    campus.link("Hana", "A", "B")

    page = campus.people["Hana"].get(campus.page("A", "linked")).follow("Unlink Analytics")
    assert "One person who is only there leaves this course." in page.text
    page.submit("Unlink the courses")

    a, b = campus.course("A"), campus.course("B")
    assert b.joined_id is None
    assert campus.members("A") == {"Hana", "Maya"}
    assert campus.members("B") == {"Hana", "Noor"}
    with database.read() as session:
        found = session.scalars(select(LtiContext).order_by(LtiContext.context_id)).all()
        assert [(one.course_id, one.own_course_id) for one in found] == [
            (a.id, None),
            (b.id, None),
        ]
        assert session.scalars(select(CourseRoster)).one().course_id == b.id
    campus.people["Noor"].get(campus.page("B", "board"))
    assert campus.open("Noor", "B", LEARNER).location == campus.page("B")


def test_a_link_stays_once_students_from_there_have_begun(campus: TwoSections) -> None:
    campus.link("Hana", "A", "B")
    confirm = campus.people["Hana"].get(
        campus.page("A", f"linked/{campus.course('B').public_id}")
    )
    campus.asks("Noor", "A")

    refused = confirm.submit("Unlink the courses", status=409)

    assert "1 application" in refused.text
    assert campus.course("B").joined_id == campus.course("A").id


def test_concluded_courses_stay_as_they_are(campus: TwoSections, database: Database) -> None:
    confirm = campus.people["Hana"].get(
        campus.page("A", f"linked/{campus.course('B').public_id}")
    )
    with database.write() as session:
        b = session.get_one(Course, campus.course("B").id)
        conclusion.conclude_by_platform(session, b)

    refused = confirm.submit("Link both courses", status=404)

    assert refused.reason == "not-found"
    assert campus.course("B").joined_id is None

"""A course copied into a new term: from where, and what its instructor lets come along."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from careerlink.audit import AuditEntry
from careerlink.courses import copies
from careerlink.courses.models import Course, CourseObjective, Objective
from careerlink.db import Database
from careerlink.institutions.models import Institution
from careerlink.listings.models import ListingRelease, ListingState
from careerlink.people.actors import Actor, system
from careerlink.people.models import OfficeRole
from credit.policy import operations, queries
from credit.policy.parameters import Parameters
from lti.models import DeploymentState, LtiDeployment
from tests.factories.listings import listing
from tests.factories.lti import LEARNER, LTI, Platform, institution
from tests.factories.partners import partner
from tests.pages import Visitor


def opened(
    platform: Platform, client: Visitor, key: str, *history: str, role: str = "", **claims: Any
) -> str:
    """Launch from this course; the address that it leads to."""
    custom = {"context_history": ",".join(history)} if history else {}
    place = {"id": key, "label": "BUS-310", "title": f"Analytics {key}"}
    roles = [role] if role else []
    page = platform.launch(
        client,
        platform.claims(*roles, **{f"{LTI}context": place, f"{LTI}custom": custom, **claims}),
    )
    assert page.location is not None
    return page.location


def course(database: Database, key: str) -> Course:
    with database.read() as session:
        return session.scalars(select(Course).where(Course.title == f"Analytics {key}")).one()


HISTORIES: dict[str, tuple[list[str], str | None]] = {
    "nearest": (["unknown", "old", "older"], "old"),
    "other order": (["older", "old"], "older"),
    "too long": (["truncated"], None),
    "given up": (["timed out"], None),
    "of another school": (["elsewhere"], None),
    "of another school in the same Canvas": (["next door"], None),
    "of another LMS of this school": (["twin"], None),
    "itself": (["itself"], None),
}


def test_the_nearest_ancestor_that_is_known_here_counts(
    client: Visitor, platform: Platform, database: Database
) -> None:
    for key in ("older", "old", "truncated", "timed out"):
        opened(platform, client, key)
    other = Platform(issuer="https://other.example", jwks_url=platform.jwks_url)
    other.register(database, institution_id=institution(database, "westmoor"))
    opened(other, client, "elsewhere")
    twin = Platform(issuer="https://twin.example", jwks_url=platform.jwks_url)
    opened(twin.register(database), client, "twin")
    next_door(platform, client, database)

    for key, (history, _) in HISTORIES.items():
        opened(platform, client, key, *history)

    wanted = {key: origin for key, (_, origin) in HISTORIES.items()}
    with database.read() as session:
        rows = {one.title: one for one in session.scalars(select(Course))}
    names = {one.id: title.removeprefix("Analytics ") for title, one in rows.items()}
    assert {
        key: names.get(rows[f"Analytics {key}"].copied_from_id or 0) for key in HISTORIES
    } == wanted


def next_door(platform: Platform, client: Visitor, database: Database) -> None:
    """Hosted Canvas: one registration, and a deployment that is another school's."""
    westmoor = institution(database, "westmoor")
    with database.write() as session:
        session.add(
            LtiDeployment(
                registration_id=platform.registration_id,
                institution_id=westmoor,
                deployment_id="westmoor",
                state=DeploymentState.ACTIVE,
            )
        )
    begun = platform.begin(client, lti_deployment_id="westmoor")
    place = {"id": "next door", "title": "Analytics next door"}
    claims = {f"{LTI}context": place, f"{LTI}deployment_id": "westmoor"}
    platform.launch(client, platform.claims(**claims), login=begun)


def test_a_history_that_is_told_late_still_counts_while_nothing_was_begun(
    client: Visitor, platform: Platform, database: Database
) -> None:
    for key in ("old", "spring"):
        opened(platform, client, key)

    opened(platform, client, "spring", "old")

    assert course(database, "spring").copied_from_id == course(database, "old").id


@pytest.fixture
def copied(client: Visitor, platform: Platform, database: Database) -> Course:
    """BUS-310 of the fall with a policy, two projects of which one has closed, objectives of
    its own; and its copy, which an instructor has opened."""
    school = institution(database)
    opened(platform, client, "fall")
    fall = course(database, "fall")
    with database.write() as session:
        here = session.get_one(Course, fall.id)
        host = partner(session, session.get_one(Institution, school))
        may = date(2027, 5, 1)
        listing(session, host, release_to=here, title="Still open", apply_by=None, ends_on=may)
        listing(session, host, release_to=here, title="Gone", state=ListingState.CLOSED)
        for name in ("Usual", "Honors"):
            version = operations.create_version(
                session,
                institution_id=school,
                name=name,
                parameters=Parameters(),
                source="Catalog",
                is_default=name == "Usual",
                actor=system(school),
            )
        operations.choose_for_course(session, here, version, actor=system(school))
        operations.create_version(
            session,
            institution_id=school,
            name="Honors",
            parameters=Parameters(),
            source="Catalog 2027",
            actor=system(school),
        )
        goal = Objective(
            institution_id=school, uri="urn:b1", code="B1", title="Frame", text="Frame"
        )
        session.add(goal)
        session.flush()
        session.add(CourseObjective(course_id=here.id, objective_id=goal.id))
    opened(platform, client, "spring", "fall")
    return course(database, "spring")


def taken(database: Database, of: Course) -> tuple[list[str], str, list[str]]:
    with database.read() as session:
        shown = session.scalars(
            select(ListingRelease).where(ListingRelease.course_id == of.id)
        ).all()
        version = queries.policy_for(session, of)
        goals = session.scalars(
            select(CourseObjective).where(CourseObjective.course_id == of.id)
        ).all()
        assert version is not None
        return (
            [release.listing.title for release in shown],
            f"{version.name} {version.number}",
            [goal.objective.code for goal in goals],
        )


def test_the_instructor_chooses_once_what_comes_along(
    client: Visitor, database: Database, copied: Course
) -> None:
    home = client.get(f"/courses/{copied.public_id}/")
    page = home.follow("Choose what comes along")
    assert page.heading == "Carry over from BUS-310"
    assert "Honors, version 2" in page.text
    assert "1 of 2 projects can be shown here, too. 1 project closed or ended" in page.text

    done = page.submit("Carry over", {"parts": ["policy", "projects", "objectives"]})

    assert taken(database, copied) == (["Still open"], "Honors 2", ["B1"])
    assert "This was answered" in done.text
    again = client.get(f"/courses/{copied.public_id}/")
    assert "Choose what comes along" not in again.links


def test_starting_fresh_takes_nothing_and_stays(
    client: Visitor, database: Database, copied: Course
) -> None:
    path = f"/courses/{copied.public_id}/carry-over"
    two_tabs = client.get(path), client.get(path)

    two_tabs[0].submit("Start fresh", {"parts": []})
    late = two_tabs[1].submit("Carry over", {"parts": ["policy"]})

    assert "Nothing was changed" in late.text
    assert taken(database, copied) == ([], "Usual 1", [])


def test_of_two_answers_at_once_the_first_counts(database: Database, copied: Course) -> None:
    start = threading.Barrier(2)
    answers: list[list[str] | None] = []
    staff = Actor(copied.institution_id, person_id=1, office=frozenset({OfficeRole.STAFF}))

    def answer(keys: list[str]) -> None:
        start.wait()
        with database.write() as session:
            here = session.get_one(Course, copied.id)
            answers.append(copies.answer(session, here, actor=staff, keys=keys))

    threads = [threading.Thread(target=answer, args=(keys,)) for keys in (["policy"], [])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers.count(None) == 1
    with database.read() as session:
        said = session.scalars(
            select(AuditEntry.action).where(
                AuditEntry.action.in_(("course:carry_over", "course:start_fresh"))
            )
        ).all()
    assert len(said) == 1


def test_carrying_over_nothing_is_no_answer(
    client: Visitor, database: Database, copied: Course
) -> None:
    page = client.get(f"/courses/{copied.public_id}/carry-over")

    refused = page.submit("Carry over", {"parts": []}, status=422)

    assert "Choose what comes along, or start fresh." in refused.text
    assert course(database, "spring").copy_answered_at is None


def test_who_does_not_decide_there_is_not_asked(
    visitors: Callable[[], Visitor], platform: Platform, copied: Course
) -> None:
    student = visitors()
    opened(platform, student, "spring", role=LEARNER, sub="student")

    assert "carry over" not in student.get(f"/courses/{copied.public_id}/").text
    student.get(f"/courses/{copied.public_id}/carry-over", status=404)

"""Launches at the same moment: one of two equal ones, and all of a class that begins."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from sqlalchemy import func, select

from careerlink.courses.models import Course, CourseMember
from careerlink.db import Database
from careerlink.people.models import Person
from lti.models import LtiContext, LtiMembership, LtiResourceLink, LtiUser
from tests.factories.lti import LEARNER, Platform
from tests.pages import Visitor

NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
ROSTER = {NRPS: {"context_memberships_url": "https://lms.example.org/members"}}


def at_once(tasks: list[Callable[[], int]]) -> list[int]:
    """Run all tasks side by side, each begun when the last one is ready."""
    ready = Barrier(len(tasks))

    def begin(task: Callable[[], int]) -> int:
        ready.wait(30)
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(begin, tasks))


def poster(platform: Platform, visitor: Visitor, claims: dict[str, Any]) -> Callable[[], int]:
    begun = platform.begin(visitor)
    token = platform.sign({**claims, "nonce": begun["nonce"]})
    form = {"id_token": token, "state": begun["state"]}

    def post() -> int:
        response = visitor.raw.post("/lti/launch", base_url=visitor.base_url, data=form)
        return response.status_code

    return post


def count(database: Database, model: Any) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_of_equal_launches_one_is_accepted(
    app: Any, visitors: Callable[[], Visitor], platform: Platform, database: Database
) -> None:
    visitor = visitors()
    begun = platform.begin(visitor)
    token = platform.sign({**platform.claims(), "nonce": begun["nonce"]})
    form = {"id_token": token, "state": begun["state"]}
    cookie = visitor.raw.get_cookie("__Host-careerlink-browser", "careerlink.example.edu")
    assert cookie is not None
    known = (cookie.key, cookie.value)

    def post() -> int:
        copy = visitors()
        copy.raw.set_cookie(*known, domain="careerlink.example.edu", secure=True)
        response = copy.raw.post("/lti/launch", base_url=copy.base_url, data=form)
        return int(response.status_code)

    assert sorted(at_once([post] * 5)) == [303, 401, 401, 401, 401]
    assert count(database, Person) == 1


def test_a_class_that_begins_makes_one_course(
    visitors: Callable[[], Visitor], platform: Platform, database: Database
) -> None:
    launches = [
        poster(platform, visitors(), platform.claims(LEARNER, sub=f"student-{n}", **ROSTER))
        for n in range(8)
    ]

    assert at_once(launches) == [303] * 8
    for model, expected in (
        (Course, 1),
        (LtiContext, 1),
        (LtiResourceLink, 1),
        (LtiUser, 8),
        (Person, 8),
        (LtiMembership, 8),
        (CourseMember, 8),
    ):
        assert count(database, model) == expected, model


def test_one_new_student_in_two_tabs_is_one_person(
    visitors: Callable[[], Visitor], platform: Platform, database: Database
) -> None:
    claims = platform.claims(LEARNER, **ROSTER)
    launches = [poster(platform, visitors(), claims) for _ in range(4)]

    assert at_once(launches) == [303] * 4
    assert count(database, Person) == count(database, CourseMember) == 1

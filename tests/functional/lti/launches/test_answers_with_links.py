"""One answer goes back for each request, from whom it was asked, with links or without."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from sqlalchemy import select

from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.models import Person
from lti import deep_linking
from lti.models import LtiDeepLinking
from tests.factories.deep_linking import DL, ask, audited, choose_credit, request, sent
from tests.factories.lti import INSTRUCTOR, LEARNER, LIS, LTI, Platform, without
from tests.factories.sessions import launched
from tests.pages import Visitor

TA = f"{LIS}membership/Instructor#TeachingAssistant"


def answers(database: Database) -> list[dict[str, Any] | None]:
    with database.read() as session:
        return list(session.scalars(select(LtiDeepLinking.answer)))


WHO: list[tuple[str, list[str], dict[str, Any], str]] = [
    ("a student", [LEARNER], {}, "Only instructors add CareerLink"),
    ("an assistant", [TA, INSTRUCTOR], {}, "Assistants look after students"),
    ("an observer", [f"{LIS}membership#Mentor"], {}, "Only instructors of a course"),
    ("nobody known", [""], {}, "Only instructors of a course"),
    ("acting as one", [INSTRUCTOR], {f"{LTI}custom": {"masquerading_user_id": "7"}}, "look at"),
]


def test_who_does_not_teach_goes_back_with_the_reason(
    platform: Platform, database: Database, visitors: Callable[[], Visitor]
) -> None:
    for number, (who, roles, changes, reason) in enumerate(WHO):
        visitor = visitors()
        claims = {**request(platform, *roles), "sub": who, **changes}
        page = ask(visitor, platform, claims)

        assert (page.page_id, page.buttons) == (
            "links.nothing", ["Go back without adding anything"]
        ), who  # fmt: skip
        assert reason in page.text, who
        teaches_though_read_only = roles == [INSTRUCTOR]
        for path in ("credit", "credit/check"):
            status = 303 if teaches_though_read_only else 404
            visitor.get(f"{page.path}/{path}", status=status)
        form = page.form("Go back without adding anything").data
        refused = 403 if teaches_though_read_only else 404
        visitor.post(f"{page.path}/credit/check", form, status=refused)
        assert answers(database)[number] is None
        back = sent(page.submit("Go back without adding anything"), platform)
        assert back.items == []
        assert back.claims[f"{DL}errormsg"] in page.text
        assert back.claims[f"{DL}data"]


def test_cancelling_goes_back_and_says_nothing(
    client: Visitor, platform: Platform, database: Database
) -> None:
    page = ask(client, platform).follow("Choose filters").submit("Add nothing and go back")

    found = sent(page, platform)
    assert found.items == []
    assert not {f"{DL}msg", f"{DL}errormsg"} & set(found.claims)
    assert page.buttons == ["Go back"]
    assert [action for action, _ in audited(database)] == ["course:add_no_links"]


def test_what_we_cannot_give_is_explained(client: Visitor, platform: Platform) -> None:
    unknown = ["file", "com.example.widget"]

    page = ask(client, platform, request(platform, accept_types=unknown))

    assert "takes other things than links" in page.text
    back = sent(page.submit("Go back without adding anything"), platform)
    assert (back.items, back.claims[f"{DL}errorlog"]) == ([], "careerlink: type-unsupported")


def test_without_a_course_there_is_nothing_to_add_to(
    client: Visitor, platform: Platform, database: Database
) -> None:
    page = ask(client, platform, without(request(platform), "context"))

    assert (page.page_id, page.heading) == ("links.nothing", "A course is needed here")
    assert page.path.startswith("/home/links/")
    back = sent(page.submit("Go back without adding anything"), platform)
    assert back.items == []
    assert "course" in back.claims[f"{DL}errormsg"]
    assert [action for action, _ in audited(database)] == ["lti_deployment:add_no_links"]


def test_one_answer_goes_out_however_often_it_is_sent(
    client: Visitor, platform: Platform, database: Database, clock: time_machine.Traveller
) -> None:
    check = ask(client, platform).follow("Check the credit link")
    form = check.form("Add to the course").data
    first = client.post(check.path, form)

    clock.shift(timedelta(seconds=2))
    again = client.post(check.path, form)

    assert sent(again, platform) == sent(first, platform)
    assert client.get(check.path).page_id == "links.send"
    other = client.post(check.path, {**form, "title": "Another"}, status=409)
    assert "takes one answer" in other.text
    cancel = {"csrf_token": form["csrf_token"]}
    client.post(f"{check.path.partition('/credit')[0]}/cancel", cancel, status=409)
    assert len(audited(database)) == 1
    clock.shift(timedelta(minutes=6))
    late = client.get(check.path)
    assert late.page_id == "links.sent"
    assert "JWT" not in late.html


def test_a_form_that_is_not_ours_sends_nothing(
    client: Visitor, platform: Platform, database: Database
) -> None:
    first = ask(client, platform)

    for path in ("cancel", "credit/check"):
        page = client.post(f"{first.path}/{path}", {"title": "Forged"}, status=400)
        assert page.reason == "form-expired"

    assert answers(database) == [None]


def test_a_request_belongs_to_its_course_and_its_person(
    client: Visitor, platform: Platform, database: Database, visitors: Callable[[], Visitor]
) -> None:
    first = ask(client, platform)
    course, key = first.path.removeprefix("/courses/").split("/links/")
    with database.write() as session:
        here = session.scalars(select(Course)).one()
        elsewhere = Course(institution_id=here.institution_id, label="ENV-220", title="Rivers")
        idris = Person(institution_id=here.institution_id, name="Idris Bello")
        session.add_all([elsewhere, idris])
    platform.launch(client, platform.claims(**{f"{LTI}context": {"id": "another-course"}}))
    with database.read() as session:
        other = session.scalars(select(Course.public_id).where(Course.label == "")).one()
    colleague = launched(visitors(), database, idris.id, here.id, CourseRole.INSTRUCTOR)

    for visitor, path in (
        (client, f"/courses/{other}/links/{key}"),
        (client, f"/courses/{other}/links/{key}/credit/check"),
        (client, f"/home/links/{key}"),
        (colleague, first.path),
        (colleague, f"{first.path}/credit"),
        (colleague, f"{first.path}/answer"),
    ):
        assert "choose CareerLink again" in visitor.get(path, status=404).text, path
    assert "ended" in visitors().get(first.path, status=401).text
    assert client.get(f"/courses/{course}/links/{key}").page_id == "links.show"


def test_a_request_that_is_over_is_forgotten(
    client: Visitor, platform: Platform, database: Database, clock: time_machine.Traveller
) -> None:
    first = ask(client, platform)
    with database.write() as session:
        session.scalars(select(LtiDeepLinking)).one().expires_at -= timedelta(hours=12)

    assert "choose CareerLink again" in client.get(first.path, status=404).text
    with database.write() as session:
        assert deep_linking.sweep(session) == 0
    clock.shift(timedelta(days=1, minutes=1))
    with database.write() as session:
        assert deep_linking.sweep(session) == 1


def test_two_dialogs_of_one_person_do_not_mix(client: Visitor, platform: Platform) -> None:
    first = ask(client, platform, request(platform, data="first"))
    second = ask(client, platform, request(platform, data="second"))

    assert sent(choose_credit(second), platform).claims[f"{DL}data"] == "second"
    again = client.get(first.path)
    assert sent(choose_credit(again), platform).claims[f"{DL}data"] == "first"

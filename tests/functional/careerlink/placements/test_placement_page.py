"""The page of a placement: who sees what, consent, supervisor, conversation, moves."""

from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from careerlink.courses.roles import CourseRole
from careerlink.errors import NotPossible
from careerlink.partners.models import Partner
from careerlink.people.models import OfficeRole
from careerlink.placements import consents, operations
from careerlink.placements.models import Placement, PlacementState, Supervision
from careerlink.registry import registry
from careerlink.tokens import AccessLink, LinkPurpose, issue
from tests.factories.partners import contact
from tests.factories.placements import placement
from tests.factories.school import campus
from tests.functional.careerlink.placements.conftest import Scene


@pytest.fixture
def placed(scene: Scene) -> str:
    return make(scene)


def make(scene: Scene, **values: Any) -> str:
    """Maya's placement; gives its address in the course."""
    with scene.database.write() as session:
        made = placement(
            session, session.merge(scene.maya), session.merge(scene.course),
            session.merge(scene.listing), **values,
        )  # fmt: skip
        return f"/courses/{scene.course.public_id}/placements/{made.public_id}"


def in_office(path: str) -> str:
    return f"/office/placements/{path.rpartition('/')[2]}"


def test_the_student_sees_dates_people_and_pay(scene: Scene, placed: str) -> None:
    page = scene.student(scene.maya).get(placed)

    assert "Planned since Wed 14 Oct" in page.text
    assert "$480, $24.00 per hour" in page.text
    assert "Ines Carvalho" in page.text
    assert [li.get("class") for li in page.soup.select(".timeline li")][:2] == [
        ["past"],
        ["today"],
    ]


def test_teachers_and_staff_look_at_the_same_work(scene: Scene, placed: str) -> None:
    hana = scene.visitor(scene.hana, CourseRole.INSTRUCTOR)
    assistant = scene.visitor(scene.hana, CourseRole.ASSISTANT)
    staff = scene.staff()

    assert hana.get(placed).role == "instructor"
    assert assistant.get(placed).role == "assistant"
    assert staff.get(placed).page_id == "placements.office_show"
    assert "Cancel placement" not in hana.get(placed).text


def test_nobody_else_sees_it(scene: Scene, placed: str) -> None:
    with scene.database.write() as session:
        elsewhere = campus(session, "westmoor")
        scene.priya = elsewhere.person(session, "Omar Said", OfficeRole.STAFF)

    for visitor in (
        scene.student(scene.daniel),
        scene.visitor(scene.hana, CourseRole.OBSERVER),
        scene.staff(),
    ):
        visitor.get(placed, status=404)
        visitor.get(f"{placed}/consent", status=404)
        visitor.get(in_office(placed), status=404)
        visitor.get(f"/history/placement/{placed[-12:]}", status=404)
    scene.new_visitor().get(placed, status=401)


def test_consent_comes_before_anything_is_shared(scene: Scene) -> None:
    path = make(scene, consented=False)
    maya = scene.student(scene.maya)
    home = maya.get(f"/courses/{scene.course.public_id}/")
    assert "Next: decide what the supervisor of" in home.text

    question = home.follow("Read and decide")
    for part in ("Records", "Purpose", "To whom", "Until"):
        assert part in question.text
    unsigned = question.submit("Sign the consent", status=422)
    signed = unsigned.submit(
        "Sign the consent", {"Your name": "Maya Okafor", "I consent": True}
    )

    assert unsigned.errors[0] == "Type your name to sign."
    assert "You consented on Wed 14 Oct" in signed.text
    assert consented(scene)
    assert "Given Wed 14 Oct" in scene.staff().get(in_office(path)).text


def test_withdrawn_consent_closes_the_supervisors_links(scene: Scene, placed: str) -> None:
    with scene.database.write() as session:
        made = session.scalars(select(Placement)).one()
        guide = session.scalars(select(Supervision)).one().contact
        issue(
            session, secret="x" * 40, purpose=LinkPurpose.PLACEMENT, contact=guide,
            placement_id=made.id, actor=scene.office,
        )  # fmt: skip

    page = scene.student(scene.maya).get(f"{placed}/consent").follow("Withdraw consent")
    page.submit("Withdraw consent")

    assert not consented(scene)
    with scene.database.read() as session:
        assert session.scalars(select(AccessLink)).one().revoked_at is not None


def consented(scene: Scene) -> bool:
    with scene.database.read() as session:
        return consents.has_consent(session, session.scalars(select(Placement)).one())


def test_consent_ends_by_itself(
    scene: Scene, placed: str, clock: time_machine.Traveller
) -> None:
    assert consented(scene)

    clock.shift(365 * 24 * 3600)

    assert not consented(scene)


def test_staff_name_another_supervisor_and_the_history_keeps_both(
    scene: Scene, placed: str
) -> None:
    form = scene.staff().get(f"{in_office(placed)}/supervisor")
    new = {
        "Who supervises": "Somebody new",
        "Name": "Bea Lindholm",
        "Work e-mail": "bea@n.example",
    }

    refused = form.submit("Name this supervisor", new, status=422)
    done = refused.submit(
        "Name this supervisor",
        {**new, "How you verified": "Called the switchboard; she answered."},
    )

    assert refused.errors == ["Say how you verified it, in a few words."]
    assert "Bea Lindholm" in refused.html
    assert "Supervisor Bea Lindholm" in done.text
    assert "Supervised before: Ines Carvalho" in done.text


def test_an_address_that_nobody_verified_gets_no_links(scene: Scene, placed: str) -> None:
    with scene.database.write() as session:
        host = session.get_one(Partner, scene.listing.partner_id)
        contact(session, host, name="Tom Unverified", email="tom@free.example")
    form = scene.staff().get(f"{in_office(placed)}/supervisor")

    refused = form.submit(
        "Name this supervisor", {"Who supervises": "Tom Unverified"}, status=422
    )

    assert refused.errors == ["Say how you verified it, in a few words."]


def test_students_cannot_name_a_supervisor(scene: Scene, placed: str) -> None:
    scene.student(scene.maya).get(f"{in_office(placed)}/supervisor", status=404)


def test_people_write_to_each_other(scene: Scene, placed: str) -> None:
    hana = scene.visitor(scene.hana, CourseRole.INSTRUCTOR)
    maya = scene.student(scene.maya)

    hana.get(placed).submit("Send message", {"Write a message": "How is column J?"})
    page = maya.get(placed).submit("Send message", {"Write a message": "Free text, alas."})
    empty = maya.get(placed).submit("Send message", status=422)

    assert "How is column J? Hana Novak" in page.text
    assert "Free text, alas. You" in page.text
    assert empty.errors == ["Write something first."]
    assert scene.mails() == ["message_received"]


def test_what_is_missing_holds_up_the_start(scene: Scene, placed: str) -> None:
    registry.guard("placement", "start", lambda _session, _placement: ["a signed plan"])
    page = scene.student(scene.maya).get(placed)

    assert "a signed plan" in page.text
    with (
        scene.database.write() as session,
        pytest.raises(NotPossible) as refusal,
    ):
        made = session.scalars(select(Placement)).one()
        operations.start(session, made, actor=scene.office)
    assert "a signed plan" in refusal.value.unmet


def test_work_starts_on_its_first_day_by_itself(
    scene: Scene, placed: str, clock: time_machine.Traveller
) -> None:
    registry.edge_guards.clear()
    scene.work()
    assert state(scene) == PlacementState.PLANNED

    clock.shift(6 * 24 * 3600)
    scene.work()

    assert state(scene) == PlacementState.ACTIVE


def test_the_student_says_when_the_work_is_done(scene: Scene) -> None:
    path = make(scene, state=PlacementState.ACTIVE)
    registry.edge_guards.clear()

    page = scene.student(scene.maya).get(path).submit("Mark the work as completed")

    assert "Work completed since" in page.text


def test_a_viewer_as_student_can_change_nothing(scene: Scene, placed: str) -> None:
    teacher = scene.visitor(scene.hana, CourseRole.STUDENT)

    page = teacher.get(f"/courses/{scene.course.public_id}/")

    assert "You look at this course as a student would." in page.text
    teacher.get(scene.apply_path).submit(
        "Send application", {"Why this": "A test", "I agree": True}, status=403
    )


def state(scene: Scene) -> PlacementState:
    with scene.database.read() as session:
        return session.scalars(select(Placement.state)).one()

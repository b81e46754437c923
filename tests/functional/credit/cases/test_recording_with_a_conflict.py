"""Whoever may not decide a case adds nothing to what it is decided upon either."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.roles import CourseRole
from careerlink.errors import NotPermitted
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.academic_work import operations as assessing
from credit.cases import recording
from credit.cases.models import CreditCase
from credit.evidence import judging
from credit.hours import operations as hours
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Visitor

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def of_case(deed: Callable[..., object], **said: object) -> Callable[..., object]:
    def act(session: Session, desk: Desk, actor: Actor) -> None:
        deed(session, session.get_one(CreditCase, desk.case_id), actor=actor, **said)

    return act


def of_project(deed: Callable[..., object], **said: object) -> Callable[..., object]:
    def act(session: Session, _desk: Desk, actor: Actor) -> None:
        deed(session, session.scalars(select(Placement)).one(), actor=actor, **said)

    return act


@pytest.mark.parametrize(
    "act",
    [
        of_case(recording.record_academic_work, minutes=90 * 60),
        of_case(assessing.assess, levels={}),
        of_project(hours.rule, minutes=90 * 60, reason="I was there."),
        of_project(judging.judge, findings={}),
    ],
)
def test_who_supervised_a_project_adds_nothing_to_its_case(
    desk: Desk, act: Callable[[Session, Desk, Actor], object]
) -> None:
    with desk.database.write() as session:
        contact = session.get_one(PartnerContact, desk.of.contact.id)
        contact.email = (desk.of.instructor.email or "").upper()

    with desk.database.write() as session, pytest.raises(NotPermitted, match="You supervised"):
        act(session, desk, desk.of.as_instructor)
    assert desk.case.academic_minutes == 0


def test_the_page_of_a_ruling_says_why_it_is_somebody_elses(
    desk: Desk, client: Visitor
) -> None:
    with desk.database.write() as session:
        contact = session.get_one(PartnerContact, desk.of.contact.id)
        contact.email = desk.of.instructor.email or ""
        public_id = session.scalars(select(Placement.public_id)).one()
    teacher = desk.of.signed_in(
        client, desk.database, desk.of.instructor, CourseRole.INSTRUCTOR
    )

    page = teacher.get(desk.of.address(part=f"/placements/{public_id}/hours/ruling"))

    assert "You supervised one of these projects" in page.text
    assert "Rule on the hours" not in page.buttons

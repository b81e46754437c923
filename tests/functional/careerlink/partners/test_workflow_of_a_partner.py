"""Every pair of states and every edge × role of a partner; who else may look."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import states
from careerlink.audit import AuditEntry
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.partners import operations
from careerlink.partners.models import CheckOutcome, Partner, PartnerState
from careerlink.partners.workflow import WORKFLOW
from careerlink.people.actors import system
from careerlink.people.models import OfficeRole
from tests.factories import partners
from tests.factories.school import Campus, actor_for, campus, sign_in
from tests.pages import Visitor

TODAY = date(2026, 10, 14)
EDGES = list(WORKFLOW)


@pytest.fixture
def school(session: Session) -> Campus:
    return campus(session)


def ready(session: Session, school: Campus, state: PartnerState) -> Partner:
    return partners.partner(session, school.institution, state=state, passed=True)


@pytest.mark.parametrize(
    ("origin", "to"),
    [(a, b) for a in PartnerState for b in PartnerState if (a, b) not in EDGES],
)
def test_every_other_move_is_refused(
    session: Session, school: Campus, origin: PartnerState, to: PartnerState
) -> None:
    partner = ready(session, school, origin)
    staff = actor_for(school.person(session, "Priya Raman"), OfficeRole.STAFF)

    with pytest.raises(NotPossible):
        states.move(session, partner, to, WORKFLOW, actor=staff, reason="Because")

    assert partner.state == origin
    assert session.scalars(select(AuditEntry)).all() == []


@pytest.mark.parametrize(("origin", "to"), EDGES)
def test_every_edge_is_for_staff_alone(
    session: Session, school: Campus, origin: PartnerState, to: PartnerState
) -> None:
    partner = ready(session, school, origin)
    person = school.person(session, "Priya Raman")
    elsewhere = campus(session, "crestwood").person(session, "Bea Boss")
    changes: dict[str, Any] = {"approved_until": TODAY, "approved_at": partner.state_since}

    for nobody in (
        actor_for(person),
        actor_for(person, OfficeRole.AUDITOR),
        actor_for(person, courses={school.course.id: CourseRole.STUDENT}),
        actor_for(person, courses={school.course.id: CourseRole.INSTRUCTOR}),
        actor_for(elsewhere, OfficeRole.STAFF),
        system(school.institution.id),
    ):
        with pytest.raises(NotPermitted):
            states.move(session, partner, to, WORKFLOW, actor=nobody, reason="No", **changes)
    states.move(
        session, partner, to, WORKFLOW, actor=actor_for(person, OfficeRole.STAFF),
        reason="Because", **changes,
    )  # fmt: skip

    assert partner.state == to


@pytest.mark.parametrize(("origin", "to"), [e for e in EDGES if WORKFLOW[e].needs_reason])
def test_an_edge_that_stops_somebody_has_a_reason(
    session: Session, school: Campus, origin: PartnerState, to: PartnerState
) -> None:
    partner = ready(session, school, origin)
    staff = actor_for(school.person(session, "Priya Raman"), OfficeRole.STAFF)

    with pytest.raises(NotPossible, match="reason"):
        states.move(session, partner, to, WORKFLOW, actor=staff, reason="  ")


@pytest.mark.parametrize("item", ["register", "fees", "conflict", "safety"])
def test_approval_needs_every_required_check(
    session: Session, school: Campus, item: str
) -> None:
    partner = partners.partner(session, school.institution, state=PartnerState.UNDER_REVIEW)
    partners.pass_checks(session, partner, but=item)
    staff = actor_for(school.person(session, "Priya Raman"), OfficeRole.STAFF)

    with pytest.raises(NotPossible) as refusal:
        operations.approve(session, partner, actor=staff, until=TODAY, today=TODAY)
    assert len(refusal.value.unmet) == 1
    record = {"item": item, "evidence": "Seen"}
    operations.record_check(
        session, partner, actor=staff, outcome=CheckOutcome.NOT_APPLICABLE, **record
    )
    with pytest.raises(NotPossible):
        operations.approve(session, partner, actor=staff, until=TODAY, today=TODAY)
    operations.record_check(
        session, partner, actor=staff, outcome=CheckOutcome.PASSED, **record
    )
    operations.approve(session, partner, actor=staff, until=TODAY, today=TODAY)

    assert partner.may_start_new(TODAY)


def test_an_approval_ends_on_its_day(session: Session, school: Campus) -> None:
    partner = ready(session, school, PartnerState.UNDER_REVIEW)
    staff = actor_for(school.person(session, "Priya Raman"), OfficeRole.STAFF)

    with pytest.raises(InvalidInput):
        operations.approve(
            session, partner, actor=staff, until=TODAY - timedelta(days=1), today=TODAY
        )
    operations.approve(session, partner, actor=staff, until=TODAY, today=TODAY)

    assert partner.may_start_new(TODAY)
    assert not partner.may_start_new(TODAY + timedelta(days=1))


def test_the_office_is_for_the_office(
    database: Database, visitors: Callable[[], Visitor], clock: object
) -> None:
    with database.write() as session:
        school = campus(session)
        made = partners.partner(session, school.institution)
        maya = school.person(session, "Maya Okafor")
        school.enroll(session, maya, CourseRole.STUDENT)
        auditor = school.person(session, "Alma Audit", OfficeRole.AUDITOR)
    student = sign_in(visitors(), database, maya, {school.course.id: CourseRole.STUDENT})
    reader = sign_in(visitors(), database, auditor)
    path = f"/office/partners/{made.public_id}"
    reads, writes = (
        ["/office/partners", path, "/office/listings"],
        [
            "/office/partners/new", f"{path}/facts", f"{path}/checks", f"{path}/pause",
            f"{path}/contacts/new", f"{path}/documents/new", "/office/listings/new",
        ],
    )  # fmt: skip

    for address in reads + writes:
        visitors().get(address, status=401)
        student.get(address, status=404)
    for address in writes:
        reader.get(address, status=404)
    assert [reader.get(address).buttons for address in reads] == [["Search"], [], ["Search"]]

"""Every pair of states and every edge × role of a listing."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock, states
from careerlink.audit import AuditEntry
from careerlink.courses.roles import CourseRole
from careerlink.errors import NotPermitted, NotPossible
from careerlink.listings.models import Listing, ListingState
from careerlink.listings.workflow import WORKFLOW
from careerlink.people.actors import system
from careerlink.people.models import OfficeRole
from tests.factories import listings, partners
from tests.factories.school import Campus, actor_for, campus

pytestmark = pytest.mark.usefixtures("clock")

EDGES = list(WORKFLOW)
WHOLE = [edge for edge in EDGES if WORKFLOW[edge].verb in ("submit", "publish", "revise")]


@pytest.fixture
def school(session: Session) -> Campus:
    return campus(session)


def in_state(session: Session, school: Campus, state: ListingState, **values: Any) -> Listing:
    partner = partners.partner(session, school.institution)
    return listings.listing(session, partner, state=state, **values)


@pytest.mark.parametrize(
    ("origin", "to"),
    [(a, b) for a in ListingState for b in ListingState if (a, b) not in EDGES],
)
def test_every_other_move_is_refused(
    session: Session, school: Campus, origin: ListingState, to: ListingState
) -> None:
    listing = in_state(session, school, origin)
    staff = actor_for(school.person(session, "Priya Raman"), OfficeRole.STAFF)

    with pytest.raises(NotPossible):
        states.move(session, listing, to, WORKFLOW, actor=staff, reason="Because")

    assert listing.state == origin
    assert session.scalars(select(AuditEntry)).all() == []


@pytest.mark.parametrize(("origin", "to"), EDGES)
def test_every_edge_is_for_staff_alone(
    session: Session, school: Campus, origin: ListingState, to: ListingState
) -> None:
    listing = in_state(session, school, origin)
    person = school.person(session, "Priya Raman")
    elsewhere = campus(session, "crestwood").person(session, "Bea Boss")
    changes: dict[str, Any] = (
        {"published_at": clock.now()} if to == ListingState.PUBLISHED else {}
    )

    for nobody in (
        actor_for(person),
        actor_for(person, OfficeRole.AUDITOR),
        actor_for(person, courses={school.course.id: CourseRole.INSTRUCTOR}),
        actor_for(person, courses={school.course.id: CourseRole.STUDENT}),
        actor_for(elsewhere, OfficeRole.STAFF),
        system(school.institution.id),
    ):
        with pytest.raises(NotPermitted):
            states.move(session, listing, to, WORKFLOW, actor=nobody, reason="No", **changes)
    staff = actor_for(person, OfficeRole.STAFF)
    states.move(session, listing, to, WORKFLOW, actor=staff, reason="Because", **changes)

    assert listing.state == to


@pytest.mark.parametrize(("origin", "to"), WHOLE)
@pytest.mark.parametrize(
    ("values", "is_fine"),
    [
        ({"planned_minutes": 299, "fee_minor": 480_00}, False),
        ({"planned_minutes": 300, "fee_minor": 480_00}, True),
        ({"planned_minutes": 2401, "fee_minor": 1000_00}, False),
        ({"fee_minor": 399_99}, False),
        ({"fee_minor": 400_00}, True),
        ({"fee_minor": 0, "floor_exception": "A worksheet is on file"}, True),
    ],
)
def test_terms_that_go_out_are_in_order(
    session: Session,
    school: Campus,
    origin: ListingState,
    to: ListingState,
    values: dict[str, object],
    is_fine: bool,
) -> None:
    listing = in_state(session, school, origin, **values)

    assert (states.missing(session, listing, WORKFLOW[(origin, to)]) == []) == is_fine

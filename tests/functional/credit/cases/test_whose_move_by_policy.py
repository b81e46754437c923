"""Whose move a list names is whose move a page names, whatever the policy asks for."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.placements.models import PlacementState
from credit.cases import inputs, readiness, whose_move
from credit.hours.models import HoursConfirmation
from tests.factories import cases

pytestmark = pytest.mark.usefixtures("app")


def test_nobody_waits_for_an_evaluation_that_the_policy_does_not_ask_for(
    session: Session,
) -> None:
    of = cases.school_class(session, supervisor_evaluation_required=False)
    placement = cases.project(session, of, cases.student(session, of))
    case = cases.open_case(session, placement)
    placement.state = PlacementState.WORK_COMPLETED
    session.add(
        HoursConfirmation(
            placement_id=placement.id,
            contact_id=of.contact.id,
            reported_minutes=48 * 60,
            confirmed_minutes=48 * 60,
        )
    )
    session.flush()

    by_list = session.scalar(select(whose_move.computed(of.course)))
    assert by_list == readiness.mover(inputs.load_one(session, case)).value == "student"

"""Scores go to the column that is there; one is made only where none is found."""

from typing import Any

import pytest
from sqlalchemy import delete, update

from careerlink import clock as our_clock
from careerlink.outbox import DeliveryState, OutboxMessage
from lti.line_items import MAKING
from lti.models import Family, LtiContext, LtiLineItem, LtiResourceLink, LtiScore
from tests.factories.platforms import Gradebook


def forget_columns(gradebook: Gradebook) -> None:
    with gradebook.database.write() as session:
        session.execute(delete(LtiLineItem))


def only_link(gradebook: Gradebook, **values: Any) -> None:
    with gradebook.database.write() as session:
        session.execute(update(LtiResourceLink).values(**values))


def test_a_column_with_the_resource_id_is_found(gradebook: Gradebook) -> None:
    forget_columns(gradebook)
    only_link(gradebook, content="board", resource_link_id="elsewhere")
    activity = gradebook.lms.add_activity("copied", "Credit of last term", maximum=50)
    item = gradebook.lms.line_item("copied")
    item.resource_id, item.tag = "credit", "credit"
    gradebook.decide(given=100_000)
    gradebook.work()
    assert gradebook.cell(column="Credit of last term")["score"] == 50
    assert len(gradebook.columns()) == 2
    assert activity.id == item.own_activity


def test_the_column_of_the_credit_link_is_found_where_its_launch_named_none(
    gradebook: Gradebook,
) -> None:
    forget_columns(gradebook)
    activity = gradebook.lms.activity("credit")
    link = activity.uuid if gradebook.family == Family.CANVAS else str(activity.id)
    only_link(gradebook, resource_link_id=link)
    gradebook.decide(given=100_000)
    gradebook.work()
    assert gradebook.cell()["score"] == 100
    assert len(gradebook.columns()) == 1


def test_the_only_column_of_ours_is_taken_before_another_is_made(
    gradebook: Gradebook,
) -> None:
    """An administrator added one activity, without custom parameters."""
    only_link(gradebook, content="")
    gradebook.decide(given=100_000)
    gradebook.work()
    assert gradebook.cell()["score"] == 100
    assert len(gradebook.columns()) == 1


def test_a_column_is_made_once_where_there_is_none(gradebook: Gradebook) -> None:
    forget_columns(gradebook)
    only_link(gradebook, resource_link_id="elsewhere")
    gradebook.lms.remove_line_item("credit")
    gradebook.decide("student1", 100_000)
    gradebook.decide("student2", 40_000)
    gradebook.work()
    made = gradebook.columns()
    assert [(c["label"], c["resource_id"], c["tag"], c["maximum"]) for c in made] == [
        ("Credit for micro-internships", "credit", "credit", 100)
    ]
    label = made[0]["label"]
    assert gradebook.cell("student1", column=label)["score"] == 100
    assert gradebook.cell("student2", column=label)["score"] == 40


def test_a_fractional_maximum_makes_a_column_that_moodle_can_save(
    gradebook: Gradebook,
) -> None:
    forget_columns(gradebook)
    only_link(gradebook, resource_link_id="elsewhere")
    gradebook.lms.remove_line_item("credit")
    gradebook.decide(given=1_500, maximum=4_500)
    gradebook.work()
    column = gradebook.columns()[0]
    assert column["maximum"] == (4.5 if gradebook.family == Family.CANVAS else 100)
    shown = gradebook.cell(column=column["label"])["score"]
    assert shown == pytest.approx(column["maximum"] / 3, abs=0.001)
    assert "1.5 of 4.5" in gradebook.state().label


def test_two_workers_do_not_make_two_columns(gradebook: Gradebook) -> None:
    forget_columns(gradebook)
    only_link(gradebook, resource_link_id="elsewhere")
    gradebook.lms.remove_line_item("credit")
    with gradebook.database.write() as session:
        session.add(LtiLineItem(context_id=gradebook.context_id, url=f"{MAKING}credit"))
    gradebook.decide(given=100_000)
    gradebook.work()
    assert gradebook.columns() == []
    assert gradebook.state().kind == "wait"
    # The other one died: its claim is worth nothing after two minutes.
    with gradebook.database.write() as session:
        session.execute(
            update(LtiLineItem).values(created_at=our_clock.now().replace(year=2025))
        )
        session.execute(update(OutboxMessage).values(due_at=our_clock.now()))
    gradebook.work()
    assert len(gradebook.columns()) == 1


def test_a_deleted_column_is_looked_for_anew(gradebook: Gradebook) -> None:
    gradebook.decide(given=100_000)
    gradebook.work()
    gradebook.lms.remove_line_item("credit")
    gradebook.lms.add_line_item("Credit, second try", 20, resource_id="credit", tool="tool")
    gradebook.decide(given=50_000)
    gradebook.work()
    assert gradebook.state().kind == "wait"
    with gradebook.database.write() as session:
        session.execute(update(OutboxMessage).values(due_at=our_clock.now()))
    gradebook.work()
    assert gradebook.cell(column="Credit, second try")["score"] == 10
    assert gradebook.state().kind == "done"


def test_without_permission_to_make_columns_staff_are_told(gradebook: Gradebook) -> None:
    forget_columns(gradebook)
    only_link(gradebook, resource_link_id="elsewhere")
    gradebook.lms.remove_line_item("credit")
    with gradebook.database.write() as session:
        context = session.get_one(LtiContext, gradebook.context_id)
        context.scopes = [s for s in context.scopes if not s.endswith("/lineitem")]
    gradebook.decide(given=100_000)
    gradebook.work()
    assert "lets us make none" in gradebook.state().label
    assert gradebook.messages()[0].state == DeliveryState.FAILED


def test_a_course_without_grade_services_has_no_gradebook(gradebook: Gradebook) -> None:
    with gradebook.database.write() as session:
        session.get_one(LtiContext, gradebook.context_id).lineitems_url = ""
    assert gradebook.decide() is None
    assert gradebook.messages() == []


def test_a_copied_course_gets_its_own_column(gradebook: Gradebook) -> None:
    """The copy has new addresses; the score finds the column that was copied with it."""
    gradebook.decide(given=100_000)
    gradebook.work()
    gradebook.item.resource_id = gradebook.item.tag = "credit"
    copy = gradebook.lms.copy_course(2, "BUS-310b", "Applied Analytics, spring")
    with gradebook.database.write() as session:
        old = session.get_one(LtiContext, gradebook.context_id)
        context = gradebook.add_context(
            session, old.deployment, old.course, lms_course=copy.id, names_column=False
        )
        session.execute(
            update(LtiResourceLink)
            .where(LtiResourceLink.context_id == context.id)
            .values(resource_link_id="unknown")
        )
        student = session.scalars(
            LtiScore.__table__.select().with_only_columns(LtiScore.lti_user_id)
        ).one()
        memberships = context.__class__.metadata.tables["lti_membership"]
        session.execute(
            memberships.insert().values(
                context_id=context.id,
                lti_user_id=student,
                in_roster=True,
                seen_at=our_clock.now(),
            )
        )
    gradebook.decide(given=60_000)
    gradebook.work()
    columns = [c for c in gradebook.columns() if c["course"] == "BUS-310b"]
    assert len(columns) == 1
    copied = gradebook.lms.find_line_item(columns[0]["id"])
    assert copied is not None
    grade = gradebook.lms.find_grade(copied.id, gradebook.lms.person("student1").id)
    assert grade is not None
    assert grade.final == 60

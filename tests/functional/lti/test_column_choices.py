"""A column that was deleted is a person's question; a chosen one gets every grade."""

from collections.abc import Callable

import pytest
import time_machine
from sqlalchemy import select, update

from careerlink.errors import NotPossible
from careerlink.outbox import DeliveryState, OutboxMessage
from lti import column_choices, columns, grade_choices
from lti.column_choices import Source, Unanswered
from lti.columns import Deed
from lti.models import (
    Family,
    LtiContext,
    LtiLineItem,
    LtiRegistration,
    LtiResourceLink,
    LtiScore,
)
from tests.factories.platforms import Gradebook

Ask = Callable[..., None]


@pytest.fixture
def ask(gradebook: Gradebook) -> Ask:
    def wanted(deed: Deed, url: str = "") -> None:
        with gradebook.database.write() as session:
            columns.queue(
                session,
                session.get_one(LtiContext, gradebook.context_id),
                deed=deed,
                resource_id="credit",
                label="Credit for micro-internships",
                maximum_thousandths=100_000,
                actor=gradebook.actor(session),
                url=url,
            )
        gradebook.work()

    return wanted


def state(gradebook: Gradebook) -> columns.ColumnState:
    with gradebook.database.read() as session:
        course = session.get_one(LtiContext, gradebook.context_id).course
        (found,) = columns.states(session, course, resource_id="credit", label="")
        return found


def deleted(gradebook: Gradebook, clock: time_machine.Traveller) -> None:
    """Two grades stand, the teacher deletes the column, a third grade is refused."""
    gradebook.decide("student1", 100_000)
    gradebook.decide("student2", 40_000)
    gradebook.work()
    gradebook.lms.remove_line_item("credit")
    gradebook.decide("student3", 70_000)
    for _ in range(3):
        gradebook.work()
        clock.shift(30)


def test_no_column_is_made_behind_a_teacher_s_back(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    deleted(gradebook, clock)
    assert gradebook.columns() == []
    assert state(gradebook).is_gone
    label = gradebook.state("student3").label
    assert "no longer has the column" in label
    assert gradebook.messages()[-1].state == DeliveryState.FAILED


def test_nor_where_the_only_activity_of_ours_had_no_parameters(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    with gradebook.database.write() as session:
        session.execute(update(LtiResourceLink).values(content=""))
    deleted(gradebook, clock)
    assert gradebook.columns() == []
    assert state(gradebook).is_gone


def test_a_new_column_gets_every_grade(
    gradebook: Gradebook, clock: time_machine.Traveller, ask: Ask
) -> None:
    deleted(gradebook, clock)
    with gradebook.database.write() as session:
        session.execute(update(LtiRegistration).values(state="inactive"))
    ask(Deed.MAKE)
    with gradebook.database.write() as session:
        session.execute(update(LtiRegistration).values(state="active"))
    assert "is switched off" in state(gradebook).problem
    ask(Deed.MAKE)
    (column,) = gradebook.columns()
    label = column["label"]
    found = [gradebook.cell(f"student{n}", column=label) for n in (1, 2, 3)]
    assert [(cell["score"], cell["applied"]) for cell in found] == [(100, 1), (40, 1), (70, 1)]
    assert not state(gradebook).is_gone
    # Pressed twice, there is still one column.
    ask(Deed.MAKE)
    assert len(gradebook.columns()) == 1


def test_another_column_gets_every_grade(
    gradebook: Gradebook, clock: time_machine.Traveller, ask: Ask
) -> None:
    deleted(gradebook, clock)
    gradebook.lms.add_activity("other", "Participation", maximum=20)
    with gradebook.database.read() as session:
        source = Source.of(session.get_one(LtiContext, gradebook.context_id))
    offered = column_choices.listed(gradebook.database, gradebook.settings, source)
    assert [one.label for one in offered] == ["Participation, out of 20"]
    ask(Deed.USE, offered[0].url)
    assert gradebook.cell("student2", column="Participation")["score"] == 8
    assert len(gradebook.columns()) == 1
    assert state(gradebook).label == "Participation"


def test_only_a_column_that_the_platform_lists_is_used(
    gradebook: Gradebook, clock: time_machine.Traveller, ask: Ask
) -> None:
    deleted(gradebook, clock)
    gradebook.lms.add_activity("other", "Participation", maximum=20)
    ask(Deed.USE, f"{gradebook.lineitems_url().partition('?')[0]}/999")
    assert state(gradebook).is_gone
    assert "no longer" in state(gradebook).problem
    # It is the question of whoever asked, no task of the office.
    with gradebook.database.read() as session:
        asked = session.scalars(
            select(OutboxMessage).where(OutboxMessage.kind == columns.KIND)
        ).one()
    assert asked.state == DeliveryState.DELIVERED


def test_a_platform_that_is_down_offers_nothing_and_says_so(gradebook: Gradebook) -> None:
    gradebook.lms.failure.set("down")
    with gradebook.database.read() as session:
        source = Source.of(session.get_one(LtiContext, gradebook.context_id))
    with pytest.raises(Unanswered, match="503"):
        column_choices.listed(gradebook.database, gradebook.settings, source)


def test_reading_the_gradebook_shows_what_teachers_changed(
    gradebook: Gradebook, clock: time_machine.Traveller, ask: Ask
) -> None:
    for key in ("student1", "student2"):
        gradebook.decide(key, 100_000)
    gradebook.work()
    clock.shift(3600)
    gradebook.lms.override(gradebook.item, "student1", 80)
    ask(Deed.READ)
    changed, same = gradebook.state("student1"), gradebook.state("student2")
    assert changed.is_overridden
    assert changed.label.endswith("shows 80 of 100")
    assert (same.is_overridden, same.seen_thousandths) == (False, 100_000)
    # Put back there, the matter is settled with the next reading.
    gradebook.lms.override(gradebook.item, "student1", 100)
    ask(Deed.READ)
    assert not gradebook.state("student1").is_overridden


def score_of(gradebook: Gradebook) -> int:
    return gradebook.score().id


def overridden(gradebook: Gradebook) -> None:
    gradebook.decide(given=100_000)
    gradebook.work()
    gradebook.lms.override(gradebook.item, "student1", 80)
    gradebook.decide(given=50_000)
    gradebook.work()


def test_a_kept_grade_is_nobody_s_task_any_more(gradebook: Gradebook, ask: Ask) -> None:
    overridden(gradebook)
    with gradebook.database.write() as session:
        score = session.get_one(LtiScore, score_of(gradebook))
        grade_choices.keep(session, score, actor=gradebook.actor(session))
    found = gradebook.state()
    assert found.label.startswith("Teacher’s grade kept: ")
    assert (found.kind, found.can_retry, found.is_overridden) == ("done", False, False)
    assert gradebook.cell()["score"] == 80
    # Read once more and unchanged, it stays so; changed once more, it is a question again.
    ask(Deed.READ)
    assert gradebook.state().label.startswith("Teacher’s grade kept: ")
    gradebook.lms.override(gradebook.item, "student1", 90)
    ask(Deed.READ)
    assert gradebook.state().is_overridden
    gradebook.lms.override(gradebook.item, "student1", 80)
    # The next decision is asked about anew, and not before it has arrived.
    gradebook.decide(given=60_000)
    with gradebook.database.write() as session:
        score = session.get_one(LtiScore, score_of(gradebook))
        with pytest.raises(NotPossible):
            grade_choices.keep(session, score, actor=gradebook.actor(session))
    assert not gradebook.state().is_overridden
    gradebook.work()
    assert gradebook.state().is_overridden
    assert gradebook.cell()["score"] == 80


def replace(gradebook: Gradebook) -> None:
    with gradebook.database.write() as session:
        score = session.get_one(LtiScore, score_of(gradebook))
        assert score.platform_thousandths is not None
        grade_choices.replace(
            session,
            score,
            seen_thousandths=score.platform_thousandths,
            institution_id=1,
            actor=gradebook.actor(session),
        )


def test_ours_replaces_the_grade_that_was_seen(gradebook: Gradebook) -> None:
    overridden(gradebook)
    replace(gradebook)
    gradebook.work()
    if gradebook.family == Family.CANVAS:
        assert gradebook.cell()["score"] == 50
        assert gradebook.state().kind == "done"
    else:
        # Moodle answers 200 and keeps a cell that is marked as overridden.
        assert gradebook.cell()["score"] == 80
        assert "keeps the grade typed in there" in gradebook.state().label


def test_a_grade_that_changed_once_more_is_left_alone(gradebook: Gradebook) -> None:
    overridden(gradebook)
    replace(gradebook)
    gradebook.lms.override(gradebook.item, "student1", 90)
    gradebook.work()
    assert gradebook.cell()["score"] == 90
    assert gradebook.state().label.endswith("shows 90 of 100")


@pytest.mark.parametrize("family", [Family.MOODLE], indirect=True)
def test_a_column_of_ours_on_moodle_offers_a_review(gradebook: Gradebook, ask: Ask) -> None:
    gradebook.lms.remove_line_item("credit")
    with gradebook.database.write() as session:
        for known in session.scalars(select(LtiLineItem)):
            session.delete(known)
    ask(Deed.MAKE)
    (item,) = gradebook.lms.school.line_items
    assert item.submission_review is not None
    assert item.submission_review["url"] == "https://careerlink.example.edu/lti/launch"
    assert (item.resource_id, item.tag) == ("credit", "credit")

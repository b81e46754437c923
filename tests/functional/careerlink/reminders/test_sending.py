"""One mail to each person and day, whatever runs twice, stops in between or comes late."""

import threading
from datetime import UTC, date, datetime, timedelta

import time_machine
from sqlalchemy import event, func, select

from careerlink import outbox, outbox_turns, worker
from careerlink.clock import now
from careerlink.db import Database
from careerlink.notifications.models import BounceKind, MailBounce
from careerlink.outbox import OutboxMessage
from careerlink.partners.models import PartnerContact
from careerlink.placements import consents
from careerlink.placements.models import Placement
from careerlink.reminders import advancing, digests, lists, preparing, standing
from careerlink.reminders.models import Reminder, ReminderState, ReminderTrack
from credit.cases.models import CreditCase
from credit.evaluations.models import Evaluation, EvaluationState
from tests.factories.agreements import Scene
from tests.factories.reminded import awaited, case_of
from tests.functional.careerlink.reminders.conftest import SUPERVISOR, Post

EVENING = datetime(2026, 10, 14, 23, 30, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 10, 15, 12, 30, tzinfo=UTC)


def answer(database: Database, cast: Scene) -> None:
    with database.write() as session:
        for evaluation in session.scalars(
            select(Evaluation).where(Evaluation.contact_id == cast.contact.id)
        ):
            evaluation.state = EvaluationState.SUBMITTED


def test_the_question_leaves_at_once_in_working_hours_and_once(post: Post) -> None:
    (mail,) = post.to_supervisor()
    assert mail.subject == "Five minutes about your project"
    assert "Maya" in mail.headings[0]
    assert "Chen" not in mail.text
    assert mail.links[0] in mail.text
    assert post.run() == []


def test_in_the_evening_it_waits_for_the_morning(
    post: Post, clock: time_machine.Traveller
) -> None:
    clock.move_to(EVENING)
    assert post.to_supervisor() == []
    clock.move_to(NEXT_MORNING)
    assert len(post.to_supervisor()) == 1


def test_who_is_done_before_the_mail_leaves_gets_none(
    post: Post, database: Database, cast: Scene
) -> None:
    worker.sweep(database)
    answer(database, cast)

    assert post.to_supervisor() == []
    with database.read() as session:
        message = session.scalars(
            select(OutboxMessage).where(OutboxMessage.target.startswith("reminders/contact"))
        ).one()
        assert message.state == outbox.DeliveryState.DELIVERED
        told = session.scalar(
            select(outbox.OutboxAttempt.error).where(
                outbox.OutboxAttempt.message_id == message.id
            )
        )
        assert told == preparing.NOTHING_LEFT
        states = set(
            session.scalars(
                select(Reminder.state).where(Reminder.contact_id == cast.contact.id)
            )
        )
        assert states == {ReminderState.DROPPED}


def test_two_workers_at_once_say_it_once(post: Post, database: Database) -> None:
    start, broken = threading.Barrier(2), []

    def sweep() -> None:
        start.wait()
        try:
            for move in (advancing.sweep, digests.compose):
                with database.write() as session:
                    move(session)
        except Exception as exc:  # shown by the assertion below
            broken.append(exc)

    threads = [threading.Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert broken == []
    assert len(post.to_supervisor()) == 1
    with database.read() as session:
        asked = select(func.count()).select_from(Reminder).where(Reminder.rung == "ask")
        assert session.scalar(asked) == 1


def test_a_mail_that_could_not_leave_carries_what_has_come_since_and_keeps_to_the_hours(
    post: Post, database: Database, clock: time_machine.Traveller
) -> None:
    """The worker died with it; its lease runs out at night, and then it is another day."""
    worker.sweep(database)
    with database.write() as session:
        assert outbox_turns.claim(session, limit=1, lease=worker.LEASE)
    clock.move_to(EVENING)
    assert post.to_supervisor() == []
    clock.move_to(NEXT_MORNING)
    assert len(post.to_supervisor()) == 1
    assert post.to_supervisor() == []


def test_without_consent_nothing_goes_out_and_the_office_is_told(
    post: Post, database: Database, cast: Scene, clock: time_machine.Traveller
) -> None:
    with database.write() as session:
        placement = session.get_one(Placement, cast.placement.id)
        consents.withdraw(session, placement, actor=cast.student)
    assert post.to_supervisor() == []
    with database.write() as session:
        (row,) = [
            one for one in lists.attention(session, cast.staff) if "be written" in one.title
        ]
        assert row.group == "Students"
        cast.session = session
        cast.placement = session.get_one(Placement, cast.placement.id)
        cast.consent()

    assert len(post.to_supervisor()) == 1
    with database.read() as session:
        assert lists.attention(session, cast.staff) == []


def test_an_address_that_bounced_gets_nothing_until_it_is_corrected(
    post: Post, database: Database, cast: Scene, clock: time_machine.Traveller
) -> None:
    post.run()
    with database.write() as session:
        message = session.scalars(
            select(OutboxMessage).where(OutboxMessage.target.startswith("reminders/contact"))
        ).one()
        bounce = MailBounce(
            institution_id=cast.institution.id,
            message_id=message.id,
            address=SUPERVISOR,
            kind=BounceKind.HARD,
            is_proven=True,
            report_key="one",
        )
        session.add(bounce)
    clock.shift(timedelta(days=5))
    assert post.to_supervisor() == []
    with database.write() as session:
        assert "comes back" in lists.attention(session, cast.staff)[0].text
        session.get_one(MailBounce, bounce.id).resolved_at = now()
    assert len(post.to_supervisor()) == 0
    clock.shift(timedelta(hours=2))
    assert len(post.to_supervisor()) == 1


def test_who_wants_no_reminders_is_asked_and_not_reminded(
    post: Post, database: Database, cast: Scene, clock: time_machine.Traveller
) -> None:
    with database.write() as session:
        contact = session.get_one(PartnerContact, cast.contact.id)
        contact.reminders_stopped_at = now()
    assert len(post.to_supervisor()) == 1
    clock.shift(timedelta(days=5))
    assert post.to_supervisor() == []


def test_of_a_concluded_course_nothing_is_asked_any_more(
    post: Post, database: Database, cast: Scene
) -> None:
    with database.write() as session:
        placement = session.get_one(Placement, cast.placement.id)
        placement.course.concluded_at = now()
    assert post.run() == []


def test_two_students_of_one_supervisor_stand_in_one_mail_each_with_its_link(
    post: Post, database: Database, cast: Scene
) -> None:
    with database.write() as session:
        awaited(session, cast, 1)
    (mail,) = post.to_supervisor()
    assert len(mail.headings) == len(set(mail.links)) == 2
    assert mail.subject == "2 things about student projects wait for you"


def test_a_sweep_takes_the_same_queries_for_any_number(database: Database, cast: Scene) -> None:
    counted: list[int] = []
    count = [0]
    event.listen(
        database.engine, "before_cursor_execute", lambda *_: count.__setitem__(0, count[0] + 1)
    )
    for more in (3, 30):
        with database.write() as session:
            awaited(session, cast, more)
        count[0] = 0
        with database.write() as session:
            assert advancing.sweep(session) >= more
        with database.write() as session:
            digests.compose(session)
        counted.append(count[0])
    few, many = counted
    assert many <= few + 2, counted
    with database.read() as session:
        assert session.scalars(select(func.count()).select_from(ReminderTrack)).one() > 30


def test_an_instructor_is_asked_to_choose_until_they_have(
    post: Post, database: Database, cast: Scene, clock: time_machine.Traveller
) -> None:
    """Grades are due on 18 December; a week before, the supervisor is still silent."""
    with database.write() as session:
        term = session.get_one(Placement, cast.placement.id).course.term
        assert term is not None
        term.grades_due_on = date(2026, 12, 18)
        case = case_of(session, cast)
    post.run()
    clock.move_to(datetime(2026, 12, 11, 15, tzinfo=UTC))
    post.run()
    with database.write() as session:
        (step,) = lists.instructor_steps(session, cast.instructor, cast.course.id)
        assert step.title.startswith("choose how to go on without the evaluation of Maya Chen")
        found = session.get_one(CreditCase, case)
        found.waits_until = date(2026, 12, 15)
    with database.read() as session:
        assert lists.instructor_steps(session, cast.instructor, cast.course.id) == []
        shown = standing.of_placement(session, cast.placement.id)
        assert "The instructor waits until Tue 15 Dec." in {one.chosen for one in shown}

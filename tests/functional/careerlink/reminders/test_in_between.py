"""What changes between the moment that a mail is put together and the one that it leaves."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from benchmarks.soaking.mailbox import Mailbox
from careerlink import clock as now
from careerlink import worker
from careerlink.db import Database
from careerlink.notifications import bounce_tasks, stopping
from careerlink.notifications.models import BounceKind, MailBounce
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.partners import contacts
from careerlink.partners.models import ContactAtPartner, PartnerContact
from careerlink.people.models import Person
from careerlink.placements import consents
from careerlink.placements.models import Placement
from careerlink.reminders.hours import day_of
from careerlink.reminders.models import ReminderDigest
from careerlink.supervisors import queries as supervisors
from careerlink.supervisors.hand_overs import Proposal, ask
from careerlink.supervisors.models import HandOverReason
from careerlink.tokens import AccessLink
from tests.factories.agreements import Scene
from tests.factories.partners import contact
from tests.functional.careerlink.reminders.conftest import SUPERVISOR, Post

NEW = "i.carvalho@northlight.example"


def digest_of(database: Database) -> OutboxMessage:
    with database.read() as session:
        return session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.target.startswith("reminders/contact"))
            .order_by(OutboxMessage.id.desc())
            .limit(1)
        ).one()


def came_back(database: Database, cast: Scene, *, is_proven: bool = True) -> int:
    message = digest_of(database)
    with database.write() as session:
        bounce = MailBounce(
            institution_id=cast.institution.id,
            message_id=message.id,
            address=SUPERVISOR,
            kind=BounceKind.HARD,
            is_proven=is_proven,
            report_key="one",
        )
        session.add(bounce)
        session.flush()
        return bounce.id


def corrected(database: Database, cast: Scene, bounce_id: int) -> None:
    with database.write() as session:
        bounce = session.get_one(MailBounce, bounce_id)
        owner = bounce_tasks.owner_of(session, bounce)
        bounce_tasks.correct(
            session,
            bounce,
            owner,
            actor=cast.staff,
            email=NEW,
            how="Asked on the phone",
            secret="s" * 32,
        )


def test_a_corrected_address_gets_the_digest_that_came_back(
    post: Post, database: Database, cast: Scene
) -> None:
    assert len(post.to_supervisor()) == 1
    corrected(database, cast, came_back(database, cast))

    post.run()

    # The same mail under the same Message-ID: it replaces the one that came back.
    (mail,) = [one for one in Mailbox(post.mailbox.directory).new() if one.to == NEW]
    assert "Maya" in mail.headings[0]
    assert digest_of(database).state == DeliveryState.DELIVERED


def test_an_address_that_was_corrected_while_the_mail_waited_gets_it(
    post: Post, database: Database, cast: Scene
) -> None:
    worker.sweep(database)
    with database.write() as session:
        ines = session.get_one(PartnerContact, cast.contact.id)
        contacts.correct_address(
            session, ines, actor=cast.staff, email=NEW, how="Asked on the phone"
        )

    assert [mail.to for mail in post.run()] == [NEW]


def test_a_day_that_has_its_row_already_gets_no_second_mail(
    post: Post, database: Database, cast: Scene, clock: time_machine.Traveller
) -> None:
    worker.sweep(database)
    clock.shift(timedelta(days=1))
    with database.write() as session:
        session.add(
            ReminderDigest(
                institution_id=cast.institution.id,
                contact_id=cast.contact.id,
                day=day_of(now.now(), cast.institution.time_zone),
            )
        )

    assert post.to_supervisor() == []
    waiting = digest_of(database)
    assert waiting.last_error == "this day has its one mail already"
    assert waiting.due_at > now.now()
    clock.shift(timedelta(days=1))
    assert len(post.to_supervisor()) == 1


def test_a_report_that_proves_nothing_stops_no_reminder(
    post: Post, database: Database, cast: Scene, clock: time_machine.Traveller
) -> None:
    """Anybody can send one about a supervisor, a student as well."""
    post.to_supervisor()
    came_back(database, cast, is_proven=False)
    clock.shift(timedelta(days=5))
    assert len(post.to_supervisor()) == 1


def test_who_said_that_they_are_the_wrong_person_is_not_reminded(
    post: Post, database: Database, cast: Scene, clock: time_machine.Traveller
) -> None:
    post.to_supervisor()
    with database.write() as session:
        link = session.scalars(
            select(AccessLink).where(AccessLink.contact_id == cast.contact.id)
        ).first()
        assert link is not None
        ask(
            session,
            link,
            session.get_one(Placement, cast.placement.id),
            actor=supervisors.actor_of(link),
            reason=HandOverReason.LEFT,
            proposal=Proposal(),
        )
    clock.shift(timedelta(days=5))
    assert post.to_supervisor() == []


def test_a_colleague_is_not_asked_once_the_student_has_withdrawn(
    post: Post, database: Database, cast: Scene, clock: time_machine.Traveller
) -> None:
    june = "june@northlight.example"
    with database.write() as session:
        placement = session.get_one(Placement, cast.placement.id)
        session.add(
            ContactAtPartner(partner_id=placement.partner_id, contact_id=cast.contact.id)
        )
        contact(session, placement.partner, name="June Park", email=june, verified_at=now.now())
    post.run()
    clock.shift(timedelta(days=12))
    worker.sweep(database)
    with database.write() as session:
        waiting = session.scalars(select(OutboxMessage).where(OutboxMessage.state == "queued"))
        assert june in {message.payload.get("to") for message in waiting}
        consents.withdraw(
            session, session.get_one(Placement, cast.placement.id), actor=cast.student
        )

    assert june not in {mail.to for mail in post.run()}


def test_who_stopped_reminders_while_one_waited_gets_none(
    post: Post, database: Database, cast: Scene, clock: time_machine.Traveller
) -> None:
    post.run()
    clock.shift(timedelta(days=7))
    worker.sweep(database)
    with database.write() as session:
        maya = session.get_one(Person, cast.student.person_id)
        stopping.choose(session, maya, {"reminders": False}, actor=cast.student)

    assert maya.email not in {mail.to for mail in post.run()}

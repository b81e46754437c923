"""What people do on their days, through the operations, and told to the oracle."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.soaking import world
from benchmarks.soaking.oracle import Watched
from careerlink import clock
from careerlink.errors import TooMany
from careerlink.notifications.models import BounceKind, MailBounce
from careerlink.outbox import OutboxMessage
from careerlink.partners.models import PartnerContact
from careerlink.placements import consents, planning
from careerlink.placements import operations as placements
from careerlink.placements.changes import Schedule
from careerlink.placements.models import Placement, Supervision
from careerlink.reminders import operations as reminders
from careerlink.reminders.models import ReminderDigest, ReminderTrack
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationKind,
    EvaluationState,
)

LONGER = timedelta(days=10)
LADDER = "evaluation"


class Event:
    """One thing that happens to one placement, on one morning."""

    def __init__(
        self, session: Session, school: world.School, placement: Placement, one: Watched
    ) -> None:
        self.session, self.school, self.placement, self.one = session, school, placement, one
        self.today = clock.today(world.CAMPUS)

    def answer(self) -> None:
        """Whoever supervises now sends what they saw."""
        evaluation = self.session.scalar(
            select(Evaluation).where(
                Evaluation.placement_id == self.placement.id,
                Evaluation.kind == EvaluationKind.FINAL,
                Evaluation.author == Author.SUPERVISOR,
                Evaluation.contact_id == self._contact().id,
                Evaluation.state == EvaluationState.REQUESTED,
            )
        )
        if evaluation is None:
            return
        evaluation.state, evaluation.state_since = EvaluationState.SUBMITTED, clock.now()
        self.one.is_answered = True

    def hand_over(self) -> None:
        zone = world.ZONES[(self.one.number + 2) % len(world.ZONES)]
        name = f"successor{self.one.number}"
        contact = world.new_contact(self.session, self.school, name, zone)
        planning.set_supervisor(self.session, self.placement, contact, actor=self.school.staff)
        self.one.take_over(contact.email, zone, self.today)

    def bounce(self) -> None:
        if self._bounce(BounceKind.HARD):
            self.one.is_bounced, self.one.bounced_at = True, clock.now()

    def mailbox_full(self) -> None:
        if self._bounce(BounceKind.SOFT):
            self.one.bounced_at = clock.now()

    def new_address(self) -> None:
        """Staff correct the address, as the partner tells them by telephone."""
        contact = self._contact()
        for row in self.session.scalars(
            select(MailBounce).where(MailBounce.address == contact.email)
        ):
            row.resolved_at = clock.now()
        contact.email = f"right-{contact.email}"
        self.one.address, self.one.is_bounced = contact.email, False
        self.one.bounced_at = None

    def withdraw_consent(self) -> None:
        student = world.student_of(self.placement)
        consents.withdraw(self.session, self.placement, actor=student)
        self.one.has_consent = False

    def consent(self) -> None:
        student = world.student_of(self.placement)
        consents.give_for_supervision(
            self.session, self.placement, actor=student, signed_name=student.name
        )
        self.one.has_consent = True

    def extend(self) -> None:
        later = Schedule(
            self.placement.starts_on,
            self.placement.ends_on + LONGER,
            self.placement.planned_minutes,
        )
        planning.reschedule(self.session, self.placement, later, actor=self.school.staff)
        self.one.ends_on = later.ends_on

    def complete(self) -> None:
        placements.complete(
            self.session, self.placement, actor=world.student_of(self.placement)
        )
        self.one.ends_on = self.today

    def nudge(self) -> None:
        """Refused within five days of the last mail; between four and six nobody tries."""
        last = self.one.last_mail
        days = (self.today - last).days if last is not None else 99
        if self.one.is_answered or 4 <= days <= 6:
            return
        student = world.student_of(self.placement)
        try:
            reminders.nudge(self.session, LADDER, self.placement.id, actor=student)
        except TooMany:
            waits = self.one.has_due(self.today)
            assert days < 4 or waits, f"nudge of {self.one.number} refused after {days} days"
            return
        assert days > 6, f"nudge of {self.one.number} taken {days} days after the last mail"
        self.one.is_nudged = True

    def pause(self) -> None:
        reminders.pause(
            self.session, self._track(), actor=self.school.staff, reason="On the telephone."
        )
        self.one.is_paused = True

    def resume(self) -> None:
        reminders.resume(self.session, self._track(), actor=self.school.staff)
        self.one.is_paused = False

    def _bounce(self, kind: BounceKind) -> bool:
        """The server of the last mail's recipient says that it did not arrive."""
        contact = self._contact()
        message_id = self.session.scalar(
            select(OutboxMessage.id)
            .join(ReminderDigest, ReminderDigest.message_id == OutboxMessage.id)
            .where(ReminderDigest.contact_id == contact.id)
            .order_by(OutboxMessage.id.desc())
            .limit(1)
        )
        if message_id is None:
            return False
        self.session.add(
            MailBounce(
                institution_id=contact.institution_id,
                message_id=message_id,
                address=contact.email,
                kind=kind,
                is_proven=True,
                report_key=f"{kind.value}-{contact.id}-{clock.now():%Y%m%d}",
                reported_at=clock.now(),
            )
        )
        return True

    def _contact(self) -> PartnerContact:
        return self.session.scalars(
            select(PartnerContact)
            .join(Supervision, Supervision.contact_id == PartnerContact.id)
            .where(
                Supervision.placement_id == self.placement.id, Supervision.ended_at.is_(None)
            )
        ).one()

    def _track(self) -> ReminderTrack:
        return self.session.scalars(
            select(ReminderTrack).where(
                ReminderTrack.ladder == LADDER,
                ReminderTrack.placement_id == self.placement.id,
            )
        ).one()


def happen(event: Event, what: str) -> None:
    deed: Callable[[], None] = getattr(event, what.replace(" ", "_"))
    deed()

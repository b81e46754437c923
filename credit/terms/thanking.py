"""Thanking supervisors once a term: first names and projects, where consent stands.

Whom to thank is offered and never assumed. The mail is put into words when it leaves: a consent
that was withdrawn meanwhile takes its student out of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from careerlink import audit, clock
from careerlink.courses.models import Course
from careerlink.enrollments import terms_of_students
from careerlink.errors import NotPermitted
from careerlink.institutions.models import Term
from careerlink.outbox import Outcome
from careerlink.partners.models import PartnerContact
from careerlink.people.actors import Actor
from careerlink.placements import consents, planning
from careerlink.placements.models import Placement, PlacementState, Supervision
from careerlink.supervisors import mailing
from careerlink.supervisors.queries import first_name
from careerlink.tokens import LinkPurpose
from careerlink.worker import Delivery
from credit.terms.models import TermThanks

TEMPLATE = "term_thanks"
FINISHED = (PlacementState.WORK_COMPLETED, PlacementState.CLOSED)
MOST = 500


@dataclass(frozen=True)
class Thanked:
    """One contact with the students that their mail may name."""

    contact: PartnerContact
    partner: str
    lines: Sequence[tuple[str, str]]
    """First name and project."""
    placements: Sequence[Placement]
    why_not: str = ""
    """Why no mail can go out; empty where one can."""
    was_thanked: bool = False

    @property
    def is_offered(self) -> bool:
        return not self.why_not and not self.was_thanked


def offered(session: Session, actor: Actor, term: Term) -> list[Thanked]:
    """Everybody who saw a project of this term to its end, with what keeps a mail back."""
    rows = session.scalars(_finished(actor, term)).all()
    by_contact: dict[int, list[Supervision]] = {}
    for row in rows:
        by_contact.setdefault(row.contact_id, []).append(row)
    standing = consents.standing_of(session, [row.placement for row in rows])
    done = set(
        session.scalars(select(TermThanks.contact_id).where(TermThanks.term_id == term.id))
    )
    found = []
    for contact_id, own in by_contact.items():
        shared = [
            row.placement
            for row in own
            if row.placement_id in standing
            and consents.covers(standing[row.placement_id], contact_id)
        ]
        contact = own[0].contact
        found.append(
            Thanked(
                contact,
                own[0].placement.partner.name,
                [(first_name(one), one.title) for one in shared],
                shared,
                _why_not(contact, shared),
                contact_id in done,
            )
        )
    return found


def _finished(actor: Actor, term: Term) -> Select[Supervision]:
    return (
        select(Supervision)
        .join(Supervision.placement)
        .join(Course, Course.id == Placement.course_id)
        .join(Supervision.contact)
        .where(
            Course.institution_id == actor.institution_id,
            terms_of_students.is_in(term, Placement.course_id, Placement.person_id),
            Placement.state.in_(FINISHED),
            Supervision.ended_at.is_(None),
        )
        .options(
            contains_eager(Supervision.contact),
            contains_eager(Supervision.placement).options(
                joinedload(Placement.person),
                joinedload(Placement.partner),
                joinedload(Placement.institution),
            ),
        )
        .order_by(PartnerContact.name, PartnerContact.id, Placement.ends_on, Placement.id)
        .limit(MOST)
    )


def _why_not(contact: PartnerContact, shared: Sequence[Placement]) -> str:
    if not planning.may_supervise(contact):
        return "The address is not verified, or the person has left."
    if contact.reminders_stopped_at is not None:
        return "Wants no mail but what has to be answered."
    return "" if shared else "No student’s consent stands any more."


def thank(session: Session, term: Term, contact_ids: Collection[int], *, actor: Actor) -> int:
    """One mail a contact and term, however often somebody presses; how many are new."""
    if not actor.is_staff or actor.institution_id != term.institution_id:
        raise NotPermitted("Career staff thank for the institution.")
    # The second of two presses waits here, and then finds everybody thanked.
    session.execute(select(Term.id).where(Term.id == term.id).with_for_update())
    number = 0
    for one in offered(session, actor, term):
        if one.contact.id not in contact_ids or not one.is_offered:
            continue
        session.add(
            TermThanks(
                term_id=term.id,
                contact_id=one.contact.id,
                placement_id=one.placements[-1].id,
                asked_by_id=actor.person_id,
                asked_at=clock.now(),
            )
        )
        mailing.write(
            session,
            one.contact,
            placement=None,
            purpose=LinkPurpose.STUDENTS,
            template=TEMPLATE,
            action="Open your projects with us",
            target=f"term/{term.id}/thanks/{one.contact.id}",
            actor=actor,
            values={
                "term": term.name,
                "thanked_contact": one.contact.id,
                "placements": [placement.id for placement in one.placements],
            },
        )
        number += 1
    session.flush()
    if number:
        audit.record(session, "term:thank", term, actor=actor, mails=number)
    return number


def prepare(delivery: Delivery) -> dict[str, object] | Outcome:
    """What may still be said when the mail leaves."""
    asked = delivery.payload["values"]
    with delivery.database.read() as session:
        rows = session.scalars(
            select(Placement)
            .where(
                Placement.id.in_(asked["placements"]),
                Placement.institution_id == delivery.institution_id,
            )
            .options(joinedload(Placement.person), joinedload(Placement.institution))
            .order_by(Placement.ends_on, Placement.id)
        ).all()
        standing = consents.standing_of(session, rows)
        lines = [
            f"{first_name(row)}: “{row.title}”"
            for row in rows
            if row.id in standing
            and consents.covers(standing[row.id], asked["thanked_contact"])
        ]
    if not lines:
        return Outcome(delivered=True, detail="not written: no consent stands any more")
    return {"lines": lines}

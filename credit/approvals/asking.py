"""Mails to whoever acts next at a later step. They name no student."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock, mail
from careerlink.outbox import OutboxMessage
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from credit.approvals import authority
from credit.approvals.models import ApproverAppointment
from credit.cases.models import CreditCase, Decision


def who_is_next(session: Session, case: CreditCase) -> Sequence[Person]:
    """Everybody who may take the step that the case is at, oldest appointment first."""
    today = clock.today(case.course.institution.time_zone)
    rows = session.scalars(
        authority.appointed(CreditCase, today)
        .where(CreditCase.id == case.id)
        .options(joinedload(ApproverAppointment.person))
        .order_by(ApproverAppointment.id)
    )
    return list({row.person_id: row.person for row in rows}.values())


def approvers(session: Session, case: CreditCase, *, actor: Actor) -> None:
    """Once a day, with what waits: a class of forty is one mail, and their list has all."""
    day = clock.today(case.course.institution.time_zone)
    for person in who_is_next(session, case):
        target = f"approvals/{day.isoformat()}"
        if _was_told(session, f"{target}/person/{person.id}"):
            continue
        mail.queue_for(
            session,
            person,
            template="approval_waits",
            values={
                "path": "/home/approvals",
                "action": "See what waits",
                "zone": person.time_zone,
            },
            target=target,
            actor=actor,
        )


def _was_told(session: Session, target: str) -> bool:
    told = select(OutboxMessage.id).where(
        OutboxMessage.kind == mail.KIND, OutboxMessage.target == target
    )
    return session.scalar(told.limit(1)) is not None


def instructor(session: Session, case: CreditCase, decision: Decision, *, actor: Actor) -> None:
    """Whoever approved first hears that it came back, and in whose place they did."""
    first = session.scalar(
        select(Decision)
        .where(
            Decision.credit_case_id == case.id, Decision.step == 1, Decision.id < decision.id
        )
        .order_by(Decision.number.desc())
        .limit(1)
    )
    for person in deciders(first) if first is not None else ():
        mail.queue_for(
            session,
            person,
            template="approval_sent_back",
            values={
                "course": case.course.name,
                "sent_by": decision.by,
                "path": f"/courses/{case.course.public_id}/cases/{case.public_id}",
                "action": "Open the packet",
                "zone": person.time_zone,
            },
            target=f"credit_case/{case.id}/sent_back/{decision.number}",
            actor=actor,
        )


def deciders(decision: Decision) -> Sequence[Person]:
    """Acting for somebody ends by itself: they go on with what was decided in their place."""
    people = (decision.decided_by, decision.acting_for)
    return [person for person in people if person is not None]

"""Mails about appeals. They hold nothing that anybody wrote."""

from sqlalchemy.orm import Session

from careerlink import mail
from careerlink.people.actors import Actor
from credit.appeals.models import Appeal
from credit.approvals import asking
from credit.cases.models import CaseState


def filed(session: Session, appeal: Appeal, *, actor: Actor) -> None:
    """Whoever may read it, and whoever decided and may add a statement."""
    case, decision = appeal.credit_case, appeal.decision
    for person in asking.who_is_next(session, case):
        mail.queue_for(
            session,
            person,
            template="appeal_to_read",
            values={
                "course": case.course.name,
                "path": f"/home/approvals/{case.public_id}",
                "action": "Read the appeal",
                "zone": person.time_zone,
            },
            target=f"appeal/{appeal.id}/filed",
            actor=actor,
        )
    for decider in asking.deciders(decision):
        mail.queue_for(
            session,
            decider,
            template="appeal_filed",
            values={
                "course": case.course.name,
                "path": _packet(appeal),
                "action": "Open the packet",
                "zone": decider.time_zone,
            },
            target=f"appeal/{appeal.id}/filed",
            actor=actor,
        )


def answered(session: Session, appeal: Appeal, *, actor: Actor) -> None:
    case = appeal.credit_case
    mail.queue_for(
        session,
        case.person,
        template="appeal_answered",
        values={
            "course": case.course.name,
            "answer": "goes_on" if case.state == CaseState.IN_APPROVAL else appeal.state.value,
            "path": f"/courses/{case.course.public_id}/credit",
            "action": "Read the answer",
            "zone": case.person.time_zone,
        },
        target=f"appeal/{appeal.id}/answered",
        actor=actor,
    )


def _packet(appeal: Appeal) -> str:
    case = appeal.credit_case
    if appeal.decision.as_role is not None:
        return f"/home/approvals/{case.public_id}"
    return f"/courses/{case.course.public_id}/cases/{case.public_id}"

"""Mails about credit cases. They name the outcome, never what somebody wrote."""

from sqlalchemy.orm import Session

from careerlink import mail
from careerlink.people.actors import Actor
from credit.cases.models import CreditCase, Decision


def decision_made(
    session: Session, case: CreditCase, decision: Decision, *, actor: Actor
) -> None:
    mail.queue_for(
        session,
        case.person,
        template="decision_made",
        values={
            "course": case.course.name,
            "outcome": decision.outcome.value,
            "credits_thousandths": decision.credits_thousandths,
            "decided_by": decision.by,
            "path": f"/courses/{case.course.public_id}/credit",
            "action": "Read the decision",
            "zone": case.person.time_zone,
        },
        target=f"credit_case/{case.id}/decision/{decision.number}",
        actor=actor,
    )

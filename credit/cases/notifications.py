"""Mails about credit cases. They name the outcome, never what somebody wrote."""

from datetime import date

from sqlalchemy.orm import Session

from careerlink import mail
from careerlink.people.actors import Actor
from credit.cases.models import CreditCase, Decision, DecisionOutcome
from credit.cases.move_models import CreditCaseMove


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
            "last_day": _last_day(case, decision),
            "path": f"/courses/{case.course.public_id}/credit",
            "action": "Read the decision",
            "zone": case.person.time_zone,
        },
        target=f"credit_case/{case.id}/decision/{decision.number}",
        actor=actor,
    )


def project_moved(
    session: Session, move: CreditCaseMove, receiving: CreditCase, *, actor: Actor
) -> None:
    mail.queue_for(
        session,
        receiving.person,
        template="project_moved",
        values={
            "project": move.placement.title,
            "course": receiving.course.name,
            "path": f"/courses/{receiving.course.public_id}/credit",
            "action": "See your credit there",
            "zone": receiving.person.time_zone,
        },
        target=f"credit_case_move/{move.id}",
        actor=actor,
    )


def _last_day(case: CreditCase, decision: Decision) -> date | None:
    """Until when it is the student's move."""
    return {
        DecisionOutcome.RETURNED: case.resubmit_by,
        DecisionOutcome.INCOMPLETE: case.incomplete_until,
    }.get(decision.outcome)

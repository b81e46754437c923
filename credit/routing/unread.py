"""Evaluations that came since an instructor last opened the packet."""

from sqlalchemy import Select, exists, or_
from sqlalchemy.orm import aliased

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from credit.cases import queries as cases
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationKind,
    EvaluationSubmission,
)
from credit.routing import queries
from credit.routing.models import CaseLook


def oldest_unread(actor: Actor, course: Course) -> Select[CreditCase]:
    """Theirs, not complete yet: a complete case is asked for by its decision."""
    look = aliased(CaseLook)
    # One inside the other, so that each is looked up by what the one around it has found.
    since = (
        exists()
        .where(
            EvaluationSubmission.evaluation_id == Evaluation.id,
            or_(look.looked_at.is_(None), EvaluationSubmission.submitted_at > look.looked_at),
        )
        .correlate(Evaluation, look)
    )
    sent = (
        exists()
        .where(
            Evaluation.placement_id == CreditCasePlacement.placement_id,
            Evaluation.kind == EvaluationKind.FINAL,
            Evaluation.author == Author.SUPERVISOR,
            since,
        )
        .correlate(CreditCasePlacement, look)
    )
    unread = (
        exists()
        .where(
            CreditCasePlacement.credit_case_id == CreditCase.id,
            CreditCasePlacement.moved_at.is_(None),
            sent,
        )
        .correlate(CreditCase, look)
    )
    return (
        cases.teaching_view(actor, course)
        .outerjoin(
            look, (look.credit_case_id == CreditCase.id) & (look.person_id == actor.person_id)
        )
        .where(CreditCase.state == CaseState.OPEN, queries.is_for(actor, course), unread)
        .order_by(CreditCase.state_since, CreditCase.id)
    )

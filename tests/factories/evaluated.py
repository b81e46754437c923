"""Evaluations that were asked for, and those that came."""

from typing import Any

from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.partners.models import PartnerContact
from careerlink.placements.models import Placement
from credit.competencies.models import Competency, CompetencyFramework
from credit.evaluations.models import (
    Author,
    Evaluation,
    EvaluationState,
    EvaluationSubmission,
    Rating,
    SubmissionSource,
)


def ask(session: Session, placement: Placement, **values: Any) -> Evaluation:
    made = Evaluation(
        placement_id=placement.id,
        placement=placement,
        author=Author.SUPERVISOR,
        contact_id=supervisor_of(session, placement).id,
        **values,
    )
    session.add(made)
    session.flush()
    return made


def evaluate(
    session: Session,
    placement: Placement,
    *,
    asked: Evaluation | None = None,
    author: Author = Author.SUPERVISOR,
    **values: Any,
) -> EvaluationSubmission:
    by_contact = author == Author.SUPERVISOR
    evaluation = asked or Evaluation(
        placement_id=placement.id,
        author=author,
        contact_id=supervisor_of(session, placement).id if by_contact else None,
    )
    evaluation.state = EvaluationState.SUBMITTED
    session.add(evaluation)
    session.flush()
    submission = EvaluationSubmission(
        evaluation_id=evaluation.id,
        **{
            "source": SubmissionSource.LINK if by_contact else SubmissionSource.LMS,
            "contact_id": evaluation.contact_id,
            "strength_id": audit.erasable(session, "Rang two customers first.").id,
            "growth_id": audit.erasable(session, "Ask a day earlier.").id,
            "work_again": "yes" if by_contact else None,
            **values,
        },
    )
    session.add(submission)
    session.flush()
    session.add_all(
        [
            Rating(submission_id=submission.id, objective_lineage="frame", level=3),
            Rating(submission_id=submission.id, objective_lineage="present", level=None),
            Rating(
                submission_id=submission.id,
                competency_id=competency(session, placement).id,
                level=4,
            ),
        ]
    )
    session.flush()
    return submission


def competency(session: Session, placement: Placement) -> Competency:
    uri = "https://example.org/communication"
    found = session.query(Competency).filter_by(uri=uri).first()
    if found is not None:
        return found
    framework = CompetencyFramework(
        institution_id=placement.institution_id, uri="https://example.org", name="Readiness"
    )
    session.add(framework)
    session.flush()
    made = Competency(framework=framework, uri=uri, code="communication", label="Communication")
    session.add(made)
    session.flush()
    return made


def supervisor_of(session: Session, placement: Placement) -> PartnerContact:
    return (
        session.query(PartnerContact)
        .filter_by(institution_id=placement.institution_id)
        .order_by(PartnerContact.id)
        .first()
    ) or PartnerContact()

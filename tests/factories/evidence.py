"""Evidence of a placement, and the credit case that it belongs to."""

import io
from typing import Any

from sqlalchemy.orm import Session

from careerlink.db import new_public_id
from careerlink.files.models import Attachment
from careerlink.placements.models import Placement
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement
from credit.evidence.models import (
    Deliverable,
    DeliverableObjective,
    DeliverableState,
    DeliverableVersion,
    EvidenceKind,
    Milestone,
)
from credit.policy.models import CreditPolicyVersion
from tests.factories.hours import Work
from tests.pages import Page, Visitor

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def piece(
    session: Session, placement: Placement, *lineages: str, **values: Any
) -> DeliverableVersion:
    """A link unless ``kind`` says otherwise, and the deliverable that it is a version of."""
    given = {
        "piece": new_public_id(),
        "kind": EvidenceKind.LINK,
        "title": "Dashboard",
        "url": "https://charts.example.org/",
        **values,
    }
    made = DeliverableVersion(
        placement=placement,
        handed_in_by_id=placement.person_id,
        objectives=[DeliverableObjective(objective_lineage=one) for one in lineages],
        **given,
    )
    session.add(made)
    session.flush()
    if made.kind != EvidenceKind.REFLECTION:
        deliverable(session, placement, made)
    return made


def deliverable(
    session: Session, placement: Placement, version: DeliverableVersion, **values: Any
) -> Deliverable:
    """Added by the student and waiting for the supervisor, unless there is one already."""
    known = session.query(Deliverable).filter_by(public_id=version.piece).first()
    if known is not None:
        return known
    made = Deliverable(
        placement=placement,
        public_id=version.piece,
        **{"title": version.title, "state": DeliverableState.HANDED_IN, **values},
    )
    session.add(made)
    session.flush()
    return made


def milestone(session: Session, placement: Placement) -> str:
    """The lineage of a milestone that is still open, made if there is none."""
    known = session.query(Milestone).filter_by(placement_id=placement.id).first()
    if known is not None and known.lineage is not None:
        return known.lineage
    made = Milestone(
        placement_id=placement.id,
        lineage="promised",
        title="Hand-over",
        due_on=placement.ends_on,
    )
    session.add(made)
    session.flush()
    return "promised"


def attachment(session: Session, placement: Placement, **values: Any) -> Attachment:
    """Only the record; the content is not in storage."""
    made = Attachment(
        institution_id=placement.institution_id,
        **{
            "name": "note.pdf",
            "media_type": "application/pdf",
            "size": 1,
            "sha256": "0" * 64,
            "uploaded_by_id": placement.person_id,
            **values,
        },
    )
    session.add(made)
    session.flush()
    return made


def case(session: Session, placement: Placement, state: CaseState) -> CreditCase:
    policy = CreditPolicyVersion(
        institution_id=placement.institution_id,
        name="Credit",
        number=1,
        parameters={},
        source="Handbook",
    )
    session.add(policy)
    session.flush()
    made = CreditCase(
        institution_id=placement.institution_id,
        course_id=placement.course_id,
        person_id=placement.person_id,
        policy_version=policy,
        state=state,
    )
    session.add(made)
    session.flush()
    session.add(CreditCasePlacement(credit_case_id=made.id, placement_id=placement.id))
    session.flush()
    return made


def hand_in(
    student: Visitor,
    work: Work,
    *,
    page: Page | None = None,
    status: int = 200,
    **values: object,
) -> Page:
    """Fill in and send the student's form."""
    page = page or student.get(work.address("/evidence/new"))
    return page.submit("Hand it in", values, status=status)


def pdf(name: str = "note.pdf", content: bytes = PDF) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name

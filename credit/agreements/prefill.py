"""What is known of a plan before anybody types: from listing, project, course and registrar."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.enrollments.models import Enrollment
from careerlink.listings.models import Listing, Payer
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.agreements import emergency
from credit.agreements.models import GradingBasis, LearningAgreement
from credit.agreements.plan import AgreementDraft, DeliverableDraft
from credit.evidence import questions
from credit.policy import queries as policy

GUIDANCE = "A talk every week, and an answer to questions within two working days."
ON_ACCEPTANCE = "After the supervisor has accepted the work."
CONFIDENTIAL = (
    "What the confidentiality agreement names: the partner’s data and texts, until the partner "
    "publishes them. The supervisor and the instructor may see all work."
)
MINUTES_PER_HOUR = 60


def plan(session: Session, placement: Placement) -> AgreementDraft:
    """A student changes what is not so; nothing of it is saved before they do."""
    listing = placement.listing
    return AgreementDraft(
        planned_minutes=placement.planned_minutes,
        starts_on=placement.starts_on,
        ends_on=placement.ends_on,
        tasks=listing.description if listing is not None else "",
        supervision_plan=(listing.supervision if listing is not None else "") or GUIDANCE,
        academic_work=_academic_work(session, placement),
        objectives=(),
        deliverables=_deliverables(placement),
        rework_rounds=questions.of_course(session, placement.course_id).rework_rounds,
        schedule=_schedule(placement),
        country=placement.partner.country,
        region=_region(session, placement, listing),
        credits_thousandths=_credits(session, placement),
        grading_basis=GradingBasis.PASS_NO_PASS,
        **_terms(listing),
    )


def emergency_values(session: Session, placement: Placement, *, actor: Actor) -> dict[str, str]:
    """As given for this project, else for the student's last one."""
    row = emergency.of(session, placement, actor=actor) or emergency.last_given(
        session, placement, actor=actor
    )
    if row is None:
        return {}
    return {
        "emergency_name": row.name,
        "emergency_phone": row.phone,
        "emergency_relation": row.relation,
    }


def _terms(listing: Listing | None) -> dict[str, Any]:
    if listing is None:
        return {}
    is_paid = listing.payer != Payer.NOBODY
    return {
        "is_remote": listing.is_remote,
        "place": "" if listing.is_remote else listing.place,
        "engagement": listing.engagement,
        "payer": listing.payer,
        "pay_when": ON_ACCEPTANCE if is_paid else "",
        "has_nda": listing.has_nda,
        "confidentiality": CONFIDENTIAL if listing.has_nda else "",
        "ip_terms": listing.ip_terms,
        "ai_rule": listing.ai_rule,
        "data_access": listing.data_access,
    }


def _deliverables(placement: Placement) -> list[DeliverableDraft]:
    if not placement.deliverable:
        return []
    return [DeliverableDraft(title=placement.deliverable, due_on=placement.ends_on)]


def _schedule(placement: Placement) -> str:
    """The planned hours spread evenly over the weeks, as a first proposal."""
    weeks = max(1, _weeks(placement.starts_on, placement.ends_on))
    hours = -(-placement.planned_minutes // (weeks * MINUTES_PER_HOUR))
    return f"About {hours} hours a week, on days that I choose."


def _weeks(first: date, last: date) -> int:
    return -(-((last - first).days + 1) // 7)


def _region(session: Session, placement: Placement, listing: Listing | None) -> str:
    """The partner's for work on site; else where the student said to be the last time."""
    if listing is not None and not listing.is_remote:
        return placement.partner.region
    return (
        session.scalar(
            select(LearningAgreement.region)
            .join(Placement, Placement.id == LearningAgreement.placement_id)
            .where(
                Placement.person_id == placement.person_id,
                LearningAgreement.is_remote,
                LearningAgreement.region != "",
            )
            .order_by(LearningAgreement.id.desc())
            .limit(1)
        )
        or ""
    )


def _credits(session: Session, placement: Placement) -> int | None:
    return session.scalar(
        select(Enrollment.credits_thousandths)
        .where(
            Enrollment.course_id == placement.course_id,
            Enrollment.person_id == placement.person_id,
            Enrollment.dropped_on.is_(None),
        )
        .order_by(Enrollment.id)
        .limit(1)
    )


def _academic_work(session: Session, placement: Placement) -> str:
    version = policy.policy_for(session, placement.course)
    if version is None:
        return ""
    minutes = policy.parameters_of(version).academic_minutes_required
    return f"{minutes // MINUTES_PER_HOUR} hours of course work." if minutes else ""

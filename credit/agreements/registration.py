"""What learning agreements bring: pages, next steps, guards and their history."""

from collections.abc import Collection

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.files.models import Attachment
from careerlink.people.actors import Actor
from careerlink.placements import signatories
from careerlink.placements.models import Placement
from careerlink.registry import Registry, Tab
from careerlink.tokens import AccessLink
from credit.agreements import (
    amendment_link_views,
    asking,
    attention,
    commenting,
    decision_views,
    emergency,
    ladder,
    link_views,
    list_views,
    next_steps,
    office_views,
    operations,
    page,
    panels,
    paper_views,
    queries,
    signatures,
    views,
)
from credit.agreements.models import LearningAgreement

__all__ = ["decision_views", "register"]


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, link_views.bp, office_views.bp, list_views.bp]
    registry.next_steps += [next_steps.student_steps, next_steps.instructor_steps]
    registry.tabs.append(tabs)
    registry.placement_panels += [panels.panels, panels.emergency_panels]
    registry.supervisor_tasks.append(next_steps.supervisor_tasks)
    registry.link_guests.append(signatory_parts)
    registry.attention += [attention.waiting, attention.signers_to_verify, attention.ties]
    registry.histories["learning_agreement"] = history
    registry.hand_overs.append(operations.follow_hand_over)
    registry.file_readers.append(reads_original)
    registry.ladders[ladder.LADDER.key] = ladder.LADDER
    registry.guard("learning_agreement", "sign", asking.supervisor_can_be_asked)
    registry.guard("learning_agreement", "sign", commenting.nothing_unsettled)
    registry.guard("learning_agreement", "sign", emergency.is_there)
    registry.guard("learning_agreement", "approve", signatures.all_have_signed)
    registry.guard("placement", "start", agreement_is_in_force)


def tabs(actor: Actor, course: Course | None) -> list[Tab]:
    if course is not None or not actor.reads_office:
        return []
    url = url_for("agreements_office.clauses")
    return [Tab("Clauses", url, page="agreements.clauses", position=75, is_seldom=True)]


def signatory_parts(
    session: Session, link: AccessLink, placement: Placement
) -> Collection[str]:
    """Whoever signs for the company opens the plan, changes and files of what they sign."""
    signs = signatories.signs(session, placement.id, link.contact_id)
    parts = {link_views.bp.name, amendment_link_views.bp.name, paper_views.link_bp.name}
    return parts if signs else set()


def reads_original(session: Session, actor: Actor, attachment: Attachment) -> bool:
    """A signed paper is read by whoever reads the plan inside the university."""
    return actor.contact_id is None and queries.has_original(session, actor, attachment)


def agreement_is_in_force(session: Session, placement: Placement) -> list[str]:
    if placement.id in queries.in_force(session, [placement.id]):
        return []
    return ["a learning agreement in force"]


def history(session: Session, actor: Actor, public_id: str) -> LearningAgreement | None:
    """Drafts are read by the student alone, so is their trail."""
    agreement = session.scalar(
        queries.visible_to(actor).where(LearningAgreement.public_id == public_id)
    )
    if agreement is None or page.hides_draft(agreement, actor, agreement.placement):
        return None
    return agreement

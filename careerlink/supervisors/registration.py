"""What supervisors bring: their pages, the office's part, deadlines and mails with a link."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements import consents
from careerlink.placements.closing import LINK_MAIL
from careerlink.placements.models import Placement
from careerlink.registry import Registry
from careerlink.supervisors import (
    code_views,
    codes,
    hand_over_queries,
    hand_overs,
    mailing,
    not_me_views,
    notifications,
    office_views,
    panel,
    stand_in_views,
    students_views,
    views,
)
from careerlink.supervisors.models import HandOverRequest
from careerlink.tokens import AccessLink


def register(registry: Registry) -> None:
    registry.blueprints += [
        code_views.bp,
        views.bp,
        not_me_views.bp,
        stand_in_views.bp,
        students_views.bp,
        office_views.bp,
    ]
    registry.outbox_handlers[LINK_MAIL] = mailing.deliver
    registry.placement_panels.append(panel.panels)
    registry.attention.append(panel.waiting)
    registry.consent_changes.append(write_after_consent)
    registry.histories["hand_over_request"] = history
    registry.sweeps += [hand_overs.carry_out_due, codes.forget_old]


def history(session: Session, actor: Actor, public_id: str) -> HandOverRequest | None:
    query = hand_over_queries.visible_to(actor).where(HandOverRequest.public_id == public_id)
    return session.scalar(query)


def write_after_consent(
    session: Session, placement: Placement, is_given: bool, actor: Actor
) -> None:
    """Who took over meanwhile learns of it now; whose link had closed gets another."""
    if not is_given:
        return
    for supervision in consents.supervisors_of(session, placement):
        contact = supervision.contact
        had_link = session.scalar(
            select(
                exists().where(
                    AccessLink.placement_id == placement.id,
                    AccessLink.contact_id == contact.id,
                )
            )
        )
        took_over = session.scalar(
            select(
                exists().where(
                    HandOverRequest.placement_id == placement.id,
                    HandOverRequest.successor_id == contact.id,
                )
            )
        )
        if had_link:
            notifications.shared_again(session, placement, contact, actor=actor)
        elif took_over:
            notifications.named(session, placement, contact, actor=actor)

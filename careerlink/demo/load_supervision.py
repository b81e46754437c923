"""Supervisors in the sample term: what they opened, who hands over, who is asked instead."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from careerlink import clock, tokens
from careerlink.demo.loading import Loading
from careerlink.people.actors import Actor
from careerlink.placements import consents, planning
from careerlink.placements.models import Consent, Placement, PlacementState
from careerlink.supervisors import hand_overs, notifications, stand_ins
from careerlink.supervisors.access import add_disclosure
from careerlink.supervisors.hand_overs import Proposal
from careerlink.supervisors.models import HandOverReason
from careerlink.tokens import AccessLink, LinkPurpose

OPENED = ("supervisor.tasks", "agreements_by_link.show")
WORKING = (PlacementState.ACTIVE, PlacementState.WORK_COMPLETED, PlacementState.CLOSED)


def load(loading: Loading) -> None:
    placements = loading.session.scalars(
        select(Placement)
        .where(Placement.institution_id == loading.institution.id, Placement.state.in_(WORKING))
        .options(joinedload(Placement.institution))
        .order_by(Placement.id)
    ).all()
    standing = consents.standing_of(loading.session, placements)
    shared = [placement for placement in placements if placement.id in standing]
    for placement in shared:
        _open_pages(loading, placement, standing[placement.id])
    active = [one for one in shared if one.state == PlacementState.ACTIVE]
    with clock.at(loading.moment(0, 8)):
        if active:
            _ask_to_hand_over(loading, active[-1])
        for placement in shared:
            if placement.state == PlacementState.WORK_COMPLETED and _ask_stand_in(
                loading, placement
            ):
                break
        if shared:
            _mail_all_students(loading, shared[0])


def _open_pages(loading: Loading, placement: Placement, consent: Consent) -> None:
    """Two days after the consent, as the plan was read and signed."""
    for supervision in planning.current_supervisions(loading.session, placement):
        with clock.at(min(loading.moment(-1, 16), consent.given_at)):
            link = tokens.issue(
                loading.session,
                secret=loading.settings.server.secret,
                purpose=LinkPurpose.PLACEMENT,
                contact=supervision.contact,
                placement_id=placement.id,
                actor=loading.system,
            )
        for page in OPENED:
            add_disclosure(
                loading.session, link, placement, consent, page=page, at=consent.given_at
            )


def _ask_to_hand_over(loading: Loading, placement: Placement) -> None:
    link = loading.session.scalars(
        select(AccessLink)
        .where(AccessLink.placement_id == placement.id, AccessLink.revoked_at.is_(None))
        .options(joinedload(AccessLink.contact))
        .order_by(AccessLink.id.desc())
    ).first()
    if link is None:
        return
    domain = link.contact.email.partition("@")[2]
    hand_overs.ask(
        loading.session,
        link,
        placement,
        actor=Actor(
            institution_id=placement.institution_id,
            contact_id=link.contact_id,
            link_placement_id=placement.id,
            name=link.contact.name,
        ),
        reason=HandOverReason.LEFT,
        proposal=Proposal("Odile Marchand", "Head of operations", f"odile@{domain}"),
        note="My last day is Friday; Odile has sat in on every call.",
        passes_draft=True,
    )


def _ask_stand_in(loading: Loading, placement: Placement) -> bool:
    colleague = stand_ins.candidate(loading.session, placement)
    return colleague is not None and stand_ins.ask(
        loading.session, placement, colleague, actor=loading.system
    )


def _mail_all_students(loading: Loading, placement: Placement) -> None:
    for supervision in planning.current_supervisions(loading.session, placement):
        notifications.students_wanted(
            loading.session, supervision.contact, actor=loading.system
        )

"""What changes to agreements bring: pages, next steps, tasks by link, and what they follow."""

from flask import url_for
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.people.actors import Actor, system
from careerlink.placements.changes import HandOver
from careerlink.placements.models import Placement
from careerlink.registry import NextStep, Panel, Registry, SupervisorTask, Waiting
from credit import addresses
from credit.agreements import (
    amending,
    amending_hand_over,
    amending_ladder,
    amending_parties,
    amending_signing,
    amendment_link_views,
    amendment_views,
    paper_views,
    queries,
    signatures,
    version_list,
    versions,
)
from credit.agreements.amending_notifications import page_of
from credit.agreements.models import AgreementState, LearningAgreement
from credit.agreements.notifications import REMIND_AFTER

MOST = 50
OVER = "The project has ended, so there is nothing to change any more."


def register(registry: Registry) -> None:
    registry.blueprints += [
        amendment_views.bp,
        amendment_link_views.bp,
        paper_views.bp,
        paper_views.link_bp,
    ]
    registry.next_steps.append(steps)
    registry.placement_panels.append(panels)
    registry.supervisor_tasks.append(supervisor_tasks)
    registry.attention.append(waiting)
    registry.hand_overs.append(follow_hand_over)
    registry.ladders[amending_ladder.LADDER.key] = amending_ladder.LADDER
    for verb in ("complete", "end_early", "cancel"):
        registry.reaction("placement", verb, withdraw_waiting)


def withdraw_waiting(session: Session, placement: Placement, actor: Actor) -> None:
    """Reaction: once the work is over, a change to its plan is one to nothing."""
    agreement = versions.get_waiting(session, placement, to_change=True)
    if agreement is not None:
        by = system(placement.institution_id)
        amending_signing.withdraw(session, agreement, actor=by, reason=OVER)


def follow_hand_over(session: Session, handed_over: HandOver, actor: Actor) -> None:
    amending_hand_over.follow(session, handed_over, actor=actor)


def steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """For students and instructors whose signature is asked for."""
    if course_id is None or actor.person_id is None:
        return []
    return [
        NextStep(
            title=f"sign or refuse a change to “{agreement.placement.title}”",
            url=page_of(agreement),
            action="Read the change",
            why="The agreement stays as it is until everybody has signed.",
            urgency=42,
        )
        for agreement in _waiting(session, actor, course_id)
        if _is_asked(session, agreement, actor)
    ]


def supervisor_tasks(
    session: Session, actor: Actor, placement: Placement, token: str
) -> list[SupervisorTask]:
    agreement = versions.get_waiting(session, placement)
    if agreement is not None:
        if not amending_parties.reads(session, placement, actor)(agreement):
            return []
        is_asked = _is_asked(session, agreement, actor)
        return [
            SupervisorTask(
                title="read a change to the plan and sign it" if is_asked else "a change waits",
                text="What is different, and what that means, on one page.",
                url=url_for(
                    "amendments_by_link.show", token=token, version_id=agreement.public_id
                ),
                action="Read the change",
                is_done=not is_asked,
            )
        ]
    if not amending_parties.may_propose(session, actor, placement):
        return []
    if amending.why_not_changeable(session, placement):
        return []
    return [
        SupervisorTask(
            title="something is to change?",
            text="Another last day, other hours or tasks, finish or end the project.",
            url=url_for("amendments_by_link.start", token=token),
            action="Propose a change",
            is_done=True,
        )
    ]


def panels(session: Session, actor: Actor, placement: Placement) -> list[Panel]:
    found = version_list.of(session, placement, actor)
    if not found.listed:
        return []
    return [
        Panel(
            title="Versions of the agreement",
            template="credit/agreements/versions_panel.html",
            values={
                "agreement_versions": found,
                "agreement_base": addresses.of(placement, "agreement"),
            },
            position=21,
            is_side=True,
        )
    ]


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """Changes that nobody has answered for some days."""
    since = clock.now() - REMIND_AFTER
    found = session.scalars(
        queries.visible_to(actor)
        .where(
            LearningAgreement.state == AgreementState.AWAITING_SIGNATURES,
            LearningAgreement.state_since < since,
        )
        .options(
            joinedload(LearningAgreement.placement).joinedload(Placement.person),
            joinedload(LearningAgreement.placement).joinedload(Placement.course),
        )
        .order_by(LearningAgreement.state_since)
        .limit(MOST)
    )
    return [
        Waiting(
            group="Partners and supervisors",
            title=f"Change to the agreement of {agreement.placement.person.label}",
            text=f"“{agreement.placement.title}”",
            since=agreement.state_since,
            url=page_of(agreement),
            action="Open the change",
            why="Changes that wait for a signature longer than five days are listed here.",
            is_late=True,
        )
        for agreement in found
    ]


def _waiting(session: Session, actor: Actor, course_id: int) -> list[LearningAgreement]:
    return list(
        session.scalars(
            queries.visible_to(actor)
            .join(LearningAgreement.placement)
            .where(
                Placement.course_id == course_id,
                LearningAgreement.state == AgreementState.AWAITING_SIGNATURES,
            )
            .options(joinedload(LearningAgreement.placement).joinedload(Placement.course))
            .order_by(LearningAgreement.state_since)
            .limit(MOST)
        )
    )


def _is_asked(session: Session, agreement: LearningAgreement, actor: Actor) -> bool:
    party = amending_parties.party_of(session, actor, agreement.placement)
    amendment = versions.amendment_of(session, agreement)
    if party is None or amendment is None or party.value not in amendment.signers:
        return False
    return party not in {one.party for one in signatures.standing(session, agreement)}

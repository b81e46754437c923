"""Writing the plan, as long as nobody has signed it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from careerlink import audit, clock
from careerlink.db import new_public_id
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements.models import UNFINISHED, Placement
from credit.agreements import queries
from credit.agreements.models import (
    OPEN,
    AgreedDeliverable,
    AgreementState,
    LearningAgreement,
    LearningObjective,
)
from credit.agreements.plan import (
    SIMPLE,
    AgreementDraft,
    DeliverableDraft,
    ObjectiveDraft,
    plan_of,
)
from credit.agreements.workflow import is_own
from credit.competencies import queries as competencies

MOST_OBJECTIVES = 12
MOST_DELIVERABLES = 12


def save_draft(
    session: Session, placement: Placement, content: AgreementDraft, *, actor: Actor
) -> LearningAgreement:
    """Begin the plan or write it anew; what others have signed stays as it was."""
    _lock(session, placement)
    agreement = queries.latest(session, placement, to_change=True)
    _refuse_unless_open(placement, agreement)
    _refuse_dates(placement, content)
    _refuse_pieces(content.deliverables)
    if agreement is None or agreement.state == AgreementState.REFUSED:
        agreement = _new(placement, number=agreement.number + 1 if agreement else 1)
    if not is_own(actor, agreement):
        raise NotPermitted("Only the student writes this agreement, in their own view.")
    if write(session, placement, agreement, content):
        session.add(agreement)
        session.flush()
        audit.record(
            session,
            "learning_agreement:write",
            agreement,
            actor=actor,
            objectives=len(agreement.objectives),
        )
    return agreement


def may_write(placement: Placement, agreement: LearningAgreement | None) -> bool:
    """Is there a draft, or room for one?"""
    is_open = placement.state in UNFINISHED
    writable = (AgreementState.DRAFT, AgreementState.REFUSED)
    return is_open and (agreement is None or agreement.state in writable)


def _lock(session: Session, placement: Placement) -> None:
    # Two tabs that both begin the first version go one after the other.
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())


def _refuse_unless_open(placement: Placement, agreement: LearningAgreement | None) -> None:
    if may_write(placement, agreement):
        return
    if agreement is not None and agreement.state.value in OPEN:
        raise NotPossible("You have signed this plan. Take it back first to change it.")
    raise NotPossible("This plan can no longer be changed.")


def _refuse_dates(placement: Placement, content: AgreementDraft) -> None:
    if content.starts_on > content.ends_on:
        raise InvalidInput("The work must end after it begins.", field="ends_on")
    if content.starts_on < placement.starts_on:
        raise InvalidInput("The project begins later than this day.", field="starts_on")
    if any(
        one.due_on is not None and not content.starts_on <= one.due_on <= content.ends_on
        for one in content.deliverables
    ):
        raise InvalidInput("Hand in between the first and the last day.", field="deliverables")
    term = placement.course.term
    last = max(placement.ends_on, term.ends_on) if term else placement.ends_on
    if content.ends_on > last:
        raise InvalidInput("The term is over before this day.", field="ends_on")


def _refuse_pieces(pieces: Sequence[DeliverableDraft]) -> None:
    final = [one for one in pieces if one.is_final]
    if len(final) > 1:
        raise InvalidInput("Only one piece can be the final one.", field="deliverables")
    if any(not one.is_required for one in final):
        raise InvalidInput("The final piece cannot be optional.", field="deliverables")
    if pieces and not any(one.is_required for one in pieces):
        raise InvalidInput("Leave one piece that is not optional.", field="deliverables")


def _new(placement: Placement, *, number: int) -> LearningAgreement:
    now = clock.now()
    return LearningAgreement(
        placement=placement,
        placement_id=placement.id,
        number=number,
        state=AgreementState.DRAFT,
        state_since=now,
        created_at=now,
    )


def write(
    session: Session,
    placement: Placement,
    agreement: LearningAgreement,
    content: AgreementDraft,
) -> bool:
    """Return whether anything is new. Objectives and deliverables keep their lineage."""
    objectives = _allowed(session, placement, content.objectives)
    deliverables = _known_deliverables(session, placement, content.deliverables)
    wanted = replace(content, objectives=objectives, deliverables=deliverables)
    before = plan_of(agreement) if agreement.id else None
    if before == wanted:
        return False
    for name in SIMPLE:
        setattr(agreement, name, getattr(content, name))
    if before is not None:
        # A second tab that changes other rows meets the version of this one.
        flag_modified(agreement, "tasks")
    if before is None or before.objectives != objectives:
        _replace(session, agreement, "objectives", map(_objective, objectives))
    if before is None or before.deliverables != deliverables:
        _replace(session, agreement, "deliverables", map(_deliverable, deliverables))
    return True


def _replace(
    session: Session, agreement: LearningAgreement, name: str, rows: Iterable[Any]
) -> None:
    if agreement.id:
        setattr(agreement, name, [])
        session.flush()
    made = list(rows)
    for position, row in enumerate(made, 1):
        row.position = position
    setattr(agreement, name, made)


def _allowed(
    session: Session, placement: Placement, drafts: Sequence[ObjectiveDraft]
) -> list[ObjectiveDraft]:
    """Drafts with ids of this course and institution only, and the lineages they had."""
    if len(drafts) > MOST_OBJECTIVES:
        raise InvalidInput(f"Up to {MOST_OBJECTIVES} objectives; take the most important.")
    course = {o.id: o for o in queries.course_objectives(session, placement.course)}
    # One that was chosen earlier stays possible, also when the course has changed its set.
    before = [draft.competency_id for draft in drafts if draft.competency_id]
    offered = competencies.offered_in(session, placement.course, besides=before)
    named = {competency.id for competency in offered}
    known = _lineages(session, placement, LearningObjective)
    return [
        replace(
            draft,
            text=course[draft.objective_id].text
            if draft.objective_id in course
            else draft.text,
            objective_id=draft.objective_id if draft.objective_id in course else None,
            competency_id=draft.competency_id if draft.competency_id in named else None,
            lineage=draft.lineage if draft.lineage in known else new_public_id(),
        )
        for draft in drafts
    ]


def _known_deliverables(
    session: Session, placement: Placement, drafts: Sequence[DeliverableDraft]
) -> list[DeliverableDraft]:
    if len(drafts) > MOST_DELIVERABLES:
        raise InvalidInput(
            f"Up to {MOST_DELIVERABLES} things to hand in.", field="deliverables"
        )
    known = _lineages(session, placement, AgreedDeliverable)
    return [
        replace(draft, lineage=draft.lineage if draft.lineage in known else new_public_id())
        for draft in drafts
    ]


def _lineages(
    session: Session,
    placement: Placement,
    rows: type[LearningObjective] | type[AgreedDeliverable],
) -> set[str]:
    """Of all versions for this placement: nobody brings one from elsewhere."""
    return set(
        session.scalars(
            select(rows.lineage)
            .join(LearningAgreement, LearningAgreement.id == rows.agreement_id)
            .where(LearningAgreement.placement_id == placement.id)
        )
    )


def _objective(draft: ObjectiveDraft) -> LearningObjective:
    return LearningObjective(
        **{name: getattr(draft, name) for name in ObjectiveDraft.__dataclass_fields__}
    )


def _deliverable(draft: DeliverableDraft) -> AgreedDeliverable:
    return AgreedDeliverable(
        **{name: getattr(draft, name) for name in DeliverableDraft.__dataclass_fields__}
    )

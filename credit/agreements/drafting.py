"""Writing the plan, as long as nobody has signed it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from careerlink import audit, clock
from careerlink.db import new_public_id
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState
from credit.agreements import queries
from credit.agreements.models import (
    OPEN,
    AgreementState,
    Judge,
    LearningAgreement,
    LearningObjective,
)
from credit.agreements.workflow import is_own
from credit.competencies import queries as competencies

MOST_OBJECTIVES = 12
FIELDS = (
    "planned_minutes", "starts_on", "ends_on", "tasks", "supervision_plan", "academic_work",
)  # fmt: skip


@dataclass(frozen=True)
class ObjectiveDraft:
    text: str
    activity: str = ""
    evidence: str = ""
    judge: Judge = Judge.SUPERVISOR
    objective_id: int | None = None
    """One of the course's list; absent for an own one."""
    competency_id: int | None = None
    lineage: str = ""
    """Given back by the form, so that the objective stays the same one."""


@dataclass(frozen=True)
class AgreementDraft:
    planned_minutes: int
    starts_on: date
    ends_on: date
    tasks: str
    supervision_plan: str
    academic_work: str
    objectives: Sequence[ObjectiveDraft]


def save_draft(
    session: Session, placement: Placement, content: AgreementDraft, *, actor: Actor
) -> LearningAgreement:
    """Begin the plan or write it anew; what others have signed stays as it was."""
    _lock(session, placement)
    agreement = queries.latest(session, placement, to_change=True)
    _refuse_unless_open(placement, agreement)
    _refuse_dates(placement, content)
    if agreement is None or agreement.state == AgreementState.REFUSED:
        agreement = _new(placement, number=agreement.number + 1 if agreement else 1)
    if not is_own(actor, agreement):
        raise NotPermitted("Only the student writes this agreement, in their own view.")
    if _write(session, placement, agreement, content):
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
    is_open = placement.state in (PlacementState.PLANNED, PlacementState.ACTIVE)
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
    term = placement.course.term
    last = max(placement.ends_on, term.ends_on) if term else placement.ends_on
    if content.ends_on > last:
        raise InvalidInput("The term is over before this day.", field="ends_on")


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


def _write(
    session: Session,
    placement: Placement,
    agreement: LearningAgreement,
    content: AgreementDraft,
) -> bool:
    """Return whether anything is new."""
    objectives = _allowed(session, placement, content.objectives)
    changed = [name for name in FIELDS if getattr(agreement, name) != getattr(content, name)]
    for name in changed:
        setattr(agreement, name, getattr(content, name))
    if [draft_of(o) for o in agreement.objectives] == objectives and agreement.id:
        return bool(changed)
    if agreement.id:
        # A second tab that changes other objectives meets the row's version.
        flag_modified(agreement, "tasks")
        agreement.objectives = []
        session.flush()
    agreement.objectives = [
        _objective(position, objective) for position, objective in enumerate(objectives, 1)
    ]
    return True


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
    known = set(
        session.scalars(
            select(LearningObjective.lineage)
            .join(LearningObjective.agreement)
            .where(LearningAgreement.placement_id == placement.id)
        )
    )
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


def _objective(position: int, draft: ObjectiveDraft) -> LearningObjective:
    return LearningObjective(
        position=position,
        **{name: getattr(draft, name) for name in ObjectiveDraft.__dataclass_fields__},
    )


def draft_of(objective: LearningObjective) -> ObjectiveDraft:
    return ObjectiveDraft(
        **{name: getattr(objective, name) for name in ObjectiveDraft.__dataclass_fields__}
    )

"""What the pages of evidence show."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit import addresses
from credit.agreements import queries as agreements
from credit.agreements.models import LearningObjective
from credit.evidence import (
    criteria,
    planning,
    queries,
    questions,
    reflecting,
    reviewing,
    rules,
    workflow,
)
from credit.evidence.models import Deliverable, DeliverableState, DeliverableVersion
from credit.evidence.reflection_models import ReflectionDraft
from credit.evidence.review_models import ReviewOutcome
from credit.evidence.workflow import OFFICE, STUDENT, SUPERVISOR

SAID = {
    ReviewOutcome.ACCEPTED: "Accepted",
    ReviewOutcome.REWORK: "Rework asked for",
    ReviewOutcome.REFERRED: "The career office was asked to help",
    ReviewOutcome.ONE_MORE_ROUND: "One more round of rework",
    ReviewOutcome.ON_EVIDENCE: "Accepted on the evidence by the career office",
}


def values(session: Session, placement: Placement, *, actor: Actor) -> dict[str, Any]:
    """The whole of it, in the same few queries whatever there is."""
    found = queries.reflection(session, placement, actor=actor)
    is_own = rules.is_own(actor, placement)
    versions = [one.id for one in found.versions] if found is not None else []
    return {
        **work_values(session, placement, actor=actor),
        "reflection": found,
        "answers_by_version": reflecting.answers_of(session, versions),
        "draft": reflecting.draft_of(session, placement) if is_own else None,
        "milestones": planning.milestones_of(session, placement),
        "is_own": is_own,
        "why_not_open": rules.why_not_open(session, actor, placement),
        "url": addresses.of(placement, "evidence"),
    }


def work_values(session: Session, placement: Placement, *, actor: Actor) -> dict[str, Any]:
    """What was to be handed in, and what came; all that a supervisor reads."""
    objectives = objectives_of(session, placement)
    return {
        "placement": placement,
        "pieces": queries.pieces(session, placement, actor=actor),
        "objectives": objectives,
        "objective_texts": {one.lineage: one.text for one in objectives},
        "objective_numbers": {o.lineage: n for n, o in enumerate(objectives, 1)},
        "host_of": rules.host_of,
        "said_words": SAID,
        "criterion_words": criteria.words_of,
        "answer_words": criteria.ANSWERS,
        "rounds_left": workflow.rounds_left,
        "move_of": partial(move_of, actor=actor),
        "may_settle": may_settle(session, placement, actor),
        "silent_days": workflow.SILENT_DAYS,
    }


def may_settle(session: Session, placement: Placement, actor: Actor) -> bool:
    is_office = actor.is_staff and actor.institution_id == placement.institution_id
    return is_office and not reviewing.why_closed(session, placement)


MOVES = {
    DeliverableState.AWAITED: (STUDENT, "hand it in"),
    DeliverableState.HANDED_IN: (SUPERVISOR, "look at it and answer"),
    DeliverableState.REWORK_ASKED: (STUDENT, "hand in a newer version"),
    DeliverableState.WITH_OFFICE: (OFFICE, "help both, as the agreed rounds are used up"),
}


def move_of(deliverable: Deliverable, actor: Actor) -> tuple[str, str]:
    """Whose move it is, and which: "Your move:", "hand it in"; empty when nothing is left."""
    who, move = MOVES.get(deliverable.state, ("", ""))
    is_theirs = {
        STUDENT: actor.person_id == deliverable.placement.person_id,
        SUPERVISOR: actor.contact_id is not None,
        OFFICE: actor.is_staff,
    }
    if not who:
        return "", ""
    return "Your move:" if is_theirs[who] else f"{who[:1].upper()}{who[1:]}:", move


def objectives_of(session: Session, placement: Placement) -> Sequence[LearningObjective]:
    agreement = agreements.in_force(session, [placement.id]).get(placement.id)
    return agreement.objectives if agreement is not None else []


def reflection_values(
    session: Session, placement: Placement, *, actor: Actor
) -> dict[str, Any]:
    found = queries.reflection(session, placement, actor=actor)
    latest = found.latest if found is not None else None
    draft = reflecting.draft_of(session, placement)
    is_short = reflecting.asks_short(session, placement)
    asked = questions.of_course(session, placement.course_id)
    return {
        "placement": placement,
        "draft": draft,
        "latest": latest,
        "is_short": is_short,
        "asked": asked,
        "objectives": objectives_of(session, placement),
        "typed": _as_typed(session, draft, latest, is_short=is_short),
        "list_url": addresses.of(placement, "evidence"),
    }


def _as_typed(
    session: Session,
    draft: ReflectionDraft | None,
    latest: DeliverableVersion | None,
    *,
    is_short: bool,
) -> dict[str, Any]:
    """The draft goes before the version that was handed in."""
    text = draft.text if draft is not None else latest.text if latest is not None else ""
    if draft is not None:
        answers = dict(draft.answers)
    elif latest is not None:
        given = reflecting.answers_of(session, [latest.id]).get(latest.id, [])
        answers = {one.objective_lineage: one.text for one in given}
    else:
        answers = {}
    if is_short:
        shown = [one.objective_lineage for one in latest.objectives] if latest else []
        return {"text": text, "objectives": list(answers) if draft is not None else shown}
    return {"text": text, **{f"answer-{name}": said for name, said in answers.items()}}

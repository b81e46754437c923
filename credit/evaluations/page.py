"""What the pages of an evaluation show: where each stands, and the answers side by side."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit import addresses
from credit.competencies import levels
from credit.evaluations import asking, queries
from credit.evaluations.answers import AGAIN
from credit.evaluations.models import Author, Evaluation, EvaluationState
from credit.evaluations.queries import Answer, Submitted
from credit.evaluations.workflow import writes_own


@dataclass(frozen=True)
class Line:
    """One evaluation: whose it is, and where it stands."""

    evaluation: Evaluation
    by: str
    is_late: bool
    asked_at: datetime | None = None
    remind_from: datetime | None = None
    why_not: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One question with the answer of each submission, in their order."""

    label: str
    answers: list[Answer | None]


def values(session: Session, placement: Placement, *, actor: Actor) -> dict[str, Any]:
    submitted = queries.readable(session, actor, placement)
    return {
        "placement": placement,
        "placement_url": addresses.of(placement),
        "first_name": addresses.first_name(placement),
        "lines": lines(session, placement, actor=actor),
        "submitted": submitted,
        "rows": rows(submitted),
        "may_remind": actor.is_staff or writes_own(actor, placement),
        "is_blind": is_blind(session, placement, actor=actor),
        "level_words": levels.words,
        "again_words": AGAIN,
    }


def lines(session: Session, placement: Placement, *, actor: Actor) -> list[Line]:
    return [
        _line(session, evaluation, actor=actor)
        for evaluation in queries.of_placement(session, placement)
    ]


def rows(submitted: list[Submitted]) -> list[Row]:
    """The student's order of questions; what only one was asked stands with a gap."""
    labels = {answer.key: answer.label for one in submitted for answer in one.ratings}
    return [
        Row(label, [one.level_of(key) for one in submitted]) for key, label in labels.items()
    ]


def is_blind(session: Session, placement: Placement, *, actor: Actor) -> bool:
    """The student's own is missing, so the supervisor's is not shown, sent or not."""
    if actor.person_id != placement.person_id:
        return False
    own = queries.open_or_sent(session, placement, None)
    return own is None or own.state != EvaluationState.SUBMITTED


def _line(session: Session, evaluation: Evaluation, *, actor: Actor) -> Line:
    contact = evaluation.contact
    is_open = evaluation.state in asking.OPEN
    by = contact.name if contact else "You" if _is_theirs(evaluation, actor) else "The student"
    is_late = is_open and evaluation.due_at is not None and evaluation.due_at < clock.now()
    if evaluation.author == Author.STUDENT or not is_open:
        return Line(evaluation, by, is_late)
    asked = asking.asked_at(session, evaluation)
    return Line(
        evaluation,
        by,
        is_late,
        asked_at=asked,
        remind_from=asking.may_remind_from(asked),
        why_not=tuple(asking.why_not(session, evaluation)),
    )


def _is_theirs(evaluation: Evaluation, actor: Actor) -> bool:
    return actor.person_id == evaluation.placement.person_id

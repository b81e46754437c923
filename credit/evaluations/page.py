"""What the pages of an evaluation show: where each stands, and the answers side by side."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.reminders import standing
from careerlink.reminders.standing import Standing
from credit import addresses
from credit.competencies import levels
from credit.evaluations import addenda, ladder, note_page, queries, release
from credit.evaluations.answers import AGAIN
from credit.evaluations.models import Author, Evaluation, EvaluationKind, EvaluationState
from credit.evaluations.note_page import Tried
from credit.evaluations.sent import Answer, Submitted
from credit.evaluations.whole_form import MEDIA
from credit.evaluations.workflow import transcribes, writes_own


@dataclass(frozen=True)
class Line:
    """One evaluation: whose it is, and where it stands."""

    evaluation: Evaluation
    by: str
    is_late: bool
    reminders: Standing | None = None
    transcribe_url: str = ""
    close_url: str = ""


@dataclass(frozen=True)
class Row:
    """One question with the answer of each submission, in their order."""

    label: str
    answers: list[Answer | None]


@dataclass(frozen=True)
class Side:
    """The answers about one point in time, side by side."""

    kind: EvaluationKind
    submitted: list[Submitted]
    rows: list[Row]


def values(
    session: Session, placement: Placement, *, actor: Actor, tried: Tried | None = None
) -> dict[str, Any]:
    versions = queries.all_versions(session, actor, placement)
    submitted = [one for one in versions if one.is_latest]
    standing_now = lines(session, placement, actor=actor)
    read = {one.evaluation_id for one in submitted}
    return {
        "notes": note_page.beside(
            session,
            placement,
            [one.evaluation for one in standing_now if one.evaluation.id in read],
            actor=actor,
            tried=tried,
        ),
        "placement": placement,
        "placement_url": addresses.of(placement),
        "first_name": addresses.first_name(placement),
        "lines": standing_now,
        "submitted": submitted,
        "earlier": [one for one in versions if not one.is_latest],
        "sides": sides(submitted),
        "may_remind": actor.is_staff or writes_own(actor, placement),
        "is_blind": is_blind(session, placement, actor=actor),
        "level_words": levels.words,
        "again_words": AGAIN,
        "media_words": MEDIA,
        "addenda": addenda.to_note(session, placement, actor=actor),
    }


def lines(session: Session, placement: Placement, *, actor: Actor) -> list[Line]:
    return [
        _line(session, evaluation, actor=actor)
        for evaluation in queries.with_lapsed(session, placement)
    ]


def sides(submitted: list[Submitted]) -> list[Side]:
    """The end first, then the half."""
    found = []
    for kind in (EvaluationKind.FINAL, EvaluationKind.MIDPOINT):
        here = [one for one in submitted if one.kind == kind]
        if here:
            found.append(Side(kind, here, rows(here)))
    return found


def rows(submitted: list[Submitted]) -> list[Row]:
    """The student's order of questions; what only one was asked stands with a gap."""
    labels = {answer.key: answer.label for one in submitted for answer in one.ratings}
    return [
        Row(label, [one.level_of(key) for one in submitted]) for key, label in labels.items()
    ]


def is_blind(session: Session, placement: Placement, *, actor: Actor) -> bool:
    """Something of the supervisor's is held back from this reader, sent or not."""
    if actor.person_id != placement.person_id:
        return False
    found = queries.of_placement(session, placement)
    open_ones = release.released(found, now=clock.now())
    return any(one.author == Author.SUPERVISOR and one.id not in open_ones for one in found)


def _line(session: Session, evaluation: Evaluation, *, actor: Actor) -> Line:
    contact = evaluation.contact
    is_open = evaluation.state in queries.OPEN
    by = contact.name if contact else "You" if _is_theirs(evaluation, actor) else "The student"
    is_late = is_open and evaluation.due_at is not None and evaluation.due_at < clock.now()
    if evaluation.author == Author.STUDENT or not is_open:
        return Line(evaluation, by, is_late)
    key, subject_id = ladder.of(evaluation)
    return Line(
        evaluation,
        by,
        is_late,
        reminders=standing.of_subject(session, key, subject_id),
        transcribe_url=_desk(evaluation, "ask_transcript")
        if transcribes(actor, evaluation)
        else "",
        close_url=_desk(evaluation, "ask_close") if actor.is_staff else "",
    )


def _desk(evaluation: Evaluation, page: str) -> str:
    placement = evaluation.placement
    if evaluation.state == EvaluationState.SUBMITTED:
        return ""
    return url_for(
        f"evaluation_desk.{page}",
        course_id=placement.course.public_id,
        placement_id=placement.public_id,
        evaluation_id=evaluation.public_id,
    )


def _is_theirs(evaluation: Evaluation, actor: Actor) -> bool:
    return actor.person_id == evaluation.placement.person_id

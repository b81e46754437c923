"""The student's word on an evaluation they received, and the one line in answer.

An evaluation is part of the student's record, so they may ask for it to be amended. What the
supervisor wrote stays as it is; the note stands beside it for everybody who decides.
"""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.cases import standing
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement
from credit.cases.workflow import DECIDED, appeals
from credit.evaluations import note_queries, queries
from credit.evaluations.models import Author, Evaluation
from credit.evaluations.note_models import EvaluationNote, Voice
from credit.evaluations.note_queries import Noted
from credit.evaluations.sent import Submitted
from credit.evaluations.workflow import writes_own

MOST_WRITTEN = 4000
MOST_ANSWERED = 300
MOST_NOTES = 10
DAYS_AFTER = 30
"""After the decision, or as long as it can be appealed where that is more."""
NOT_READ = "You can say something about it once you can read it."
OVER = "Nothing can be added here: its credit is settled, or this view may only look."
ENOUGH = f"You have written {MOST_NOTES} notes. Talk to your instructor about the rest."
ANSWERED = "This note was answered meanwhile."


def may_write(session: Session, placement: Placement, *, actor: Actor) -> bool:
    """The student of this project while its case lives: until some weeks after the decision."""
    case = _case(session, placement)
    if case is None:
        return writes_own(actor, placement)
    return appeals(actor, case) and _lives(session, case)


def write(session: Session, evaluation: Evaluation, *, actor: Actor, text: str) -> None:
    """The same words sent twice are one note."""
    _lock(session, evaluation)
    read = _read(session, evaluation, actor)
    if read is None:
        raise NotPermitted(NOT_READ)
    if not may_write(session, evaluation.placement, actor=actor):
        raise NotPossible(OVER)
    text = text.strip()
    if not text or len(text) > MOST_WRITTEN:
        raise InvalidInput(f"Write up to {MOST_WRITTEN} characters.", field="note")
    notes = note_queries.of_one(session, evaluation)
    if notes and notes[-1].text == text:
        return
    if len(notes) >= MOST_NOTES:
        raise NotPossible(ENOUGH)
    row = _add(session, evaluation, read.number, Voice.STUDENT, text, actor=actor)
    audit.record(
        session, "evaluation:add_note", evaluation, actor=actor, note=row.id, number=read.number
    )


def may_answer(actor: Actor, placement: Placement) -> bool:
    if actor.institution_id != placement.institution_id:
        return False
    if actor.person_id in (None, placement.person_id):
        return False
    return actor.is_staff or _teaches(actor, placement)


def answer(
    session: Session, evaluation: Evaluation, note_id: int, *, actor: Actor, text: str
) -> None:
    """One line, once, whoever of the instructors and the office is first."""
    _lock(session, evaluation)
    noted = _one(session, evaluation, note_id)
    if noted is None or not may_answer(actor, evaluation.placement):
        raise NotPermitted("Only the instructor or the career office answers.")
    text = " ".join(text.split())
    if not text or len(text) > MOST_ANSWERED:
        raise InvalidInput(f"Write one line of up to {MOST_ANSWERED} characters.", field="line")
    if noted.answer is not None:
        if noted.answer.person_id == actor.person_id and noted.answer.text.text == text:
            return
        raise NotPossible(ANSWERED)
    voice = Voice.INSTRUCTOR if _teaches(actor, evaluation.placement) else Voice.OFFICE
    row = _add(
        session, evaluation, noted.note.number, voice, text, actor=actor, answers_id=note_id
    )
    audit.record(
        session, "evaluation:answer_note", evaluation, actor=actor, note=note_id, answer=row.id
    )


def _teaches(actor: Actor, placement: Placement) -> bool:
    course_id = placement.course_id
    return actor.teaches(course_id) and not actor.standing(course_id).read_only


def _read(session: Session, evaluation: Evaluation, actor: Actor) -> Submitted | None:
    """The supervisor's latest version, as far as this student may read it."""
    if evaluation.author != Author.SUPERVISOR:
        return None
    found = queries.readable(session, actor, evaluation.placement)
    return next((one for one in found if one.evaluation_id == evaluation.id), None)


def _one(session: Session, evaluation: Evaluation, note_id: int) -> Noted | None:
    notes = note_queries.of_one(session, evaluation)
    return next((one for one in notes if one.note.id == note_id), None)


def _case(session: Session, placement: Placement) -> CreditCase | None:
    return session.scalar(
        select(CreditCase)
        .join(CreditCasePlacement, CreditCasePlacement.credit_case_id == CreditCase.id)
        .where(
            CreditCasePlacement.placement_id == placement.id,
            CreditCasePlacement.moved_at.is_(None),
        )
    )


def _lives(session: Session, case: CreditCase) -> bool:
    if case.state not in DECIDED:
        return case.state != CaseState.DROPPED
    final = standing.standing_decisions(session, [case.id]).get(case.id)
    days = max(DAYS_AFTER, case.policy_version.parameters.get("appeal_days") or 0)
    return final is None or clock.now() <= final.decided_at + timedelta(days=days)


def _lock(session: Session, evaluation: Evaluation) -> None:
    """The second of two presses waits, and then sees what the first one wrote."""
    session.scalars(
        queries.locked(select(Evaluation).where(Evaluation.id == evaluation.id))
    ).one()


def _add(
    session: Session,
    evaluation: Evaluation,
    number: int,
    voice: Voice,
    text: str,
    *,
    actor: Actor,
    answers_id: int | None = None,
) -> EvaluationNote:
    row = EvaluationNote(
        evaluation_id=evaluation.id,
        number=number,
        voice=voice,
        person_id=actor.person_id,
        text_id=audit.erasable(session, text).id,
        answers_id=answers_id,
        written_at=clock.now(),
    )
    session.add(row)
    session.flush()
    return row

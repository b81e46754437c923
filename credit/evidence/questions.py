"""What a course asks in reflections, and how often a supervisor may ask for rework."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses.conclusion import require_open
from careerlink.courses.models import Course
from careerlink.errors import InvalidInput, NotPermitted
from careerlink.offered_parts import CarriedPart, CarryOver
from careerlink.people.actors import Actor
from credit.evidence.reflection_models import CourseEvidence

OBJECTIVE = (
    "What did you do for this objective, what shows it, and what would you do otherwise "
    "next time?"
)
SYNTHESIS = (
    "Looking at all of it: what can you do now that you could not before, where did your own "
    "view and your supervisor’s differ, and what is your next step?"
)
SHORT = (
    "In five to ten sentences: what did you do, what did you learn for your objectives, and "
    "what would you do otherwise?"
)
REWORK_ROUNDS = 2
MOST_ROUNDS = 9
SHORT_UP_TO = 10 * 60
"""Minutes planned: up to here one answer is asked for in place of one for each objective."""
LONGEST = 600


@dataclass(frozen=True)
class Questions:
    objective: str = OBJECTIVE
    synthesis: str = SYNTHESIS
    short: str = SHORT
    rework_rounds: int = REWORK_ROUNDS


def of_course(session: Session, course_id: int) -> Questions:
    """The course's own, or those that every course begins with."""
    row = _row(session, course_id)
    if row is None:
        return Questions()
    return Questions(
        row.objective_question, row.synthesis_question, row.short_question, row.rework_rounds
    )


def is_short(planned_minutes: int) -> bool:
    return planned_minutes <= SHORT_UP_TO


def may_change(actor: Actor, course: Course) -> bool:
    return actor.may_decide(course.id) or (
        actor.is_staff and actor.institution_id == course.institution_id
    )


def change(session: Session, course: Course, to: Questions, *, actor: Actor) -> None:
    """Reflections that are handed in keep the questions they answered."""
    require_open(actor, course)
    if not may_change(actor, course):
        raise NotPermitted("Only the instructor or career staff change what a course asks.")
    to = _checked(to)
    session.execute(select(Course.id).where(Course.id == course.id).with_for_update())
    if of_course(session, course.id) == to:
        return
    row = _row(session, course.id) or CourseEvidence(course_id=course.id)
    row.objective_question, row.synthesis_question = to.objective, to.synthesis
    row.short_question, row.rework_rounds = to.short, to.rework_rounds
    row.changed_by_id, row.changed_at = actor.person_id, clock.now()
    session.add(row)
    session.flush()
    audit.record(
        session,
        "course:change_evidence",
        course,
        actor=actor,
        rework_rounds=to.rework_rounds,
    )


def _checked(given: Questions) -> Questions:
    texts = {
        "objective": given.objective.strip(),
        "synthesis": given.synthesis.strip(),
        "short": given.short.strip(),
    }
    for name, text in texts.items():
        if not text or len(text) > LONGEST:
            raise InvalidInput(f"Write a question of up to {LONGEST} characters.", field=name)
    if not 0 <= given.rework_rounds <= MOST_ROUNDS:
        raise InvalidInput(f"Choose 0 to {MOST_ROUNDS} rounds.", field="rework_rounds")
    return Questions(**texts, rework_rounds=given.rework_rounds)


def _row(session: Session, course_id: int) -> CourseEvidence | None:
    return session.scalar(select(CourseEvidence).where(CourseEvidence.course_id == course_id))


def _preview(session: Session, source: Course, target: Course) -> CarriedPart | None:
    asked = of_course(session, source.id)
    if asked == of_course(session, target.id):
        return None
    return CarriedPart(
        f"The questions of reflections, and {asked.rework_rounds} rounds of rework",
        names=(asked.objective, asked.synthesis, asked.short),
    )


def _take(session: Session, source: Course, target: Course, actor: Actor) -> str:
    asked = of_course(session, source.id)
    change(session, target, asked, actor=actor)
    return "the questions of reflections"


def _page(course: Course) -> str:
    return url_for("evidence_questions.show", course_id=course.public_id)


CARRY_OVER = CarryOver("evidence", "Reflection questions", _preview, _take, _page)

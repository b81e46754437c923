"""A course's choice about evaluations, for its copy in a new term."""

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.offered_parts import CarriedPart, CarryOver
from careerlink.people.actors import Actor
from credit.evaluations import plan, plan_views
from credit.evaluations.models import EvaluationPlan


def preview(session: Session, source: Course, target: Course) -> CarriedPart | None:
    """Nothing where the earlier course went by the usual rules."""
    chosen = _chosen(session, source)
    return CarriedPart(text=_words(chosen)) if chosen is not None else None


def take(session: Session, source: Course, target: Course, actor: Actor) -> str:
    chosen = _chosen(session, source)
    if chosen is None:
        return "the usual evaluations"
    plan_views.keep(
        session,
        target,
        actor=actor,
        has_midpoint=_has_midpoint(chosen),
        release_days=chosen.release_days,
    )
    return _words(chosen)


def page(course: Course) -> str:
    return url_for("evaluation_plan.show", course_id=course.public_id)


def _chosen(session: Session, course: Course) -> EvaluationPlan | None:
    return session.scalar(select(EvaluationPlan).where(EvaluationPlan.course_id == course.id))


def _has_midpoint(chosen: EvaluationPlan) -> bool:
    return chosen.midpoint_from_minutes < plan.ALWAYS_FROM


def _words(chosen: EvaluationPlan) -> str:
    hours = "11" if _has_midpoint(chosen) else "21"
    return (
        f"A midpoint from {hours} hours on; both sides read after {chosen.release_days} days."
    )


EVALUATIONS = CarryOver("evaluations", "Evaluations", preview, take, page)

"""What courses themselves bring to their set-up: copies, sections and objectives."""

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses import copies, objectives
from careerlink.courses.models import Course, CourseSection
from careerlink.offered_parts import SetUpPart, SetUpStep
from careerlink.people.actors import Actor


def copied(session: Session, actor: Actor, course: Course) -> SetUpPart | None:
    origin = copies.origin_of(session, course)
    if origin is None:
        return None
    url = url_for("copies.show", course_id=course.public_id)
    term = origin.term.name if origin.term is not None else ""
    name = f"{origin.label or origin.title} {term}".strip()
    if copies.awaits_answer(course):
        text = f"Copied from {name}. Nothing has come along yet; student work never does."
        return SetUpPart(text, url=url, action="Choose what comes along")
    return SetUpPart(f"Copied from {name}; what comes along was said.", url=url)


def sections(session: Session, actor: Actor, course: Course) -> SetUpPart | None:
    rows = session.execute(
        select(CourseSection.name, CourseSection.sis_id)
        .where(CourseSection.course_id == course.id)
        .order_by(CourseSection.name, CourseSection.sis_id)
    ).all()
    if len(rows) < 2:
        return None
    return SetUpPart(
        f"{len(rows)} sections, as the registrar’s list names them. Cases can go to different "
        "instructors by section.",
        tuple(f"{name or 'Section'} (CRN {sis_id})" for name, sis_id in rows),
    )


def taught(session: Session, actor: Actor, course: Course) -> SetUpPart | None:
    chosen = objectives.chosen(session, course)
    offered = objectives.offered(session, course)
    if not chosen and not offered:
        return None
    count = len(chosen)
    text = (
        f"{count} learning objective{'' if count == 1 else 's'}. Projects say which of them "
        "they serve, and plans tie work to them."
        if chosen
        else "No learning objective is chosen."
    )
    return SetUpPart(
        text,
        tuple(f"{one.objective.code} {one.objective.title}" for one in chosen),
        url=url_for("course_objectives.show", course_id=course.public_id) if offered else "",
        action="Choose other objectives" if offered else "",
    )


STEPS = [
    SetUpStep("copied", "What comes along from the earlier course", copied, 5),
    SetUpStep("sections", "Sections", sections, 15),
    SetUpStep("objectives", "Learning objectives", taught, 30),
]

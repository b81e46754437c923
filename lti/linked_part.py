"""Linked courses among what an instructor looks at when a course begins."""

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.offered_parts import SetUpPart, SetUpStep
from careerlink.people.actors import Actor


def say(session: Session, actor: Actor, course: Course) -> SetUpPart | None:
    """Cross-listed, or one class in two systems: one queue, one policy."""
    if actor.person_id is None or not (actor.teaches(course.id) or actor.is_staff):
        return None
    joined = session.scalars(
        select(Course).where(Course.joined_id == course.id).order_by(Course.id)
    ).all()
    url = url_for("linked.show", course_id=course.public_id)
    if joined:
        names = tuple(one.name for one in joined)
        return SetUpPart("Taught as one with", names, url=url, action="Look at linked courses")
    return SetUpPart(
        "Not linked with another course. Link it if it is cross-listed or taught twice.",
        url=url,
        action="Link another course",
    )


LINKED = SetUpStep("linked", "Linked courses", say, 10)

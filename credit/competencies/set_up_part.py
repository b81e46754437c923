"""Competencies among what an instructor looks at when a course begins."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.offered_parts import SetUpPart, SetUpStep
from careerlink.people.actors import Actor
from credit.competencies import choosing, queries


def say(session: Session, actor: Actor, course: Course) -> SetUpPart | None:
    offered = queries.offered_in(session, course)
    if not offered:
        return None
    may_choose = choosing.may_choose(actor, course)
    count = len(offered)
    own = bool(choosing.ids_of(session, course))
    by = "chosen for this course" if own else "as every course of the institution has them"
    return SetUpPart(
        f"{count} {'competency' if count == 1 else 'competencies'}, {by}.",
        tuple(one.label for one in offered[:8]),
        url=url_for("course_competencies.show", course_id=course.public_id)
        if may_choose
        else "",
        action="Choose other competencies" if may_choose else "",
    )


COMPETENCIES = SetUpStep("competencies", "Competencies", say, 40)

"""The column in the gradebook among what an instructor looks at when a course begins."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.offered_parts import SetUpPart, SetUpStep
from careerlink.people.actors import Actor
from credit import delivery
from lti import columns, gradebooks


def say(session: Session, actor: Actor, course: Course) -> SetUpPart:
    url = url_for("gradebook_choice.choose", course_id=course.public_id)
    if course.keeps_grades_here:
        return SetUpPart(
            "No column: decisions stay in CareerLink and go to the registrar all the same.",
            url=url,
            action="Send decisions to a column instead",
        )
    if not gradebooks.has_gradebook(session, course):
        return SetUpPart(
            "None: the LMS serves no gradebook to this course. Decisions stand here and go to "
            "the registrar all the same."
        )
    known = columns.states(session, course, resource_id=delivery.COLUMN, label="")
    named = [state.label for state in known if state.label]
    text = (
        f"Grades go to the column {' and '.join(f'“{name}”' for name in named)}."
        if named
        else "A column is made in the gradebook when the first decision is sent. Without a "
        "decision there is none."
    )
    return SetUpPart(text, url=url, action="Choose a column, or none")


COLUMN = SetUpStep("column", "Gradebook", say, 60)

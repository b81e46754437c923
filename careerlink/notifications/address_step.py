"""What home pages say about mail: where it goes, and that an address is missing."""

from flask import url_for
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.notifications import bounces
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.registry import NextStep, Panel

PANEL = "careerlink/mail/panel.html"


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """Nothing waits for it: everything can be seen here, so it comes after what does."""
    person = session.get(Person, actor.person_id) if actor.person_id else None
    if person is None or person.is_test or actor.looks_only:
        return []
    if course_id is not None and not actor.is_student(course_id):
        return []
    address = person.mail_address
    if address and not bounces.is_stopped(session, person.institution_id, address):
        return []
    return [
        NextStep(
            title="name a mail address that reaches you",
            url=url_for("mail_choices.show"),
            action="Name an address",
            why="Mail to your address comes back."
            if address
            else "Your LMS does not tell us one. Without it, look here often.",
            urgency=70,
        )
    ]


def panels(session: Session, actor: Actor, course: Course) -> list[Panel]:
    person = session.get(Person, actor.person_id) if actor.person_id else None
    if person is None:
        return []
    values = {"address": person.mail_address}
    return [Panel("Mail to you", PANEL, values, position=95, is_side=True)]

"""Where delegations show beside their own page: set-up, the delegate's home, the office."""

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses import delegations
from careerlink.courses.models import Course, InstructorDelegation
from careerlink.people.actors import Actor
from careerlink.registry import NextStep, Tab, Waiting

MOST = 50


def set_up(actor: Actor, course: Course | None) -> list[Tab]:
    if course is None or not (actor.teaches(course.id) or actor.is_staff):
        return []
    url = url_for("delegations.listed", course_id=course.public_id)
    return [Tab("Who acts for an instructor", url, page="", position=60)]


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    """The delegate reads for whom and until when, below whatever waits to be decided."""
    if course_id is None or actor.standing(course_id).acts_for_id is None:
        return []
    today = delegations.acting_in(session, actor, course_id)
    if today is None:
        return []
    return [
        NextStep(
            title=f"act for {today.instructor.label} until {today.ends_on:%-d %b}",
            url=url_for(
                "delegations.show",
                course_id=today.course.public_id,
                delegation_id=today.public_id,
            ),
            action="See what you were asked",
            why="It ends by itself. What you decide reads as yours, for them.",
            urgency=79,
        )
    ]


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    found = session.scalars(
        delegations.visible_to(actor)
        .where(
            InstructorDelegation.checked_at.is_(None),
            InstructorDelegation.declined_at.is_(None),
            InstructorDelegation.revoked_at.is_(None),
        )
        .options(
            joinedload(InstructorDelegation.instructor),
            joinedload(InstructorDelegation.delegate),
            joinedload(InstructorDelegation.course),
        )
        .order_by(InstructorDelegation.id)
        .limit(MOST)
    ).all()
    return [
        Waiting(
            group="Yours",
            title=f"{one.delegate.label} for {one.instructor.label}",
            text=f"{one.instructor.label} asks somebody from outside {one.course.name} to act "
            "for them there.",
            since=one.created_at,
            url=url_for(
                "delegations.show",
                course_id=one.course.public_id,
                delegation_id=one.public_id,
            ),
            action="Answer",
            why="Whoever is not in the course’s list acts there once the office knows of it.",
        )
        for one in found
    ]


def history(session: Session, actor: Actor, public_id: str) -> InstructorDelegation | None:
    query = select(InstructorDelegation).where(InstructorDelegation.public_id == public_id)
    visible = delegations.visible_to(actor).with_only_columns(InstructorDelegation.id)
    return session.scalar(query.where(InstructorDelegation.id.in_(visible)))

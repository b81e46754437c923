"""The page of linked courses, and the pages that say what linking and unlinking will do."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses import work
from careerlink.courses.models import Course
from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from careerlink.registry import Tab
from careerlink.security import access, sets_up
from careerlink.web import transaction
from lti import linked, linked_courses

bp = Blueprint("linked", __name__)


@bp.get("/courses/<course_id>/linked")
@access(sets_up)
def show(course_id: str) -> str:
    with transaction() as session:
        return render_template(
            "lti/linked/list.html",
            places=linked_courses.places(session, g.course),
            linked=linked_courses.linked(session, g.course),
            candidates=linked_courses.candidates(session, g.actor, g.course)
            if _may_change(session)
            else [],
            may_change=_may_change(session),
        )


@bp.get("/courses/<course_id>/linked/<linked_id>")
@access(sets_up)
def confirm(course_id: str, linked_id: str) -> str:
    with transaction() as session:
        other = _other(session, linked_id)
        if other.joined_id == g.course.id:
            alone = linked_courses.leaving(session, g.course, other)
            rests = work.of_students(session, g.course, alone)
            return render_template(
                "lti/linked/unlink.html", other=other, leaving=len(alone), rests=rests
            )
        if other not in linked_courses.candidates(session, g.actor, g.course):
            raise NotFound
        link = linked.proposed(session, g.course, other)
        return render_template("lti/linked/link.html", other=other, link=link)


@bp.post("/courses/<course_id>/linked/<linked_id>/link")
@access(sets_up)
def link(course_id: str, linked_id: str) -> ResponseReturnValue:
    with transaction() as session:
        other = _other(session, linked_id)
        kept = linked.link(session, g.course, other, actor=g.actor)
        target, name = kept.public_id, kept.name
    flash(f"Both courses are one now: {name}.", "done")
    return redirect(url_for(".show", course_id=target), 303)


@bp.post("/courses/<course_id>/linked/<linked_id>/unlink")
@access(sets_up)
def unlink(course_id: str, linked_id: str) -> ResponseReturnValue:
    with transaction() as session:
        other = _other(session, linked_id)
        linked.unlink(session, g.course, other, actor=g.actor)
        name = other.name
    flash(f"{name} is a course of its own again.", "done")
    return redirect(url_for(".show", course_id=course_id), 303)


def _other(session: Session, public_id: str) -> Course:
    found = session.scalar(
        select(Course)
        .where(Course.public_id == public_id, Course.institution_id == g.course.institution_id)
        .options(joinedload(Course.term))
    )
    if found is None or found.id == g.course.id:
        raise NotFound
    is_mine = found.joined_id == g.course.id or linked_courses.teaches(session, g.actor, found)
    if not is_mine:
        raise NotFound
    return found


def _may_change(session: Session) -> bool:
    is_running = g.course.concluded_at is None
    return is_running and linked_courses.teaches(session, g.actor, g.course)


def pages(actor: Actor, course: Course | None) -> list[Tab]:
    if course is None:
        return []
    url = url_for("linked.show", course_id=course.public_id)
    return [Tab("Linked courses", url, page="", position=40)]

"""What the career office asks of instructors when a term ends; they answer case by case."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput, NotFound
from careerlink.people.actors import Actor
from careerlink.placements.forms import EmptyForm
from careerlink.registry import NextStep
from careerlink.security import access, in_course
from careerlink.web import transaction
from credit.cases import queries as cases
from credit.terms import proposing

bp = Blueprint("closing_proposals", __name__, url_prefix="/courses/<course_id>/proposals")


def only_those_who_see_cases() -> None:
    if not (g.actor.may_look(g.course.id) or g.actor.reads_office):
        raise NotFound


@bp.get("")
@access(in_course)
def show(course_id: str) -> str:
    only_those_who_see_cases()
    with transaction() as session:
        return render_template(
            "credit/terms/proposals.html",
            proposals=proposing.open_in_course(session, g.actor, g.course),
            may_decide=g.actor.may_decide(g.course.id),
        )


@bp.post("/<case_id>/decline")
@access(in_course)
def decline(course_id: str, case_id: str) -> ResponseReturnValue:
    only_those_who_see_cases()
    with transaction() as session:
        case = cases.get(session, case_id, actor=g.actor, course=g.course)
        if not EmptyForm().validate_on_submit():
            raise InvalidInput("Press the button on the page.")
        proposing.decline(session, case, actor=g.actor)
        flash(f"The case of {case.person.label} stays open.", "done")
    return redirect(url_for(".show", course_id=course_id), 303)


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    if course_id is None or not actor.may_decide(course_id):
        return []
    number, public_id = proposing.counted(session, actor, course_id)
    if not number:
        return []
    whose = "one case" if number == 1 else f"{number} cases"
    return [
        NextStep(
            title=f"answer the career office about {whose} without a decision",
            url=url_for("closing_proposals.show", course_id=public_id),
            action="Read what they ask",
            why="The term ends, and they suggest the mark “Incomplete”. You decide.",
            urgency=25,
        )
    ]

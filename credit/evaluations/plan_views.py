"""A course's choice: who is asked at the half, and when each side reads the other."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from careerlink import audit
from careerlink.courses import conclusion
from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.registry import Tab
from careerlink.security import access, sets_up
from careerlink.web import transaction
from careerlink.web.forms import Form
from credit.evaluations import plan, requesting

bp = Blueprint("evaluation_plan", __name__, url_prefix="/courses/<course_id>/evaluations")
FEWEST_DAYS, MOST_DAYS = 1, 60


class PlanForm(Form):
    has_midpoint = BooleanField("Ask at the half of projects of 11 to 20 hours as well")
    release_days = IntegerField(
        "Days until each side reads the other although one is missing",
        validators=[
            InputRequired("Enter a number of days"),
            NumberRange(FEWEST_DAYS, MOST_DAYS, "Enter 1 to 60 days"),
        ],
    )


@bp.get("")
@access(sets_up)
def show(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        chosen = requesting.plan_of(session, g.course.id)
        form = PlanForm(
            formdata=None,
            data={
                "has_midpoint": chosen.midpoint_from_minutes < plan.ALWAYS_FROM,
                "release_days": chosen.release_days,
            },
        )
        return _page(form)


@bp.post("")
@access(sets_up)
def choose(course_id: str) -> ResponseReturnValue:
    form = PlanForm()
    if not form.validate():
        return _page(form), 422
    with transaction() as session:
        keep(
            session,
            g.course,
            actor=g.actor,
            has_midpoint=bool(form.has_midpoint.data),
            release_days=int(form.release_days.data or plan.RELEASE_DAYS),
        )
    flash("Saved. It counts for evaluations that are asked for from now on.", "saved")
    return redirect(url_for(".show", course_id=course_id), 303)


def keep(
    session: Session, course: Course, *, actor: Actor, has_midpoint: bool, release_days: int
) -> None:
    conclusion.require_open(actor, course)
    chosen = requesting.plan_of(session, course.id)
    since = plan.OFTENER_FROM if has_midpoint else plan.ALWAYS_FROM
    if (chosen.midpoint_from_minutes, chosen.release_days) == (since, release_days):
        return
    chosen.midpoint_from_minutes, chosen.release_days = since, release_days
    session.add(chosen)
    session.flush()
    audit.record(
        session,
        "course:choose_evaluations",
        course,
        actor=actor,
        midpoint_from_minutes=since,
        release_days=release_days,
    )


def set_up_pages(actor: Actor, course: Course | None) -> list[Tab]:
    if course is None or not (actor.is_instructor(course.id) or actor.is_staff):
        return []
    url = url_for("evaluation_plan.show", course_id=course.public_id)
    return [Tab("Evaluations", url, page="evaluation_plan.", position=45)]


def _page(form: PlanForm) -> str:
    return render_template("credit/evaluations/plan.html", form=form)

"""The chooser of a copied course: what comes along from the earlier one."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice

from careerlink.courses import copies
from careerlink.courses.copies import Choice
from careerlink.courses.models import Course
from careerlink.errors import NotFound
from careerlink.registry import registry
from careerlink.security import access, sets_up
from careerlink.web import transaction
from careerlink.web.forms import Form

bp = Blueprint("copies", __name__)


class CarryOverForm(Form):
    parts = SelectMultipleField("What comes along")

    def offer(self, offered: list[Choice]) -> None:
        self.parts.choices = [SelectChoice(one.part.key, one.part.title) for one in offered]


@bp.get("/courses/<course_id>/carry-over")
@access(sets_up)
def show(course_id: str) -> str:
    with transaction() as session:
        origin, offered = _offered(session)
        form = CarryOverForm(data={"parts": [one.part.key for one in offered]})
        return _page(form, origin, offered)


@bp.post("/courses/<course_id>/carry-over")
@access(sets_up)
def choose(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        origin, offered = _offered(session)
        form = CarryOverForm()
        form.offer(offered)
        keys = form.parts.data if request.form.get("action") == "take" else []
        if request.form.get("action") == "take" and not (keys and form.validate()):
            form.parts.errors = ["Choose what comes along, or start fresh."]
            return _page(form, origin, offered), 422
        taken = copies.answer(session, g.course, actor=g.actor, keys=keys or [])
    if taken is None:
        flash("This was answered before. Nothing was changed.", "wait")
    elif taken:
        flash(f"Carried over: {', '.join(taken)}.", "done")
    else:
        flash("This course starts fresh.", "done")
    return redirect(url_for(".show", course_id=course_id), 303)


def _offered(session: Session) -> tuple[Course, list[Choice]]:
    origin = copies.origin_of(session, g.course)
    if origin is None:
        raise NotFound
    return origin, copies.choices(session, g.course, origin)


def _page(form: CarryOverForm, origin: Course, offered: list[Choice]) -> str:
    form.offer(offered)
    parts = [part for part in registry.carry_overs if part.page is not None]
    return render_template(
        "careerlink/courses/carry_over.html",
        origin_name=name_of(origin),
        choices=offered,
        form=form,
        may_answer=copies.may_answer(g.actor, g.course),
        pages=[(part.title, part.page(g.course)) for part in parts if part.page is not None],
    )


def name_of(course: Course) -> str:
    """Such as "BUS-310 Fall 2026"."""
    term = course.term.name if course.term is not None else ""
    return f"{course.label or course.title} {term}".strip()

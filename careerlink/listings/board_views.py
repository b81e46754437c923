"""The board of a course, and the page of one listing, as students see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.courses.models import Objective
from careerlink.errors import NotFound
from careerlink.institutions.day import campus_day
from careerlink.listings import (
    board,
    board_filters,
    facets,
    fit,
    queries,
    saving,
    skills,
    wording,
)
from careerlink.listings.board_filters import BoardFilters
from careerlink.listings.forms import SkillsForm, choices
from careerlink.listings.models import Listing, Skill
from careerlink.placements import application_queries, openness
from careerlink.placements.models import ENDED, Application
from careerlink.registry import registry
from careerlink.security import access, in_course, studies
from careerlink.web import errors, transaction
from careerlink.web.query import asked

bp = Blueprint("board", __name__, url_prefix="/courses/<course_id>")


@dataclass(frozen=True)
class Row:
    listing: Listing
    skills: Sequence[Skill]
    fit: fit.Fit
    is_saved: bool
    application: Application | None


@bp.get("/board")
@access(in_course)
def show(course_id: str) -> str:
    filters = board_filters.read({name: asked(name) for name in board_filters.NAMES})
    with transaction() as session:
        today = campus_day(session, g.actor)
        looked = _looked(session)
        found = board.listed(
            session, g.actor, g.course, filters, after=asked("after"), today=today
        )
        return render_template(
            "careerlink/board/board.html",
            rows=_rows(session, found.rows, looked),
            found=found,
            filters=filters,
            facets=facets.counted(
                session, g.actor, g.course, filters, looked.objectives, today
            ),
            looked=looked,
            address=lambda **changes: _address(filters, **changes),
            against_term=fit.against_term,
            **_viewer(),
        )


@bp.get("/listings/<listing_id>")
@access(in_course)
def listing(course_id: str, listing_id: str) -> ResponseReturnValue:
    with transaction() as session:
        try:
            found = openness.get_listing(session, listing_id, actor=g.actor, course=g.course)
        except NotFound:
            return _not_here(course_id)
        looked = _looked(session)
        (row,) = _rows(session, [found], looked)
        return render_template(
            "careerlink/board/listing.html",
            row=row,
            listing=found,
            skills=row.skills,
            objectives=queries.objectives_of(session, [found.id])[found.id],
            taught={objective.id for objective in looked.objectives},
            looked=looked,
            why_closed=openness.why_closed(session, found, g.course),
            a_week=fit.minutes_a_week(found),
            against_term=fit.against_term,
            more=[fact for ask in registry.listing_facts for fact in ask(session, found)],
            floor_minor=found.institution.fee_floor_minor,
            wording=wording,
            **_viewer(),
        )


@bp.post("/listings/<listing_id>/<any(save,forget):deed>")
@access(studies)
def keep(course_id: str, listing_id: str, deed: str) -> ResponseReturnValue:
    act = saving.save if deed == "save" else saving.forget
    with transaction() as session:
        found = openness.get_listing(session, listing_id, actor=g.actor, course=g.course)
        act(session, found, actor=g.actor, course_id=g.course.id)
    flash("Saved for later." if deed == "save" else "Taken off your saved projects.", "saved")
    return redirect(url_for(".listing", course_id=course_id, listing_id=listing_id), 303)


@bp.route("/skills", methods=["GET", "POST"])
@access(studies)
def my_skills(course_id: str) -> ResponseReturnValue:
    with transaction() as session:
        have = list(skills.of_person(session, g.actor.person_id).values())
        known = [skill.name for skill in skills.most_asked(session, g.actor.institution_id)]
        form = SkillsForm(
            data={
                "chosen": [name for name in have if name in known],
                "others": ", ".join(name for name in have if name not in known),
            }
        )
        form.chosen.choices = choices((name, name) for name in known)
        if form.validate_on_submit():
            skills.choose(session, actor=g.actor, course_id=g.course.id, names=form.names())
            flash("Skills saved. The board compares them with what projects ask for.", "saved")
            return redirect(url_for(".show", course_id=course_id), 303)
        return render_template(
            "careerlink/board/skills.html", form=form, **_viewer()
        ), 422 if form.is_submitted() else 200


def _looked(session: Session) -> fit.Looked:
    return fit.Looked(
        objectives=board.course_objectives(session, g.course),
        term=g.course.term,
        has=skills.of_person(session, g.actor.person_id),
    )


def _rows(session: Session, listings: Sequence[Listing], looked: fit.Looked) -> list[Row]:
    ids = [found.id for found in listings]
    asks = queries.skills_of(session, ids)
    serves = queries.objectives_of(session, ids)
    saved = board.saved_by(session, g.actor, ids)
    applications = _applications(session, ids)
    return [
        Row(
            found,
            asks[found.id],
            fit.of(found, asks[found.id], _taught_first(serves[found.id], looked), looked),
            found.id in saved,
            applications.get(found.id),
        )
        for found in listings
    ]


def _taught_first(serves: Sequence[Objective], looked: fit.Looked) -> list[Objective]:
    order = {objective.id: place for place, objective in enumerate(looked.objectives)}
    return sorted(serves, key=lambda objective: order.get(objective.id, len(order)))


def _applications(session: Session, listing_ids: Sequence[int]) -> dict[int, Application]:
    rows = session.scalars(
        application_queries.visible_to(g.actor).where(
            Application.person_id == g.actor.person_id,
            Application.listing_id.in_(listing_ids),
            Application.state.not_in(ENDED),
        )
    )
    return {application.listing_id: application for application in rows}


def _viewer() -> dict[str, Any]:
    """What this visitor can do here: students act, everybody else looks."""
    standing = g.actor.standing(g.course.id)
    is_student = g.actor.is_student(g.course.id)
    return {
        "is_student": is_student,
        "may_act": is_student and not standing.read_only,
        "may_apply": is_student and not standing.read_only and not standing.dropped,
        "standing": standing,
    }


def _not_here(course_id: str) -> ResponseReturnValue:
    """Links to a project stay behind when a course is copied, or its release is not for us."""
    teaches = g.actor.may_look(g.course.id)
    return errors.page(
        404,
        "not-found",
        "The link leads to a project that was offered in another course or an earlier term. "
        + (
            "Point the link in your LMS to another project, or ask the career office to "
            "release this one to your course."
            if teaches
            else "Projects that are open now are on the board."
        ),
        title="This project is not offered in this course",
        next_title="look at the projects that are open",
        next_url=url_for(".show", course_id=course_id),
        next_label="Open the board",
    )


def _address(filters: BoardFilters, **changes: str) -> str:
    query: dict[str, Any] = {**filters.but(**changes).as_query()}
    return url_for(".show", course_id=g.course.public_id, **query)

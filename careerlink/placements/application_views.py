"""Pages on which students apply and answer offers."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerlink.errors import InvalidInput
from careerlink.placements import application_queries as queries
from careerlink.placements import applying, consents, offers, openness
from careerlink.placements.forms import AcceptForm, ApplyForm, DraftForm, EmptyForm
from careerlink.placements.models import Application, ApplicationState, Placement
from careerlink.security import access, studies
from careerlink.web import transaction

bp = Blueprint("applications", __name__)
APPLY = "careerlink/applications/apply.html"
ACCEPT = "careerlink/applications/accept.html"
EXPIRED = "The time to answer is over and the place went to the next. You can ask again."


@bp.route("/courses/<course_id>/listings/<listing_id>/apply", methods=["GET", "POST"])
@access(studies)
def apply(course_id: str, listing_id: str) -> ResponseReturnValue:
    wants_draft = request.headers.get("X-Draft") or request.form.get("then") == "draft"
    with transaction() as session:
        listing = openness.get_listing(session, listing_id, actor=g.actor, course=g.course)
        application = queries.live_one(session, g.actor, listing)
        if application is not None and application.state != ApplicationState.DRAFT:
            return _to(application)
        closed = openness.why_closed(session, listing, g.course)
        form = (DraftForm if wants_draft else ApplyForm)(obj=application)
        values = {
            "form": form, "listing": listing, "application": application, "closed": closed,
            "records": consents.APPLICATION_RECORDS, "purpose": consents.APPLICATION_PURPOSE,
        }  # fmt: skip
        if not form.is_submitted():
            return render_template(APPLY, **values)
        valid = form.validate()
        if not valid and (wants_draft or not closed):
            return render_template(APPLY, **values), 422
        application = applying.save_draft(
            session, listing, course=g.course, actor=g.actor, statement=form.statement.data
        )
        if not wants_draft and not closed:
            _send(session, application)
            return _to(application)
    if closed and not wants_draft:
        return render_template(APPLY, **{**values, "application": application}), 409
    if request.headers.get("X-Draft"):
        return "", 204
    flash("Your draft is kept. Nobody else can read it.", "saved")
    return redirect(url_for(".apply", course_id=course_id, listing_id=listing_id), 303)


def _send(session: Any, application: Application) -> None:
    applying.submit(session, application, actor=g.actor)
    flash("Your application is on its way to the career office.", "done")


@bp.get("/courses/<course_id>/applications/<application_id>")
@access(studies)
def show(course_id: str, application_id: str) -> str:
    with transaction() as session:
        application = queries.get(session, application_id, actor=g.actor, course=g.course)
        return render_template(
            "careerlink/applications/show.html",
            application=application,
            offer=queries.open_offer(session, application),
            place=queries.position(session, application),
            placement=queries.placement_from(session, application),
            closed=openness.why_closed(session, application.listing, g.course),
        )


@bp.route("/courses/<course_id>/applications/<application_id>/accept", methods=["GET", "POST"])
@access(studies)
def accept(course_id: str, application_id: str) -> ResponseReturnValue:
    changes = request.method == "POST"
    with transaction() as session:
        application = queries.get(
            session, application_id, actor=g.actor, course=g.course, to_change=changes
        )
        form = AcceptForm()
        if (placement := queries.placement_from(session, application)) is not None:
            return _to_placement(placement)
        if changes and offers.expire_if_late(session, application):
            flash(EXPIRED, "stop")
        elif application.state == ApplicationState.OFFERED:
            values = {
                "form": form, "application": application,
                "offer": queries.open_offer(session, application),
                "others": queries.others_overlapping(session, application),
                "placements": queries.placements_overlapping(session, application),
            }  # fmt: skip
            if not changes:
                return render_template(ACCEPT, **values)
            try:
                placement = offers.accept(
                    session, application, actor=g.actor, ends_others=form.ends_others.data
                )
            except InvalidInput as refusal:
                form.refuse(refusal)
                return render_template(ACCEPT, **values), 422
            flash("The project is yours. The next steps are on this page.", "done")
            return _to_placement(placement)
    return _to(application)


@bp.route("/courses/<course_id>/applications/<application_id>/decline", methods=["GET", "POST"])
@access(studies)
def decline(course_id: str, application_id: str) -> ResponseReturnValue:
    return _end(course_id, application_id, "decline")


@bp.route(
    "/courses/<course_id>/applications/<application_id>/withdraw", methods=["GET", "POST"]
)
@access(studies)
def withdraw(course_id: str, application_id: str) -> ResponseReturnValue:
    return _end(course_id, application_id, "withdraw")


@bp.post("/courses/<course_id>/applications/<application_id>/ask-again")
@access(studies)
def ask_again(course_id: str, application_id: str) -> ResponseReturnValue:
    with transaction() as session:
        application = queries.get(
            session, application_id, actor=g.actor, course=g.course, to_change=True
        )
        if application.state == ApplicationState.EXPIRED:
            applying.ask_again(session, application, actor=g.actor)
            flash("You asked again; you stand at the end of the line.", "done")
    return _to(application)


def _end(course_id: str, application_id: str, deed: str) -> ResponseReturnValue:
    """Asks back, because neither can be undone."""
    changes = request.method == "POST"
    with transaction() as session:
        application = queries.get(
            session, application_id, actor=g.actor, course=g.course, to_change=changes
        )
        if not changes:
            return render_template(
                "careerlink/applications/end.html",
                form=EmptyForm(),
                application=application,
                deed=deed,
            )
        if deed == "withdraw":
            applying.withdraw(session, application, actor=g.actor)
            flash("Your application is withdrawn.", "done")
        elif offers.expire_if_late(session, application):
            flash(EXPIRED, "stop")
        else:
            offers.decline(session, application, actor=g.actor)
            flash("You declined. The place goes to the next in line.", "done")
    return _to(application)


def _to(application: Application) -> ResponseReturnValue:
    url = url_for(
        "applications.show",
        course_id=g.course.public_id,
        application_id=application.public_id,
    )
    return redirect(url, 303)


def _to_placement(placement: Placement) -> ResponseReturnValue:
    url = url_for(
        "placements.show", course_id=g.course.public_id, placement_id=placement.public_id
    )
    return redirect(url, 303)

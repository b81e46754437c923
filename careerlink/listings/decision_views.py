"""Moving a listing on, and choosing who sees it."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink import states
from careerlink.errors import InvalidInput, NotFound, NotPossible
from careerlink.listings import operations, queries, releases
from careerlink.listings.forms import ReasonForm, ReleaseForm, choices
from careerlink.listings.models import Listing
from careerlink.listings.views import bp
from careerlink.listings.workflow import WORKFLOW
from careerlink.security import access, office_staff
from careerlink.web import transaction

AT_ONCE = {
    "submit": (operations.submit, "Submitted. The next step is to publish or to return it."),
    "publish": (
        operations.publish,
        "Published. Release it to courses so that students see it.",
    ),
    "reopen": (operations.publish, "Open again: students can apply."),
    "close": (operations.close, "Closed: no further applications."),
}
WITH_REASON = {
    "return": (operations.return_for_changes, "Returned with your comments."),
    "withdraw": (operations.withdraw, "Listing withdrawn."),
}


@bp.post("/<listing_id>/<any(submit,publish,reopen,close):verb>")
@access(office_staff)
def move(listing_id: str, verb: str) -> ResponseReturnValue:
    act, done = AT_ONCE[verb]
    with transaction() as session:
        listing = queries.get_visible(session, g.actor, listing_id)
        _edge(listing, verb)
        act(session, listing, actor=g.actor)
    flash(done, "done")
    return redirect(url_for(".show", listing_id=listing_id), 303)


@bp.route("/<listing_id>/<any(return,withdraw):verb>", methods=["GET", "POST"])
@access(office_staff)
def move_with_reason(listing_id: str, verb: str) -> ResponseReturnValue:
    act, done = WITH_REASON[verb]
    with transaction() as session:
        listing = queries.get_visible(session, g.actor, listing_id)
        edge = _edge(listing, verb)
        form = ReasonForm()
        if form.validate_on_submit():
            act(session, listing, actor=g.actor, reason=form.reason.data or "")
            flash(done, "done")
            return redirect(url_for(".show", listing_id=listing_id), 303)
        return render_template(
            "careerlink/listings/move.html", form=form, listing=listing, verb=verb, edge=edge
        ), 422 if form.is_submitted() else 200


@bp.route("/<listing_id>/releases", methods=["GET", "POST"])
@access(office_staff)
def release(listing_id: str) -> ResponseReturnValue:
    with transaction() as session:
        listing = queries.get_visible(session, g.actor, listing_id)
        courses = {
            c.public_id: c for c in releases.open_courses(session, listing.institution_id)
        }
        terms = {t.code: t for t in releases.terms_of(session, listing.institution_id)}
        form = ReleaseForm()
        form.courses.choices = choices((key, course.name) for key, course in courses.items())
        form.term.choices = choices(
            [("", "Choose a term"), *((t.code, t.name) for t in terms.values())]
        )
        if form.validate_on_submit():
            scopes = _scopes(form, courses, terms)
            try:
                for scope in scopes:
                    releases.release(session, listing, actor=g.actor, **scope)
            except InvalidInput as refusal:
                form.refuse(refusal)
            else:
                flash("Released. Students of these courses see it on their board now.", "done")
                return redirect(
                    url_for(".show", listing_id=listing_id, _anchor="releases"), 303
                )
        return render_template(
            "careerlink/listings/release.html",
            form=form,
            listing=listing,
            releases=releases.of_listing(session, listing),
        ), 422 if form.is_submitted() else 200


@bp.post("/<listing_id>/releases/<int:number>/withdraw")
@access(office_staff)
def withdraw_release(listing_id: str, number: int) -> ResponseReturnValue:
    """``number`` is the release's own, and is looked for in this listing only."""
    with transaction() as session:
        listing = queries.get_visible(session, g.actor, listing_id)
        found = _numbered(session, listing, number)
        releases.withdraw_release(session, found, actor=g.actor)
    flash("Release taken back; it is off the board there.", "done")
    return redirect(url_for(".show", listing_id=listing_id, _anchor="releases"), 303)


def _edge(listing: Listing, verb: str) -> states.Transition:
    for _to, edge in states.available(listing, WORKFLOW, g.actor):
        if edge.verb == verb:
            return edge
    raise NotPossible(f"This listing is {states.words(listing.state)} now; look again.")


def _scopes(form: Any, courses: dict[str, Any], terms: dict[str, Any]) -> list[dict[str, Any]]:
    if form.to.data == "course":
        return [{"course": courses[key]} for key in form.courses.data]
    return [{"term": terms[form.term.data]}] if form.to.data == "term" else [{}]


def _numbered(session: Session, listing: Listing, number: int) -> Any:
    for found in releases.of_listing(session, listing):
        if found.id == number:
            return found
    raise NotFound

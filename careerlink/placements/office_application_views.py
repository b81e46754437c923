"""The career office's pages about applications: who asks for what, and who gets it."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerlink.errors import InvalidInput, NotFound
from careerlink.placements import application_queries as queries
from careerlink.placements import offers
from careerlink.placements.forms import EmptyForm, ExtendForm, ReasonForm
from careerlink.placements.models import Application, ApplicationState
from careerlink.placements.reading import note_reading
from careerlink.security import access, office, office_staff
from careerlink.web import transaction

bp = Blueprint("office_applications", __name__, url_prefix="/office/applications")
SHOWN = [state for state in ApplicationState if state != ApplicationState.DRAFT]
PAGE = "careerlink/applications/office_show.html"


@bp.get("")
@access(office)
def listed() -> str:
    state, listing_id = _state(), request.args.get("listing", "")
    with transaction() as session:
        rows = queries.for_office(
            session,
            g.actor,
            state=state,
            listing_id=listing_id,
            after=request.args.get("after"),
        )
        counts = queries.office_counts(session, g.actor, listing_id=listing_id)
        return render_template(
            "careerlink/applications/office_list.html",
            page=rows,
            counts=counts,
            total=sum(counts.values()),
            states=SHOWN,
            chosen=state,
            listing_id=listing_id,
        )


@bp.get("/<application_id>")
@access(office)
def show(application_id: str) -> str:
    with transaction() as session:
        application = queries.get(session, application_id, actor=g.actor)
        if application.state == ApplicationState.DRAFT:
            raise NotFound
        page = _page(session, application, EmptyForm())
    note_reading(application, actor=g.actor)
    return page


@bp.post("/<application_id>/offer")
@access(office_staff)
def offer(application_id: str) -> ResponseReturnValue:
    with transaction() as session:
        application = queries.get(session, application_id, actor=g.actor, to_change=True)
        if application.state == ApplicationState.OFFERED:
            return _to(application)
        if offers.make_offer(session, application, actor=g.actor) is None:
            place = queries.position(session, application)
            flash(f"No place is left, so this student is wait-listed #{place}.", "wait")
        else:
            flash("The offer is on its way by mail, and the place is held.", "done")
    return _to(application)


@bp.post("/<application_id>/wait-list")
@access(office_staff)
def wait_list(application_id: str) -> ResponseReturnValue:
    with transaction() as session:
        application = queries.get(session, application_id, actor=g.actor, to_change=True)
        offers.put_on_wait_list(session, application, actor=g.actor)
        flash("On the wait list. A place that comes free is offered along it.", "done")
    return _to(application)


@bp.route("/<application_id>/not-selected", methods=["GET", "POST"])
@access(office_staff)
def not_selected(application_id: str) -> ResponseReturnValue:
    changes = request.method == "POST"
    form = ReasonForm()
    with transaction() as session:
        application = queries.get(session, application_id, actor=g.actor, to_change=changes)
        if not form.validate_on_submit():
            return render_template(
                "careerlink/applications/not_selected.html", form=form, application=application
            ), (422 if changes else 200)
        offers.do_not_select(session, application, actor=g.actor, reason=form.reason.data)
        flash("The student gets a mail and can read your reason.", "done")
    return _to(application)


@bp.post("/<application_id>/extend")
@access(office_staff)
def extend(application_id: str) -> ResponseReturnValue:
    form = ExtendForm()
    with transaction() as session:
        application = queries.get(session, application_id, actor=g.actor, to_change=True)
        if not form.validate():
            return _page(session, application, form), 422
        try:
            offers.extend(session, application, actor=g.actor, hours=form.hours.data)
        except InvalidInput as refusal:
            form.refuse(refusal)
            return _page(session, application, form), 422
        flash("The student has more time and gets a mail.", "done")
    return _to(application)


def _page(session: Any, application: Application, form: Any) -> str:
    return render_template(
        PAGE,
        application=application,
        form=form,
        extend_form=form if isinstance(form, ExtendForm) else ExtendForm(formdata=None),
        offer=queries.open_offer(session, application),
        offers=queries.offers(session, application),
        waiting=queries.wait_list(session, application.listing_id),
        place=queries.position(session, application),
        placement=queries.placement_from(session, application),
        closed=offers.why_closed(application.listing),
    )


def _state() -> ApplicationState | None:
    value = request.args.get("state", "")
    return ApplicationState(value) if value in {state.value for state in SHOWN} else None


def _to(application: Application) -> ResponseReturnValue:
    url = url_for("office_applications.show", application_id=application.public_id)
    return redirect(url, 303)

"""The office's pages: when reminders go out; those of one record now, paused or going on."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink.errors import InvalidInput, NotFound, NotPossible, TooMany
from careerlink.institutions.day import campus_day
from careerlink.institutions.models import Institution
from careerlink.placements.models import Placement
from careerlink.registry import registry
from careerlink.reminders import forms, operations, previewing, settings
from careerlink.reminders.ladders import Channel
from careerlink.reminders.models import ReminderTrack
from careerlink.security import access, office, office_staff
from careerlink.web import transaction
from careerlink.web.forms import as_number

bp = Blueprint("reminders", __name__, url_prefix="/office/reminders")
PAGE = "careerlink/reminders/settings.html"
SPREAD = timedelta(days=14)


@bp.get("")
@access(office)
def show() -> ResponseReturnValue:
    with transaction() as session:
        institution, chosen = _chosen(session)
        form = _form(session, chosen)
        return _page(institution, chosen, form)


@bp.post("")
@access(office_staff)
def save() -> ResponseReturnValue:
    with transaction() as session:
        institution, chosen = _chosen(session)
        form = _form(session, chosen)
        if not form.validate():
            return _page(institution, chosen, form), 422
        try:
            settings.change(
                session,
                institution,
                actor=g.actor,
                seen=as_number(form.seen.data, -1),
                hours=form.hours(),
                ladders=forms.chosen_days(form, registry.ladders),
                known=registry.ladders,
            )
        except InvalidInput as refusal:
            form.refuse(refusal)
            return _page(institution, chosen, form), 422
    flash("Saved. What was not said yet goes by the new days.", "done")
    return redirect(url_for(".show"), 303)


@bp.post("/preview")
@access(office_staff)
def preview() -> ResponseReturnValue:
    """What the days on the screen would bring; nothing is saved."""
    with transaction() as session:
        institution, chosen = _chosen(session)
        form = _form(session, chosen)
        if not form.validate():
            return _page(institution, chosen, form), 422
        tried = settings.Chosen(
            hours=form.hours(), ladders=forms.chosen_days(form, registry.ladders)
        )
        try:
            settings.check(tried, registry.ladders)
        except InvalidInput as refusal:
            form.refuse(refusal)
            return _page(institution, chosen, form), 422
        rows = previewing.coming(
            registry.ladders,
            tried,
            institution,
            example_on=form.example_on.data or campus_day(session, g.actor) + SPREAD,
            grades_due_on=None,
        )
        return _page(institution, chosen, form, coming=rows)


@bp.post("/<int:track_id>/remind")
@access(office_staff)
def remind(track_id: int) -> ResponseReturnValue:
    with transaction() as session:
        track = _track(session, track_id)
        try:
            operations.nudge(session, track.ladder, track.subject_id, actor=g.actor)
        except (NotPossible, TooMany) as refusal:
            unmet = getattr(refusal, "unmet", [])
            flash(" ".join([refusal.message, *unmet]), "stop")
        else:
            flash("A reminder leaves in their next working hour, with a working link.", "done")
        return _back(track)


@bp.route("/<int:track_id>/pause", methods=["GET", "POST"])
@access(office_staff)
def pause(track_id: int) -> ResponseReturnValue:
    form = forms.PauseForm()
    with transaction() as session:
        track = _track(session, track_id)
        if not form.validate_on_submit():
            page = render_template(
                "careerlink/reminders/pause.html",
                form=form,
                track=track,
                ladder=registry.ladders[track.ladder],
            )
            return page, (422 if form.is_submitted() else 200)
        operations.pause(session, track, actor=g.actor, reason=form.reason.data)
        flash("Paused. Nothing goes out until somebody lets it go on.", "done")
        return _back(track)


@bp.post("/<int:track_id>/resume")
@access(office_staff)
def resume(track_id: int) -> ResponseReturnValue:
    with transaction() as session:
        track = _track(session, track_id)
        operations.resume(session, track, actor=g.actor)
        flash("The reminders go on with what is due now.", "done")
        return _back(track)


def _chosen(session: Session) -> tuple[Institution, settings.Chosen]:
    institution = session.get_one(Institution, g.actor.institution_id)
    return institution, settings.of(session, [institution.id])[institution.id]


def _form(session: Session, chosen: settings.Chosen) -> Any:
    example_on = campus_day(session, g.actor) + SPREAD
    return forms.settings_form(registry.ladders, chosen, example_on)


def _page(
    institution: Institution,
    chosen: settings.Chosen,
    form: Any,
    *,
    coming: list[previewing.Coming] | None = None,
) -> str:
    return render_template(
        PAGE,
        form=form,
        chosen=chosen,
        institution=institution,
        ladders=registry.ladders.values(),
        names=settings.field_names,
        whom=previewing.WHOM,
        titled=previewing.titled,
        counted_from=previewing.counted_from,
        task=Channel.TASK,
        coming=coming,
    )


def _track(session: Session, track_id: int) -> ReminderTrack:
    track = session.scalar(
        select(ReminderTrack)
        .where(
            ReminderTrack.id == track_id,
            ReminderTrack.institution_id == g.actor.institution_id,
            ReminderTrack.ladder.in_(registry.ladders),
        )
        .options(
            joinedload(ReminderTrack.contact),
            joinedload(ReminderTrack.placement).joinedload(Placement.person),
        )
        .with_for_update(of=ReminderTrack)
    )
    if track is None:
        raise NotFound
    return track


def _back(track: ReminderTrack) -> ResponseReturnValue:
    place = url_for("office_placements.show", placement_id=track.placement.public_id)
    return redirect(f"{place}#reminders", 303)

"""Which of the released projects the board of one course shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select
from sqlalchemy.orm import Session, contains_eager

from careerlink.courses import set_up
from careerlink.errors import InvalidInput
from careerlink.institutions.day import campus_day
from careerlink.listings import hiding
from careerlink.listings.hiding import Changed, Which
from careerlink.listings.models import Listing
from careerlink.partners.models import Partner
from careerlink.security import access, sets_up
from careerlink.web import transaction
from careerlink.web.pagination import PAGE_SIZE, Page, page
from careerlink.web.query import asked

bp = Blueprint("projects_shown", __name__)


@dataclass(frozen=True)
class Wanted:
    """Which part of the list is on screen, as its address says."""

    which: Which
    text: str
    partner: str
    after: str

    @classmethod
    def of_address(cls) -> "Wanted":
        which = asked("show")
        known = Which(which) if which in set(Which) else Which.ALL
        return cls(known, asked("q"), asked("partner"), asked("after"))

    def address(self, **but: str | None) -> str:
        kept = {"show": self.which.value, "q": self.text, "partner": self.partner, **but}
        if kept["show"] == Which.ALL:
            kept["show"] = None
        here: dict[str, Any] = {name: value or None for name, value in kept.items()}
        return url_for("projects_shown.choose", course_id=g.course.public_id, **here)


@bp.get("/courses/<course_id>/set-up/projects")
@access(sets_up)
def choose(course_id: str) -> str:
    wanted = Wanted.of_address()
    with transaction() as session:
        return render_template(
            "careerlink/courses/projects.html", wanted=wanted, **_values(session, wanted)
        )


@bp.post("/courses/<course_id>/set-up/projects")
@access(sets_up)
def save(course_id: str) -> ResponseReturnValue:
    """Only what was changed on this page; what another tab changed beside it stays."""
    wanted = Wanted.of_address()
    with transaction() as session:
        offered = hiding.released(g.course, campus_day(session, g.actor))
        changed = hiding.change(session, g.course, **_ticked(offered), actor=g.actor)
    _say(changed)
    return redirect(wanted.address(after=wanted.after), 303)


@bp.post("/courses/<course_id>/set-up/projects/<any(show, hide):deed>")
@access(sets_up)
def save_all(course_id: str, deed: str) -> ResponseReturnValue:
    """All that the search, the partner and the filter leave, on every page of the list."""
    wanted = Wanted.of_address()
    with transaction() as session:
        listed = _listed(session, wanted)
        changed = hiding.change(session, g.course, **{deed: listed}, actor=g.actor)
    _say(changed)
    return redirect(wanted.address(show=None), 303)


def _ticked(offered: Select[Listing]) -> dict[str, Select[Listing]]:
    listed, was = set(request.form.getlist("listed")), set(request.form.getlist("was"))
    now = set(request.form.getlist("shown"))
    if not listed or len(listed) > PAGE_SIZE:
        raise InvalidInput("Press the button on the page of projects.")
    return {
        deed: offered.where(Listing.public_id.in_(ids & listed))
        for deed, ids in (("show", now - was), ("hide", was - now))
    }


def _listed(session: Session, wanted: Wanted, which: Which | None = None) -> Select[Listing]:
    return hiding.released(
        g.course,
        campus_day(session, g.actor),
        which or wanted.which,
        text=wanted.text,
        partner=wanted.partner,
    )


def _values(session: Session, wanted: Wanted) -> dict[str, Any]:
    listed: Page[Listing] = page(
        session,
        _listed(session, wanted).options(contains_eager(Listing.partner)),
        order_by=(Partner.name, Listing.title, Listing.id),
        key_of=lambda one: (one.partner.name, one.title, one.id),
        after=wanted.after or None,
    )
    hidden = hiding.hidden_ids(session, g.course, [one.id for one in listed.rows])
    return {
        "listed": listed,
        "shown": {one.id for one in listed.rows} - hidden,
        "counts": {one: hiding.count(session, _listed(session, wanted, one)) for one in Which},
        "all_shown": hiding.count(session, _all(session, Which.SHOWN)),
        "all_released": hiding.count(session, _all(session, Which.ALL)),
        "partner": _partner_name(listed.rows, wanted),
        "may_set_up": set_up.may_set_up(g.actor, g.course),
    }


def _all(session: Session, which: Which) -> Select[Listing]:
    return hiding.released(g.course, campus_day(session, g.actor), which)


def _partner_name(rows: Sequence[Listing], wanted: Wanted) -> str:
    return rows[0].partner.name if wanted.partner and rows else ""


def _say(changed: Changed) -> None:
    parts = [
        f"{number} {'project' if number == 1 else 'projects'} {what}"
        for number, what in (
            (changed.shown, "put on the board"),
            (changed.hidden, "taken off the board"),
        )
        if number
    ]
    text = f"{' and '.join(parts)}." if parts else "Nothing was changed."
    flash(text[0].upper() + text[1:], "done" if parts else "active")

"""The page of people of a course, and what can be done about its lists of members."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from careerlink.courses import approvers, people
from careerlink.courses.models import CourseMember
from careerlink.courses.people import Group
from careerlink.errors import ChangedMeanwhile, InvalidInput, NotFound, NotPossible
from careerlink.placements.forms import EmptyForm
from careerlink.security import access, in_course
from careerlink.web import request_session, transaction
from careerlink.web.forms import Form
from careerlink.web.query import asked
from lti import departures, roster_page, roster_queue

bp = Blueprint("roster", __name__)
AT = "/courses/<course_id>/roster"
NAME, TAKE_BACK = "name", "take_back"


class LeftForm(Form):
    shown = HiddenField()
    """Stands for the people whom the page named."""


class ApproverForm(Form):
    wanted = HiddenField()
    """What the page offered: pressed twice, it must not take back what it just did."""
    reason = TextAreaField(
        "Reason",
        [
            DataRequired("Say why, in a sentence."),
            Length(max=500, message="Keep it to 500 characters."),
        ],
    )


@bp.get(AT)
@access(in_course)
def show(course_id: str) -> str:
    _only_those_who_see_it()
    wanted = asked("show")
    group = Group(wanted) if wanted in set(Group) else Group.ALL
    with transaction() as session:
        members = people.listed(
            session, g.actor, g.course, group=group, text=asked("q"), after=asked("after")
        )
        sources = roster_page.sources(session, g.course)
        is_listed = any(one.roster and one.roster.answered_at for one in sources)
        return render_template(
            "lti/roster/people.html",
            page=members,
            group=group,
            text=asked("q"),
            counts=people.counts(session, g.actor, g.course),
            sources=sources,
            is_listed=is_listed,
            waits_for_list=bool(sources) and not is_listed and g.course.concluded_at is None,
            missing={
                number for one in sources if one.roster for number in one.roster.missing_ids
            },
            projects=roster_page.projects(session, g.actor, g.course, members.rows),
            role_of=people.role_of,
            why_not_named=approvers.why_not,
            standing=g.actor.standing(g.course.id),
        )


@bp.post(f"{AT}/read")
@access(in_course)
def read_now(course_id: str) -> ResponseReturnValue:
    _only_those_who_see_it()
    form = EmptyForm()
    with transaction() as session:
        if not form.validate_on_submit():
            raise InvalidInput("Press the button on the page of people.")
        begun = roster_queue.read_now(session, g.course, actor=g.actor)
    if begun:
        flash("The list is being read. Open this page again in a minute.", "wait")
    else:
        flash(
            "It was read a moment ago, or is being read now. Open this page again in a minute.",
            "wait",
        )
    return redirect(url_for(".show", course_id=course_id), 303)


@bp.route(f"{AT}/lists/<int:list_id>/departures", methods=["GET", "POST"])
@access(in_course)
def confirm(course_id: str, list_id: int) -> ResponseReturnValue:
    """Names everybody and says what happens; what is confirmed is bound to these people."""
    if not (g.actor.is_instructor(g.course.id) or g.actor.reads_office):
        raise NotFound
    form = LeftForm()
    session = request_session()
    if form.validate_on_submit():
        try:
            with transaction():
                roster, context = roster_page.get_held(session, g.course, list_id)
                number = roster.missing
                departures.confirm_departures(
                    session, context, actor=g.actor, shown=form.shown.data or ""
                )
            flash(
                "The list is read once more, then those who are still missing are marked. "
                f"That takes about a minute. {number} confirmed.",
                "wait",
            )
            return redirect(url_for(".show", course_id=course_id), 303)
        except ChangedMeanwhile:
            session.rollback()
            with transaction():
                return _asking(session, list_id, has_changed=True)
    with transaction():
        return _asking(session, list_id)


def _asking(
    session: Session, list_id: int, *, has_changed: bool = False
) -> ResponseReturnValue:
    roster, context = roster_page.get_held(session, g.course, list_id)
    if not roster.missing_ids:
        raise NotPossible("Nobody is missing from this list any more. There is nothing to say.")
    page = render_template(
        "lti/roster/departures.html",
        form=LeftForm(formdata=None, data={"shown": departures.fingerprint(roster)}),
        members=roster_page.missing_people(session, roster),
        roster=roster,
        has_changed=has_changed,
    )
    return page, (409 if has_changed else 200)


@bp.route(f"{AT}/<int:member_id>/approver", methods=["GET", "POST"])
@access(in_course)
def approver(course_id: str, member_id: int) -> ResponseReturnValue:
    """Name the member, or take it back: the page offers whatever is not the case now."""
    if not g.actor.is_staff:
        raise NotFound
    form = ApproverForm()
    with transaction() as session:
        member = people.get(session, g.actor, g.course, member_id)
        is_named = member.approver_named_at is not None
        if form.is_submitted():
            is_named = form.wanted.data == TAKE_BACK
        form.wanted.data = TAKE_BACK if is_named else NAME
        if form.validate_on_submit():
            try:
                act = approvers.take_back if is_named else approvers.name_approver
                act(session, member, actor=g.actor, reason=form.reason.data)
                flash(_said(member, was_named=is_named), "done")
                return redirect(url_for(".show", course_id=course_id), 303)
            except InvalidInput as refusal:
                form.refuse(refusal)
        shown = render_template(
            "lti/roster/approver.html",
            form=form,
            member=member,
            is_named=is_named,
            why_not="" if is_named else approvers.why_not(member),
        )
        return shown, (422 if form.is_submitted() else 200)


def _said(member: CourseMember, *, was_named: bool) -> str:
    if was_named:
        return f"{member.person.label} is no longer a named approver."
    return f"{member.person.label} may decide in this course from now on."


def _only_those_who_see_it() -> None:
    """Instructors, their assistants, and the career office."""
    if not (g.actor.may_look(g.course.id) or g.actor.reads_office):
        raise NotFound

"""One case's grade with all that the LMS ever answered, and sending many at once."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from careerlink.security import access, in_course
from careerlink.web import transaction
from credit import delivery
from credit.cases import award, inputs
from credit.cases import queries as cases
from credit.cases.models import CaseState
from credit.gradebook import bulk, operations, queries
from credit.gradebook.forms import BulkForm
from credit.gradebook.views import AT, only_those_who_see_it
from lti import columns, grade_history

bp = Blueprint("gradebook_sending", __name__)


@bp.route(f"{AT}/send", methods=["GET", "POST"])
@access(in_course)
def send(course_id: str) -> ResponseReturnValue:
    """What would be sent, student by student, before anything is."""
    only_those_who_see_it()
    form = BulkForm()
    with transaction() as session:
        if form.validate_on_submit():
            done = bulk.send(session, g.course, chosen=form.cases.data or (), actor=g.actor)
            flash(done.words, "wait" if done.sent else "stop")
            return redirect(url_for("gradebook.show", course_id=course_id), 303)
        rows = queries.waiting_to_be_sent(session, g.actor, g.course)
        form.cases.choices = [
            SelectChoice(row.case.public_id, row.case.person.label) for row in rows
        ]
        if not form.is_submitted():
            form.cases.data = [row.case.public_id for row in rows]
        html = render_template(
            "credit/gradebook/send.html",
            form=form,
            rows=rows,
            most=queries.MOST_AT_ONCE,
            platform=delivery.platform_name(session, g.course),
            is_gone=any(
                one.is_gone
                for one in columns.states(
                    session, g.course, resource_id=delivery.COLUMN, label=delivery.LABEL
                )
            ),
            may_act=operations.may_act(g.actor, g.course),
        )
    return html, 422 if form.is_submitted() else 200


@bp.get(f"{AT}/<case_id>")
@access(in_course)
def case(course_id: str, case_id: str) -> str:
    only_those_who_see_it()
    with transaction() as session:
        found = cases.get(session, case_id, actor=g.actor, course=g.course)
        (row,) = queries.rows_of(session, g.course, [found])
        facts = inputs.load_one(session, found)
        likely = award.most_likely(facts).credits_thousandths
        return render_template(
            "credit/gradebook/case.html",
            row=row,
            preview=delivery.preview(
                session, g.course, facts.policy, credits_thousandths=likely
            ),
            is_undecided=found.state
            in (CaseState.OPEN, CaseState.READY, CaseState.RETURNED, CaseState.IN_APPROVAL),
            likely=likely,
            sent=grade_history.of_person(session, g.course.id, found.person_id),
            may_act=operations.may_act(g.actor, g.course),
        )

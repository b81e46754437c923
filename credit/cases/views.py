"""Pages on which cases are read. Deciding is in ``decision_views``."""

from flask import Blueprint, flash, g, render_template, request
from flask.typing import ResponseReturnValue

from careerlink.errors import NotFound
from careerlink.home import waiting
from careerlink.security import access, in_course
from careerlink.web import transaction
from careerlink.web.query import asked
from credit import delivery
from credit.cases import answers, going_on, inputs, looking, queue
from credit.cases.forms import DecisionForm
from credit.cases.wanted import Filter, Wanted
from credit.routing import seen

bp = Blueprint("cases", __name__)
AT = "/courses/<course_id>/cases/<case_id>"


@bp.get("/courses/<course_id>/queue")
@access(in_course)
def show_queue(course_id: str) -> ResponseReturnValue:
    if not (g.actor.may_look(g.course.id) or g.actor.reads_office):
        raise NotFound
    wanted = Wanted.of(request.args)
    with transaction() as session:
        found = queue.read(session, g.actor, g.course, wanted)
        # What is shown, and what may just be complete; the rest of a long list is the worker's.
        if looking.settle(found.read):
            found = queue.read(session, g.actor, g.course, wanted)
        is_empty = not (found.counts[Filter.ALL] or found.agreements or wanted.text)
        # The link for credit is what many open first in a new course.
        steps = waiting.next_steps(session, g.actor, g.course.id) if is_empty else []
        steps.sort(key=lambda step: f"/courses/{course_id}/" not in step.url)
        return render_template(
            "credit/cases/queue.html",
            queue=found,
            is_empty=is_empty,
            first_step=steps[0] if steps else None,
            wanted=wanted,
            chosen=wanted.chosen,
            standing=g.actor.standing(g.course.id),
            has_policy=looking.has_policy(session, g.course),
        )


@bp.get(AT)
@access(in_course)
def show(course_id: str, case_id: str) -> ResponseReturnValue:
    with transaction() as session:
        case = answers.get_case(session, case_id)
        facts = inputs.load_one(session, case)
        if looking.settle([facts]):
            case = answers.get_case(session, case_id)
            facts = inputs.load_one(session, case)
        looking.note_reading(case, actor=g.actor, course=g.course)
        just = going_on.just_decided(session, g.actor, g.course, asked("decided"))
        blank = DecisionForm(formdata=None)
        shown = answers.packet(session, case, blank, facts, just=just)
    seen.note(case, actor=g.actor)
    return shown


@bp.post(f"{AT}/send-again")
@access(in_course)
def send_again(course_id: str, case_id: str) -> ResponseReturnValue:
    with transaction() as session:
        case = answers.get_case(session, case_id)
        delivery.send_again(session, case, actor=g.actor)
        flash("The grade is on its way again.", "wait")
    return answers.to_packet(case_id)

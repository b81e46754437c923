"""The objective board on a page of its own: both views side by side, and the judgement."""

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.errors import InvalidInput
from careerlink.placements import queries as placements
from careerlink.placements import reading
from careerlink.placements.models import Placement
from careerlink.security import access, in_course, teaches
from careerlink.web import transaction
from credit import addresses, decided
from credit.competencies import levels
from credit.evidence import gaps, judging, page, progress, rules
from credit.evidence.answer_forms import JudgeForm, judge_form, known
from credit.evidence.judging import VERDICT_WORDS

bp = Blueprint(
    "objectives",
    __name__,
    url_prefix="/courses/<course_id>/placements/<placement_id>/objectives",
)


@bp.get("")
@access(in_course)
def show(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        found = judging.visible(session, placement, actor=g.actor)
        form = judge_form(page.objectives_of(session, placement))(
            formdata=None, data=known(found)
        )
        answer = _page(session, placement, form)
    reading.note_from_outside(placement, actor=g.actor)
    return answer


@bp.post("")
@access(teaches)
def judge(course_id: str, placement_id: str) -> ResponseReturnValue:
    with transaction() as session:
        placement = _get(session, placement_id)
        objectives = page.objectives_of(session, placement)
        form = judge_form(objectives)()
        if form.validate():
            try:
                with session.begin_nested():
                    judging.judge(session, placement, form.findings(objectives), actor=g.actor)
                flash("Your judgment is kept. The student reads it with your decision.", "done")
                return redirect(addresses.of(placement, "objectives"), 303)
            except InvalidInput as refusal:
                form.refuse(refusal)
        return _page(session, placement, form), 422


def _page(session: Session, placement: Placement, form: JudgeForm) -> str:
    lines = progress.board(session, placement, actor=g.actor)
    found = [line.gap for line in lines]
    is_own = rules.is_own(g.actor, placement)
    may_judge = g.actor.may_decide(placement.course_id)
    return render_template(
        "credit/evidence/objectives.html",
        placement=placement,
        lines=lines,
        gap_title=gaps.message(found, is_own=is_own),
        form=form,
        may_judge=may_judge and not decided.why_closed(session, placement),
        is_own=is_own,
        words=levels.words,
        verdict_words=VERDICT_WORDS,
        placement_url=addresses.of(placement),
    )


def _get(session: Session, placement_id: str) -> Placement:
    return placements.get(session, placement_id, actor=g.actor, course=g.course)

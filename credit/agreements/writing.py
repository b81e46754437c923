"""What the student has beside the fields: what is missing where, what was said, the dates."""

from typing import Any

from sqlalchemy.orm import Session

from careerlink.placements.models import Placement
from credit.agreements import commenting, emergency, fields, prefill, surroundings, timetable
from credit.agreements.comment_models import AgreementComment, CommentState
from credit.agreements.fields import Section
from credit.agreements.form_fields import FIELD_OF
from credit.agreements.forms import AgreementForm
from credit.agreements.models import LearningAgreement
from credit.agreements.plan import plan_of

EMERGENCY = ("emergency_name", "emergency_phone", "emergency_relation")


def values(
    session: Session,
    placement: Placement,
    agreement: LearningAgreement | None,
    form: AgreementForm,
) -> dict[str, Any]:
    plan = plan_of(agreement) if agreement is not None else prefill.plan(session, placement)
    gaps = fields.gaps(plan, to_approve=True)
    comments = open_comments(session, agreement)
    count = dict.fromkeys(Section, 0)
    for gap in gaps:
        count[_section_of(gap.key)] += 1
    return {
        "lacking": count,
        "needs_emergency": emergency.is_needed(plan),
        "pinned": commenting.by_field(comments),
        "open_sections": [
            section
            for section in Section
            if count[section]
            or _has_errors(form, section)
            or any(_section_of(comment.field) == section for comment in comments)
        ],
        "titles": fields.SECTION_TITLES,
        "times": timetable.of(
            planned_minutes=plan.planned_minutes,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            milestones=[one.due_on for one in plan.deliverables if one.due_on],
        ),
        "clauses": surroundings.of(session, placement).clauses,
    }


def open_comments(
    session: Session, agreement: LearningAgreement | None
) -> list[AgreementComment]:
    if agreement is None:
        return []
    return [one for one in commenting.of(session, agreement) if one.state == CommentState.OPEN]


def _section_of(key: str) -> Section:
    field = fields.BY_KEY.get(key)
    return field.section if field is not None else Section.LEARNING


def _has_errors(form: AgreementForm, section: Section) -> bool:
    names = EMERGENCY if section == Section.EMERGENCY else _names(section)
    return any(form[name].errors for name in names)


def _names(section: Section) -> list[str]:
    return [
        FIELD_OF.get(field.key, field.key)
        for field in fields.FIELDS
        if field.section == section
    ]

"""The page of what is on record beside a case, by what its policy asks for."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from careerlink import clock
from careerlink.people.actors import Actor
from careerlink.web.forms import Form
from credit.cases import background, bundle, inputs
from credit.cases.inputs import Facts
from credit.cases.models import CreditCase
from credit.earlier import queries
from credit.earlier.forms import EarlierForm, ElsewhereForm, MajorForm, WaiverForm
from credit.earlier.models import EarlierKind
from credit.policy import asked, wording

RULES = {"lifetime", "lifetime_cases", "major", "double_count", "host"}
FORMS: dict[str, type[Form]] = {
    "earlier": EarlierForm,
    "major": MajorForm,
    "elsewhere": ElsewhereForm,
    "waiver": WaiverForm,
}


def typed(what: str, facts: Facts) -> Form:
    """The form of one section, as it was sent."""
    form = FORMS[what](prefix=f"{what}-")
    _offer(form, facts)
    return form


def show(
    session: Session,
    case: CreditCase,
    *,
    actor: Actor,
    wrong: Form | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    facts = inputs.load_one(session, case)
    return render_template("credit/earlier/show.html", **_values(
        session, case, facts, actor=actor, wrong=wrong
    )), status  # fmt: skip


def _values(
    session: Session, case: CreditCase, facts: Facts, *, actor: Actor, wrong: Form | None
) -> dict[str, Any]:
    policy, ids = facts.policy, [part.placement.id for part in facts.parts]
    records = queries.of_people(session, [case.person_id]).get(case.person_id, ())
    today = clock.today(case.course.institution.time_zone)
    return {
        "case": case,
        "facts": facts,
        "rules": [rule for rule in wording.rules_of(policy) if rule.rule in RULES],
        "asks": {
            "earlier": asked.earlier_credit(policy),
            "major": asked.majors(policy),
            "elsewhere": asked.elsewhere(policy),
            "waiver": not policy.related_host_ok,
        },
        "earlier": [r for r in records if r.kind != EarlierKind.SAME_WORK],
        "elsewhere": [r for r in records if r.placement_id in ids],
        "decided": background.decided_elsewhere(session, case),
        "majors": queries.majors_of(session, [case.person_id]).get(case.person_id, ()),
        "waivers": queries.waivers_of(session, ids, today=today).values(),
        "forms_of": {name: _form(name, facts, wrong) for name in FORMS},
        "wrong": wrong,
        "may_record": bundle.may_arrange(actor, case),
        "may_upload": actor.is_staff,
    }


def _form(name: str, facts: Facts, wrong: Form | None) -> Form:
    if wrong is not None and isinstance(wrong, FORMS[name]):
        return wrong
    form = FORMS[name](formdata=None, prefix=f"{name}-")
    _offer(form, facts)
    return form


def _offer(form: Form, facts: Facts) -> None:
    project = getattr(form, "project", None)
    if isinstance(project, SelectField):
        project.choices = [
            SelectChoice(part.placement.public_id, part.placement.title) for part in facts.parts
        ]

"""All questions of an evaluation on one page: to correct it, and to write one down."""

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session
from wtforms import DateField, DecimalField, FileField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from careerlink.web.forms import Form
from credit.evaluations import hours_asked, rubric
from credit.evaluations.answers import HOURS, SEEN, WORDS
from credit.evaluations.forms import (
    LONG,
    is_possible,
    levels_form,
    levels_given,
    words_form,
    words_given,
)
from credit.evaluations.models import Evaluation, Medium
from credit.evaluations.sent import Submitted

MEDIA: dict[str, str] = {
    Medium.PHONE: "On the phone",
    Medium.PAPER: "On paper",
    Medium.MAIL: "By mail",
}


class CorrectionForm(Form):
    reason = TextAreaField(
        "What was wrong?",
        validators=[InputRequired("Say what was wrong"), Length(max=LONG)],
    )


class TranscriptionForm(Form):
    medium = RadioField(
        "How did the supervisor answer?",
        choices=[SelectChoice(str(key), words) for key, words in MEDIA.items()],
        validators=[InputRequired("Choose one answer")],
    )
    heard_on = DateField("On which day?", validators=[InputRequired("Enter the day")])
    original = FileField("The original")


def build(
    session: Session, evaluation: Evaluation, about: type[Form], **kwargs: Any
) -> tuple[Any, list[rubric.Target]]:
    """A form of ``about`` and every question of this evaluation, and what it rates."""
    asked = hours_asked.questions(session, evaluation)
    targets = rubric.targets(session, evaluation.placement, evaluation)
    fields: dict[str, Any] = {}
    if asked.asks_hours:
        fields["hours"] = DecimalField(
            "Hours in all", places=None, validators=[InputRequired("Enter the hours")]
        )
        fields["note"] = TextAreaField(
            "What differs from the log", validators=[Optional(), Length(max=LONG)]
        )
    base = type("WholeForm", (about, words_form(asked)), fields)
    form = levels_form(targets, base, asks_examples=asked.asks_examples, **kwargs)
    return form, targets


def values_of(sent: Submitted) -> dict[str, Any]:
    """What the form shows of a version that was sent."""
    levels = {
        answer.key: "not_observed" if answer.level is None else str(answer.level)
        for answer in sent.ratings
    }
    examples = {f"x_{answer.key}": answer.example for answer in sent.ratings}
    minutes = sent.confirmed_minutes
    hours = {"hours": Decimal(minutes) / 60} if minutes is not None else {}
    return {
        **levels,
        **examples,
        **hours,
        "note": sent.hours_note,
        "strength": sent.strength,
        "growth": sent.growth,
        "work_again": sent.work_again,
    }


def is_valid(form: Any) -> bool:
    is_whole = bool(form.validate())
    if "hours" not in form or form.hours.errors:
        return is_whole
    if not form.hours.data.is_finite() or not is_possible(form.hours.data):
        form.hours.errors = ["Enter hours in quarter steps, such as 22.5"]
        return False
    return is_whole


def given(
    session: Session, evaluation: Evaluation, form: Any, targets: list[rubric.Target]
) -> dict[str, Any]:
    """The answers by step, as a draft keeps them."""
    found: dict[str, Any] = {SEEN: levels_given(form, targets), WORDS: words_given(form)}
    if "hours" in form:
        reported = hours_asked.reported(session, evaluation)
        minutes = int(form.hours.data * 60)
        found[HOURS] = {
            "right": "yes" if minutes == reported else "no",
            "reported": reported,
            "minutes": minutes,
            "note": form.note.data or "",
        }
    return found

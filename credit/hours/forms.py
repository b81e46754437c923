"""What a student types about hours, and what an instructor rules."""

from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from careerlink.shortening import cut_between_words
from careerlink.web.forms import Form
from credit.agreements.models import LearningObjective
from credit.hours.amounts import parse_minutes

NO_OBJECTIVE = SelectChoice("", "No objective in particular")
SHORT = 60


TAPS = ("0.5", "1", "1.5", "2", "3", "4")
"""Amounts that are logged by one tap each."""


class HoursForm(Form):
    worked_on = DateField("Day", [InputRequired("Enter the day.")])
    hours = StringField("Hours", [DataRequired("Enter the hours, such as 1.5.")])
    task = StringField(
        "What you did",
        [
            DataRequired("Say in a few words what you did."),
            Length(max=300, message="Keep it to 300 characters."),
        ],
    )
    objective = SelectField("Objective", choices=[NO_OBJECTIVE], default="")
    version = HiddenField()

    def take_tap(self) -> None:
        """A button with an amount on it goes before what stands in the field."""
        if (tapped := request.form.get("amount", "")) in TAPS:
            self.hours.data = tapped
            self.hours.raw_data = [tapped]

    def offer(self, objectives: Sequence[LearningObjective], kept: str | None = None) -> None:
        """``kept`` is what the entry names already, also when an amendment dropped it."""
        known = [
            SelectChoice(one.lineage, cut_between_words(one.text, SHORT)) for one in objectives
        ]
        if kept and kept not in {one.lineage for one in objectives}:
            known.append(SelectChoice(kept, "An earlier objective"))
        self.objective.choices = [NO_OBJECTIVE, *known]


class CorrectionForm(Form):
    worked_on = DateField("Day", [InputRequired("Enter the day.")])
    hours = StringField("Hours", [DataRequired("Enter the hours, such as 1.5.")])
    reason = TextAreaField(
        "Why they change",
        [
            DataRequired("Say why; the supervisor and your instructor read it."),
            Length(max=1000, message="Keep it to 1,000 characters."),
        ],
    )
    version = HiddenField()


class DisputeForm(Form):
    words = TextAreaField(
        "What differs",
        [
            DataRequired("Say in your words what differs; the instructor reads it."),
            Length(max=1000, message="Keep it to 1,000 characters."),
        ],
    )


class ConfirmForm(Form):
    """The supervisor's answer on the total: one tap, or another figure with a note."""

    hours = StringField("Your figure")
    note = TextAreaField(
        "What differs", [Length(max=1000, message="Keep it to 1,000 characters.")]
    )
    ask_instructor = BooleanField("Ask the instructor to rule on it")
    reported = HiddenField()


class RulingForm(Form):
    hours = StringField("Hours that stand", [DataRequired("Enter the hours, such as 18.5.")])
    reason = TextAreaField(
        "Reason",
        [
            DataRequired("Say why; the student and the supervisor read it."),
            Length(max=1000, message="Keep it to 1,000 characters."),
        ],
    )


def minutes_or_none(text: str, *, most: int) -> int:
    """As ``parse_minutes``, but none at all may be the answer, too."""
    if text.strip().rstrip("h ") in ("0", "0.0", "0,0", "0:00"):
        return 0
    return parse_minutes(text, most=most)


def sent(form: Any) -> int:
    return 422 if form.is_submitted() else 200

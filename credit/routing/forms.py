"""Writing a rule, and handing a case over."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from careerlink.people.models import Person
from careerlink.web.forms import Form
from credit.routing.models import Criterion

FEWEST = "fewest"
EVERYONE = "everyone"


class RuleForm(Form):
    criterion = RadioField(
        "Which cases",
        choices=[
            SelectChoice(Criterion.ANY.value, "Every case"),
            SelectChoice(Criterion.SECTION.value, "Students of one section"),
            SelectChoice(Criterion.PROGRAM.value, "Students of one program"),
        ],
        default=Criterion.ANY.value,
    )
    value = StringField(
        "Section or program", [Length(max=120, message="Keep it to 120 characters.")]
    )
    person = SelectField("Go to")

    def offer(self, instructors: Sequence[Person]) -> None:
        self.person.choices = [
            SelectChoice(FEWEST, "Whoever has fewest open cases"),
            *[SelectChoice(one.public_id, one.label) for one in instructors],
        ]


class HandOverForm(Form):
    to = SelectField("Hand over to")
    reason = TextAreaField(
        "Why",
        [
            DataRequired("Say why, in a sentence; your colleague reads it."),
            Length(max=1000, message="Keep it to 1,000 characters."),
        ],
    )
    seen = HiddenField()

    def offer(self, colleagues: Sequence[Person], *, is_assigned: bool) -> None:
        choices = [SelectChoice(one.public_id, one.label) for one in colleagues]
        if is_assigned:
            choices.append(SelectChoice(EVERYONE, "All instructors of the course"))
        self.to.choices = choices


def chosen(form_field: Any, people: Sequence[Person]) -> Person | None:
    return next((one for one in people if one.public_id == form_field.data), None)

"""Forms of the policy pages beside the editor."""

from collections.abc import Sequence

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from careerlink.courses.models import Course
from careerlink.institutions.models import Term
from careerlink.web.forms import Form, as_number
from credit.policy.drafting import LONGEST_NAME

USUAL = "usual"


class ChoosePolicyForm(Form):
    version = SelectField("Policy for new cases", validators=[InputRequired()])

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        self.version.choices = [SelectChoice(value, label) for value, label in choices]


class BeginForm(Form):
    name = StringField(
        "Name",
        validators=[
            DataRequired("Enter a name"),
            Length(max=LONGEST_NAME, message=f"Use up to {LONGEST_NAME} characters"),
        ],
    )
    start = RadioField("Start from", validators=[InputRequired("Choose what to start from")])

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        self.start.choices = [SelectChoice(value, label) for value, label in choices]


class DefaultForm(Form):
    scope = SelectField("Where", validators=[InputRequired("Choose where")])

    def offer(self, terms: Sequence[Term]) -> None:
        self.scope.choices = [
            SelectChoice(USUAL, "Every term without a policy of its own"),
            *(SelectChoice(str(term.id), term.name) for term in terms),
        ]


class PublishForm(Form):
    seen = HiddenField(filters=[lambda value: as_number(value, -1)])
    newest = HiddenField(filters=[lambda value: as_number(value, None)])
    note = TextAreaField(
        "Why there is this version",
        validators=[Optional(), Length(max=500, message="Use up to 500 characters")],
    )


class DryRunForm(Form):
    scope = SelectField("Cases of", validators=[InputRequired("Choose a term or a course")])

    def offer(self, terms: Sequence[tuple[Term, int]], courses: Sequence[Course]) -> None:
        self.scope.choices = [
            *(
                SelectChoice(f"term:{term.id}", f"{term.name}: {number} decided")
                for term, number in terms
            ),
            *(SelectChoice(f"course:{one.public_id}", one.name) for one in courses),
        ]

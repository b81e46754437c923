"""Leaving projects out, moving them, and going under another version of the policy."""

from collections.abc import Sequence

from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from careerlink.courses.models import Course
from careerlink.web.forms import Form
from credit.policy.models import CreditPolicyVersion

REASON = [
    DataRequired("Say why, in a sentence; it stays in the history."),
    Length(max=2000, message="Keep it to 2,000 characters."),
]


class WhyForm(Form):
    reason = TextAreaField("Why", REASON)


class MoveForm(Form):
    to = SelectField("To the student’s case in")
    reason = TextAreaField("Why", REASON)

    def offer(self, courses: Sequence[Course]) -> None:
        self.to.choices = [
            SelectChoice(
                one.public_id, f"{one.name}, {one.term.name}" if one.term else one.name
            )
            for one in courses
        ]


class RebaseForm(Form):
    version = HiddenField()
    seen = HiddenField()
    """Case by case the version that the preview showed it under."""
    reason = TextAreaField("Why", REASON)


class VersionForm(Form):
    to = SelectField("Version")

    def offer(self, versions: Sequence[CreditPolicyVersion]) -> None:
        self.to.choices = [
            SelectChoice(one.public_id, f"{one.name}, version {one.number}") for one in versions
        ]

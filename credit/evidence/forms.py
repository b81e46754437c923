"""What a student hands in."""

from collections.abc import Sequence

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from careerlink.web.forms import Form
from credit.agreements.models import LearningObjective


class EvidenceForm(Form):
    title = StringField(
        "What it is",
        [
            DataRequired("Give it a name, such as “Draft dashboard”."),
            Length(max=120, message="Keep it to 120 characters."),
        ],
    )
    file = FileField("File")
    url = StringField("Or a link", [Length(max=2000, message="This address is too long.")])
    is_attested = BooleanField("Confidential: the supervisor attests it, nothing is uploaded")
    objectives = SelectMultipleField("Which objectives it shows")
    note = TextAreaField("Note", [Length(max=2000, message="Keep it to 2,000 characters.")])

    def offer(self, objectives: Sequence[LearningObjective]) -> None:
        self.objectives.choices = [SelectChoice(one.lineage, one.text) for one in objectives]


class ReflectionForm(Form):
    text = TextAreaField(
        "Your reflection",
        [
            DataRequired("Write something first."),
            Length(max=20_000, message="Keep it to 20,000 characters, about eight pages."),
        ],
    )
    objectives = SelectMultipleField("Which objectives it shows")

    def offer(self, objectives: Sequence[LearningObjective]) -> None:
        self.objectives.choices = [SelectChoice(one.lineage, one.text) for one in objectives]


class DraftForm(Form):
    """The same field while it is written: nothing is asked yet."""

    text = TextAreaField()

"""What a student hands in."""

from collections.abc import Sequence

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from careerlink.web.forms import Form
from credit.agreements.models import LearningObjective
from credit.evidence.reflecting import LONGEST, Reflection

EMPTY = "Write something first."
TOO_LONG = "Keep it to 20,000 characters, about eight pages."


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
    """One answer, or with the fields that ``reflection_form`` adds one for each objective."""

    text = TextAreaField(
        "Your reflection", [DataRequired(EMPTY), Length(max=LONGEST, message=TOO_LONG)]
    )
    objectives = SelectMultipleField("Which objectives it shows")

    def answers(self) -> list[TextAreaField]:
        return [field for field in self if field.name.startswith("answer-")]

    def written(self) -> Reflection:
        texts = {
            field.name.removeprefix("answer-"): field.data or "" for field in self.answers()
        }
        ticked = self.objectives.data if "objectives" in self else []
        return Reflection(self.text.data or "", texts or dict.fromkeys(ticked or [], ""))


def reflection_form(
    objectives: Sequence[LearningObjective], *, is_short: bool, is_draft: bool = False
) -> type[ReflectionForm]:
    """A draft is kept as it is: nothing is asked of it yet."""

    def text(label: str, empty: str) -> TextAreaField:
        checks = [DataRequired(empty), Length(max=LONGEST, message=TOO_LONG)]
        return TextAreaField(label, [] if is_draft else checks)

    def one_of_several(label: str) -> TextAreaField:
        return text(label, f"{label}: {EMPTY[0].lower()}{EMPTY[1:]}")

    fields: dict[str, object] = {"text": text("Your reflection", EMPTY)}
    if is_short:
        choices = [SelectChoice(one.lineage, one.text) for one in objectives]
        fields["objectives"] = SelectMultipleField("Which objectives it shows", choices=choices)
    else:
        fields["objectives"] = None
        fields["text"] = one_of_several("All of it together")
        fields |= {
            f"answer-{one.lineage}": one_of_several(f"Objective {number}")
            for number, one in enumerate(objectives, 1)
        }
    return type("ReflectionForm", (ReflectionForm,), fields)

"""What a student types about hours, and what an instructor rules."""

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from careerlink.web.forms import Form
from credit.agreements.models import LearningObjective

NO_OBJECTIVE = SelectChoice("", "No objective in particular")
SHORT = 60


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

    def offer(self, objectives: Sequence[LearningObjective], kept: str | None = None) -> None:
        """``kept`` is what the entry names already, also when an amendment dropped it."""
        known = [SelectChoice(one.lineage, shortened(one.text)) for one in objectives]
        if kept and kept not in {one.lineage for one in objectives}:
            known.append(SelectChoice(kept, "An earlier objective"))
        self.objective.choices = [NO_OBJECTIVE, *known]


class RulingForm(Form):
    hours = StringField("Hours that stand", [DataRequired("Enter the hours, such as 18.5.")])
    reason = TextAreaField(
        "Reason",
        [
            DataRequired("Say why; the student reads it."),
            Length(max=1000, message="Keep it to 1,000 characters."),
        ],
    )


def shortened(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"


def sent(form: Any) -> int:
    return 422 if form.is_submitted() else 200

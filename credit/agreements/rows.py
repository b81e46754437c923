"""The rows of the plan's form that come and go: objectives, and what is handed in."""

from typing import Any

import wtforms
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from careerlink.web.forms import as_number, strip
from credit.agreements import hints
from credit.agreements.models import Judge
from credit.agreements.plan import DeliverableDraft, ObjectiveDraft

JUDGES = [
    SelectChoice(Judge.SUPERVISOR.value, "The supervisor"),
    SelectChoice(Judge.INSTRUCTOR.value, "The instructor"),
    SelectChoice(Judge.BOTH.value, "Both"),
]
LONG = 4000
LINE = 600


def prose(label: str, most: int, *, needed: bool = False) -> TextAreaField:
    """``needed`` to sign, though not yet to save; the others are marked as optional."""
    too_long = f"Shorten this to {most} characters"
    length = Length(max=most, message=too_long)
    return TextAreaField(
        label, filters=[strip], validators=[length] if needed else [Optional(), length]
    )


class ObjectiveRow(wtforms.Form):
    """One objective; a row that is empty altogether is not kept."""

    objective_id = HiddenField()
    lineage = HiddenField()
    text = prose("What you will learn", LINE, needed=True)
    activity = prose("Activity", LINE, needed=True)
    evidence = prose("Evidence", LINE, needed=True)
    judge = SelectField("Who judges it", choices=JUDGES, default=Judge.SUPERVISOR.value)
    competency_id = SelectField("Competency")

    def is_empty(self) -> bool:
        return not any((self.text.data, self.activity.data, self.evidence.data))

    def hints(self) -> list[str]:
        """Advice on what stands there; an objective of the course is the course's own words."""
        return hints.hints(
            text="" if self.objective_id.data else self.text.data or "",
            activity=self.activity.data or "",
            evidence=self.evidence.data or "",
        )

    def draft(self) -> ObjectiveDraft:
        return ObjectiveDraft(
            text=self.text.data or "",
            activity=self.activity.data or "",
            evidence=self.evidence.data or "",
            judge=Judge(self.judge.data),
            objective_id=number(self.objective_id.data),
            competency_id=number(self.competency_id.data),
            lineage=self.lineage.data or "",
        )


class DeliverableRow(wtforms.Form):
    lineage = HiddenField()
    title = StringField("What you hand in", filters=[strip], validators=[Length(max=LINE)])
    due_on = DateField("By", validators=[Optional()])
    is_optional = BooleanField("Optional")
    is_final = BooleanField("The final piece")

    def is_empty(self) -> bool:
        return not (self.title.data or self.due_on.data)

    def draft(self) -> DeliverableDraft:
        return DeliverableDraft(
            title=self.title.data or "",
            due_on=self.due_on.data,
            is_required=not self.is_optional.data,
            is_final=self.is_final.data,
            lineage=self.lineage.data or "",
        )


def number(value: Any) -> int | None:
    return as_number(value, None)

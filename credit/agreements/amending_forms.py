"""Forms of changes to an agreement, prefilled with what holds: only changes are typed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import wtforms
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from careerlink.web.forms import Form, strip
from credit.agreements import amending_rules
from credit.agreements.amending_rules import Proposal
from credit.agreements.amendment_models import Ending
from credit.agreements.plan import AgreementDraft, ObjectiveDraft

LONG = 4000
LINE = 600
QUARTER = Decimal("0.25")
MOST_HOURS = 1000
ANOTHER_DAY = "another_day"
ENDS = {
    Ending.FINISH_EARLY.value: "Finish early: the work is done",
    ANOTHER_DAY: "Another last day: later or earlier",
    Ending.END_EARLY.value: "End it: the work is not done and will not be",
    Ending.CANCEL.value: "Cancel it: the work has not begun",
}


def _words(label: str, most: int) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[strip],
        validators=[Optional(), Length(max=most, message=f"Shorten this to {most} characters")],
    )


class ProposalForm(Form):
    """What every proposal asks: why, and a signature by those who sign."""

    seen = HiddenField()
    """Fingerprint of what the preview showed; nobody signs what they have not seen."""
    reason = TextAreaField(
        "Why",
        filters=[strip],
        validators=[
            InputRequired("Say why, in a sentence"),
            Length(max=LINE, message=f"Shorten this to {LINE} characters"),
        ],
    )
    signed_name = StringField("Type your full name", validators=[Optional(), Length(max=200)])
    intent = BooleanField("I have read what changes, and I sign it")

    def is_signed(self) -> bool:
        if not self.signed_name.data:
            self.signed_name.errors = ["Type your name to sign"]
        if not self.intent.data:
            self.intent.errors = ["Tick this to sign"]
        return bool(self.signed_name.data and self.intent.data)


class ChangedObjective(wtforms.Form):
    """One objective as it would be; emptied, it is left out."""

    lineage = HiddenField()
    text = _words("What you will learn", LINE)
    activity = _words("Activity", LINE)
    evidence = _words("Evidence", LINE)


class ChangePlanForm(ProposalForm):
    starts_on = DateField("First day", validators=[InputRequired("Enter the first day")])
    ends_on = DateField("Last day", validators=[InputRequired("Enter the last day")])
    hours = DecimalField(
        "Planned hours",
        validators=[
            InputRequired("Enter the planned hours"),
            NumberRange(QUARTER, MOST_HOURS, "Enter hours between 0.25 and 1000"),
        ],
    )
    tasks = _words("Tasks", LONG)
    schedule = _words("When you work", LONG)
    supervision_plan = _words("Guidance", LONG)
    academic_work = _words("Work for the course besides", LONG)
    objectives = FieldList(FormField(ChangedObjective), max_entries=12)

    def validate_hours(self, field: Any) -> None:
        hours = field.data
        if hours is not None and (
            not hours.is_finite() or hours > MOST_HOURS or hours % QUARTER
        ):
            raise ValidationError("Enter hours in quarters, such as 12.5")

    def proposal(self, before: AgreementDraft, today: date) -> Proposal:
        plan = amending_rules.with_days(before, self.starts_on.data, self.ends_on.data, today)
        plan = replace(
            plan,
            planned_minutes=int(self.hours.data * 60),
            tasks=self.tasks.data or "",
            schedule=self.schedule.data or "",
            supervision_plan=self.supervision_plan.data or "",
            academic_work=self.academic_work.data or "",
            objectives=self._objectives(before),
        )
        return Proposal(plan, self.reason.data or "")

    def _objectives(self, before: AgreementDraft) -> list[ObjectiveDraft]:
        """The course's own sentence, the judge and the competency stay with the objective."""
        known = {one.lineage: one for one in before.objectives}
        made = []
        for row in self.objectives:
            typed: dict[str, Any] = {
                name: row[name].data or "" for name in ("text", "activity", "evidence")
            }
            if any(typed.values()):
                old = known.get(row["lineage"].data or "", ObjectiveDraft(text=""))
                if typed["text"] != old.text:
                    typed["objective_id"] = None
                made.append(replace(old, **typed))
        return made


class EndForm(ProposalForm):
    """One of four ends, and never two: https://github.com/outreachy/website/issues/293"""

    ending = RadioField("What is to happen", validators=[InputRequired("Choose one")])
    ends_on = DateField(
        "Last day of work", validators=[DataRequired("Enter the last day of work")]
    )

    def offer(self, *, is_planned: bool) -> None:
        kept = (
            (Ending.CANCEL.value, ANOTHER_DAY)
            if is_planned
            else (Ending.FINISH_EARLY.value, ANOTHER_DAY, Ending.END_EARLY.value)
        )
        self.ending.choices = [SelectChoice(value, ENDS[value]) for value in kept]

    def validate(self, extra_validators: Any = None) -> bool:
        if self.ending.data == Ending.CANCEL.value:
            # What has not begun has no last day; whatever stands there is not read.
            self.ends_on.validators = ()
            self.ends_on.process_errors = []
        return bool(super().validate(extra_validators))

    def proposal(self, before: AgreementDraft, today: date) -> Proposal:
        ending = None if self.ending.data == ANOTHER_DAY else Ending(self.ending.data)
        plan = before
        if ending != Ending.CANCEL:
            plan = amending_rules.with_days(before, before.starts_on, self.ends_on.data, today)
        return Proposal(plan, self.reason.data or "", ending=ending)


class SignChangeForm(Form):
    document_hash = HiddenField()
    signed_name = StringField(
        "Type your full name",
        validators=[InputRequired("Type your name to sign"), Length(max=200)],
    )
    intent = BooleanField(
        "I have read what changes, and I sign it",
        validators=[InputRequired("Tick this to sign")],
    )


class SayWhyForm(Form):
    reason = TextAreaField(
        "Why",
        filters=[strip],
        validators=[
            InputRequired("Say why, in a sentence"),
            Length(max=LINE, message=f"Shorten this to {LINE} characters"),
        ],
    )


def values_of(plan: AgreementDraft) -> dict[str, Any]:
    names = ("starts_on", "ends_on", "tasks", "schedule", "supervision_plan", "academic_work")
    return {
        **{name: getattr(plan, name) for name in names},
        "hours": Decimal(plan.planned_minutes) / 60,
        "objectives": [
            {name: getattr(one, name) for name in ("lineage", "text", "activity", "evidence")}
            for one in [*plan.objectives, ObjectiveDraft(text="")]
        ],
    }

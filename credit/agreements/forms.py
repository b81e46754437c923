"""Forms of the learning agreement. Messages say what to do, not what went wrong."""

from collections.abc import Iterable, Sequence
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
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from careerlink.courses.models import Objective
from careerlink.placements.models import Placement
from careerlink.web.forms import Form, strip
from credit.agreements.drafting import AgreementDraft, ObjectiveDraft
from credit.agreements.models import Judge, LearningAgreement
from credit.competencies.models import Competency

JUDGES = [
    SelectChoice(Judge.SUPERVISOR.value, "The supervisor"),
    SelectChoice(Judge.INSTRUCTOR.value, "The instructor"),
    SelectChoice(Judge.BOTH.value, "Both"),
]
LONG = 4000
LINE = 600
QUARTER = Decimal("0.25")


def _text(label: str, most: int, *, needed: bool = False) -> TextAreaField:
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
    text = _text("What you will learn", LINE, needed=True)
    activity = _text("Activity", LINE, needed=True)
    evidence = _text("Evidence", LINE, needed=True)
    judge = SelectField("Who judges it", choices=JUDGES, default=Judge.SUPERVISOR.value)
    competency_id = SelectField("Competency")

    def is_empty(self) -> bool:
        return not any((self.text.data, self.activity.data, self.evidence.data))

    def draft(self) -> ObjectiveDraft:
        return ObjectiveDraft(
            text=self.text.data or "",
            activity=self.activity.data or "",
            evidence=self.evidence.data or "",
            judge=Judge(self.judge.data),
            objective_id=_number(self.objective_id.data),
            competency_id=_number(self.competency_id.data),
            lineage=self.lineage.data or "",
        )


class AgreementForm(Form):
    chosen = SelectMultipleField("From the course", coerce=int)
    objectives = FieldList(FormField(ObjectiveRow))
    hours = DecimalField(
        "Planned hours",
        places=None,
        validators=[InputRequired("Enter the planned hours, such as 20")],
    )
    starts_on = DateField(
        "First day", validators=[InputRequired("Enter the first day of work")]
    )
    ends_on = DateField("Last day", validators=[InputRequired("Enter the last day of work")])
    tasks = _text("Your tasks", LONG)
    supervision_plan = _text("How you will be guided", LONG)
    academic_work = _text("Work for the course besides", LONG)
    signed_name = StringField("Type your full name", validators=[Length(max=200)])
    intent = BooleanField("I sign this plan")

    def validate_hours(self, field: Any) -> None:
        hours = field.data
        if hours is None or not hours.is_finite() or not 0 < hours <= 1000 or hours % QUARTER:
            field.errors = []
            raise ValidationError("Enter hours in quarter steps, such as 20 or 22.5")

    def named_competencies(self) -> list[int]:
        """What the rows name, as they came or as they are typed."""
        typed = [_number(row.form.competency_id.data) for row in self.objectives.entries]
        return [number for number in typed if number]

    def offer(
        self, objectives: Sequence[Objective], competencies: Sequence[Competency]
    ) -> None:
        """Set the choices; objectives that are rows already are not offered again."""
        self._offered = {objective.id: objective for objective in objectives}
        self._competencies = [
            SelectChoice("", "No particular one"),
            *(SelectChoice(str(c.id), c.label) for c in competencies),
        ]
        for row in self.objectives.entries:
            row.form.competency_id.choices = self._competencies
        # A box that was ticked before is answered by the row that came of it.
        self.chosen.choices = [
            SelectChoice(objective.id, objective.title) for objective in objectives
        ]

    def course_text(self, row: Any) -> str:
        """The course's own words for a row that came from its list."""
        objective = self._offered.get(_number(row.objective_id.data) or 0)
        return objective.text if objective else ""

    def open_choices(self) -> None:
        """After rows were made or taken away: offer what is not a row."""
        taken = {_number(row.form.objective_id.data) for row in self.objectives.entries}
        self.chosen.data = []
        self.chosen.choices = [
            SelectChoice(o.id, o.title) for o in self._offered.values() if o.id not in taken
        ]

    def take_chosen(self) -> None:
        """Ticked objectives of the course become rows."""
        taken = {_number(row.form.objective_id.data) for row in self.objectives.entries}
        for objective_id in self.chosen.data or []:
            if objective_id not in taken:
                objective = self._offered[objective_id]
                self.add_row(objective_id=objective.id, text=objective.text)

    def add_row(self, **values: Any) -> None:
        self.objectives.append_entry(values)
        self.objectives.entries[-1].form.competency_id.choices = self._competencies

    def remove_row(self, number: int) -> None:
        if 0 <= number < len(self.objectives.entries):
            self.objectives.entries.pop(number)

    def draft(self) -> AgreementDraft:
        rows: Iterable[ObjectiveRow] = (row.form for row in self.objectives.entries)
        return AgreementDraft(
            planned_minutes=int(self.hours.data * 60),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            tasks=self.tasks.data or "",
            supervision_plan=self.supervision_plan.data or "",
            academic_work=self.academic_work.data or "",
            objectives=[row.draft() for row in rows if not row.is_empty()],
        )

    def is_signed(self) -> bool:
        """Whether name and intent are there; asked only when somebody signs."""
        if not self.signed_name.data:
            self.signed_name.errors = ["Type your name to sign"]
        if not self.intent.data:
            self.intent.errors = ["Tick that you sign this plan"]
        return bool(self.signed_name.data and self.intent.data)

    def point_out_gaps(self) -> None:
        """Name what each objective lacks, at its field."""
        for number, entry in enumerate(self.objectives.entries, 1):
            for name, what in (
                ("text", "what you will learn"),
                ("activity", "an activity"),
                ("evidence", "the evidence"),
            ):
                field = entry.form[name]
                if not field.data and not field.errors:
                    field.errors = [f"Objective {number}: enter {what}"]
        self.objectives.errors = [entry.errors for entry in self.objectives.entries]


class LinkSignForm(Form):
    document_hash = HiddenField(validators=[InputRequired("Open this page again")])
    signed_name = StringField(
        "Type your full name",
        validators=[InputRequired("Type your name to sign"), Length(max=200)],
    )
    intent = BooleanField(
        "I have read this plan and sign it",
        validators=[InputRequired("Tick that you sign this plan")],
    )


class QuestionForm(Form):
    reason = TextAreaField(
        "Your question or what should change",
        validators=[InputRequired("Write your question"), Length(max=LONG)],
    )


class DecisionForm(Form):
    document_hash = HiddenField()
    reason = TextAreaField("Comment for the student", validators=[Length(max=LONG)])


def values_of(placement: Placement, agreement: LearningAgreement | None) -> dict[str, Any]:
    """What the form begins with: the draft, or else what the project says."""
    source: Any = agreement or placement
    rows = agreement.objectives if agreement else []
    return {
        "hours": Decimal(source.planned_minutes) / 60,
        "starts_on": source.starts_on,
        "ends_on": source.ends_on,
        "tasks": agreement.tasks if agreement else "",
        "supervision_plan": agreement.supervision_plan if agreement else "",
        "academic_work": agreement.academic_work if agreement else "",
        "objectives": [
            {
                "objective_id": row.objective_id or "",
                "lineage": row.lineage,
                "text": row.text,
                "activity": row.activity,
                "evidence": row.evidence,
                "judge": row.judge.value,
                "competency_id": str(row.competency_id or ""),
            }
            for row in rows
        ],
    }


def _number(value: Any) -> int | None:
    return int(value) if str(value or "").isdecimal() else None

"""The form of the plan: one form of all its sections, so that no typed word gets lost."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FieldList,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from careerlink.courses.models import Objective
from careerlink.web.forms import Form
from credit.agreements import places, sheet
from credit.agreements.comment_models import AgreementComment
from credit.agreements.fields import Gap
from credit.agreements.form_fields import CHOSEN_KINDS, FIELD_OF, SIGNING, TYPED, choose, label
from credit.agreements.plan import AgreementDraft
from credit.agreements.rows import LINE, LONG, DeliverableRow, ObjectiveRow, number, prose
from credit.agreements.sign_forms import Attested
from credit.competencies.models import Competency

THOUSANDTH = Decimal("0.001")
QUARTER = Decimal("0.25")


class AgreementForm(Attested, Form):
    linked_errors: Sequence[tuple[str, str]] = ()
    """Of controls that are no fields of this form, such as the answers to comments."""
    chosen = SelectMultipleField("From the course", coerce=int)
    objectives = FieldList(FormField(ObjectiveRow))
    tasks = prose(label("tasks"), LONG, needed=True)
    deliverables = FieldList(FormField(DeliverableRow))
    rework_rounds = IntegerField(
        label("rework_rounds"),
        validators=[Optional(), NumberRange(0, 9, "Enter a number from 0 to 9")],
    )
    hours = DecimalField(
        label("planned_minutes"),
        places=None,
        validators=[InputRequired("Enter the planned hours, such as 20")],
    )
    starts_on = DateField(
        label("starts_on"), validators=[InputRequired("Enter the first day of work")]
    )
    ends_on = DateField(
        label("ends_on"), validators=[InputRequired("Enter the last day of work")]
    )
    schedule = prose(label("schedule"), LINE, needed=True)
    where = RadioField(
        label("is_remote"),
        choices=[SelectChoice("remote", "Remote"), SelectChoice("on_site", "At the workplace")],
        default="remote",
    )
    place = prose(label("place"), LINE)
    country = SelectField(label("country"))
    region = StringField(label("region"), validators=[Optional(), Length(max=100)])
    engagement = choose("engagement", sheet.ENGAGEMENTS)
    payer = choose("payer", sheet.PAYERS)
    pay_when = prose(label("pay_when"), LINE)
    ip_terms = choose("ip_terms", sheet.RIGHTS)
    ai_rule = choose("ai_rule", sheet.AI_RULES)
    has_nda = BooleanField("There is a separate confidentiality agreement")
    confidentiality = prose(label("confidentiality"), LONG)
    data_access = prose(label("data_access"), LONG)
    safety = prose(label("safety"), LONG)
    supervision_plan = prose(label("supervision_plan"), LONG, needed=True)
    credit = RadioField(
        label("is_for_credit"),
        choices=[
            SelectChoice("yes", "It counts toward credit in this course"),
            SelectChoice("no", "Without credit"),
        ],
        default="yes",
    )
    credits = DecimalField(label("credits_thousandths"), places=None, validators=[Optional()])
    grading_basis = choose("grading_basis", sheet.GRADING)
    academic_work = prose(label("academic_work"), LONG)
    emergency_name = StringField("Whom to call", validators=[Optional(), Length(max=200)])
    emergency_phone = StringField("Phone", validators=[Optional(), Length(max=40)])
    emergency_relation = StringField(
        "Who that is to you", validators=[Optional(), Length(max=100)]
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        for name in SIGNING:
            # Asked last, so what is wrong there is said last.
            self._fields[name] = self._fields.pop(name)
        self.country.choices = [SelectChoice("", "Choose …"), *places.countries()]

    def validate_hours(self, field: Any) -> None:
        hours = field.data
        if hours is None or not hours.is_finite() or not 0 < hours <= 1000 or hours % QUARTER:
            field.errors = []
            raise ValidationError("Enter hours in quarter steps, such as 20 or 22.5")

    def validate_credits(self, field: Any) -> None:
        value = field.data
        if value is not None and (not value.is_finite() or not 0 <= value <= 30):
            field.errors = []
            raise ValidationError("Enter credits as a number, such as 3 or 1.5")
        if value is not None and value % THOUSANDTH:
            raise ValidationError("Enter at most three digits after the point.")

    def named_competencies(self) -> list[int]:
        """What the rows name, as they came or as they are typed."""
        typed = [number(row.form.competency_id.data) for row in self.objectives.entries]
        return [key for key in typed if key]

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
        objective = self._offered.get(number(row.objective_id.data) or 0)
        return objective.text if objective else ""

    def open_choices(self) -> None:
        """After rows were made or taken away: offer what is not a row."""
        taken = {number(row.form.objective_id.data) for row in self.objectives.entries}
        self.chosen.data = []
        self.chosen.choices = [
            SelectChoice(o.id, o.title) for o in self._offered.values() if o.id not in taken
        ]

    def take_chosen(self) -> None:
        """Ticked objectives of the course become rows."""
        taken = {number(row.form.objective_id.data) for row in self.objectives.entries}
        for objective_id in self.chosen.data or []:
            if objective_id not in taken:
                objective = self._offered[objective_id]
                self.add_objective(objective_id=objective.id, text=objective.text)

    def add_objective(self, **values: Any) -> None:
        self.objectives.append_entry(values)
        self.objectives.entries[-1].form.competency_id.choices = self._competencies

    def change_rows(self, action: str) -> None:
        """What the buttons beside the rows do."""
        verb, _, place = action.partition("-")
        rows = {"remove": self.objectives, "drop": self.deliverables}.get(verb)
        if action == "add":
            self.add_objective()
        elif action == "piece":
            self.deliverables.append_entry({})
        elif rows is not None and place.isdecimal() and int(place) < len(rows.entries):
            rows.entries.pop(int(place))

    def plan(self) -> AgreementDraft:
        rows: Iterable[Any] = (row.form for row in self.objectives.entries)
        pieces: Iterable[Any] = (row.form for row in self.deliverables.entries)
        values: dict[str, Any] = {name: self[name].data or "" for name in TYPED}
        for name, kind in CHOSEN_KINDS.items():
            values[name] = kind(self[name].data) if self[name].data else None
        return AgreementDraft(
            planned_minutes=int(self.hours.data * 60),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            objectives=[row.draft() for row in rows if not row.is_empty()],
            deliverables=[piece.draft() for piece in pieces if not piece.is_empty()],
            rework_rounds=self.rework_rounds.data,
            is_remote=self.where.data == "remote",
            country=self.country.data or "",
            is_for_credit=self.credit.data == "yes",
            credits_thousandths=_thousandths(self.credits.data),
            has_nda=self.has_nda.data,
            **values,
        )

    def point_out_unanswered(self, comments: Sequence[AgreementComment]) -> None:
        """The box for the answer stands at the field."""
        self.linked_errors = [
            (f"answer-{comment.public_id}", f"Answer the comment “{comment.text[:60]}”")
            if comment.text
            else (f"answer-{comment.public_id}", "Answer the proposed words, or use them")
            for comment in comments
        ]

    def point_out(self, gaps: Sequence[Gap]) -> None:
        """Name what is missing at its field; what has none of its own goes to the top."""
        for gap in gaps:
            name = FIELD_OF.get(gap.key, gap.key)
            if name in ("objectives", "deliverables"):
                self[name].errors = [*self[name].errors, gap.text]
            elif name not in self._fields:
                continue  # Of one objective: its row says it.
            elif not self[name].errors:
                self[name].errors = [gap.text]
        self._point_out_rows()

    def _point_out_rows(self) -> None:
        for place, entry in enumerate(self.objectives.entries, 1):
            for name, what in (
                ("text", "what you will learn"),
                ("activity", "an activity"),
                ("evidence", "the evidence"),
            ):
                field = entry.form[name]
                if not field.data and not field.errors:
                    field.errors = [f"Objective {place}: enter {what}"]
        said = [one for one in self.objectives.errors if isinstance(one, str)]
        rows = [entry.errors for entry in self.objectives.entries]
        self.objectives.errors = [*rows, *said]


def _thousandths(credits: Decimal | None) -> int | None:
    return int(credits * 1000) if credits is not None else None

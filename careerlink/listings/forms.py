"""The form in which staff write a listing. Messages say what to do, not what went wrong."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from babel.numbers import get_currency_precision
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from careerlink.listings import skills, wording
from careerlink.listings.models import AiRule, Engagement, IpTerms, Payer
from careerlink.web.forms import Form

HOURS = "Enter hours between 5 and 40"
MOST_FEE = 100_000


def _choices(words: Mapping[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(key.value, text) for key, text in words.items()]


def choices(pairs: Iterable[tuple[Any, str]]) -> list[SelectChoice]:
    """Values and labels that the database gives."""
    return [SelectChoice(value, label) for value, label in pairs]


def _text(label: str, *, needed: str = "", most: int = 4000, rows: bool = True) -> Any:
    field = TextAreaField if rows else StringField
    first = DataRequired(needed) if needed else Optional()
    return field(label, validators=[first, Length(max=most)])


class ListingForm(Form):
    version = HiddenField()
    title = _text("Title", needed="Enter a title of a few words", most=120, rows=False)
    deliverable = _text(
        "What the student makes", needed="Say in a sentence what is handed over", most=400
    )
    description = _text("The project")
    field = _text("Field", most=60, rows=False)
    skill_names = _text("Skills asked for", most=600, rows=False)
    common_skills = SelectMultipleField("From the catalog")
    objectives = SelectMultipleField("Learning objectives it serves", coerce=int)
    learns = _text("What the student learns")
    asks = _text("What the partner asks")
    hours = DecimalField("Hours", validators=[InputRequired(HOURS), NumberRange(5, 40, HOURS)])
    starts_on = DateField("Starts on", validators=[InputRequired("Enter the first day")])
    ends_on = DateField("Ends on", validators=[InputRequired("Enter the last day")])
    apply_by = DateField("Apply by", validators=[Optional()])
    fee = DecimalField(
        "Fee",
        validators=[
            InputRequired("Enter the fee; 0 if it is unpaid"),
            NumberRange(0, MOST_FEE, "Enter a fee from 0 to 100,000"),
        ],
    )
    payer = SelectField("Paid by", choices=_choices(wording.PAYER))
    engagement = SelectField("Engagement", choices=_choices(wording.ENGAGEMENT))
    floor_exception = _text("Reason for a fee below the floor", most=1000)
    where = RadioField(
        "Where",
        choices=choices([("remote", "Remote"), ("place", "At a place")]),
        default="remote",
    )
    place = _text("Place", most=200, rows=False)
    slots = IntegerField(
        "Places",
        default=1,
        validators=[
            InputRequired("Enter how many students can do it"),
            NumberRange(1, 50, "Enter a number from 1 to 50"),
        ],
    )
    supervisor = SelectField("Supervisor")
    supervision = _text("How the student is guided", most=1000)
    ip_terms = RadioField(
        "Rights", choices=_choices(wording.RIGHTS), default=IpTerms.ASSIGNED.value
    )
    has_nda = BooleanField("The student signs an NDA")
    ai_rule = RadioField(
        "AI tools", choices=_choices(wording.AI), default=AiRule.DISCLOSE.value
    )
    data_access = _text("Data the student gets", most=1000)

    def __init__(
        self,
        *args: Any,
        contacts: list[tuple[str, str]],
        objectives: list[tuple[int, str]],
        catalog: list[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.supervisor.choices = choices([("", "Not named yet"), *contacts])
        self.objectives.choices = choices(objectives)
        self.common_skills.choices = choices((name, name) for name in catalog)

    def validate_hours(self, field: Any) -> None:
        if field.data is not None and field.data % Decimal("0.25"):
            raise ValidationError("Enter hours in quarter steps, such as 12.5")

    def validate_ends_on(self, field: Any) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError("Enter an end on or after the start")

    def validate_apply_by(self, field: Any) -> None:
        if field.data and self.ends_on.data and field.data > self.ends_on.data:
            raise ValidationError("Enter a day before the project ends")

    def validate_where(self, field: Any) -> None:
        if field.data == "place" and not self.place.data:
            raise ValidationError("Name the place, such as a town and street")

    def chosen_skills(self) -> list[str]:
        return skills.names_in(
            ", ".join([self.skill_names.data or "", *(self.common_skills.data or [])])
        )

    def values(self, currency: str, supervisors: Mapping[str, int]) -> dict[str, Any]:
        """As the operation takes them: whole minutes, minor units, enums."""
        unit = Decimal(10) ** get_currency_precision(currency)
        fee = (self.fee.data * unit).to_integral_value(ROUND_HALF_UP)
        texts = (
            "title", "deliverable", "description", "field", "learns", "asks", "supervision",
            "floor_exception", "place", "data_access",
        )  # fmt: skip
        days = ("starts_on", "ends_on", "apply_by")
        return {
            **{name: self[name].data or "" for name in texts},
            **{name: self[name].data for name in days},
            "planned_minutes": int(self.hours.data * 60),
            "fee_minor": int(fee),
            "is_remote": self.where.data == "remote",
            "slots": self.slots.data,
            "has_nda": bool(self.has_nda.data),
            "supervisor_id": supervisors.get(self.supervisor.data or ""),
            **self._enums({"payer": Payer, "engagement": Engagement}),
            **self._enums({"ip_terms": IpTerms, "ai_rule": AiRule}),
        }

    def _enums(self, kinds: Mapping[str, type[StrEnum]]) -> dict[str, StrEnum]:
        return {name: kind(self[name].data) for name, kind in kinds.items()}


class ReasonForm(Form):
    reason = TextAreaField(
        "Reason", validators=[DataRequired("Give a reason"), Length(max=2000)]
    )


class SkillsForm(Form):
    """What a student can do; only the board reads it."""

    chosen = SelectMultipleField("From what projects ask for")
    others = StringField("Others", validators=[Optional(), Length(max=600)])

    def names(self) -> list[str]:
        return skills.names_in(", ".join([*(self.chosen.data or []), self.others.data or ""]))


class ReleaseForm(Form):
    to = RadioField(
        "Show it to",
        choices=choices(
            [
                ("course", "Chosen courses"),
                ("term", "Every course of a term"),
                ("all", "Every course"),
            ]
        ),
        default="course",
    )
    courses = SelectMultipleField("Courses")
    term = SelectField("Term", validators=[Optional()])

    def validate_courses(self, field: Any) -> None:
        if self.to.data == "course" and not field.data:
            raise ValidationError("Choose at least one course")

    def validate_term(self, field: Any) -> None:
        if self.to.data == "term" and not field.data:
            raise ValidationError("Choose a term")

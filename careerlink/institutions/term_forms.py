"""Forms of the term pages."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    DateField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from careerlink.csv_text import FileRefused
from careerlink.institutions import term_days, term_files
from careerlink.institutions.models import Term
from careerlink.offered_parts import CarriedPart, TermPart
from careerlink.web.forms import Form, as_number

NONE = "none"


def _day(name: str) -> DateField:
    return DateField(term_days.DAYS[name], validators=[Optional()])


def _needed(name: str) -> DateField:
    message = f"Enter the {term_days.DAYS[name].lower()}"
    return DateField(term_days.DAYS[name], validators=[InputRequired(message)])


class CodeForm(Form):
    """Before the days, because an error summary lists fields as they were written down."""

    code = StringField("Code", validators=[DataRequired("Enter the code")])

    def validate_code(self, field: Any) -> None:
        if not term_files.CODE.fullmatch(field.data):
            raise ValidationError(f"{term_files.CODE_WORDS}.")


class DaysForm(Form):
    version = HiddenField(filters=[lambda value: as_number(value, -1)])
    name = StringField(
        "Name", validators=[DataRequired("Enter a name"), Length(max=term_files.LONGEST_NAME)]
    )
    starts_on = _needed("starts_on")
    ends_on = _needed("ends_on")
    last_add_on = _day("last_add_on")
    last_drop_on = _day("last_drop_on")
    census_on = _day("census_on")
    withdraw_by_on = _day("withdraw_by_on")
    grades_due_on = _day("grades_due_on")

    def days(self) -> dict[str, date | None]:
        return {name: self[name].data for name in term_days.DAYS}

    def validate(self, extra_validators: Any = None) -> bool:
        """All days that stand in a wrong order at once, each at its field."""
        holds = bool(super().validate(extra_validators))
        for name, message in term_days.faults(self.days()).items():
            if not self[name].errors:
                self[name].errors = [message]
                holds = False
        return holds


class NewTermForm(CodeForm, DaysForm):
    pass


class UploadForm(Form):
    file = FileField("File")

    def text_of_file(self) -> str:
        """:raises FileRefused: nothing was chosen, or it is too large or no text."""
        if not self.file.data:
            raise FileRefused(["Choose a file."])
        data = self.file.data.read(term_files.MOST_BYTES + 1)
        if len(data) > term_files.MOST_BYTES:
            raise FileRefused(["A calendar has at most 200 kB. Choose the right file."])
        return term_files.readable(data)


class TakeForm(Form):
    text = HiddenField(validators=[Length(max=term_files.MOST_BYTES)])
    seen = HiddenField()


class CourseTermForm(Form):
    term = SelectField("Term", validators=[InputRequired("Choose a term")])

    def offer(self, terms: Sequence[Term]) -> None:
        self.term.choices = [
            SelectChoice(NONE, "No term"),
            *(SelectChoice(str(term.id), term.name) for term in terms),
        ]


class CloneForm(Form):
    target = SelectField("Take it over into", validators=[InputRequired("Choose a term")])
    parts = SelectMultipleField("What comes along")

    def offer(
        self, terms: Sequence[Term], parts: Sequence[tuple[TermPart, CarriedPart]]
    ) -> None:
        self.target.choices = [SelectChoice(str(term.id), term.name) for term in terms]
        self.parts.choices = [SelectChoice(part.key, part.title) for part, _ in parts]

"""Forms of competencies: their texts, files of frameworks, and a course's choice."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from careerlink.csv_text import FileRefused
from careerlink.web.forms import Form, as_number
from credit.competencies.editing import CompetencyTexts, FrameworkTexts
from credit.competencies.files import exchange
from credit.competencies.files.rich_text import tidy
from credit.competencies.levels import LEVELS
from credit.competencies.models import Competency, CompetencyFramework, FileFormat

LONG = 4000
LINE = 500
MOST_LINES = 12
NEW = "new"


def _seen() -> HiddenField:
    return HiddenField(filters=[_number], validators=[InputRequired("Open this page again")])


def _number(value: Any) -> int:
    """Which version the page showed; what nobody ever saw is none of them."""
    return as_number(value, -1)


class CompetencyForm(Form):
    version = _seen()
    label = StringField("Name", validators=[DataRequired("Enter a name"), Length(max=LINE)])
    description = TextAreaField("Description", validators=[Optional(), Length(max=LONG)])
    behaviors = TextAreaField("What it looks like", validators=[Optional(), Length(max=LONG)])
    anchor_1 = TextAreaField(LEVELS[1], validators=[Optional(), Length(max=LINE)])
    anchor_2 = TextAreaField(LEVELS[2], validators=[Optional(), Length(max=LINE)])
    anchor_3 = TextAreaField(LEVELS[3], validators=[Optional(), Length(max=LINE)])
    anchor_4 = TextAreaField(LEVELS[4], validators=[Optional(), Length(max=LINE)])
    is_group = BooleanField("A heading only, which nobody rates")

    def validate_behaviors(self, field: Any) -> None:
        if len(tidy(field.data or "").splitlines()) > MOST_LINES:
            raise ValidationError(f"Write up to {MOST_LINES} lines; four are about right")

    @property
    def anchors(self) -> list[Any]:
        return [self[f"anchor_{level}"] for level in LEVELS]

    def texts(self) -> CompetencyTexts:
        return CompetencyTexts(
            label=tidy(self.label.data or ""),
            description=tidy(self.description.data or ""),
            behaviors=tidy(self.behaviors.data or "").splitlines(),
            anchors=[" ".join((field.data or "").split()) for field in self.anchors],
            is_group=bool(self.is_group.data),
        )


def values_of(row: Competency) -> dict[str, Any]:
    anchors = {f"anchor_{level}": words for level, words in enumerate(row.anchors, 1)}
    return {
        "version": row.version,
        "label": row.label,
        "description": row.description,
        "behaviors": "\n".join(row.behaviors),
        "is_group": row.is_group,
        **anchors,
    }


class FrameworkForm(Form):
    version = _seen()
    name = StringField("Name", validators=[DataRequired("Enter a name"), Length(max=LINE)])
    source = StringField("Source", validators=[Optional(), Length(max=LINE)])
    description = TextAreaField("Description", validators=[Optional(), Length(max=LONG)])
    is_usual = BooleanField("Offer it in every course that has not chosen its own")

    def texts(self) -> FrameworkTexts:
        return FrameworkTexts(
            name=self.name.data or "",
            source=self.source.data or "",
            description=tidy(self.description.data or ""),
            only_by_choice=not self.is_usual.data,
        )


class ImportForm(Form):
    file_format = RadioField(
        "Kind of file",
        choices=[SelectChoice(one.value, words) for one, words in exchange.WORDS.items()],
        validators=[InputRequired("Choose the kind of file")],
    )
    file = FileField("File")
    framework = SelectField("Brings up to date", default="")

    def offer(self, frameworks: Sequence[CompetencyFramework]) -> None:
        self.framework.choices = [
            SelectChoice("", "The one that it came from, or a new one"),
            *(SelectChoice(str(one.id), one.name) for one in frameworks),
        ]

    def refuse_file(self, refusal: FileRefused) -> None:
        self.refuse(refusal)
        self.file.errors = list(refusal.faults)

    def data_of_file(self) -> bytes:
        """:raises FileRefused: nothing was chosen."""
        if not self.file.data:
            raise FileRefused(["Choose a file."])
        return bytes(self.file.data.read())

    @property
    def chosen_format(self) -> FileFormat:
        return FileFormat(self.file_format.data)


class TakeForm(Form):
    seen = HiddenField(validators=[InputRequired("Open this page again")])
    name = StringField(
        "Name of the framework", validators=[DataRequired("Enter a name"), Length(max=LINE)]
    )
    retire_gone = BooleanField("Retire what the file does not have")


def choice_form(
    groups: Sequence[tuple[CompetencyFramework, Sequence[Competency]]], **kwargs: Any
) -> Any:
    """Boxes for each framework; what is ticked is the course's set."""
    fields = {
        f"framework_{framework.id}": SelectMultipleField(
            framework.name,
            coerce=int,
            choices=[SelectChoice(row.id, row.label) for row in rows],
        )
        for framework, rows in groups
    }
    return type("ChoiceForm", (Form,), fields)(**kwargs)


def ticked(form: Any) -> set[int]:
    return {
        number for field in form if field.name.startswith("framework_") for number in field.data
    }

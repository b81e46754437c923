"""Forms of the gradebook page."""

from collections.abc import Sequence

from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Regexp

from careerlink.web.forms import Form
from lti.column_choices import Choice

NEW = "new"
NUMBER = Regexp(r"\d{1,9}\Z")


KEEP, SEND = "keep", "send"


class ChoiceForm(Form):
    where = RadioField(
        "Where decisions go",
        choices=[
            SelectChoice(SEND, "To a column in the gradebook"),
            SelectChoice(KEEP, "To no column: they stay in CareerLink"),
        ],
        validators=[InputRequired("Choose a column, or none.")],
    )
    seen = HiddenField()
    """What held when the page was opened."""


class ReplaceForm(Form):
    seen = HiddenField(validators=[NUMBER])
    """The teacher's grade that the page showed, in thousandths."""


class GradebookForm(Form):
    context = HiddenField(validators=[NUMBER])


class BulkForm(Form):
    cases = SelectMultipleField(
        "Which grades",
        validators=[InputRequired("Choose at least one student.")],
        validate_choice=False,
    )


class ColumnForm(Form):
    context = HiddenField()
    column = RadioField(
        "Where should the grades stand?",
        validators=[InputRequired("Choose one of the columns, or a new one.")],
    )

    def offer(self, choices: Sequence[Choice], *, may_make: bool) -> None:
        offered = [SelectChoice(one.url, one.label) for one in choices]
        if may_make:
            offered.insert(0, SelectChoice(NEW, "A new column"))
        self.column.choices = offered

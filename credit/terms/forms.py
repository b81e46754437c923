"""What staff fill in at the end of a term."""

from wtforms import DateField, HiddenField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Length

from careerlink.web.forms import Form, as_number


def _numbers(value: object) -> int:
    return as_number(value, 0)


class ReasonForm(Form):
    reason = TextAreaField(
        "Reason",
        [
            DataRequired("Give a reason; it stays in the history."),
            Length(max=1000, message="Keep it to 1,000 characters."),
        ],
    )


class ClosingForm(ReasonForm):
    records_until = DateField("Keep the records until", [DataRequired("Choose a day.")])
    version = HiddenField()


class ChoiceForm(Form):
    """Boxes to tick in a table; what is ticked is looked up again, within the term."""

    chosen = SelectMultipleField("Chosen", coerce=_numbers, choices=[], validate_choice=False)

    def ids(self) -> list[int]:
        return [number for number in self.chosen.data or [] if number]


class BulkForm(ReasonForm, ChoiceForm):
    pass

"""The career office's forms around a plan."""

from collections.abc import Mapping

from flask_wtf.file import FileField
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from careerlink.web.forms import Form
from credit.agreements import wording
from credit.agreements.rows import LINE
from credit.agreements.signature_models import Party


class VerifyForm(Form):
    how = TextAreaField(
        "How you know that this is their address", validators=[Length(max=LINE)]
    )
    reason = TextAreaField("Why not", validators=[Length(max=LINE)])


class PaperForm(Form):
    party = RadioField(
        "Who signed",
        choices=[
            SelectChoice(Party.SUPERVISOR.value, "The supervisor"),
            SelectChoice(Party.COMPANY.value, "Whoever signs for the company"),
        ],
        default=Party.SUPERVISOR.value,
    )
    name = StringField(
        "Name under the signature",
        validators=[InputRequired("Enter the name as it is signed"), Length(max=200)],
    )
    file = FileField("The signed original")


def wording_form(texts: Mapping[str, str], *, typed: bool = False) -> Form:
    """One box a clause, with the words that stand there now."""
    needed = InputRequired("Every plan needs this clause")
    fields = {
        clause: TextAreaField(title, validators=[needed, Length(max=wording.LONGEST)])
        for clause, title in wording.TITLES.items()
    }
    made = type("WordingForm", (Form,), dict(fields))
    form: Form = made() if typed else made(formdata=None, data=texts)
    return form

"""Forms of the registrar's pages."""

from wtforms import HiddenField, TextAreaField
from wtforms.validators import AnyOf, Length

from careerlink.enrollments.models import EnrollmentLevel
from careerlink.web.forms import Form
from credit.registrar.models import ExportScope
from credit.registrar.operations import LONGEST_NOTE


class MakeForm(Form):
    term = HiddenField()
    level = HiddenField(validators=[AnyOf([one.value for one in EnrollmentLevel])])
    scope = HiddenField(validators=[AnyOf([one.value for one in ExportScope])])


class SentForm(Form):
    note = TextAreaField(
        "To whom and how",
        [Length(max=LONGEST_NOTE, message=f"Keep it to {LONGEST_NOTE} characters.")],
    )

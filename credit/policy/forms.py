"""Choosing the policy of a course."""

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from careerlink.web.forms import Form


class ChoosePolicyForm(Form):
    version = SelectField("Policy for new cases", validators=[InputRequired()])

    def offer(self, versions: list[tuple[str, str]]) -> None:
        self.version.choices = [SelectChoice(value, label) for value, label in versions]

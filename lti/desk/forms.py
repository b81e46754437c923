"""Forms of the desk."""

from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from careerlink.web.forms import Form


class SettingsForm(Form):
    seen = HiddenField()
    name = StringField(
        "Name",
        [
            DataRequired("Give it a name, such as Campus Moodle."),
            Length(max=80, message="Keep it to 80 characters."),
        ],
    )
    frame_origins = TextAreaField(
        "Addresses that may show CareerLink in a frame",
        [Length(max=4000, message="Keep it to 4000 characters.")],
    )
    allows_anonymous = BooleanField("Let visitors without sign-in see the projects")

    @property
    def origins(self) -> list[str]:
        return (self.frame_origins.data or "").split()

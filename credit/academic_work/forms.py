"""What is typed about academic work besides its levels."""

from wtforms import TextAreaField
from wtforms.validators import Length

from careerlink.web.forms import Form


class AssessmentForm(Form):
    comment = TextAreaField(
        "Comment on the academic work",
        [Length(max=4000, message="Keep it to 4,000 characters.")],
    )

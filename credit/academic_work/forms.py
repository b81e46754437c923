"""What is typed about academic work besides its levels."""

from collections.abc import Sequence

from wtforms import TextAreaField
from wtforms.validators import Length

from careerlink.web.forms import Form


class AssessmentForm(Form):
    linked_errors: Sequence[tuple[str, str]] = ()
    """Of the lines of the rubric, which are no fields of it."""
    comment = TextAreaField(
        "Comment on the academic work",
        [Length(max=4000, message="Keep it to 4,000 characters.")],
    )

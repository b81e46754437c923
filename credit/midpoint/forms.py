"""What an instructor writes to a student."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from careerlink.web.forms import Form


class CommentForm(Form):
    text = TextAreaField(
        "To the student",
        [
            DataRequired("Write something, or leave it."),
            Length(max=4000, message="Keep it to 4,000 characters."),
        ],
    )

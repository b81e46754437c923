"""A file of earlier credit: chosen, and then taken over as it was looked at."""

from typing import IO

from flask_wtf.file import FileField
from wtforms import HiddenField, StringField
from wtforms.validators import Length

from careerlink.csv_text import FileRefused, text_of
from careerlink.web.forms import Form
from credit.earlier.lines import LONGEST_SOURCE, MOST_BYTES


class UploadForm(Form):
    file = FileField("File")
    source = StringField(
        "Source of lines that name none",
        validators=[Length(max=LONGEST_SOURCE, message="Keep it to 200 characters.")],
    )

    def text_of_file(self) -> str:
        """:raises FileRefused: nothing was chosen, or it is too large or no text."""
        stream: IO[bytes] | None = getattr(self.file.data, "stream", None)
        if stream is None or not self.file.data.filename:
            raise FileRefused(["Choose a file."])
        data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise FileRefused([f"The file has more than {MOST_BYTES // 1000} kB. Split it."])
        return text_of(data)


class TakeForm(Form):
    text = HiddenField(validators=[Length(max=MOST_BYTES * 2)])
    """Browsers send a line's end as two characters."""
    source = HiddenField(validators=[Length(max=LONGEST_SOURCE)])
    seen = HiddenField()

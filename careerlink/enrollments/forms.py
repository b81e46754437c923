"""Forms of the registrar's lists."""

from collections.abc import Sequence
from typing import IO

from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from careerlink.courses.models import Course
from careerlink.csv_text import FileRefused
from careerlink.enrollments.reading import MOST_BYTES
from careerlink.institutions.models import Term
from careerlink.web.forms import Form, as_number

NOT_OURS = "none"
LATER = "later"


class UploadForm(Form):
    file = FileField("The registrar’s list")
    term = SelectField("Term", validators=[Optional()])

    def offer(self, terms: Sequence[Term]) -> None:
        self.term.choices = [
            SelectChoice("", "The file has a column for it"),
            *[SelectChoice(str(term.id), term.name) for term in terms],
        ]

    def bytes_of_file(self) -> bytes:
        """One byte more than allowed, so that whoever reads it sees that it is too long.

        :raises FileRefused: nothing was chosen, or it is empty.
        """
        chosen = self.file.data
        stream: IO[bytes] | None = getattr(chosen, "stream", None)
        if stream is None or not chosen.filename:
            raise FileRefused(["Choose a file."])
        data = stream.read(MOST_BYTES + 1)
        if not data.strip():
            raise FileRefused(["The file is empty. Nobody is dropped."])
        return data

    @property
    def file_name(self) -> str:
        return str(getattr(self.file.data, "filename", "") or "")


class TakeForm(Form):
    drops = StringField("How many students it drops", validators=[Optional(), Length(max=12)])

    @property
    def typed(self) -> int | None:
        return as_number(str(self.drops.data or "").strip().replace(",", ""), None)


class CompareForm(Form):
    """A button alone."""


class CourseForm(Form):
    """Which course one CRN means."""

    course = SelectField("Course", validators=[InputRequired()])

    def offer(self, courses: Sequence[Course], *, later: bool) -> None:
        first = [SelectChoice(LATER, "Say it later; students wait")] if later else []
        self.course.choices = [
            *first,
            *[SelectChoice(course.public_id, course.name) for course in courses],
            SelectChoice(NOT_OURS, "None of ours: leave these lines out"),
        ]

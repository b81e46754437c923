"""How a chosen link reads in the course, before it is sent."""

from typing import Any

from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from careerlink.offered_parts import LinkItem
from careerlink.web.forms import Form
from lti.content_items import (
    LONGEST_TITLE,
    SHAPE_WORDS,
    Shape,
    Wording,
    shapes,
    shortened,
    takes_column,
)
from lti.models import LtiDeepLinking

LONGEST_TEXT = 1000


class LinkForm(Form):
    """One link can be reworded; several go as they are."""

    title = StringField(
        "Title on the course page",
        [
            DataRequired("Give the link a title"),
            Length(max=LONGEST_TITLE, message=f"Keep the title to {LONGEST_TITLE} letters"),
        ],
    )
    text = TextAreaField(
        "Text below it",
        [Optional(), Length(max=LONGEST_TEXT, message="Keep the text to 1,000 letters")],
    )
    has_column = BooleanField("With a column in the gradebook")
    shape = RadioField("How it appears in the text")

    @classmethod
    def of(
        cls, asked: LtiDeepLinking, items: list[LinkItem], *, has_column: bool
    ) -> "LinkForm":
        first, possible = items[0], shapes(asked)
        values: dict[str, Any] = {
            "title": shortened(first.title),
            "text": first.text[:LONGEST_TEXT],
            "has_column": has_column,
            "shape": possible[0].value,
        }
        form = cls(data=values)
        form.shape.choices = [SelectChoice(s.value, SHAPE_WORDS[s]) for s in possible]
        if len(possible) == 1:
            del form.shape
        if len(items) > 1:
            del form.title
            del form.text
        if first.column is None or not takes_column(asked, possible[0]):
            del form.has_column
        form.only_shape = possible[0]
        return form

    only_shape: Shape

    def wording(self, item: LinkItem) -> Wording:
        return Wording(
            title=str(self.title.data) if "title" in self else item.title,
            text=str(self.text.data or "") if "text" in self else item.text,
            shape=Shape(self.shape.data) if "shape" in self else self.only_shape,
            has_column="has_column" in self and bool(self.has_column.data),
        )

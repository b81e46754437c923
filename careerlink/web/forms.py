"""The base of every form, and how a refused value gets back to its field."""

from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field

from careerlink.errors import InvalidInput
from careerlink.web import undo

PLAIN_WORDS = {
    "Not a valid integer value.": "Enter a whole number.",
    "Not a valid decimal value.": "Enter a number, such as 12.5.",
    "Not a valid float value.": "Enter a number, such as 12.5.",
    "Not a valid date value.": "Enter a date as year-month-day, such as 2026-12-04.",
    "Not a valid choice.": "Choose one of the answers offered.",
    "This field is required.": "Fill this in.",
    "Invalid email address.": "Enter a mail address, such as name@example.org.",
    "Invalid URL.": "Enter a web address that begins with https://.",
}


class PlainWords:
    """Messages that say what to do, in place of the library's own."""

    def gettext(self, message: str) -> str:
        return str(gettext(PLAIN_WORDS.get(message, message)))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return singular if number == 1 else plural


def strip(value: str | None) -> str | None:
    # PostgreSQL keeps no NUL, and nobody types one.
    return value.replace("\0", "").strip() if isinstance(value, str) else value


class Form(FlaskForm):
    """Trims what people type; messages say what to do, not what went wrong."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> PlainWords:
            return PlainWords()

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            filters = list(unbound_field.kwargs.get("filters", []))
            if unbound_field.field_class.__name__ in {"StringField", "TextAreaField"}:
                filters.insert(0, strip)
            return unbound_field.bind(form=form, filters=filters, **options)

    def refuse(self, refusal: InvalidInput) -> None:
        """Show an operation's refusal at the field it names, or at the top.

        The page that says so commits nothing of what the operation had begun.
        """
        undo()
        if refusal.field is not None and refusal.field in self._fields:
            field = self._fields[refusal.field]
            field.errors = [*field.errors, refusal.message]
        else:
            self.form_errors.append(refusal.message)

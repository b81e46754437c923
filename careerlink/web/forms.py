"""The base of every form, and how a refused value gets back to its field."""

from decimal import Decimal
from typing import Any, TypeVar

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


MOST_DIGITS = 9
Other = TypeVar("Other")


class PlainWords:
    """Messages that say what to do, in place of the library's own."""

    def gettext(self, message: str) -> str:
        return str(gettext(PLAIN_WORDS.get(message, message)))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return singular if number == 1 else plural


def strip(value: str | None) -> str | None:
    # PostgreSQL keeps no NUL, and nobody types one.
    return value.replace("\0", "").strip() if isinstance(value, str) else value


def quiet(value: Decimal | None) -> Decimal | None:
    # A signaling NaN, which Decimal reads from "sNaN", raises wherever it is compared.
    return Decimal("NaN") if value is not None and value.is_snan() else value


def as_number(value: object, otherwise: Other) -> int | Other:
    """A number that a page carried along; ``otherwise`` for whatever else somebody sends.

    At most nine digits: more than any of ours, and what every database takes.
    """
    text = str(value or "")
    is_plain = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_plain else otherwise


class Form(FlaskForm):
    """Trims what people type; messages say what to do, not what went wrong."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> PlainWords:
            return PlainWords()

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            filters = list(unbound_field.kwargs.get("filters", []))
            if unbound_field.field_class.__name__ in {"StringField", "TextAreaField"}:
                filters.insert(0, strip)
            if unbound_field.field_class.__name__ == "DecimalField":
                filters.insert(0, quiet)
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

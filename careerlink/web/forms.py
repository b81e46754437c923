"""The base of every form, and how a refused value gets back to its field."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field

from careerlink.errors import InvalidInput


def strip(value: str | None) -> str | None:
    return value.strip() if isinstance(value, str) else value


class Form(FlaskForm):
    """Trims what people type; messages say what to do, not what went wrong."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            filters = list(unbound_field.kwargs.get("filters", []))
            if unbound_field.field_class.__name__ in {"StringField", "TextAreaField"}:
                filters.insert(0, strip)
            return unbound_field.bind(form=form, filters=filters, **options)

    def refuse(self, refusal: InvalidInput) -> None:
        """Show an operation's refusal at the field it names, or at the top."""
        if refusal.field is not None and refusal.field in self._fields:
            field = self._fields[refusal.field]
            field.errors = [*field.errors, refusal.message]
        else:
            self.form_errors.append(refusal.message)

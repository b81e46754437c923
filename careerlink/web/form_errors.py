"""The lines of an error summary: where each leads, and what it says."""

from collections.abc import Iterator
from typing import Any

# Our macros ask these with several controls: the line leads to the first of them.
GROUPS = {"RadioField", "SelectMultipleField"}


def error_lines(form: Any) -> list[tuple[str, str]]:
    """Pairs of control id and message, in the order of the page; id "" for the whole form.

    ``linked_errors`` of a form are such pairs for controls that are no fields of it. A list
    is of the forms that one page asks together. A form of many questions says
    ``names_fields``: each line begins with the field's label.
    """
    if isinstance(form, list):
        return [line for one in form for line in error_lines(one)]
    whole = [("", str(message)) for message in getattr(form, "form_errors", ())]
    lines = _lines(form, named=getattr(form, "names_fields", False))
    return whole + list(lines) + list(getattr(form, "linked_errors", ()))


def _lines(fields: Any, *, named: bool = False) -> Iterator[tuple[str, str]]:
    for field in fields:
        if not field.errors:
            continue
        if field.type == "FormField":
            yield from error_lines(field.form)
        elif field.type == "FieldList":
            yield from _lines(field.entries)
            yield from ((field.id, str(text)) for text in field.errors if isinstance(text, str))
        else:
            # One thing at a time: the first message is shown at the field, too.
            label = f"{field.label.text}: " if named else ""
            yield _control_id(field), f"{label}{field.errors[0]}"


def _control_id(field: Any) -> str:
    # WTForms counts the options of a group from 0.
    return f"{field.id}-0" if field.type in GROUPS else str(field.id)

"""What is typed about a return: comments on parts, answers to them, and more time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wtforms import DateField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from careerlink.web.forms import Form, strip
from credit.returning.models import ReturnPin
from credit.returning.places import PREFIX

ANSWER, DONE = "answer-", "done-"
LONGEST = Length(max=2000, message="Keep it to 2,000 characters.")


class MoreTimeForm(Form):
    until = DateField("New last day", [InputRequired("Enter a day.")])
    reason = TextAreaField(
        "Why", [DataRequired("Say why the student gets more time."), LONGEST]
    )


class TakeUpForm(Form):
    reason = TextAreaField("Why", [DataRequired("Say why you go on without it."), LONGEST])


@dataclass(frozen=True)
class TypedAnswer:
    text: str
    is_done: bool


def comments(sent: Mapping[str, str]) -> dict[str, str]:
    """What was written to single parts, by the name of the field."""
    found = {
        name: (strip(text) or "") for name, text in sent.items() if name.startswith(PREFIX)
    }
    return {name: text for name, text in found.items() if text}


def answers(sent: Mapping[str, str], pins: Iterable[ReturnPin]) -> dict[str, TypedAnswer]:
    """By the comment's public id."""
    return {
        pin.public_id: TypedAnswer(
            strip(sent.get(ANSWER + pin.public_id)) or "", DONE + pin.public_id in sent
        )
        for pin in pins
        if ANSWER + pin.public_id in sent
    }

"""Forms about applications and placements."""

from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length, NumberRange, Optional

from careerlink.web.forms import Form

NEW_CONTACT = "new"


class ApplyForm(Form):
    statement = TextAreaField(
        "Why this project, and what you bring",
        [
            DataRequired("Write two or three sentences; the partner reads them."),
            Length(max=1500, message="Keep it to 1,500 characters, about 250 words."),
        ],
    )
    consent = BooleanField(
        "I agree that this is shared",
        [DataRequired("Tick this to send the application; a draft needs no consent.")],
    )


class DraftForm(Form):
    """The same fields while they are written: nothing is asked yet."""

    statement = TextAreaField(
        "Why this project, and what you bring",
        [Length(max=6000, message="Keep it to 1,500 characters, about 250 words.")],
    )


class EmptyForm(Form):
    """A page with one button; the token is all that it carries."""


class AcceptForm(Form):
    ends_others = BooleanField("End my overlapping applications")


class ReasonForm(Form):
    reason = TextAreaField(
        "Reason",
        [
            DataRequired("Give a reason; it stays with the record."),
            Length(max=1000, message="Keep it to 1,000 characters."),
        ],
    )


class ExtendForm(Form):
    hours = IntegerField(
        "More hours to answer",
        [
            InputRequired("Enter a number of hours."),
            NumberRange(1, 336, "Give between 1 hour and 14 days."),
        ],
        default=24,
    )


class MessageForm(Form):
    text = TextAreaField(
        "Write a message",
        [
            DataRequired("Write something first."),
            Length(max=4000, message="Keep it to 4,000 characters."),
        ],
    )


WHOEVER, ONLY_NAMED = "whoever", "only_named"


class ConsentForm(Form):
    party = RadioField(
        "To whom", [Optional()], default=WHOEVER, validate_choice=False,
        choices=[SelectChoice(WHOEVER, ""), SelectChoice(ONLY_NAMED, "")],
    )  # fmt: skip
    signed_name = StringField(
        "Your name, as a signature",
        [DataRequired("Type your name to sign."), Length(max=200, message="This is too long.")],
    )
    agree = BooleanField(
        "I consent to this disclosure", [DataRequired("Tick this to give your consent.")]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # One of the two is chosen from the start.
        self.party.flags.optional = False


class SupervisorForm(Form):
    """One of the partner's people, or a new one with how the address was verified."""

    contact = RadioField(
        "Who supervises", [InputRequired("Choose a person, or enter a new one.")]
    )
    name = StringField("Name", [Optional(), Length(max=200, message="This is too long.")])
    email = StringField(
        "Work e-mail address", [Optional(), Email("Enter a whole address, name@partner.com.")]
    )
    how = TextAreaField(
        "How you verified the address",
        [Optional(), Length(max=500, message="Keep it to 500 characters.")],
    )
    from_on = DateField("First day, if somebody takes over", [Optional()])
    passes_draft = BooleanField("The former supervisor agrees that their draft passes on")
    asks_former = BooleanField("Also ask the former supervisor about their own dates")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.contact.choices = [*people, (NEW_CONTACT, "Somebody new")]
        for field in (self.name, self.email, self.how):
            # They depend on the choice above, so "if you like" would be wrong.
            field.flags.optional = False

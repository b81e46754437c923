"""Forms about who supervises: for the person who got the mail, a colleague, and staff."""

from typing import Any

from wtforms import BooleanField, DateField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from careerlink.placements.forms import NEW_CONTACT
from careerlink.supervisors.models import HandOverReason
from careerlink.web.forms import Form

KNOWN, UNKNOWN = "known", "unknown"
MYSELF, SOMEBODY, NOBODY = "myself", "somebody", "nobody"
LONG = "This is too long."


class ProposalForm(Form):
    name = StringField("Their name", [Optional(), Length(max=200, message=LONG)])
    title = StringField("What they do there", [Optional(), Length(max=200, message=LONG)])
    email = StringField(
        "Their work e-mail address",
        [Optional(), Length(max=254, message=LONG), Email("Enter it whole: name@partner.com.")],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in (self.name, self.title, self.email):
            # They depend on the choice above, so "if you like" would be wrong.
            field.flags.optional = False

    def is_named(self) -> bool:
        """Somebody is proposed, with a name and an address; else the fields say what lacks."""
        if not self.name.data:
            self.name.errors = [*self.name.errors, "Enter their name."]
        if not self.email.data and not self.email.errors:
            self.email.errors = [*self.email.errors, "Enter their address."]
        return not (self.name.errors or self.email.errors)


class NotMeForm(ProposalForm):
    reason = RadioField(
        "What is it?",
        [InputRequired("Choose what comes nearest.")],
        choices=[
            SelectChoice(HandOverReason.LEFT.value, "I have left, or am leaving"),
            SelectChoice(
                HandOverReason.WRONG_PERSON.value, "Another person guides this project"
            ),
            SelectChoice(HandOverReason.NEVER_MET.value, "I have never met this student"),
        ],
    )
    who = RadioField(
        "Who should we write to?",
        [InputRequired("Choose one of the two.")],
        choices=[
            SelectChoice(KNOWN, "I know who"),
            SelectChoice(UNKNOWN, "I do not know who"),
        ],
    )
    passes_draft = BooleanField("They may read and go on with what I have written so far")
    note = TextAreaField(
        "Anything else that helps the career office",
        [Optional(), Length(max=1000, message="Keep it to 1,000 characters.")],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        return (self.who.data != KNOWN or self.is_named()) and is_valid


class StandInForm(ProposalForm):
    answer = RadioField(
        "Could you evaluate?",
        [InputRequired("Choose one of the three.")],
        choices=[
            SelectChoice(MYSELF, "Yes, I saw enough of the work"),
            SelectChoice(SOMEBODY, "Not I, but I know who"),
            SelectChoice(NOBODY, "Nobody here can"),
        ],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        return (self.answer.data != SOMEBODY or self.is_named()) and is_valid


class ApproveForm(Form):
    contact = RadioField(
        "Who supervises", [InputRequired("Choose a person, or enter a new one.")]
    )
    name = StringField("Name", [Optional(), Length(max=200, message=LONG)])
    title = StringField("Position", [Optional(), Length(max=200, message=LONG)])
    email = StringField(
        "Work e-mail address", [Optional(), Email("Enter a whole address, name@partner.com.")]
    )
    how = TextAreaField(
        "How you verified the address",
        [Optional(), Length(max=500, message="Keep it to 500 characters.")],
    )
    from_on = DateField("First day", [InputRequired("Enter the first day.")])
    asks_former = BooleanField("Also ask the former supervisor about their own dates")
    has_left = BooleanField("The former supervisor has left the partner")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.contact.choices = [
            *(SelectChoice(key, label) for key, label in people),
            SelectChoice(NEW_CONTACT, "Somebody new"),
        ]
        for field in (self.name, self.title, self.email, self.how):
            # They depend on the choice above, so "if you like" would be wrong.
            field.flags.optional = False


class DeclineForm(Form):
    reason = TextAreaField(
        "What you answer them",
        [
            DataRequired("Write what they should know; they read it by their link."),
            Length(max=1000, message="Keep it to 1,000 characters."),
        ],
    )


class CodeForm(Form):
    code = StringField(
        "Code",
        [
            DataRequired("Enter the eight letters and digits that you were told."),
            Length(max=40, message="A code has eight letters and digits."),
        ],
    )

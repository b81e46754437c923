"""Small forms around a plan: signing, sending back, deciding, who signs for the company."""

from collections.abc import Iterable, Sequence

import wtforms
from flask import request
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Email, InputRequired, Length

from careerlink.web.forms import Form, strip
from credit.agreements.commenting import Remark
from credit.agreements.rows import LINE, LONG
from credit.agreements.signature_models import Conflict
from credit.agreements.signatures import Signing


class Attested(wtforms.Form):
    """Whoever signs says that there is no tie, or which one there is."""

    signed_name = StringField("Type your full name", validators=[Length(max=200)])
    intent = BooleanField("I sign this plan")
    has_tie = BooleanField("There is a tie, and I declare it")
    conflict_note = TextAreaField("Which tie", filters=[strip], validators=[Length(max=LINE)])

    def is_signed(self) -> bool:
        """Whether name and intent are there; asked only when somebody signs."""
        if not self.signed_name.data:
            self.signed_name.errors = ["Type your name to sign"]
        if not self.intent.data:
            self.intent.errors = ["Tick that you sign this plan"]
        if self.has_tie.data and not self.conflict_note.data:
            self.conflict_note.errors = ["Say in a line which tie there is"]
        asked = (self.signed_name, self.intent, self.conflict_note)
        return not any(field.errors for field in asked)

    def signing(self) -> Signing:
        return Signing(
            name=self.signed_name.data or "",
            conflict=Conflict.DECLARED if self.has_tie.data else Conflict.NONE,
            conflict_note=self.conflict_note.data or "",
        )


class LinkSignForm(Attested, Form):
    document_hash = HiddenField(validators=[InputRequired("Open this page again")])
    intent = BooleanField("I have read this plan and sign it")


class RemarksForm(Form):
    """A general word and remarks on single fields, of which the page has one box each."""

    document_hash = HiddenField(id="remarked_text")

    def offer(self, keys: Sequence[str]) -> None:
        self._keys = list(keys)

    def typed(self, key: str, kind: str = "comment") -> str:
        """As it came, so that a page that is shown again loses nothing."""
        return (strip(request.form.get(f"{kind}-{key}", "")) or "")[:LONG]

    def remarks(self) -> list[Remark]:
        found: Iterable[Remark] = (
            Remark(key, text=self.typed(key), proposal=self.typed(key, "proposal"))
            for key in self._keys
        )
        return [remark for remark in found if remark.text or remark.proposal]


class QuestionForm(RemarksForm):
    reason = TextAreaField("Your question or what should change", validators=[Length(max=LONG)])

    def says_something(self) -> bool:
        if not self.reason.data and not self.remarks():
            self.reason.errors = ["Write your question, here or at a field"]
            return False
        return True


class DecisionForm(RemarksForm):
    reason = TextAreaField("Comment for the student", validators=[Length(max=LONG)])
    has_tie = BooleanField("I have a tie to this partner")


class SignatoryForm(Form):
    name = StringField(
        "Full name", validators=[InputRequired("Enter the name"), Length(max=200)]
    )
    title = StringField("Position", validators=[Length(max=200)])
    email = EmailField(
        "Work mail address",
        validators=[
            InputRequired("Enter the mail address"),
            Email("Enter a mail address, such as name@example.org."),
            Length(max=254),
        ],
    )

"""What instructors and students type about a case."""

import re
from collections.abc import Sequence

from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.validators import Optional as IfGiven

from careerlink.errors import InvalidInput
from careerlink.web.forms import Form
from credit.cases import bases
from credit.cases.choice import Choice
from credit.cases.models import Basis, DecisionOutcome
from credit.policy.credit_sum import Check
from credit.policy.parameters import Parameters

LONGEST = Length(max=4000, message="Keep it to 4,000 characters.")
OUTCOMES = {
    "approve": DecisionOutcome.APPROVED,
    "return": DecisionOutcome.RETURNED,
    "incomplete": DecisionOutcome.INCOMPLETE,
    "deny": DecisionOutcome.DENIED,
    "void": DecisionOutcome.VOIDED,
}
CREDITS = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,3})0*)?")


class DecisionForm(Form):
    comment = TextAreaField("Comment", [LONGEST])
    credits = StringField("Credits", [IfGiven()])
    basis = RadioField(
        "Counts as",
        choices=[SelectChoice(one.value, text) for one, text in bases.WORDS.items()],
        default=Basis.CREDIT.value,
    )
    override_reason = TextAreaField("Why it differs from the policy", [LONGEST])
    confirmed_rules = SelectMultipleField("I confirm", choices=[], validate_choice=True)
    finish_by = DateField("Incomplete until", [IfGiven()])
    seen = HiddenField()

    def offer(self, checks: list[Check], policy: Parameters) -> None:
        narrow_basis(self.basis, policy)
        self.confirmed_rules.choices = [
            SelectChoice(check.rule, f"{check.text} ({check.clause.ref})") for check in checks
        ]

    def choice(self, outcome: DecisionOutcome) -> Choice:
        """:raises InvalidInput: the credits are not a number."""
        return Choice(
            outcome=outcome,
            comment=self.comment.data or "",
            credits_thousandths=thousandths(self.credits.data),
            basis=Basis(self.basis.data),
            override_reason=self.override_reason.data or "",
            confirmed_rules=tuple(self.confirmed_rules.data or ()),
            finish_by=self.finish_by.data,
            seen=self.seen.data or None,
        )


class ReasonForm(Form):
    """The page that asks back, and the comment that came along from the packet."""

    comment = TextAreaField("Reason", [LONGEST])
    seen = HiddenField()


class AcademicForm(Form):
    hours = StringField(
        "Hours of academic work", [DataRequired("Enter the hours, such as 15.")]
    )


class WaitForm(Form):
    until = DateField("Wait until", [InputRequired("Enter a day.")])


class OtherEvidenceForm(Form):
    reason = TextAreaField(
        "On what evidence", [DataRequired("Say on what evidence you will decide."), LONGEST]
    )
    hours = StringField("Hours that count", [IfGiven()])


class ResubmitForm(Form):
    linked_errors: Sequence[tuple[str, str]] = ()
    """Of answers to comments, which are no fields of it."""
    note = TextAreaField("What you changed", [LONGEST])


def narrow_basis(field: RadioField, policy: Parameters) -> None:
    """What the policy makes is no choice."""
    found = bases.offered(policy)
    field.choices = [SelectChoice(one.value, bases.WORDS[one]) for one in found]
    if len(found) == 1:
        field.data = found[0].value


def thousandths(text: str | None) -> int | None:
    """Nothing where nothing was typed; a figure is never cut to what can be kept."""
    written = (text or "").strip()
    if not written:
        return None
    found = CREDITS.fullmatch(written)
    if found is None:
        raise InvalidInput("Enter the credits as a number, such as 1 or 0.5.", field="credits")
    return int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0"))

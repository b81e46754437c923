"""What students, instructors and second readers write in an appeal."""

from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.validators import Optional as IfGiven

from careerlink.web.forms import Form
from credit.appeals.outcomes import Answer, Reply
from credit.cases import bases
from credit.cases.forms import LONGEST, narrow_basis, thousandths
from credit.cases.inputs import Facts
from credit.cases.models import Basis
from credit.policy.credit_sum import Check

RETURNING = (Answer.TO_INSTRUCTOR.value, Answer.TO_STUDENT.value)
"""What needs an open course, for somebody has to go on with the case."""


class StatementForm(Form):
    statement = TextAreaField(
        "Your statement",
        [
            DataRequired("Write your statement."),
            Length(max=8000, message="Keep it to 8,000 characters."),
        ],
    )


class AnswerForm(Form):
    answer = RadioField(
        "Your answer",
        choices=[
            SelectChoice(Answer.UPHOLD.value, "Uphold: the decision stands"),
            SelectChoice(Answer.AMEND.value, "Amend: award credit"),
            SelectChoice(Answer.TO_INSTRUCTOR.value, "Return it to the instructor"),
            SelectChoice(Answer.TO_STUDENT.value, "Return it to the student"),
        ],
        validators=[DataRequired("Choose an answer.")],
    )
    credits = StringField("Credits", [IfGiven()])
    basis = RadioField(
        "Counts as",
        choices=[SelectChoice(one.value, text) for one, text in bases.WORDS.items()],
        default=Basis.CREDIT.value,
    )
    confirmed_rules = SelectMultipleField("I confirm", choices=[], validate_choice=True)
    reason = TextAreaField("Reason", [LONGEST])
    seen = HiddenField()

    def offer(self, checks: list[Check], facts: Facts) -> None:
        if facts.case.course.concluded_at is not None:
            kept = [one for one in self.answer.choices if one.value not in RETURNING]
            self.answer.choices = kept
        narrow_basis(self.basis, facts.policy)
        self.confirmed_rules.choices = [
            SelectChoice(check.rule, f"{check.text} ({check.clause.ref})") for check in checks
        ]

    def reply(self) -> Reply:
        """:raises InvalidInput: the credits are not a number."""
        return Reply(
            answer=Answer(self.answer.data),
            reason=self.reason.data or "",
            credits_thousandths=thousandths(self.credits.data),
            basis=Basis(self.basis.data),
            confirmed_rules=tuple(self.confirmed_rules.data or ()),
            seen=self.seen.data or None,
        )

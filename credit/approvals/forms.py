"""What somebody types at a later step."""

from dataclasses import replace

from wtforms import HiddenField, TextAreaField

from careerlink.web.forms import Form
from credit.cases.choice import Choice
from credit.cases.forms import LONGEST, DecisionForm
from credit.cases.models import DecisionOutcome

DEEDS = {
    "approve": DecisionOutcome.APPROVED,
    "return": DecisionOutcome.RETURNED,
    "send_back": DecisionOutcome.VOIDED,
    "incomplete": DecisionOutcome.INCOMPLETE,
}
ASKED_BACK = {"deny": DecisionOutcome.DENIED, "void": DecisionOutcome.VOIDED}


class ApprovalForm(DecisionForm):
    """As the instructor's; a case can also go back to them."""

    def as_choice(self, deed: str) -> Choice:
        return replace(self.choice(DEEDS[deed]), to_instructor=deed == "send_back")


class WhyForm(Form):
    comment = TextAreaField("Reason", [LONGEST])
    seen = HiddenField()

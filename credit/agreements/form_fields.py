"""How the form asks for the fields of the table: labels, choices, and units of its own."""

from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from careerlink.listings.models import AiRule, Engagement, IpTerms, Payer
from credit.agreements import fields
from credit.agreements.models import GradingBasis

CHOSEN_KINDS = {
    "engagement": Engagement,
    "payer": Payer,
    "ip_terms": IpTerms,
    "ai_rule": AiRule,
    "grading_basis": GradingBasis,
}
TYPED = (
    "tasks", "schedule", "place", "region", "pay_when", "confidentiality", "data_access",
    "safety", "supervision_plan", "academic_work",
)  # fmt: skip
SIGNING = ("has_tie", "conflict_note", "signed_name", "intent")
FIELD_OF = {
    "planned_minutes": "hours",
    "is_remote": "where",
    "is_for_credit": "credit",
    "credits_thousandths": "credits",
}
"""Where the form asks in other units than the plan keeps."""


def label(key: str) -> str:
    return fields.BY_KEY[key].label


def choose(key: str, words: dict[Any, str]) -> SelectField:
    """Nothing is chosen for the student, unless the project says it."""
    choices = [SelectChoice(kind.value, said) for kind, said in words.items()]
    return SelectField(label(key), choices=[SelectChoice("", "Choose …"), *choices])

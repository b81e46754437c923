"""What a plan says, field by field: one table for the form, the guards and every page.

Drafts may lack anything. ``needed`` says from which signature on a field must be there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from careerlink.listings.models import Engagement
from credit.agreements.models import LearningAgreement, LearningObjective
from credit.agreements.plan import AgreementDraft, ObjectiveDraft

Plan = LearningAgreement | AgreementDraft
"""As it stands in the database, or as it is typed."""


class Section(StrEnum):
    LEARNING = "learning"
    WORK = "work"
    PAY = "pay"
    RULES = "rules"
    GUIDANCE = "guidance"
    COURSE = "course"
    EMERGENCY = "emergency"


SECTION_TITLES = {
    Section.LEARNING: "What you will learn",
    Section.WORK: "The work",
    Section.PAY: "Pay",
    Section.RULES: "Rights and rules",
    Section.GUIDANCE: "Guidance",
    Section.COURSE: "The course and its credit",
    Section.EMERGENCY: "In an emergency",
}


class Needed(StrEnum):
    NEVER = "never"
    TO_SIGN = "to_sign"
    TO_APPROVE = "to_approve"


def _always(_agreement: Plan) -> bool:
    return True


def _is_paid(agreement: Plan) -> bool:
    return agreement.engagement != Engagement.UNPAID


def _is_on_site(agreement: Plan) -> bool:
    return not agreement.is_remote


def _has_states(agreement: Plan) -> bool:
    """Where the law of a state applies to whoever works there."""
    return agreement.country == "US"


def _has_nda(agreement: Plan) -> bool:
    return agreement.has_nda


def _is_for_credit(agreement: Plan) -> bool:
    return agreement.is_for_credit


@dataclass(frozen=True)
class Field:
    key: str
    label: str
    section: Section
    needed: Needed = Needed.NEVER
    gap: str = ""
    """What to do about it, when it is needed and not there."""
    applies: Callable[[Plan], bool] = _always
    takes_proposal: bool = False
    """Free text, so that whoever comments may write it as they would have it."""


SIGN, APPROVE = Needed.TO_SIGN, Needed.TO_APPROVE
WORK, PAY, RULES = Section.WORK, Section.PAY, Section.RULES
FIELDS = (
    Field("objectives", "Objectives", Section.LEARNING, SIGN,
          "Name at least one objective, with its activity and its evidence."),
    Field("tasks", "Tasks", WORK, SIGN, "Say what you will do.", takes_proposal=True),
    Field("deliverables", "To hand in", WORK, SIGN,
          "Name what you hand in, with its day."),
    Field("rework_rounds", "Rounds of rework", WORK),
    Field("planned_minutes", "Planned hours", WORK, SIGN, "Enter the planned hours."),
    Field("starts_on", "First day", WORK, SIGN, "Enter the first day of work."),
    Field("ends_on", "Last day", WORK, SIGN, "Enter the last day of work."),
    Field("schedule", "Working times", WORK, SIGN, "Say on which days or how many hours a week "
          "you work.", takes_proposal=True),
    Field("is_remote", "Where the work is done", WORK),
    Field("place", "Address of the workplace", WORK, SIGN, "Enter where the workplace is.",
          _is_on_site),
    Field("country", "Country of work", WORK, SIGN,
          "Choose the country you will work from."),
    Field("region", "State of work", WORK, SIGN, "Enter the state you will work from.",
          _has_states),
    Field("engagement", "Kind of pay", PAY, SIGN, "Choose how you are paid."),
    Field("payer", "Who pays", PAY, SIGN, "Choose who pays.", _is_paid),
    Field("pay_when", "When it is paid", PAY, SIGN, "Say when the pay is due.", _is_paid,
          takes_proposal=True),
    Field("ip_terms", "Who owns the work", RULES, SIGN, "Choose who owns what you make."),
    Field("ai_rule", "Use of AI tools", RULES, SIGN, "Choose the rule for AI tools."),
    Field("has_nda", "Separate confidentiality agreement", RULES),
    Field("confidentiality", "What stays confidential", RULES, SIGN,
          "Say what the confidentiality agreement covers.", _has_nda, takes_proposal=True),
    Field("data_access", "Tools and data", RULES, takes_proposal=True),
    Field("safety", "Safety and insurance", RULES, SIGN, "Say who looks after safety and "
          "insurance at the workplace.", _is_on_site, takes_proposal=True),
    Field("supervision_plan", "Guidance", Section.GUIDANCE, SIGN,
          "Say how often you and the supervisor talk.", takes_proposal=True),
    Field("is_for_credit", "Credit", Section.COURSE),
    Field("credits_thousandths", "Enrolled credits", Section.COURSE),
    Field("grading_basis", "Grading", Section.COURSE, APPROVE, "Choose how the course grades.",
          _is_for_credit),
    Field("academic_work", "Work for the course besides", Section.COURSE, APPROVE,
          "Say what the course asks besides the project.", _is_for_credit),
)  # fmt: skip
BY_KEY = {field.key: field for field in FIELDS}


@dataclass(frozen=True)
class Gap:
    key: str
    text: str


def gaps(agreement: Plan, *, to_approve: bool = False) -> list[Gap]:
    """What is missing for the student's signature, or else for the instructor's."""
    stages = {SIGN, APPROVE} if to_approve else {SIGN}
    return _unfinished_objectives(agreement) + [
        Gap(field.key, field.gap)
        for field in FIELDS
        if field.needed in stages and field.applies(agreement) and _is_empty(agreement, field)
    ]


def objective_key(lineage: str) -> str:
    return f"objective-{lineage}"


def _is_empty(agreement: Plan, field: Field) -> bool:
    value = getattr(agreement, field.key)
    if field.key == "deliverables":
        return not value or any(one.due_on is None for one in value)
    return value is None or value == "" or value == []


def _unfinished_objectives(agreement: Plan) -> list[Gap]:
    return [
        Gap(
            objective_key(objective.lineage),
            f"Objective {number} needs {' and '.join(lacking)}.",
        )
        for number, objective in enumerate(_objectives(agreement), 1)
        if (
            lacking := [
                word
                for word, value in (
                    ("a sentence of what will be learned", objective.text),
                    ("an activity", objective.activity),
                    ("evidence", objective.evidence),
                )
                if not value.strip()
            ]
        )
    ]


def _objectives(agreement: Plan) -> Sequence[LearningObjective | ObjectiveDraft]:
    return agreement.objectives

"""One line of the registrar's file: its fields, in the order of the file. No database."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from careerlink import csv_text
from credit.cases.models import Basis, Decision, DecisionOutcome
from credit.policy.parameters import Parameters

FIELDS = (
    "term",
    "crn",
    "section",
    "department",
    "subject",
    "course",
    "student_sis_id",
    "level",
    "credits",
    "outcome",
    "grade",
    "grade_basis",
    "decided_on",
    "decided_by_sis_id",
    "policy",
    "case",
)
"""What is compared with the last file; the name of who decided and the mark come after."""
HEADING = (*FIELDS, "decided_by", "change")
SUBJECT = re.compile(r"([A-Za-z]{2,8})[\s._-]?\d")
"""A course's code begins with its subject, such as BUS in BUS-310."""


def subject_of(label: str) -> str:
    found = SUBJECT.match(label)
    return found.group(1).upper() if found else ""


def credits_of(decision: Decision) -> str:
    return f"{(decision.credits_thousandths or 0) / 1000:.3f}".rstrip("0").rstrip(".")


def result_in_words(content: Mapping[str, Any]) -> str:
    """Such as "approved, 0.5 credits"; without figure where no credit was given."""
    if content["outcome"] != DecisionOutcome.APPROVED:
        return str(content["outcome"])
    unit = "credit" if content["credits"] == "1" else "credits"
    return f"{content['outcome']}, {content['credits']} {unit}"


def grade_of(decision: Decision, policy: Parameters) -> str:
    """P, NP or I; the letter of a letter-graded course is not ours to say."""
    if decision.outcome == DecisionOutcome.INCOMPLETE:
        return "I"
    if policy.grade_basis != "pass_fail" or decision.basis == Basis.NON_CREDIT:
        return ""
    return "P" if decision.outcome == DecisionOutcome.APPROVED else "NP"


def basis_of(decision: Decision, policy: Parameters) -> str:
    is_credit = decision.basis == Basis.CREDIT
    return policy.grade_basis if is_credit else Basis.NON_CREDIT.value


def of_decision(
    decision: Decision, policy: Parameters, *, decided_on: date, known: Mapping[str, str]
) -> dict[str, Any]:
    """``known``: what the registrar's own lists say of student and course."""
    version = decision.policy_version
    content = {
        **known,
        "credits": credits_of(decision),
        "outcome": decision.outcome.value,
        "grade": grade_of(decision, policy),
        "grade_basis": basis_of(decision, policy),
        "decided_on": decided_on.isoformat(),
        "decided_by_sis_id": decision.decided_by.sis_id or "",
        "policy": f"{version.name} v{version.number}",
    }
    return {name: content[name] for name in FIELDS}


def heading() -> bytes:
    return csv_text.write([HEADING])


def encoded(content: Mapping[str, Any], *, decided_by: str, change: str) -> bytes:
    """UTF-8; cells that a spreadsheet would run as a formula are quoted."""
    return csv_text.write([[*(str(content[name]) for name in FIELDS), decided_by, change]])

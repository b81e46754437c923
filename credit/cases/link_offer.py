"""What an instructor can add to the course's page for credit: each student's own workspace."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.offered_parts import LinkColumn, LinkItem, LinkOffer
from careerlink.people.actors import Actor
from credit import delivery
from credit.gradebook import worth
from credit.policy import queries as policy
from credit.policy.parameters import Parameters

CONTENT = "credit"


def offer() -> LinkOffer:
    return LinkOffer(
        key="credit",
        title="Each student’s credit, with a gradebook column",
        text="Students find their own hours, evidence and decision there. The score of a "
        "decision arrives in the column that comes with this link.",
        action="Check the credit link",
        template="",
        choices=nothing_to_choose,
        items=items,
        position=30,
    )


def nothing_to_choose(
    session: Session, actor: Actor, course: Course, asked: Any
) -> Mapping[str, Any]:
    return {}


def items(session: Session, actor: Actor, course: Course, asked: Any) -> list[LinkItem]:
    version = policy.policy_for(session, course)
    rules = policy.parameters_of(version) if version is not None else Parameters()
    return [
        LinkItem(
            content=CONTENT,
            title=delivery.LABEL,
            text="What is still missing for credit, the hours so far, and the decision once it "
            "is made.",
            preview="credit/cases/link_preview.html",
            values={"rules": rules, "version": version},
            # The column that scores are sent to is found by this very id (lti/line_items).
            column=None if course.keeps_grades_here else _column(rules),
        )
    ]


def _column(rules: Parameters) -> LinkColumn:
    return LinkColumn(delivery.COLUMN, delivery.LABEL, worth.maximum(rules))


def page(wanted: str) -> str:
    return "credit" if not wanted else ""

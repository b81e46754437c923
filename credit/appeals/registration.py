"""What appeals bring: their pages, and the second reader's next step."""

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.registry import NextStep, Registry
from credit.appeals import views
from credit.appeals.models import Appeal
from credit.approvals import queries as approvals
from credit.cases import queries as cases
from credit.cases.models import CreditCase
from credit.cases.queries import PAGE_NEEDS


def register(registry: Registry) -> None:
    registry.blueprints.append(views.bp)
    registry.next_steps.append(next_steps)
    registry.histories["appeal"] = history


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    if not actor.approves:
        return []
    oldest = session.scalar(approvals.appealed(actor).options(*PAGE_NEEDS).limit(1))
    if oldest is None:
        return []
    return [
        NextStep(
            title=f"read the appeal of {oldest.person.label}",
            url=url_for("approvals.show", case_id=oldest.public_id),
            action="Read the appeal",
            why="A student asks for a second reader.",
            urgency=31,
        )
    ]


def history(session: Session, actor: Actor, public_id: str) -> Appeal | None:
    seen = cases.visible_to(actor).with_only_columns(CreditCase.id)
    return session.scalar(
        select(Appeal).where(Appeal.public_id == public_id, Appeal.credit_case_id.in_(seen))
    )

"""What the life of a case brings beside its decisions: drops, moves, ends, acceptance."""

from sqlalchemy.orm import Session

from careerlink.people.actors import Actor
from careerlink.registry import Registry
from credit.cases import (
    acceptance,
    finishing,
    keeping,
    life_ladders,
    life_steps,
    life_views,
    move_queries,
    move_views,
    rebase_views,
    rebased,
)
from credit.cases.move_models import CreditCaseMove


def register(registry: Registry) -> None:
    registry.blueprints += [life_views.bp, move_views.bp, rebase_views.bp]
    registry.next_steps += [life_steps.to_accept, life_steps.to_sign]
    registry.attention += [life_steps.unanswered_moves, life_steps.left_before_the_award]
    registry.histories["credit_case_move"] = history
    registry.history_facts[rebased.ACTION] = rebased.facts
    registry.enrollment_changes.append(keeping.when_enrollment_changes)
    for ladder in (life_ladders.INCOMPLETE, life_ladders.ACCEPTANCE):
        registry.ladders[ladder.key] = ladder
    registry.guard("credit_case", "leave_incomplete", finishing.allowed)
    registry.reaction("credit_case", "leave_incomplete", finishing.set_last_day)
    for verb in ("approve", "end_appeal"):
        registry.reaction("credit_case", verb, acceptance.set_last_day)
    for verb in ("void", "appeal"):
        registry.reaction("credit_case", verb, acceptance.forget_last_day)
    for verb in ("void", "resume", "end_appeal"):
        registry.reaction("credit_case", verb, finishing.forget_last_day)


def history(session: Session, actor: Actor, public_id: str) -> CreditCaseMove | None:
    return session.scalar(
        move_queries.visible_to(actor).where(CreditCaseMove.public_id == public_id)
    )

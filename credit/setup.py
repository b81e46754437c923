"""What the credit package registers."""

from careerlink.registry import Registry
from credit import history_words
from credit.academic_work import registration as academic_work
from credit.agreements import amending_registration as amending
from credit.agreements import registration as agreements
from credit.appeals import registration as appeals
from credit.approvals import registration as approvals
from credit.bulk_approval import registration as bulk_approval
from credit.cases import life_registration as case_life
from credit.cases import registration as cases
from credit.check_ins import registration as check_ins
from credit.competencies import registration as competencies
from credit.concerns import registration as concerns
from credit.earlier import registration as earlier
from credit.evaluations import registration as evaluations
from credit.evidence import registration as evidence
from credit.gradebook import registration as gradebook
from credit.hours import registration as hours
from credit.midpoint import registration as midpoint
from credit.outcomes import registration as outcomes
from credit.policy import registration as policy
from credit.registrar import registration as registrar
from credit.returning import registration as returning
from credit.routing import registration as routing
from credit.status_board import registration as status_board
from credit.terms import registration as terms


def register(registry: Registry) -> None:
    """Panels of the placement page, the instructor's queue, guards and reactions."""
    registry.history_words |= history_words.WORDS
    agreements.register(registry)
    amending.register(registry)
    evaluations.register(registry)
    hours.register(registry)
    evidence.register(registry)
    check_ins.register(registry)
    concerns.register(registry)
    policy.register(registry)
    competencies.register(registry)
    cases.register(registry)
    approvals.register(registry)
    appeals.register(registry)
    case_life.register(registry)
    earlier.register(registry)
    returning.register(registry)
    bulk_approval.register(registry)
    academic_work.register(registry)
    midpoint.register(registry)
    status_board.register(registry)
    gradebook.register(registry)
    outcomes.register(registry)
    routing.register(registry)
    registrar.register(registry)
    terms.register(registry)

"""What can be unfinished at the end of a term, in the order in which it is looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from careerlink.placements.models import Placement, PlacementState
from credit.agreements.models import AgreementState, LearningAgreement
from credit.appeals.models import Appeal
from credit.cases.models import CaseState, CreditCase
from credit.evaluations.models import Author, Evaluation
from credit.evaluations.queries import OPEN
from credit.terms import items, unfinished
from credit.terms.items import Item

UNDECIDED = (CaseState.OPEN, CaseState.READY, CaseState.RETURNED, CaseState.IN_APPROVAL)
UNSIGNED = (
    AgreementState.DRAFT,
    AgreementState.AWAITING_SUPERVISOR,
    AgreementState.AWAITING_INSTRUCTOR,
    AgreementState.AWAITING_SIGNATURES,
)
GONE = (PlacementState.CANCELLED, PlacementState.ENDED_EARLY)


class Deed(StrEnum):
    """What staff may do to many at once, each with the operation that there is for one."""

    CANCEL = "cancel"
    LAPSE = "lapse"
    PROPOSE = "propose"


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    who: str
    """Whose move it is."""
    text: str
    query: unfinished.Query
    key_column: Any
    item: Callable[[Any], Item]
    deed: Deed | None = None


_ALL = (
    Group(
        "never_started", "Projects that never started", "The career office",
        "Planned, and nobody worked. Cancelling gives the place back and tells the student.",
        unfinished.in_state(PlacementState.PLANNED), Placement.id, items.of_placement,
        Deed.CANCEL,
    ),
    Group(
        "at_work", "Projects still at work", "Students and supervisors",
        "Each ends in its own way: completed, extended or ended early, on its own page.",
        unfinished.in_state(PlacementState.ACTIVE), Placement.id, items.of_placement,
    ),
    Group(
        "unsigned", "Plans without every signature", "Whoever has not signed",
        "Without a plan in force no hours count.",
        unfinished.of_placements(
            LearningAgreement, LearningAgreement.placement,
            LearningAgreement.state.in_(UNSIGNED), Placement.state.not_in(GONE),
        ),
        LearningAgreement.id, items.of_part,
    ),
    Group(
        "supervisors_silent", "Evaluations that supervisors owe", "Supervisors",
        "Closing one says “evaluation unavailable” with your reason; the instructor is told, "
        "and what comes later is still taken.",
        unfinished.of_placements(
            Evaluation, Evaluation.placement,
            Evaluation.author == Author.SUPERVISOR, Evaluation.state.in_(OPEN),
        ),
        Evaluation.id, items.of_part, Deed.LAPSE,
    ),
    Group(
        "students_silent", "Self-evaluations that students owe", "Students",
        "A missing one does not hold a decision up unless the policy asks for it.",
        unfinished.of_placements(
            Evaluation, Evaluation.placement,
            Evaluation.author == Author.STUDENT, Evaluation.state.in_(OPEN),
        ),
        Evaluation.id, items.of_part,
    ),
    Group(
        "undecided", "Credit cases without a decision", "Instructors",
        "The career office decides on no credit. You can ask the instructors to mark cases "
        "incomplete, where the policy has that mark.",
        unfinished.cases(CreditCase.state.in_(UNDECIDED)), CreditCase.id, items.of_case,
        Deed.PROPOSE,
    ),
    Group(
        "appeals", "Appeals without an answer", "Chairs",
        "They go on after the term is closed.",
        unfinished.appeals, Appeal.id, items.of_appeal,
    ),
    Group(
        "grades", "Grades that the LMS does not have", "Instructors",
        "Decided, and never sent, refused, or changed there by a teacher.",
        unfinished.cases(unfinished.ungraded()), CreditCase.id, items.of_case,
    ),
    Group(
        "registrar", "Credit that no registrar’s file holds", "The career office",
        "Awarded, and in none of the files made so far.",
        unfinished.cases(unfinished.unreported()), CreditCase.id, items.of_case,
    ),
)  # fmt: skip
GROUPS: Mapping[str, Group] = {group.key: group for group in _ALL}

"""Whose move a case is, in the database's words, so that lists can be counted and paged.

Each case keeps the answer (``mover_upkeep``), for a list of thousands would work it out anew
for every row; where it is not known, or a day has passed, it is worked out here.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.placements.models import UNFINISHED, Placement
from credit.cases import queries
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement
from credit.cases.readiness import Mover
from credit.evaluations.models import Author, Evaluation, EvaluationKind, EvaluationState
from credit.hours.models import HoursConfirmation, HoursDispute, HoursRuling
from credit.policy.models import CreditPolicyVersion


@dataclass(frozen=True)
class Moves:
    """Whose move the cases of one course are now, as conditions for which an index serves."""

    anew: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Case ids by mover, of those that do not keep the right answer just now; mostly none."""

    @property
    def column(self) -> ColumnElement[str | None]:
        """The same as ``readiness.mover``."""
        if not self.anew:
            return CreditCase.mover.expression
        found = [(CreditCase.id.in_(ids), literal(mover)) for mover, ids in self.anew.items()]
        return case(*found, else_=CreditCase.mover)

    def are_of(self, mover: Mover) -> ColumnElement[bool]:
        kept = CreditCase.mover == mover.value
        if not self.anew:
            return kept
        every = [one for ids in self.anew.values() for one in ids]
        worked_out = CreditCase.id.in_(self.anew.get(mover.value, ()))
        return or_(and_(kept, CreditCase.id.not_in(every)), worked_out)


def now(session: Session, course: Course) -> Moves:
    """Separately, for a list that could work it out itself is planned as if it had to for all
    (PostgreSQL then compiles it first: a quarter of a second)."""
    passed = and_(CreditCase.turns_at.is_not(None), CreditCase.turns_at <= clock.now())
    stale = select(CreditCase.id).where(
        CreditCase.course_id == course.id, or_(CreditCase.mover.is_(None), passed)
    )
    ids = session.scalars(stale).all()
    if not ids:
        return Moves()
    anew: dict[str, list[int]] = defaultdict(list)
    for number, mover in session.execute(
        select(CreditCase.id, computed(course)).where(CreditCase.id.in_(ids))
    ):
        anew[mover].append(number)
    return Moves(anew)


def computed(course: Course) -> ColumnElement[str]:
    """From the records themselves."""
    unfinished = queries.has_project(Placement.state.in_(UNFINISHED))
    silent = queries.has_project(
        Placement.state.not_in(UNFINISHED),
        CreditCasePlacement.decided_without_at.is_(None),
        _evaluation(_is_late()),
        ~_evaluation(_is_in_time()),
        ~_evaluation(Evaluation.state == EvaluationState.SUBMITTED),
    )
    waits = and_(
        CreditCase.waits_until.is_not(None),
        CreditCase.waits_until >= clock.today(course.institution.time_zone),
    )
    supervisor = queries.has_project(or_(_unconfirmed(), _unevaluated()))
    return case(
        (CreditCase.state == CaseState.READY, literal(Mover.INSTRUCTOR.value)),
        (_returned_in_vain(course), literal(Mover.INSTRUCTOR.value)),
        (CreditCase.state == CaseState.RETURNED, literal(Mover.STUDENT.value)),
        (CreditCase.state == CaseState.INCOMPLETE, literal(Mover.STUDENT.value)),
        (CreditCase.state != CaseState.OPEN, literal(Mover.NOBODY.value)),
        (and_(silent, ~waits), literal(Mover.INSTRUCTOR.value)),
        (queries.has_project(_disputed()), literal(Mover.INSTRUCTOR.value)),
        (unfinished, literal(Mover.STUDENT.value)),
        (supervisor, literal(Mover.SUPERVISOR.value)),
        else_=literal(Mover.STUDENT.value),
    )


def _returned_in_vain(course: Course) -> ColumnElement[bool]:
    """The last day to send it back has passed."""
    return and_(
        CreditCase.state == CaseState.RETURNED,
        CreditCase.resubmit_by < clock.today(course.institution.time_zone),
    )


def _evaluation(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            Evaluation.placement_id == Placement.id,
            Evaluation.kind == EvaluationKind.FINAL,
            Evaluation.author == Author.SUPERVISOR,
            Evaluation.covers_until.is_(None),
            condition,
        )
        .correlate(Placement)
    )


def _is_late() -> ColumnElement[bool]:
    return or_(
        Evaluation.state == EvaluationState.LAPSED,
        and_(Evaluation.state != EvaluationState.SUBMITTED, Evaluation.due_at < clock.now()),
    )


def _is_in_time() -> ColumnElement[bool]:
    """Somebody else was asked after a request lapsed, and may still answer in time."""
    is_open = Evaluation.state.in_((EvaluationState.REQUESTED, EvaluationState.IN_PROGRESS))
    return and_(is_open, or_(Evaluation.due_at.is_(None), Evaluation.due_at >= clock.now()))


def _disputed() -> ColumnElement[bool]:
    """One side asks for a ruling."""
    return (
        exists()
        .where(HoursDispute.placement_id == Placement.id, HoursDispute.settled_at.is_(None))
        .correlate(Placement)
    )


def _unconfirmed() -> ColumnElement[bool]:
    return and_(
        ~exists().where(HoursConfirmation.placement_id == Placement.id).correlate(Placement),
        ~exists().where(HoursRuling.placement_id == Placement.id).correlate(Placement),
    )


def _unevaluated() -> ColumnElement[bool]:
    parameters = CreditPolicyVersion.parameters
    required = func.coalesce(parameters["supervisor_evaluation_required"].as_boolean(), True)
    return and_(
        exists()
        .where(CreditPolicyVersion.id == CreditCase.policy_version_id, required)
        .correlate(CreditCase),
        CreditCasePlacement.decided_without_at.is_(None),
        ~_evaluation(Evaluation.state == EvaluationState.SUBMITTED),
    )

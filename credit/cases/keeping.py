"""Keeps stored states in step with the evidence: after each change, and by the clock."""

from collections.abc import Collection, Sequence

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.people.actors import Actor
from careerlink.placements.models import UNFINISHED, Placement
from careerlink.web.pagination import PAGE_SIZE
from credit.cases import dropping, finishing, inputs, queries, readiness
from credit.cases.models import CaseState, CreditCase
from credit.cases.opening import case_of
from credit.evaluations.models import Evaluation
from credit.hours.models import HoursConfirmation, HoursRuling
from credit.routing import assigning

BATCH = 200


def perhaps_complete(
    session: Session, course: Course, but: Collection[CreditCase]
) -> Sequence[CreditCase]:
    """Some more cases, of the newest, of which all work is done and the supervisor has said
    everything."""
    newest = (
        select(CreditCase.id)
        .where(
            CreditCase.course_id == course.id,
            CreditCase.state == CaseState.OPEN,
            CreditCase.mover == readiness.Mover.STUDENT.value,
        )
        .order_by(CreditCase.state_since.desc(), CreditCase.id.desc())
        .limit(BATCH)
    )
    # First which they are, then all about these few.
    done = (
        select(CreditCase.id)
        .where(
            CreditCase.id.in_(newest.correlate(None)),
            CreditCase.id.not_in([case.id for case in but]),
            ~queries.has_project(Placement.state.in_(UNFINISHED)),
        )
        .limit(PAGE_SIZE)
    )
    query = select(CreditCase).where(CreditCase.id.in_(done.correlate(None)))
    return session.scalars(query.options(*queries.PAGE_NEEDS)).all()


def unsettled(session: Session, found: Collection[inputs.Facts]) -> list[CreditCase]:
    """Those whose stored state is not what the evidence says."""
    resuming = finishing.resuming(session, found)
    return [
        facts.case
        for facts in found
        if not readiness.is_settled(facts, resumes=facts.case.id in resuming)
    ]


def settle_all(session: Session, ids: Collection[int]) -> int:
    """Lock and move them, each from what it is once nobody else holds it."""
    query = select(CreditCase).where(CreditCase.id.in_(ids)).options(*queries.PAGE_NEEDS)
    found = inputs.load(session, session.scalars(query).all())
    cases = in_order(unsettled(session, found.values()))
    return sum(settle_case(session, case) for case in cases)


def in_order(cases: Sequence[CreditCase]) -> list[CreditCase]:
    """As everybody locks several cases: two of one student in two places never cross."""
    return sorted(cases, key=lambda case: (case.person_id, case.id))


def settle_case(session: Session, case: CreditCase) -> bool:
    queries.lock(session, case)
    facts = inputs.load_one(session, case)
    resumes = case.id in finishing.resuming(session, [facts])
    return readiness.settle(session, facts, resumes=resumes)


def sweep(session: Session) -> int:
    """What no reaction told of: hours confirmed, evidence handed in, a drop in the roster."""
    unconfirmed = and_(
        ~exists().where(HoursConfirmation.placement_id == Placement.id),
        ~exists().where(HoursRuling.placement_id == Placement.id),
    )
    nearly_ready = and_(
        CreditCase.state == CaseState.OPEN,
        ~queries.has_project(Placement.state.in_(UNFINISHED)),
        ~queries.has_project(unconfirmed),
    )
    moved, last = 0, 0
    incomplete = CreditCase.state == CaseState.INCOMPLETE
    query = select(CreditCase.id).where(
        or_(nearly_ready, incomplete, dropping.may_have_changed())
    )
    while ids := session.scalars(
        query.where(CreditCase.id > last).order_by(CreditCase.id).limit(BATCH)
    ).all():
        moved += settle_all(session, ids)
        last = ids[-1]
    return moved


def when_placement_moves(session: Session, placement: Placement, _actor: Actor) -> None:
    case = case_of(session, placement)
    if case is not None:
        settle_case(session, case)


def when_evaluation_comes(session: Session, evaluation: Evaluation, actor: Actor) -> None:
    """What is still nobody's goes to somebody now: the evaluation is there to be read."""
    case = case_of(session, evaluation.placement)
    if case is not None:
        assigning.route(session, case)
    when_placement_moves(session, evaluation.placement, actor)


def when_enrollment_changes(
    session: Session, course: Course, person_ids: Collection[int]
) -> None:
    """The registrar's list says that somebody left, came back, or left on another day."""
    cases = session.scalars(
        select(CreditCase).where(
            CreditCase.course_id == course.id, CreditCase.person_id.in_(person_ids)
        )
    ).all()
    for case in in_order(cases):
        settle_case(session, case)

"""A case opens by itself: with the first agreement in force, under the policy of that day."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock
from careerlink.courses.models import Course, CourseMember
from careerlink.people.actors import Actor, system
from careerlink.people.models import Person
from careerlink.placements.models import Placement, PlacementState
from credit.agreements.models import LearningAgreement
from credit.cases import queries
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement
from credit.policy import queries as policy
from credit.routing import assigning

BATCH = 100
WORKING = (PlacementState.ACTIVE, PlacementState.WORK_COMPLETED, PlacementState.ENDED_EARLY)

FIXED = (
    CaseState.APPROVED,
    CaseState.DENIED,
    CaseState.IN_APPROVAL,
    CaseState.APPEALED,
)
"""What these rest on is fixed; a project waits until the case is the instructor's again."""


def open_for(session: Session, placement: Placement, *, actor: Actor) -> CreditCase | None:
    """The case that this placement belongs to, opened or joined; ``None`` where none may open.

    None opens for a test student, in a lower role than the person's own, without a policy,
    and while the course's case is in approval, appealed or decided. An incomplete one can be
    finished with it where it ends in time.
    """
    if _may_not(session, placement, actor):
        return None
    if (present := case_of(session, placement)) is not None:
        return present
    case = in_course(session, placement.course, placement.person, actor=actor)
    if case is None or not takes(case, placement):
        return None
    session.add(
        CreditCasePlacement(
            credit_case_id=case.id, placement_id=placement.id, added_at=clock.now()
        )
    )
    session.flush()
    audit.record(session, "credit_case:join", case, actor=actor, placement=placement.id)
    return case


def takes(case: CreditCase, placement: Placement) -> bool:
    last = case.incomplete_until if case.state == CaseState.INCOMPLETE else None
    return case.state not in FIXED and (last is None or placement.ends_on <= last)


def waiting_beside(session: Session, case: CreditCase) -> Sequence[Placement]:
    """Projects of this student in the course that this case cannot take as it stands."""
    found = session.scalars(
        select(Placement)
        .where(
            Placement.course_id == case.course_id,
            Placement.person_id == case.person_id,
            Placement.state.in_(WORKING),
            ~_joined(),
        )
        .order_by(Placement.id)
    ).all()
    return [one for one in found if not takes(case, one)]


def _joined() -> ColumnElement[bool]:
    return exists().where(
        CreditCasePlacement.placement_id == Placement.id, CreditCasePlacement.moved_at.is_(None)
    )


def case_of(session: Session, placement: Placement) -> CreditCase | None:
    return session.scalar(
        select(CreditCase)
        .join(CreditCasePlacement, CreditCasePlacement.credit_case_id == CreditCase.id)
        .where(
            CreditCasePlacement.placement_id == placement.id,
            CreditCasePlacement.moved_at.is_(None),
        )
    )


def when_agreed(session: Session, agreement: LearningAgreement, actor: Actor) -> None:
    open_for(session, agreement.placement, actor=actor)


def when_started(session: Session, placement: Placement, actor: Actor) -> None:
    open_for(session, placement, actor=actor)


def open_missing(session: Session) -> int:
    """Placements at work whose course had no policy when they began."""
    too_late = and_(
        CreditCase.state == CaseState.INCOMPLETE,
        CreditCase.incomplete_until < Placement.ends_on,
    )
    takes_none = exists().where(
        CreditCase.course_id == Placement.course_id,
        CreditCase.person_id == Placement.person_id,
        or_(CreditCase.state.in_(FIXED), too_late),
    )
    # Those for whom none can open must not fill the batch.
    has_policy = policy.has_policy(Placement.course_id)
    is_test = exists().where(
        CourseMember.course_id == Placement.course_id,
        CourseMember.person_id == Placement.person_id,
        CourseMember.is_test,
    )
    found = session.scalars(
        select(Placement)
        .join(Placement.person)
        .where(
            Placement.state.in_(WORKING),
            Person.is_test.is_(False),
            has_policy,
            ~_joined(),
            ~takes_none,
            ~is_test,
        )
        .options(joinedload(Placement.course))
        .order_by(Placement.id.desc())
        .limit(BATCH)
    ).all()
    opened = [
        open_for(session, placement, actor=system(placement.institution_id))
        for placement in found
    ]
    return sum(case is not None for case in opened)


def _may_not(session: Session, placement: Placement, actor: Actor) -> bool:
    member = session.scalar(
        select(CourseMember).where(
            CourseMember.course_id == placement.course_id,
            CourseMember.person_id == placement.person_id,
        )
    )
    is_test = placement.person.is_test or (member is not None and member.is_test)
    acts_as_student = actor.person_id == placement.person_id
    return is_test or (acts_as_student and actor.standing(placement.course_id).read_only)


def in_course(
    session: Session, course: Course, person: Person, *, actor: Actor
) -> CreditCase | None:
    """The student's case there, locked, opened if need be; ``None`` without a policy."""
    queries.lock_student(session, person.id)
    return _existing(session, course, person) or _open(session, course, person, actor=actor)


def _existing(session: Session, course: Course, person: Person) -> CreditCase | None:
    return session.scalar(
        select(CreditCase)
        .where(CreditCase.course_id == course.id, CreditCase.person_id == person.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _open(
    session: Session, course: Course, person: Person, *, actor: Actor
) -> CreditCase | None:
    version = policy.policy_for(session, course)
    if version is None:
        return None
    case = CreditCase(
        institution_id=course.institution_id,
        course_id=course.id,
        person_id=person.id,
        policy_version_id=version.id,
        state=CaseState.OPEN,
        state_since=clock.now(),
        opened_at=clock.now(),
    )
    try:
        # Two placements of one student may start in the same second.
        with session.begin_nested():
            session.add(case)
            session.flush()
    except IntegrityError:
        return _existing(session, course, person)
    audit.record(
        session,
        "credit_case:open",
        case,
        actor=actor,
        after=CaseState.OPEN,
        policy_version=version.id,
    )
    assigning.route(session, case)
    return case

"""A project goes from one case of a student to another: staff ask, the receiving side signs."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.courses.models import Course
from careerlink.errors import NotPermitted, NotPossible
from careerlink.people.actors import Actor, system
from credit.cases import background, bundle, carrying, notifications, opening, queries
from credit.cases.models import CreditCase, CreditCasePlacement
from credit.cases.move_models import CreditCaseMove, MoveState
from credit.cases.move_workflow import MOVE
from credit.cases.recording import settle

TWICE = "This project waits for the signature of another course already."


def ask(
    session: Session,
    case: CreditCase,
    placement_id: str,
    to: Course,
    *,
    actor: Actor,
    reason: str,
) -> CreditCaseMove:
    """Nothing changes until the receiving instructor signs: until then it counts here."""
    queries.lock(session, case)
    if not actor.is_staff or actor.looks_only or actor.institution_id != case.institution_id:
        raise NotPermitted("Only career staff may ask for this.")
    if actor.person_id == case.person_id:
        raise NotPermitted("This is your own case.")
    why = bundle.required_reason(reason)
    link = bundle.current_link(session, case, placement_id)
    carrying.require(session, case, link.placement, to)
    move = CreditCaseMove(
        institution_id=case.institution_id,
        placement_id=link.placement_id,
        placement=link.placement,
        from_case_id=case.id,
        from_course_id=_origin(session, link, to),
        to_course_id=to.id,
        reason_id=audit.erasable(session, why).id,
        asked_by_id=actor.person_id,
        asked_at=clock.now(),
        state=MoveState.ASKED,
        state_since=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(move)
            session.flush()
    except IntegrityError:
        raise NotPossible(TWICE) from None
    audit.record(
        session, "credit_case_move:ask", move, actor=actor, after=MoveState.ASKED, reason=why
    )
    return move


def accept(session: Session, move: CreditCaseMove, *, actor: Actor) -> CreditCase:
    """The instructor's signature. Sent twice it is one; what changed meanwhile refuses it."""
    sending = _lock(session, move)
    if move.state == MoveState.ACCEPTED and move.to_case_id is not None:
        return session.get_one(CreditCase, move.to_case_id)
    if move.state == MoveState.ASKED:
        carrying.require(session, sending, move.placement, move.to_course)
    receiving = _receiving(session, move)
    states.move(
        session,
        move,
        MoveState.ACCEPTED,
        MOVE,
        actor=actor,
        detail={"from_case": sending.id, "to_case": receiving.id},
        to_case_id=receiving.id,
        answered_by_id=actor.person_id,
        answered_at=clock.now(),
    )
    _carry_over(session, move, sending, receiving, actor=actor)
    for case in (sending, receiving):
        settle(session, case)
    notifications.project_moved(session, move, receiving, actor=actor)
    return receiving


def decline(session: Session, move: CreditCaseMove, *, actor: Actor, reason: str) -> None:
    _end(session, move, MoveState.DECLINED, actor=actor, reason=reason)


def withdraw(session: Session, move: CreditCaseMove, *, actor: Actor, reason: str) -> None:
    _end(session, move, MoveState.WITHDRAWN, actor=actor, reason=reason)


def _end(
    session: Session, move: CreditCaseMove, to: MoveState, *, actor: Actor, reason: str
) -> None:
    _lock(session, move)
    if move.state == to and move.answered_by_id == actor.person_id:
        return
    why = bundle.required_reason(reason)
    states.move(
        session,
        move,
        to,
        MOVE,
        actor=actor,
        reason=why,
        answered_by_id=actor.person_id,
        answered_at=clock.now(),
        answer_id=audit.erasable(session, why).id,
    )


def _lock(session: Session, move: CreditCaseMove) -> CreditCase:
    """The sending case first, as everything does that changes what a case is made of."""
    sending = session.get_one(CreditCase, move.from_case_id)
    queries.lock(session, sending)
    session.refresh(move)
    return sending


def _receiving(session: Session, move: CreditCaseMove) -> CreditCase:
    """Opened if need be, under the policy of that day."""
    found = opening.in_course(session, move.to_course, move.placement.person, actor=_us(move))
    if found is None:
        raise NotPossible(carrying.NO_POLICY.format(course=move.to_course.name))
    return found


def _carry_over(
    session: Session,
    move: CreditCaseMove,
    sending: CreditCase,
    receiving: CreditCase,
    *,
    actor: Actor,
) -> None:
    placement = move.placement
    link = bundle.current_link(session, sending, placement.public_id)
    link.moved_at, link.moved_to_id = clock.now(), receiving.id
    # The index that keeps a placement in one case must see the old row go first.
    session.flush()
    session.add(
        CreditCasePlacement(
            credit_case_id=receiving.id, placement_id=placement.id, added_at=clock.now()
        )
    )
    placement.course_id = receiving.course_id
    session.flush()
    session.expire(placement, ["course"])
    for verb, case in (("send_on", sending), ("take_in", receiving)):
        audit.record(
            session,
            f"credit_case:{verb}",
            case,
            actor=actor,
            placement=placement.id,
            move=move.id,
        )


def _origin(session: Session, link: CreditCasePlacement, to: Course) -> int:
    """Of a project that goes on a second time: where it began, unless it goes back there."""
    here: int = link.placement.course_id
    known = background.original_courses(session, [link.placement_id])
    began = known.get(link.placement_id, here)
    return here if began == to.id else began


def _us(move: CreditCaseMove) -> Actor:
    return system(move.institution_id)

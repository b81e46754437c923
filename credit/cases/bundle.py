"""Which projects of a student make up the case: left out, put back, and what became of each."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock
from careerlink.errors import InvalidInput, NotFound, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.cases import carrying, queries
from credit.cases.models import CaseState, CreditCase, CreditCasePlacement
from credit.cases.recording import settle
from credit.cases.workflow import decides

MOST_WRITTEN = 2000


def may_arrange(actor: Actor, case: CreditCase) -> bool:
    """The instructor who decides the case, and staff, who decide on no credit."""
    is_staff = actor.is_staff and actor.institution_id == case.institution_id
    return (is_staff and not actor.looks_only) or decides(actor, case)


def why_fixed(case: CreditCase) -> str:
    """An incomplete case can still be finished, with the projects that it needs for that."""
    return "" if case.state == CaseState.INCOMPLETE else carrying.why_decided(case)


def leave_out(
    session: Session, case: CreditCase, placement_id: str, *, actor: Actor, reason: str
) -> None:
    """The project goes on without credit. Everything about it is kept."""
    link = _changing(session, case, placement_id, actor=actor)
    why = required_reason(reason)
    if link.left_out_at is not None:
        return
    text = audit.erasable(session, why)
    link.left_out_at = clock.now()
    link.left_out_by_id = actor.person_id
    link.left_out_reason_id = text.id
    _note(session, case, "leave_out", link, actor=actor, reason=why)


def put_back(
    session: Session, case: CreditCase, placement_id: str, *, actor: Actor, reason: str
) -> None:
    link = _changing(session, case, placement_id, actor=actor)
    why = required_reason(reason)
    if link.left_out_at is None:
        return
    link.left_out_at = None
    link.left_out_by_id = None
    link.left_out_reason_id = None
    _note(session, case, "put_back", link, actor=actor, reason=why)


def left_out(session: Session, case: CreditCase) -> Sequence[CreditCasePlacement]:
    return session.scalars(
        _links(case).where(
            CreditCasePlacement.moved_at.is_(None),
            CreditCasePlacement.left_out_at.is_not(None),
        )
    ).all()


def current_link(session: Session, case: CreditCase, placement_id: str) -> CreditCasePlacement:
    """:raises NotFound: no project of this case, or not any more."""
    link = session.scalar(
        _links(case).where(
            CreditCasePlacement.moved_at.is_(None), Placement.public_id == placement_id
        )
    )
    if link is None:
        raise NotFound
    return link


def required_reason(reason: str) -> str:
    why = reason.strip()
    if not why:
        raise InvalidInput("Say why; it stays in the history.", field="reason")
    if len(why) > MOST_WRITTEN:
        raise InvalidInput(f"Write up to {MOST_WRITTEN:,} characters.", field="reason")
    return why


def _links(case: CreditCase) -> Select[CreditCasePlacement]:
    return (
        select(CreditCasePlacement)
        .join(CreditCasePlacement.placement)
        .where(CreditCasePlacement.credit_case_id == case.id)
        .options(
            joinedload(CreditCasePlacement.placement).joinedload(Placement.partner),
            joinedload(CreditCasePlacement.left_out_by),
            joinedload(CreditCasePlacement.left_out_reason),
        )
        .order_by(CreditCasePlacement.id)
    )


def _changing(
    session: Session, case: CreditCase, placement_id: str, *, actor: Actor
) -> CreditCasePlacement:
    queries.lock(session, case)
    if not may_arrange(actor, case):
        raise NotPermitted("Only the instructor and career staff may do this.")
    if why := why_fixed(case):
        raise NotPossible(why)
    return current_link(session, case, placement_id)


def _note(
    session: Session,
    case: CreditCase,
    verb: str,
    link: CreditCasePlacement,
    *,
    actor: Actor,
    reason: str,
) -> None:
    session.flush()
    audit.record(
        session,
        f"credit_case:{verb}",
        case,
        actor=actor,
        reason=reason,
        placement=link.placement_id,
    )
    settle(session, case)

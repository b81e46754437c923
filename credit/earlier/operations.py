"""Putting on record what a policy asks and no system tells; nothing of it is ever deleted."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.errors import InvalidInput, NotFound, NotPermitted
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from credit.cases import bundle, queries
from credit.cases.models import CreditCase, CreditCasePlacement
from credit.earlier.models import EarlierCredit, EarlierKind, StudentMajor, TieWaiver

MOST_CREDITS = 300_000
Record = EarlierCredit | StudentMajor | TieWaiver
Row = TypeVar("Row", EarlierCredit, StudentMajor, TieWaiver)


@dataclass(frozen=True)
class Said:
    """One line of earlier credit as it was typed."""

    kind: EarlierKind
    source: str
    course_label: str = ""
    credits_thousandths: int = 0
    earned_on: date | None = None
    placement_id: str = ""
    """Public id of the project that counts elsewhere."""
    consent: str = ""


def record(session: Session, case: CreditCase, said: Said, *, actor: Actor) -> EarlierCredit:
    """:raises InvalidInput: not whole, or of a day to come."""
    _require(session, case, actor)
    require_whole(said)
    if said.earned_on is not None and said.earned_on > _today(case):
        raise InvalidInput("Enter a day that has been.", field="earned_on")
    placement = _project(session, case, said.placement_id) if said.placement_id else None
    consent, is_nothing = said.consent.strip(), said.kind == EarlierKind.NOTHING
    same = {
        "person_id": case.person_id,
        "kind": said.kind,
        "course_label": said.course_label.strip(),
        "credits_thousandths": 0 if is_nothing else said.credits_thousandths,
        "earned_on": said.earned_on,
        "placement_id": placement.id if placement else None,
        "source": said.source.strip(),
    }
    if (there := _there(session, EarlierCredit, same)) is not None:
        if there.consent_id is not None or not consent:
            return there
        # The consent came later: what stands now is the line that has it.
        _remove(session, case, there, actor=actor)
    row = EarlierCredit(
        **same,
        institution_id=case.institution_id,
        consent_id=audit.erasable(session, consent).id if consent else None,
        recorded_by_id=actor.person_id,
        recorded_at=clock.now(),
    )
    _add(session, case, row, "record_earlier", actor=actor, credits=row.credits_thousandths)
    return row


def require_whole(said: Said) -> None:
    """:raises InvalidInput: without a source, or with credits that cannot be."""
    _needed(said.source, "source", "Say where you looked it up.")
    _require_credits(said.credits_thousandths, least=int(said.kind == EarlierKind.CREDIT))


def record_major(
    session: Session,
    case: CreditCase,
    *,
    title: str,
    credits_thousandths: int,
    source: str,
    actor: Actor,
) -> StudentMajor:
    _require(session, case, actor)
    _require_credits(credits_thousandths, least=1)
    same = {
        "person_id": case.person_id,
        "title": _needed(title, "title", "Name the major."),
        "credits_thousandths": credits_thousandths,
        "source": _needed(source, "source", "Say where you looked it up."),
    }
    if (there := _there(session, StudentMajor, same)) is not None:
        return there
    row = StudentMajor(
        **same,
        institution_id=case.institution_id,
        recorded_by_id=actor.person_id,
        recorded_at=clock.now(),
    )
    _add(session, case, row, "record_major", actor=actor, credits=credits_thousandths)
    return row


def waive_tie(
    session: Session,
    case: CreditCase,
    placement_id: str,
    *,
    granted_by: str,
    reason: str,
    until: date | None,
    actor: Actor,
) -> TieWaiver:
    """Whoever puts it on record does not decide the case (``cases.conflicts``)."""
    _require(session, case, actor)
    placement = _project(session, case, placement_id)
    if until is not None and until < _today(case):
        raise InvalidInput("This day is over.", field="until")
    why = _needed(reason, "reason", "Say why the tie is waived.")
    same = {
        "placement_id": placement.id,
        "granted_by": _needed(granted_by, "granted_by", "Name who waives it."),
        "until": until,
    }
    if (there := _there(session, TieWaiver, same)) is not None:
        return there
    row = TieWaiver(
        **same,
        reason_id=audit.erasable(session, why).id,
        recorded_by_id=actor.person_id,
        recorded_at=clock.now(),
    )
    session.add(row)
    session.flush()
    audit.record(session, "placement:waive", placement, actor=actor, waiver=row.id)
    return row


def take_back(session: Session, case: CreditCase, public_id: str, *, actor: Actor) -> None:
    """It counts no more; decisions that froze it still name it. A second press does nothing."""
    _require(session, case, actor)
    row = _find(session, case, public_id)
    if row.removed_at is None:
        _remove(session, case, row, actor=actor)


def _remove(session: Session, case: CreditCase, row: Record, *, actor: Actor) -> None:
    row.removed_at, row.removed_by_id = clock.now(), actor.person_id
    session.flush()
    audit.record(
        session,
        "credit_case:take_back_record",
        case,
        actor=actor,
        table=row.__tablename__,
        record=row.id,
    )


def _add(
    session: Session, case: CreditCase, row: Record, verb: str, *, actor: Actor, credits: int
) -> None:
    session.add(row)
    session.flush()
    audit.record(
        session,
        f"credit_case:{verb}",
        case,
        actor=actor,
        record=row.id,
        credits_thousandths=credits,
    )


def _there(session: Session, table: type[Row], same: dict[str, Any]) -> Row | None:
    """A second press of the button would put the very same on record again."""
    return session.scalar(
        select(table).filter_by(**same).where(table.removed_at.is_(None)).limit(1)
    )


def _require(session: Session, case: CreditCase, actor: Actor) -> None:
    queries.lock(session, case)
    if actor.person_id == case.person_id or not bundle.may_arrange(actor, case):
        raise NotPermitted("Only the instructor and career staff put this on record.")


def _require_credits(thousandths: int, *, least: int) -> None:
    if not least <= thousandths <= MOST_CREDITS:
        raise InvalidInput("Enter credits above 0, up to 300.", field="credits")


def _needed(text: str, field: str, message: str) -> str:
    if not text.strip():
        raise InvalidInput(message, field=field)
    return text.strip()


def _today(case: CreditCase) -> date:
    return clock.today(case.course.institution.time_zone)


def _project(session: Session, case: CreditCase, public_id: str) -> Placement:
    found = session.scalar(
        select(Placement)
        .join(CreditCasePlacement, CreditCasePlacement.placement_id == Placement.id)
        .where(
            CreditCasePlacement.credit_case_id == case.id,
            CreditCasePlacement.moved_at.is_(None),
            Placement.public_id == public_id,
        )
    )
    if found is None:
        raise NotFound
    return found


def _find(session: Session, case: CreditCase, public_id: str) -> Record:
    """Of this student, or of a project in this case."""
    mine = {"person_id": case.person_id, "public_id": public_id}
    credit = session.scalar(select(EarlierCredit).filter_by(**mine))
    found = credit or session.scalar(select(StudentMajor).filter_by(**mine))
    if found is not None:
        return found
    waiver = session.scalar(
        select(TieWaiver)
        .join(CreditCasePlacement, CreditCasePlacement.placement_id == TieWaiver.placement_id)
        .where(CreditCasePlacement.credit_case_id == case.id, TieWaiver.public_id == public_id)
    )
    if waiver is None:
        raise NotFound
    return waiver

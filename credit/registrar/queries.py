"""Reading files for the registrar, and what would stand in the next one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course
from careerlink.db import Database
from careerlink.enrollments.models import Enrollment, EnrollmentLevel
from careerlink.errors import NotFound
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor
from careerlink.web.pagination import Page, page
from credit.cases import overrides
from credit.cases.models import CreditCase, Decision
from credit.cases.overrides import Override
from credit.registrar import comparing, lines, problems, reading
from credit.registrar.models import RegistrarExport, RegistrarRow
from credit.registrar.problems import DECIDED
from credit.registrar.reading import Known

STREAMED = 500
NEEDS = (
    joinedload(RegistrarExport.term),
    joinedload(RegistrarExport.made_by),
    joinedload(RegistrarExport.sent_by),
    joinedload(RegistrarExport.base),
)


@dataclass(frozen=True)
class Standing:
    """How far a term has come."""

    decided: int
    with_problems: int
    page: Page[CreditCase]
    rows: Sequence[Known]
    """The problems of one page."""


def visible_to(actor: Actor) -> Select[RegistrarExport]:
    query = select(RegistrarExport).where(
        RegistrarExport.institution_id == actor.institution_id
    )
    return query if actor.reads_office else query.where(false())


def get(session: Session, public_id: str, *, actor: Actor) -> RegistrarExport:
    """:raises NotFound: not there, or not for this actor's eyes."""
    found = session.scalar(
        visible_to(actor).where(RegistrarExport.public_id == public_id).options(*NEEDS)
    )
    if found is None:
        raise NotFound
    return found


def exports_of(session: Session, actor: Actor, term: Term) -> Sequence[RegistrarExport]:
    """The newest first."""
    return session.scalars(
        visible_to(actor)
        .where(RegistrarExport.term_id == term.id)
        .options(*NEEDS)
        .order_by(RegistrarExport.number.desc())
        .limit(50)
    ).all()


def last_sent(session: Session, term: Term, level: EnrollmentLevel) -> RegistrarExport | None:
    return session.scalar(
        select(RegistrarExport)
        .where(
            RegistrarExport.term_id == term.id,
            RegistrarExport.level == level,
            RegistrarExport.sent_at.is_not(None),
        )
        .order_by(RegistrarExport.number.desc())
        .limit(1)
    )


def same_unsent(session: Session, export: RegistrarExport) -> RegistrarExport | None:
    """Made before, not sent yet, and byte for byte the same."""
    return session.scalar(
        select(RegistrarExport)
        .where(
            RegistrarExport.id != export.id,
            RegistrarExport.term_id == export.term_id,
            RegistrarExport.level == export.level,
            RegistrarExport.scope == export.scope,
            RegistrarExport.base_id.is_not_distinct_from(export.base_id),
            RegistrarExport.sent_at.is_(None),
            RegistrarExport.file_hash == export.file_hash,
        )
        .order_by(RegistrarExport.number.desc())
        .limit(1)
    )


def rows_of(
    session: Session, export: RegistrarExport, *, after: str | None
) -> Page[RegistrarRow]:
    found: Page[RegistrarRow] = page(
        session,
        select(RegistrarRow)
        .where(RegistrarRow.export_id == export.id)
        .options(joinedload(RegistrarRow.decided_by_name)),
        order_by=(RegistrarRow.position,),
        key_of=lambda row: (row.position,),
        after=after,
    )
    return found


def cases_of(session: Session, rows: Sequence[RegistrarRow]) -> dict[int, CreditCase]:
    """By decision: whose it is, and where it can be read."""
    found = session.execute(
        select(Decision.id, CreditCase)
        .join(CreditCase, CreditCase.id == Decision.credit_case_id)
        .where(Decision.id.in_([row.decision_id for row in rows]))
        .options(joinedload(CreditCase.person), joinedload(CreditCase.course))
    )
    return {row[0]: row[1] for row in found}


def overrides_of(session: Session, rows: Sequence[RegistrarRow]) -> dict[int, Override]:
    """By decision: lines of an award that is another figure than the policy's."""
    told = [row.decision_id for row in rows]
    return overrides.of_many(
        session, session.scalars(select(Decision).where(Decision.id.in_(told))).all()
    )


def counts(session: Session, exports: Sequence[RegistrarExport]) -> dict[int, dict[str, int]]:
    """By file and change."""
    found: dict[int, dict[str, int]] = {one.id: {} for one in exports}
    rows = session.execute(
        select(RegistrarRow.export_id, RegistrarRow.change, func.count())
        .where(RegistrarRow.export_id.in_(found))
        .group_by(RegistrarRow.export_id, RegistrarRow.change)
    )
    for export_id, change, number in rows:
        found[export_id][change] = number
    return found


def standing(session: Session, term: Term, *, after: str | None) -> Standing:
    decided = comparing.of_term(term).where(CreditCase.state.in_(DECIDED))
    troubled = comparing.of_term(term).where(problems.has_any(term))
    return _standing(session, decided, troubled, after)


def without_term(session: Session, actor: Actor) -> int:
    """Decided in courses of which nobody said in which term they are."""
    known = select(Enrollment.id).where(
        Enrollment.course_id == CreditCase.course_id,
        Enrollment.person_id == CreditCase.person_id,
        Enrollment.term_id.is_not(None),
    )
    return (
        session.scalar(
            select(func.count())
            .select_from(CreditCase)
            .join(Course, Course.id == CreditCase.course_id)
            .where(
                CreditCase.institution_id == actor.institution_id,
                CreditCase.state.in_(DECIDED),
                Course.term_id.is_(None),
                ~known.exists(),
            )
        )
        or 0
    )


def _standing(
    session: Session,
    decided: Select[CreditCase],
    troubled: Select[CreditCase],
    after: str | None,
) -> Standing:
    listed: Page[CreditCase] = page(
        session,
        troubled.options(*reading.NEEDS),
        order_by=(CreditCase.course_id, CreditCase.id),
        key_of=lambda case: (case.course_id, case.id),
        after=after,
    )
    known = reading.read(session, listed.rows)
    return Standing(
        _size(session, decided),
        _size(session, troubled),
        listed,
        [known[case.id] for case in listed.rows],
    )


def _size(session: Session, query: Select[CreditCase]) -> int:
    listed = query.with_only_columns(CreditCase.id)
    return session.scalar(select(func.count()).select_from(listed.subquery())) or 0


def file_of(database: Database, export_id: int) -> Iterator[bytes]:
    """The bytes as they were hashed, a few hundred lines at a time."""
    yield lines.heading()
    after = 0
    while True:
        with database.read() as session:
            rows = session.scalars(
                select(RegistrarRow)
                .where(RegistrarRow.export_id == export_id, RegistrarRow.position > after)
                .options(joinedload(RegistrarRow.decided_by_name))
                .order_by(RegistrarRow.position)
                .limit(STREAMED)
            ).all()
        if not rows:
            return
        after = rows[-1].position
        yield b"".join(
            lines.encoded(
                row.content, decided_by=row.decided_by_name.text or "", change=row.change
            )
            for row in rows
        )

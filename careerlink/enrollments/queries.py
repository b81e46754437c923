"""What the office sees of registrar's lists: the lists, their lines, who is waited for."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Select, exists, func, select, tuple_
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course
from careerlink.enrollments.models import (
    CourseCrn,
    Enrollment,
    EnrollmentUpload,
    EnrollmentUploadLine,
    LineKind,
    WaitingEnrollment,
)
from careerlink.errors import NotFound
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.web.pagination import Page, page

MOST_NUMBERS = 25
"""CRNs that one page asks about."""


@dataclass(frozen=True)
class UnknownNumber:
    term: Term
    crn: str
    course_name: str
    problem: str
    lines: int


def visible_to(actor: Actor) -> Select[EnrollmentUpload]:
    """A list that was read to its end."""
    return _every(actor).where(EnrollmentUpload.lines > 0)


def _every(actor: Actor) -> Select[EnrollmentUpload]:
    return select(EnrollmentUpload).where(
        EnrollmentUpload.institution_id == actor.institution_id,
        sa.true() if actor.reads_office else sa.false(),
    )


def listed(session: Session, actor: Actor, after: str | None) -> Page[EnrollmentUpload]:
    """Those, too, that broke off while they were read: whoever sent one has to know."""
    return page(
        session,
        _every(actor).options(joinedload(EnrollmentUpload.created_by)),
        order_by=[EnrollmentUpload.id],
        key_of=lambda upload: [upload.id],
        after=after,
        descending=True,
    )


def get(session: Session, actor: Actor, public_id: str) -> EnrollmentUpload:
    found = session.scalar(
        visible_to(actor)
        .where(EnrollmentUpload.public_id == public_id)
        .options(joinedload(EnrollmentUpload.created_by), joinedload(EnrollmentUpload.done_by))
    )
    if found is None:
        raise NotFound
    return found


def lines(
    session: Session, upload: EnrollmentUpload, kind: LineKind, after: str | None
) -> Page[EnrollmentUploadLine]:
    return page(
        session,
        select(EnrollmentUploadLine).where(
            EnrollmentUploadLine.upload_id == upload.id, EnrollmentUploadLine.kind == kind
        ),
        order_by=[EnrollmentUploadLine.line],
        key_of=lambda line: [line.line],
        after=after,
    )


def unknown_numbers(session: Session, upload: EnrollmentUpload) -> Sequence[UnknownNumber]:
    line = EnrollmentUploadLine
    rows = session.execute(
        select(
            line.term_id,
            line.crn,
            func.min(line.course_name),
            func.min(line.problem),
            func.count(),
        )
        .where(
            line.upload_id == upload.id,
            line.kind == LineKind.UNKNOWN_CRN,
        )
        .group_by(line.term_id, line.crn)
        .order_by(line.term_id, line.crn)
        .limit(MOST_NUMBERS)
    ).all()
    ids = {row[0] for row in rows}
    terms = {term.id: term for term in session.scalars(select(Term).where(Term.id.in_(ids)))}
    return [UnknownNumber(terms[row[0] or 0], *row[1:]) for row in rows]


def missing(
    session: Session, upload: EnrollmentUpload, after: str | None
) -> tuple[int, Page[Enrollment]]:
    """Enrolled under a CRN that the file names, and not in the file. They stay enrolled."""
    line = EnrollmentUploadLine
    named = tuple_(Enrollment.term_id, Enrollment.crn).in_(
        select(line.term_id, line.crn).where(line.upload_id == upload.id).distinct()
    )
    listed_too = (
        exists()
        .where(
            line.upload_id == upload.id,
            line.term_id == Enrollment.term_id,
            line.crn == Enrollment.crn,
            line.sis_id == Person.sis_id,
        )
        .correlate(Enrollment, Person)
    )
    query = (
        select(Enrollment)
        .join(Person, Person.id == Enrollment.person_id)
        .join(Course, Course.id == Enrollment.course_id)
        .where(
            Course.institution_id == upload.institution_id,
            Enrollment.dropped_on.is_(None),
            named,
            ~listed_too,
        )
    )
    number = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    found: Page[Enrollment] = page(
        session,
        query.options(joinedload(Enrollment.person), joinedload(Enrollment.course)),
        order_by=[Enrollment.id],
        key_of=lambda row: [row.id],
        after=after,
    )
    return number, found


def waiting(
    session: Session, actor: Actor, after: str | None
) -> tuple[int, Page[WaitingEnrollment]]:
    query = select(WaitingEnrollment).where(
        WaitingEnrollment.institution_id == actor.institution_id
    )
    number = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    found: Page[WaitingEnrollment] = page(
        session,
        query.options(joinedload(WaitingEnrollment.term)),
        order_by=[WaitingEnrollment.id],
        key_of=lambda row: [row.id],
        after=after,
    )
    return number, found


def numbers(session: Session, actor: Actor, after: str | None) -> Page[CourseCrn]:
    """Latest term first."""
    return page(
        session,
        select(CourseCrn)
        .join(Term, Term.id == CourseCrn.term_id)
        .where(Term.institution_id == actor.institution_id)
        .options(joinedload(CourseCrn.term), joinedload(CourseCrn.course)),
        order_by=[Term.starts_on, CourseCrn.id],
        key_of=lambda row: [row.term.starts_on, row.id],
        after=after,
        descending=True,
    )


def get_number(session: Session, actor: Actor, number_id: int) -> CourseCrn:
    found = session.scalar(
        select(CourseCrn)
        .join(Term, Term.id == CourseCrn.term_id)
        .where(CourseCrn.id == number_id, Term.institution_id == actor.institution_id)
        .options(joinedload(CourseCrn.term), joinedload(CourseCrn.course))
    )
    if found is None:
        raise NotFound
    return found


def courses_for(
    session: Session, actor: Actor, term: Term, *, now: Course | None = None
) -> Sequence[Course]:
    """Those a CRN of this term may mean, and the one that it means ``now``."""
    return session.scalars(
        select(Course)
        .where(
            Course.institution_id == actor.institution_id,
            (Course.term_id == term.id)
            | Course.term_id.is_(None)
            | (Course.id == (now.id if now is not None else None)),
        )
        .order_by(Course.label, Course.title, Course.id)
    ).all()


def terms(session: Session, actor: Actor) -> Sequence[Term]:
    return session.scalars(
        select(Term)
        .where(Term.institution_id == actor.institution_id)
        .order_by(Term.starts_on.desc(), Term.id)
    ).all()

"""Reading what a draft would have changed."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from careerlink import csv_text
from careerlink.courses.models import Course
from careerlink.db import Database
from careerlink.enrollments.terms_of_students import enrolled_term_id
from careerlink.errors import NotFound
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor
from careerlink.web.pagination import Page, page
from credit.cases.models import CreditCase, Decision
from credit.policy.checks import credit_figure
from credit.policy.draft_models import Finding, PolicyDraft, PolicyDryRun, PolicyDryRunRow
from credit.policy.wording import credits_in_words

HEADING = (
    "case", "student_sis_id", "course", "finding", "credits_before", "credits_under_draft",
    "clause", "why",
)  # fmt: skip
A_CHUNK = 500


def get(
    session: Session, public_id: str, draft: PolicyDraft, *, lock: bool = False
) -> PolicyDryRun:
    query = select(PolicyDryRun).where(
        PolicyDryRun.public_id == public_id, PolicyDryRun.draft_id == draft.id
    )
    run = session.scalar(query.with_for_update() if lock else query)
    if run is None:
        raise NotFound
    return run


def of_draft(session: Session, draft: PolicyDraft) -> Sequence[PolicyDryRun]:
    return session.scalars(
        select(PolicyDryRun)
        .where(PolicyDryRun.draft_id == draft.id)
        .options(joinedload(PolicyDryRun.term), joinedload(PolicyDryRun.course))
        .order_by(PolicyDryRun.id.desc())
        .limit(20)
    ).all()


def rows(
    session: Session, run: PolicyDryRun, finding: Finding, *, after: str | None
) -> Page[PolicyDryRunRow]:
    return page(
        session,
        _rows().where(PolicyDryRunRow.dry_run_id == run.id, PolicyDryRunRow.finding == finding),
        order_by=[PolicyDryRunRow.id],
        key_of=lambda row: (row.id,),
        after=after,
    )


def file_of(database: Database, run_id: int) -> Iterator[bytes]:
    """Everything that was found, a few hundred lines at a time."""
    yield csv_text.write([HEADING])
    last = 0
    while True:
        with database.read() as session:
            chunk = session.scalars(
                _rows()
                .where(PolicyDryRunRow.dry_run_id == run_id, PolicyDryRunRow.id > last)
                .order_by(PolicyDryRunRow.id)
                .limit(A_CHUNK)
            ).all()
            if not chunk:
                return
            last, lines = chunk[-1].id, csv_text.write(_cells(row) for row in chunk)
        yield lines


def scopes(session: Session, actor: Actor) -> tuple[list[tuple[Term, int]], list[Course]]:
    """Terms with the number of their decided cases, and courses that have some."""
    enrolled = enrolled_term_id(CreditCase.course_id, CreditCase.person_id)
    decided = (
        select(CreditCase.course_id, func.coalesce(Course.term_id, enrolled).label("term_id"))
        .join(Course, Course.id == CreditCase.course_id)
        .where(
            CreditCase.institution_id == actor.institution_id,
            select(Decision.id)
            .where(Decision.credit_case_id == CreditCase.id, Decision.is_final)
            .exists(),
        )
        .subquery()
    )
    numbers = (
        select(decided.c.term_id, func.count().label("number"))
        .group_by(decided.c.term_id)
        .subquery()
    )
    terms = session.execute(
        select(Term, numbers.c.number)
        .join(numbers, numbers.c.term_id == Term.id)
        .where(Term.institution_id == actor.institution_id)
        .order_by(Term.starts_on.desc())
    ).all()
    courses = session.scalars(
        select(Course)
        .where(Course.id.in_(select(decided.c.course_id)))
        .order_by(Course.label, Course.id)
        .limit(200)
    ).all()
    return [(term, int(number)) for term, number in terms], list(courses)


def _rows() -> Select[PolicyDryRunRow]:
    return select(PolicyDryRunRow).options(
        joinedload(PolicyDryRunRow.credit_case).joinedload(CreditCase.person),
        joinedload(PolicyDryRunRow.credit_case).joinedload(CreditCase.course),
        joinedload(PolicyDryRunRow.decision),
    )


def _cells(row: PolicyDryRunRow) -> list[str]:
    case = row.credit_case
    return [
        case.public_id,
        case.person.sis_id or "",
        case.course.name,
        row.finding.value,
        credit_figure(row.before_thousandths),
        credit_figure(row.after_thousandths),
        "; ".join(ref for ref, _ in row.reasons),
        " ".join(text for _, text in row.reasons),
    ]


def change_in_words(row: PolicyDryRunRow) -> tuple[str, str]:
    return _words(row.before_thousandths), _words(row.after_thousandths)


def _words(thousandths: int) -> str:
    return credits_in_words(thousandths) if thousandths else "no credit"

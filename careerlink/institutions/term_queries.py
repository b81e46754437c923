"""Reading terms: everybody of the institution may know its calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.errors import NotFound
from careerlink.institutions.models import Institution, Term
from careerlink.people.actors import Actor
from careerlink.web.pagination import Page, page

COURSES_A_PAGE = 50


@dataclass(frozen=True)
class Line:
    term: Term
    courses: int
    phase: str
    """Of its days: past, today, ahead."""


def visible_to(actor: Actor) -> Select[Term]:
    return select(Term).where(Term.institution_id == actor.institution_id)


def get(session: Session, term_id: int, *, actor: Actor) -> Term:
    term = session.scalar(visible_to(actor).where(Term.id == term_id))
    if term is None:
        raise NotFound
    return term


def all_of(session: Session, actor: Actor) -> Sequence[Term]:
    """The latest first."""
    return session.scalars(
        visible_to(actor).order_by(Term.starts_on.desc(), Term.id.desc())
    ).all()


def lines(session: Session, actor: Actor) -> list[Line]:
    rows = session.execute(
        select(Course.term_id, func.count().label("number"))
        .where(Course.institution_id == actor.institution_id, Course.joined_id.is_(None))
        .group_by(Course.term_id)
    )
    counts = {row.term_id: row.number for row in rows}
    today = today_of(session, actor)
    return [
        Line(term, counts.get(term.id, 0), phase(term, today))
        for term in all_of(session, actor)
    ]


def phase(term: Term, today: date) -> str:
    if term.ends_on < today:
        return "past"
    return "today" if term.starts_on <= today else "ahead"


def today_of(session: Session, actor: Actor) -> date:
    return clock.today(session.get_one(Institution, actor.institution_id).time_zone)


def courses_of(
    session: Session, actor: Actor, term: Term | None, *, after: str | None
) -> Page[Course]:
    """Of one term, or those that are in none; courses taught with another are left out."""
    return page(
        session,
        select(Course).where(
            Course.institution_id == actor.institution_id,
            Course.joined_id.is_(None),
            Course.term_id == (term.id if term else None),
        ),
        order_by=[Course.label, Course.id],
        key_of=lambda course: (course.label, course.id),
        after=after,
        size=COURSES_A_PAGE,
    )


def without_term(session: Session, actor: Actor) -> int:
    return (
        session.scalar(
            select(func.count()).where(
                Course.institution_id == actor.institution_id,
                Course.joined_id.is_(None),
                Course.term_id.is_(None),
                Course.concluded_at.is_(None),
            )
        )
        or 0
    )

"""What is unfinished in a term, counted and listed; and whom to look at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.enrollments import terms_of_students
from careerlink.institutions.models import Term
from careerlink.partners.models import Partner, PartnerDocument, PartnerState
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement
from careerlink.web.pagination import Page, page
from credit.cases.models import CaseState, CreditCase
from credit.terms.groups import GROUPS, UNDECIDED, Group

A_PAGE = 50
MOST = 100


@dataclass(frozen=True)
class ToVerify:
    partner: Partner
    what: str
    on: date


def counts(session: Session, actor: Actor, term: Term) -> list[tuple[Group, int]]:
    """One query a group, in the order of the table."""
    return [(group, count(session, actor, term, group)) for group in GROUPS.values()]


def count(session: Session, actor: Actor, term: Term, group: Group) -> int:
    found = group.query(actor, term).with_only_columns(group.key_column).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def page_of(
    session: Session, actor: Actor, term: Term, group: Group, *, after: str | None
) -> Page[Any]:
    return page(
        session,
        group.query(actor, term),
        order_by=[group.key_column],
        key_of=lambda row: [row.id],
        after=after,
        size=A_PAGE,
    )


def chosen(
    session: Session, actor: Actor, term: Term, group: Group, ids: Sequence[int]
) -> Sequence[Any]:
    """Of those ticked, the ones that are still there; anything else is somebody's guess."""
    return session.scalars(
        group.query(actor, term).where(group.key_column.in_(ids)).order_by(group.key_column)
    ).all()


def undecided_by_course(
    session: Session, actor: Actor, term: Term
) -> list[tuple[Course, dict[CaseState, int]]]:
    counted = (
        select(CreditCase.course_id, CreditCase.state, func.count().label("number"))
        .join(Course, Course.id == CreditCase.course_id)
        .where(
            Course.institution_id == actor.institution_id,
            terms_of_students.is_in(term, CreditCase.course_id, CreditCase.person_id),
            CreditCase.state.in_(UNDECIDED),
        )
        .group_by(CreditCase.course_id, CreditCase.state)
        .subquery()
    )
    rows = session.execute(
        select(Course, counted.c.state, counted.c.number)
        .join(counted, counted.c.course_id == Course.id)
        .order_by(Course.label, Course.id)
    )
    found: dict[Course, dict[CaseState, int]] = {}
    for course, state, number in rows:
        found.setdefault(course, {})[CaseState(state)] = number
    return list(found.items())


def to_verify(session: Session, actor: Actor, term: Term, *, until: date) -> list[ToVerify]:
    """Partners of this term whose approval or papers run out by that day."""
    here = (
        select(Placement.partner_id)
        .join(Course, Course.id == Placement.course_id)
        .where(
            Placement.institution_id == actor.institution_id,
            terms_of_students.is_in(term, Placement.course_id, Placement.person_id),
        )
    )
    partners = session.scalars(
        select(Partner)
        .where(
            Partner.id.in_(here),
            Partner.state == PartnerState.APPROVED,
            Partner.approved_until <= until,
        )
        .order_by(Partner.approved_until, Partner.id)
        .limit(MOST)
    )
    papers = session.execute(
        select(PartnerDocument, Partner)
        .join(Partner, Partner.id == PartnerDocument.partner_id)
        .where(PartnerDocument.partner_id.in_(here), PartnerDocument.expires_on <= until)
        .order_by(PartnerDocument.expires_on, PartnerDocument.id)
        .limit(MOST)
    )
    found = [ToVerify(one, "Approval", one.approved_until) for one in partners
             if one.approved_until is not None]  # fmt: skip
    found += [
        ToVerify(partner, paper.title, paper.expires_on)
        for paper, partner in papers
        if paper.expires_on is not None
    ]
    return sorted(found, key=lambda one: (one.on, one.partner.name))

"""A project after its student left the course: going on without credit, and who is told.

The partner learns that the project is no longer for credit, and nothing of why, and only where
the student wants it (DOMAIN 3.9).
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from flask import url_for
from sqlalchemy import exists, select
from sqlalchemy.orm import Mapped, Session, joinedload, relationship

from careerlink import audit, mail, tokens
from careerlink.courses.models import CourseMember
from careerlink.db import Base, created_at_column, foreign_key
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements import consents, planning
from careerlink.placements.models import UNFINISHED, Placement
from careerlink.registry import NextStep, Waiting
from careerlink.tokens import LinkPurpose

MOST = 50


class WithoutCredit(Base):
    """What a student who left the course said about one project; the last word counts."""

    __tablename__ = "without_credit"
    __table_args__ = (
        sa.CheckConstraint("goes_on OR NOT tells_partner", name="told_by_office"),
    )

    placement_id: Mapped[int] = foreign_key("placement.id")
    placement: Mapped[Placement] = relationship()
    goes_on: Mapped[bool]
    tells_partner: Mapped[bool]
    """Where the project ends, the career office tells them."""
    answered_at: Mapped[datetime] = created_at_column()


def answer(
    session: Session,
    placement: Placement,
    *,
    actor: Actor,
    goes_on: bool | None,
    tells_partner: bool,
    secret: str,
) -> WithoutCredit:
    """The student's word; it can be given anew as long as they are not back in the course.

    :raises InvalidInput: neither yes nor no.
    """
    if not _is_own(actor, placement):
        raise NotPermitted("Only the student of this project says how it goes on.")
    if not actor.standing(placement.course_id).dropped:
        raise NotPossible("You are enrolled in this course, so everything goes on as agreed.")
    if placement.state not in UNFINISHED:
        raise NotPossible("The work of this placement is over.")
    if goes_on is None:
        raise InvalidInput("Choose whether you go on with the project.", field="goes_on")
    # One after the other: two presses are one answer, and one mail.
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())
    tells = tells_partner and goes_on
    latest = said(session, placement)
    if latest is not None and (latest.goes_on, latest.tells_partner) == (goes_on, tells):
        return latest
    is_told = _is_told(session, placement)
    given = WithoutCredit(placement_id=placement.id, goes_on=goes_on, tells_partner=tells)
    session.add(given)
    session.flush()
    audit.record(
        session, "placement:leave_credit", placement, actor=actor, goes_on=goes_on, tells=tells
    )
    if tells and not is_told:
        _tell(session, placement, actor=actor, secret=secret)
    return given


def said(session: Session, placement: Placement) -> WithoutCredit | None:
    """The last word since the student left; an earlier drop that was undone does not count."""
    return session.scalar(
        _since_they_left(placement).order_by(WithoutCredit.id.desc()).limit(1)
    )


def _is_told(session: Session, placement: Placement) -> bool:
    """Whoever changes their mind twice does not write to the partner twice."""
    found = _since_they_left(placement).where(WithoutCredit.tells_partner).limit(1)
    return session.scalar(found) is not None


def _since_they_left(placement: Placement) -> sa.Select[WithoutCredit]:
    left_at = (
        select(CourseMember.dropped_at)
        .where(
            CourseMember.course_id == placement.course_id,
            CourseMember.person_id == placement.person_id,
        )
        .scalar_subquery()
    )
    return select(WithoutCredit).where(
        WithoutCredit.placement_id == placement.id, WithoutCredit.answered_at >= left_at
    )


def may_answer(actor: Actor, placement: Placement) -> bool:
    standing = actor.standing(placement.course_id)
    return (
        _is_own(actor, placement)
        and standing.dropped
        and not standing.read_only
        and placement.state in UNFINISHED
    )


def next_steps(session: Session, actor: Actor, course_id: int | None) -> list[NextStep]:
    if course_id is None or not actor.standing(course_id).dropped or actor.looks_only:
        return []
    return [
        NextStep(
            title=f"say how “{placement.title}” goes on",
            url=url_for(
                "without_credit.show",
                course_id=placement.course.public_id,
                placement_id=placement.public_id,
            ),
            action="Choose",
            why="You are no longer enrolled, so this project does not count toward credit.",
            urgency=20,
        )
        for placement in _unanswered(session, actor, course_id)
        if may_answer(actor, placement)
    ]


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """Projects that their student gives up: the office ends them, and tells the partner."""
    found = session.scalars(
        select(WithoutCredit)
        .join(WithoutCredit.placement)
        .join(
            CourseMember,
            (CourseMember.course_id == Placement.course_id)
            & (CourseMember.person_id == Placement.person_id),
        )
        .where(
            Placement.institution_id == actor.institution_id,
            Placement.state.in_(UNFINISHED),
            WithoutCredit.goes_on.is_(False),
            WithoutCredit.answered_at >= CourseMember.dropped_at,
            WithoutCredit.id
            == select(sa.func.max(WithoutCredit.id))
            .where(WithoutCredit.placement_id == Placement.id)
            .correlate(Placement)
            .scalar_subquery(),
        )
        .options(
            joinedload(WithoutCredit.placement).joinedload(Placement.person),
            joinedload(WithoutCredit.placement).joinedload(Placement.partner),
        )
        .order_by(WithoutCredit.id)
        .limit(MOST)
    ).all()
    return [
        Waiting(
            group="Yours",
            title=f"{one.placement.person.label} gives up “{one.placement.title}”",
            text=f"They left the course. {one.placement.partner.name} has to be told.",
            since=one.answered_at,
            url=url_for("office_placements.show", placement_id=one.placement.public_id),
            action="Open placement",
            why="A student who left the course said that they do not go on without credit.",
        )
        for one in found
    ]


def _unanswered(session: Session, actor: Actor, course_id: int) -> Sequence[Placement]:
    answered = exists().where(
        WithoutCredit.placement_id == Placement.id,
        WithoutCredit.answered_at >= CourseMember.dropped_at,
    )
    return session.scalars(
        select(Placement)
        .join(
            CourseMember,
            (CourseMember.course_id == Placement.course_id)
            & (CourseMember.person_id == Placement.person_id),
        )
        .where(
            Placement.course_id == course_id,
            Placement.person_id == actor.person_id,
            Placement.state.in_(UNFINISHED),
            ~answered,
        )
        .options(joinedload(Placement.course))
        .order_by(Placement.id)
        .limit(MOST)
    ).all()


def _is_own(actor: Actor, placement: Placement) -> bool:
    return (
        actor.person_id is not None
        and actor.person_id == placement.person_id
        and actor.is_student(placement.course_id)
        and not actor.standing(placement.course_id).read_only
    )


def _tell(session: Session, placement: Placement, *, actor: Actor, secret: str) -> None:
    if not consents.has_consent(session, placement):
        return
    for contact in (one.contact for one in consents.supervisors_of(session, placement)):
        if not planning.may_supervise(contact):
            continue
        link = tokens.issue(
            session,
            secret=secret,
            purpose=LinkPurpose.PLACEMENT,
            contact=contact,
            placement_id=placement.id,
            actor=actor,
        )
        mail.queue(
            session,
            to=contact.email,
            template="no_longer_for_credit",
            values={
                "name": contact.name,
                "first_name": placement.person.label.split(" ")[0],
                "project": placement.title,
                "link": link.public_id,
                "action": "Open the project",
                "zone": contact.time_zone or placement.institution.time_zone,
            },
            institution_id=placement.institution_id,
            target=f"placement/{placement.id}/without_credit/{contact.id}",
            actor=actor,
        )

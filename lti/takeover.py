"""A registration takes over from one that the LMS admin deleted and added anew.

Accounts and courses of the older one are found by the same ``sub`` and context id. Who has come
in by the new one before this was said has two records by then: those are joined, unless work
has been done under both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload

from careerlink import audit
from careerlink.courses import joining as course_joining
from careerlink.courses import work
from careerlink.courses.models import Course
from careerlink.errors import InvalidInput
from careerlink.people import joining
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from lti import first_time, succession
from lti.models import LtiContext, LtiDeployment, LtiRegistration, LtiUser

OWN_TABLES = ("lti_user", "lti_deep_linking")


@dataclass(frozen=True)
class Joint:
    """What both registrations know: of the new one, and of those before it."""

    account: LtiUser
    older: LtiUser


@dataclass(frozen=True)
class Outlook:
    people: int
    """Persons whom the older registrations know."""
    courses: int
    twice: Sequence[Joint]
    """People who have come in by the new one already, as somebody new."""
    apart: int
    """Of them, those with work under both records: they stay two."""
    twin_courses: Sequence[tuple[LtiContext, Course]]
    """Contexts of the new one that made a course of their own, with the older course."""
    busy_courses: int
    """Of them, those in which students have begun work under both."""


def why_not(session: Session, registration: LtiRegistration, older: LtiRegistration) -> str:
    if older.institution_id != registration.institution_id:
        return "That registration belongs to another institution."
    if older.id == registration.id:
        return "A registration cannot take over from itself."
    if registration.id in succession.predecessors(session, older):
        return f"“{older.name}” takes over from this one already."
    if registration.succeeds_id not in (None, older.id):
        return "This registration takes over from another one already."
    taken = select(func.count()).where(
        LtiRegistration.succeeds_id == older.id, LtiRegistration.id != registration.id
    )
    return "Another registration has taken it over." if session.scalar(taken) else ""


def outlook(session: Session, registration: LtiRegistration, older: LtiRegistration) -> Outlook:
    chain = [older.id, *succession.predecessors(session, older)]
    twice = _twice(session, registration, chain)
    twins = _twins(session, registration, chain)
    busy = joining.with_work(
        session, {one.account.person_id for one in twice}, besides=OWN_TABLES
    )
    return Outlook(
        people=_count(session, LtiUser.person_id, LtiUser.registration_id.in_(chain)),
        courses=_count(
            session,
            LtiContext.course_id,
            LtiContext.deployment_id.in_(
                select(LtiDeployment.id).where(LtiDeployment.registration_id.in_(chain))
            ),
        ),
        twice=twice,
        apart=sum(one.account.person_id in busy for one in twice),
        twin_courses=twins,
        busy_courses=sum(bool(work.of_students(session, c.course)) for c, _ in twins),
    )


def take_over(
    session: Session, registration: LtiRegistration, older: LtiRegistration, *, actor: Actor
) -> Outlook:
    """Twice is once; a later time joins who has come in twice meanwhile.

    :raises InvalidInput:
    """
    first_time.alone(session, "succession", registration.institution_id)
    session.refresh(registration)
    if problem := why_not(session, registration, older):
        raise InvalidInput(problem)
    found = outlook(session, registration, older)
    if registration.succeeds_id is None:
        registration.succeeds_id = older.id
        session.flush()
        audit.record(
            session,
            "lti_registration:succeed",
            registration,
            actor=actor,
            older=older.id,
            people=found.people,
            courses=found.courses,
        )
    _join_people(session, found.twice, actor)
    _join_courses(session, found.twin_courses, actor)
    return found


def _join_people(session: Session, twice: Sequence[Joint], actor: Actor) -> None:
    ids = [(one.account.id, one.account.person_id, one.older.person_id) for one in twice]
    busy = joining.with_work(session, {new for _, new, _ in ids}, besides=OWN_TABLES)
    for account_id, new, old in ids:
        others = select(func.count()).where(LtiUser.person_id == new, LtiUser.id != account_id)
        if new in busy or session.scalar(others):
            continue
        session.get_one(LtiUser, account_id).person_id = old
        joining.join(
            session, session.get_one(Person, new), session.get_one(Person, old), actor=actor
        )


def _join_courses(
    session: Session, twins: Sequence[tuple[LtiContext, Course]], actor: Actor
) -> None:
    for context_id, own_id, older_id in [(c.id, c.course_id, older.id) for c, older in twins]:
        context = session.get_one(LtiContext, context_id)
        own, older = session.get_one(Course, own_id), session.get_one(Course, older_id)
        if context.course_id != own_id or work.of_students(session, own):
            continue
        context.course_id, context.own_course_id = older.id, own.id
        session.flush()
        course_joining.join(session, own, older, actor=actor)
        session.expire_all()


def _twice(
    session: Session, registration: LtiRegistration, chain: Sequence[int]
) -> list[Joint]:
    older = aliased(LtiUser)
    rows = session.execute(
        select(LtiUser, older)
        .join(
            older,
            (older.sub == LtiUser.sub)
            & (older.institution_id == LtiUser.institution_id)
            & older.registration_id.in_(chain),
        )
        .where(LtiUser.registration_id == registration.id, LtiUser.person_id != older.person_id)
        .order_by(LtiUser.id)
    ).all()
    latest: dict[int, Joint] = {}
    for account, before in rows:
        known = latest.get(account.id)
        if known is None or chain.index(before.registration_id) < chain.index(
            known.older.registration_id
        ):
            latest[account.id] = Joint(account, before)
    return list(latest.values())


def _twins(
    session: Session, registration: LtiRegistration, chain: Sequence[int]
) -> list[tuple[LtiContext, Course]]:
    older, there, here = aliased(LtiContext), aliased(LtiDeployment), aliased(LtiDeployment)
    rows = session.execute(
        select(LtiContext, older)
        .join(here, here.id == LtiContext.deployment_id)
        .join(older, older.context_id == LtiContext.context_id)
        .join(there, there.id == older.deployment_id)
        .options(joinedload(older.course), joinedload(LtiContext.course))
        .where(
            here.registration_id == registration.id,
            there.registration_id.in_(chain),
            here.institution_id == there.institution_id,
            LtiContext.course_id != older.course_id,
        )
        .order_by(LtiContext.id, older.id)
    ).all()
    first: dict[int, tuple[LtiContext, Course]] = {}
    for context, before in rows:
        first.setdefault(context.id, (context, before.course))
    return list(first.values())


def _count(
    session: Session, what: InstrumentedAttribute[int], where: ColumnElement[bool]
) -> int:
    return session.scalar(select(func.count(what.distinct())).where(where)) or 0

"""Reading placements; every query starts from who is looking."""

from collections.abc import Sequence

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course
from careerlink.courses.reach import looks_after
from careerlink.errors import Elsewhere, NotFound, OtherLaunch
from careerlink.listings.models import Listing
from careerlink.people.actors import Actor
from careerlink.placements.message_models import Message
from careerlink.placements.models import (
    Application,
    ApplicationState,
    Placement,
    PlacementState,
    Supervision,
)

NEWEST = 12
LONGEST_WAITING = 50


def visible_to(actor: Actor) -> Select[Placement]:
    """The placements that ``actor`` may read: their own, their courses', the office's all."""
    query = select(Placement).where(Placement.institution_id == actor.institution_id)
    if actor.reads_office or actor.is_system:
        return query
    if actor.link_placement_id is not None:
        return query.where(Placement.id == actor.link_placement_id)
    if actor.person_id is None:
        return query.where(false())
    own = (Placement.person_id == actor.person_id) & Placement.course_id.in_(
        [course_id for course_id in actor.courses if actor.is_student(course_id)]
    )
    return query.where(or_(own, looks_after(actor, Placement.course_id, Placement.person_id)))


def longest_waiting(
    session: Session, actor: Actor, course_id: int, waits: Select[int, int]
) -> Sequence[Placement]:
    """Placements of a course on which something waits for its instructor, oldest first.

    ``waits``: the placement's key, and that of the first thing that waits on it.
    """
    oldest = waits.subquery()
    placement_id, first = oldest.c
    return session.scalars(
        visible_to(actor)
        .join(oldest, placement_id == Placement.id)
        .where(Placement.course_id == course_id)
        .options(joinedload(Placement.person), joinedload(Placement.course))
        .order_by(first)
        .limit(LONGEST_WAITING)
    ).all()


def get(session: Session, public_id: str, *, actor: Actor, course: Course | None) -> Placement:
    """The placement with what its page shows.

    :raises NotFound: not there, or not theirs.
    :raises OtherLaunch: their own work, which this session does not reach.
    :raises Elsewhere: theirs, and in another course than the address says.
    """
    query = visible_to(actor).where(Placement.public_id == public_id)
    placement = session.scalar(
        query.options(
            joinedload(Placement.partner),
            joinedload(Placement.person),
            joinedload(Placement.course).joinedload(Course.term),
            joinedload(Placement.listing),
            joinedload(Placement.institution),
        )
    )
    if placement is None:
        raise _out_of_reach(session, public_id, actor)
    if course is not None and placement.course_id != course.id:
        raise Elsewhere(placement.course.public_id)
    return placement


def _out_of_reach(session: Session, public_id: str, actor: Actor) -> NotFound:
    """A student's project may have moved to a course that they did not come from."""
    own = select(Placement).where(
        Placement.public_id == public_id,
        Placement.institution_id == actor.institution_id,
        Placement.person_id == actor.person_id,
    )
    # Whoever acts as the student learns nothing of their other courses.
    if actor.person_id is None or actor.looks_only:
        return NotFound()
    placement = session.scalar(own.options(joinedload(Placement.course)))
    if placement is None or placement.course_id in actor.courses:
        return NotFound()
    return OtherLaunch(
        f"“{placement.title}” belongs to {placement.course.name} now. Open CareerLink from "
        "that course in your LMS; everything about the project is there."
    )


def placements_of(session: Session, actor: Actor, course_id: int) -> Sequence[Placement]:
    """The student's own in one course, running ones first."""
    ended = Placement.state.in_((PlacementState.CLOSED, PlacementState.CANCELLED))
    return session.scalars(
        visible_to(actor)
        .where(Placement.course_id == course_id, Placement.person_id == actor.person_id)
        .options(joinedload(Placement.partner))
        .order_by(ended, Placement.starts_on, Placement.id)
    ).all()


def recent_in_course(session: Session, actor: Actor, course_id: int) -> Sequence[Placement]:
    """For the teaching side's home: those that moved last."""
    return session.scalars(
        visible_to(actor)
        .where(Placement.course_id == course_id)
        .options(joinedload(Placement.partner), joinedload(Placement.person))
        .order_by(Placement.state_since.desc(), Placement.id.desc())
        .limit(NEWEST)
    ).all()


def applications_of(session: Session, actor: Actor, course_id: int) -> Sequence[Application]:
    """The student's own in one course; accepted ones live on as placements."""
    return session.scalars(
        select(Application)
        .where(
            Application.institution_id == actor.institution_id,
            Application.course_id == course_id,
            Application.person_id == actor.person_id,
            Application.state != ApplicationState.ACCEPTED,
        )
        .options(joinedload(Application.listing).joinedload(Listing.partner))
        .order_by(Application.state_since.desc(), Application.id.desc())
        .limit(NEWEST)
    ).all()


def supervisions(session: Session, placement: Placement) -> Sequence[Supervision]:
    """Whoever supervised, latest first; the one without an end does now."""
    return session.scalars(
        select(Supervision)
        .where(Supervision.placement_id == placement.id)
        .options(joinedload(Supervision.contact))
        .order_by(Supervision.ended_at.is_not(None), Supervision.id.desc())
    ).all()


def messages(session: Session, placement: Placement) -> Sequence[Message]:
    latest = session.scalars(
        select(Message)
        .where(Message.placement_id == placement.id)
        .options(joinedload(Message.author))
        .order_by(Message.id.desc())
        .limit(50)
    ).all()
    return latest[::-1]


def counts_by_state(session: Session, actor: Actor) -> dict[PlacementState, int]:
    visible = visible_to(actor).with_only_columns(Placement.state, func.count())
    rows = session.execute(visible.group_by(Placement.state))
    return {row[0]: row[1] for row in rows}

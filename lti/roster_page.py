"""What the page of people says about each list: when it was read, and what is wrong with it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careerlink import clock
from careerlink.courses.models import Course, CourseMember, CourseRoster
from careerlink.errors import NotFound
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.people.actors import Actor
from careerlink.people.models import Person
from careerlink.placements import queries as placements
from careerlink.placements.models import Placement, PlacementState
from lti import roster_people, roster_queue
from lti.models import LtiContext
from lti.products import product_of

MOST_NAMES = 12


@dataclass(frozen=True)
class ListSource:
    """One platform's list, and how its last reading went."""

    context: LtiContext
    roster: CourseRoster | None
    """``None``: nobody has asked for it yet."""
    name: str
    is_under_way: bool
    next_try: datetime | None
    missing: Sequence[str]
    """Some of the names, for the page; who confirms sees all."""

    @property
    def is_held(self) -> bool:
        return self.roster is not None and bool(self.roster.missing_ids)

    @property
    def has_failed(self) -> bool:
        return self.roster is not None and self.roster.failed_at is not None


def sources(session: Session, course: Course) -> list[ListSource]:
    contexts = roster_queue.served(session, course)
    known = _rosters(session, course)
    waiting = roster_queue.under_way(session, [context.id for context in contexts])
    found = {one.id: known.get(roster_queue.source_of(one.id)) for one in contexts}
    names = _names(session, [one for one in found.values() if one is not None])
    return [
        _source(
            context,
            found[context.id],
            waiting.get(context.id),
            names,
            name=_name(context, contexts),
        )
        for context in contexts
    ]


def _rosters(session: Session, course: Course) -> dict[str, CourseRoster]:
    rows = session.scalars(select(CourseRoster).where(CourseRoster.course_id == course.id))
    return {row.source: row for row in rows}


def _source(
    context: LtiContext,
    roster: CourseRoster | None,
    waiting: OutboxMessage | None,
    names: Mapping[int, str],
    *,
    name: str,
) -> ListSource:
    now = clock.now()
    is_under_way = waiting is not None and (
        waiting.state == DeliveryState.SENDING or waiting.due_at <= now
    )
    missing = roster.missing_ids if roster is not None else []
    return ListSource(
        context=context,
        roster=roster,
        name=name,
        is_under_way=is_under_way,
        next_try=None if is_under_way else _next_try(context, roster, waiting),
        missing=sorted(names[one] for one in missing if one in names),
    )


def _next_try(
    context: LtiContext, roster: CourseRoster | None, waiting: OutboxMessage | None
) -> datetime | None:
    """As the sweep will find it; ``None`` where only a launch or a person brings it about."""
    if waiting is not None:
        return waiting.due_at
    if roster is None or roster.failed_at is None:
        return None
    again = roster.failed_at + roster_queue.TRY_FAILED_AFTER
    if context.roster_read_at is not None:
        again = max(again, context.roster_read_at + roster_queue.AGAIN_AFTER)
    return again


def _name(context: LtiContext, contexts: Collection[LtiContext]) -> str:
    """The platform; with its own name for the course where several lists make this one."""
    registration = context.deployment.registration
    product = product_of(registration.family).name
    platform = registration.name if product == "The LMS" else product
    place = context.title or context.label
    return f"{platform}, {place}" if len(contexts) > 1 and place else platform


def _names(session: Session, rosters: Collection[CourseRoster]) -> dict[int, str]:
    ids = {number for roster in rosters for number in roster.missing_ids[:MOST_NAMES]}
    rows = session.scalars(select(Person).where(Person.id.in_(ids)))
    return {person.id: person.label for person in rows}


def get_held(
    session: Session, course: Course, roster_id: int
) -> tuple[CourseRoster, LtiContext]:
    """:raises NotFound: no list of this course, or its place is linked elsewhere now."""
    roster = session.scalar(
        select(CourseRoster).where(
            CourseRoster.id == roster_id, CourseRoster.course_id == course.id
        )
    )
    places = roster_queue.served(session, course) if roster is not None else []
    for context in places:
        if roster is not None and roster.source == roster_queue.source_of(context.id):
            return roster, context
    raise NotFound


def missing_people(session: Session, roster: CourseRoster) -> list[CourseMember]:
    """All of them, by name."""
    found: list[CourseMember] = []
    for batch in roster_people.batches(roster.missing_ids):
        found += session.scalars(
            select(CourseMember)
            .where(
                CourseMember.course_id == roster.course_id, CourseMember.person_id.in_(batch)
            )
            .options(joinedload(CourseMember.person))
        )
    return sorted(found, key=lambda member: (member.person.label, member.id))


def projects(
    session: Session, actor: Actor, course: Course, members: Sequence[CourseMember]
) -> dict[int, Placement]:
    """By person: what they work on here, or worked on last."""
    rows = session.scalars(
        placements.visible_to(actor)
        .where(
            Placement.course_id == course.id,
            Placement.person_id.in_([member.person_id for member in members]),
            Placement.state != PlacementState.CANCELLED,
        )
        .order_by(Placement.id)
    )
    return {placement.person_id: placement for placement in rows}

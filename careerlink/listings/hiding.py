"""Of what the office released to a course, its instructor may keep some off the board.

Whoever has applied goes on: they keep what they have seen.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask import url_for
from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select, true
from sqlalchemy.orm import Session

from careerlink import audit
from careerlink.courses import set_up
from careerlink.courses.conclusion import require_open
from careerlink.courses.models import Course
from careerlink.courses.set_up_models import HiddenListing
from careerlink.errors import NotPermitted
from careerlink.institutions.day import campus_day
from careerlink.listings.board import is_open
from careerlink.listings.models import Listing
from careerlink.listings.releases import is_released_to
from careerlink.offered_parts import SetUpPart
from careerlink.partners.models import Partner
from careerlink.people.actors import Actor

NAMED = 5


class Which(StrEnum):
    ALL = "all"
    SHOWN = "shown"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Changed:
    """How many came onto the board and went off it by one press."""

    shown: int = 0
    hidden: int = 0


def released(
    course: Course,
    today: date,
    which: Which = Which.ALL,
    *,
    text: str = "",
    partner: str = "",
) -> Select[Listing]:
    """What students could see there now, hidden ones included; ``partner`` is a public id."""
    query = (
        select(Listing)
        .join(Listing.partner)
        .where(
            Listing.institution_id == course.institution_id,
            is_open(today),
            is_released_to(course, hidden_too=True),
            _is(which, course),
            Partner.public_id == partner if partner else true(),
        )
    )
    if text:
        named = Listing.title.icontains(text, autoescape=True)
        query = query.where(or_(named, Partner.name.icontains(text, autoescape=True)))
    return query


def _is(which: Which, course: Course) -> ColumnElement[bool]:
    hidden = exists().where(
        HiddenListing.listing_id == Listing.id, HiddenListing.course_id == course.id
    )
    return {Which.ALL: true(), Which.SHOWN: ~hidden, Which.HIDDEN: hidden}[which]


def count(session: Session, query: Select[Listing]) -> int:
    listed = query.with_only_columns(Listing.id).subquery()
    return session.scalar(select(func.count()).select_from(listed)) or 0


def hidden_ids(session: Session, course: Course, among: Collection[int]) -> set[int]:
    return set(
        session.scalars(
            select(HiddenListing.listing_id).where(
                HiddenListing.course_id == course.id, HiddenListing.listing_id.in_(among)
            )
        )
    )


def change(
    session: Session,
    course: Course,
    *,
    show: Select[Listing] | None = None,
    hide: Select[Listing] | None = None,
    actor: Actor,
) -> Changed:
    """Put ``show`` on the board and keep ``hide`` off it; all others stay as they are.

    What the office releases later is shown until somebody says otherwise.
    """
    require_open(actor, course)
    if not set_up.may_set_up(actor, course):
        raise NotPermitted("Only the instructor or career staff say what this board shows.")
    # Two may choose at once; the course's row lets one after the other in.
    session.execute(select(Course.id).where(Course.id == course.id).with_for_update())
    back = _ids(session, show, _is(Which.HIDDEN, course))
    off = _ids(session, hide, _is(Which.SHOWN, course))
    if not back and not off:
        return Changed()
    session.execute(
        delete(HiddenListing).where(
            HiddenListing.course_id == course.id, HiddenListing.listing_id.in_(back)
        )
    )
    session.add_all(
        HiddenListing(course_id=course.id, listing_id=one, chosen_by_id=actor.person_id)
        for one in off
    )
    session.flush()
    audit.record(session, "course:choose_projects", course, actor=actor, hidden=off, shown=back)
    return Changed(len(back), len(off))


def _ids(
    session: Session, query: Select[Listing] | None, state: ColumnElement[bool]
) -> list[int]:
    if query is None:
        return []
    return list(session.scalars(query.where(state).with_only_columns(Listing.id)))


def holds(session: Session, actor: Actor, course: Course) -> SetUpPart:
    today = campus_day(session, actor)
    offered = count(session, released(course, today))
    if not offered:
        return SetUpPart(
            "The career office has released no project to this course yet. What it releases is "
            "shown by itself."
        )
    shown = released(course, today, Which.SHOWN)
    first = shown.order_by(Listing.title, Listing.id).limit(NAMED)
    names = list(session.scalars(first.with_only_columns(Listing.title)))
    number = count(session, shown)
    if number > len(names):
        names.append(f"and {number - len(names)} more")
    return SetUpPart(
        f"{number} of the {offered} projects that the office released are shown.",
        tuple(names),
        url=url_for("projects_shown.choose", course_id=course.public_id),
        action="Choose which projects are shown",
    )

"""Of what the office released to a course, its instructor may keep some off the board.

Whoever has applied goes on: they keep what they have seen.
"""

from collections.abc import Collection, Sequence
from datetime import date

from flask import url_for
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

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
from careerlink.people.actors import Actor

MOST = 300
"""More are not chosen one by one; the office releases by course instead."""


def released(session: Session, course: Course, today: date) -> Sequence[Listing]:
    """What students could see there now, hidden ones included."""
    return session.scalars(
        select(Listing)
        .join(Listing.partner)
        .options(joinedload(Listing.partner))
        .where(
            Listing.institution_id == course.institution_id,
            is_open(today),
            is_released_to(course, hidden_too=True),
        )
        .order_by(Listing.title, Listing.id)
        .limit(MOST)
    ).all()


def hidden_ids(session: Session, course: Course) -> set[int]:
    return set(
        session.scalars(
            select(HiddenListing.listing_id).where(HiddenListing.course_id == course.id)
        )
    )


def show_only(
    session: Session, course: Course, shown: Collection[int], *, actor: Actor, today: date
) -> None:
    """Of those released now; what the office releases later is shown until somebody says."""
    require_open(actor, course)
    if not set_up.may_set_up(actor, course):
        raise NotPermitted("Only the instructor or career staff say what this board shows.")
    # Two may choose at once; the course's row lets one after the other in.
    session.execute(select(Course.id).where(Course.id == course.id).with_for_update())
    offered = {listing.id for listing in released(session, course, today)}
    before = hidden_ids(session, course) & offered
    wanted = offered - set(shown)
    if wanted == before:
        return
    session.execute(
        delete(HiddenListing).where(
            HiddenListing.course_id == course.id,
            HiddenListing.listing_id.in_(before - wanted),
        )
    )
    session.add_all(
        HiddenListing(course_id=course.id, listing_id=one, chosen_by_id=actor.person_id)
        for one in sorted(wanted - before)
    )
    session.flush()
    audit.record(
        session,
        "course:choose_projects",
        course,
        actor=actor,
        hidden=sorted(wanted),
        shown=len(offered - wanted),
    )


def holds(session: Session, actor: Actor, course: Course) -> SetUpPart:
    offered = released(session, course, campus_day(session, actor))
    hidden = hidden_ids(session, course)
    shown = [listing for listing in offered if listing.id not in hidden]
    if not offered:
        return SetUpPart(
            "The career office has released no project to this course yet. What it releases is "
            "shown by itself."
        )
    text = f"{len(shown)} of the {len(offered)} projects that the office released are shown."
    return SetUpPart(
        text,
        tuple(listing.title for listing in shown[:5]),
        url=url_for("projects_shown.choose", course_id=course.public_id),
        action="Choose which projects are shown",
    )

"""What students do with an application before an offer. Nothing here commits."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import audit, clock, states
from careerlink.courses.models import Course
from careerlink.errors import NotPermitted, NotPossible
from careerlink.listings.models import Listing, ListingVersion
from careerlink.people.actors import Actor
from careerlink.placements import application_queries as queries
from careerlink.placements import consents, offers, openness
from careerlink.placements.models import Application, ApplicationState
from careerlink.placements.workflow import APPLICATION

CANNOT_WRITE = "In this view of the course nothing can be changed."
DROPPED = "You are no longer enrolled in this course, so new applications are closed to you."


def save_draft(
    session: Session, listing: Listing, *, course: Course, actor: Actor, statement: str
) -> Application:
    """Keep what is typed. A listing that has closed meanwhile keeps its draft as well.

    :raises NotPossible: an application for this listing is on its way already.
    """
    _may_write(actor, course)
    queries.lock_listings(session, [listing.id])
    application = queries.live_one(session, actor, listing)
    if application is None:
        application = Application(
            institution_id=actor.institution_id,
            course_id=course.id,
            course=course,
            person_id=actor.person_id,
            listing_id=listing.id,
            listing=listing,
            state=ApplicationState.DRAFT,
        )
        session.add(application)
        session.flush()
        audit.record(session, "application:draft", application, actor=actor)
    elif application.state != ApplicationState.DRAFT:
        raise NotPossible("You have applied for this project already.")
    application.statement = statement
    session.flush()
    return application


def submit(session: Session, application: Application, *, actor: Actor) -> None:
    """Send it, with consent to show it to the partner; without a slot left it waits in line."""
    if actor.standing(application.course_id).dropped:
        raise NotPossible(DROPPED)
    if reason := openness.why_closed(session, application.listing, application.course):
        raise NotPossible(reason)
    states.move(
        session,
        application,
        ApplicationState.SUBMITTED,
        APPLICATION,
        actor=actor,
        submitted_at=clock.now(),
        listing_version_id=_latest_version(session, application.listing),
    )
    consents.give_for_application(session, application, actor=actor)
    offers.fill_slots(session, application.listing)


def ask_again(session: Session, application: Application, *, actor: Actor) -> None:
    """After an expired offer, at the end of the line."""
    if actor.standing(application.course_id).dropped:
        raise NotPossible(DROPPED)
    if queries.live_one(session, actor, application.listing) is not None:
        raise NotPossible("Another application of yours for this project is on its way.")
    offers.refuse_if_closed(application.listing)
    states.move(
        session,
        application,
        ApplicationState.SUBMITTED,
        APPLICATION,
        actor=actor,
        submitted_at=clock.now(),
    )
    offers.fill_slots(session, application.listing)


def withdraw(session: Session, application: Application, *, actor: Actor) -> None:
    states.move(session, application, ApplicationState.WITHDRAWN, APPLICATION, actor=actor)


def _may_write(actor: Actor, course: Course) -> None:
    standing = actor.standing(course.id)
    if not actor.is_student(course.id) or standing.read_only:
        raise NotPermitted(CANNOT_WRITE)


def _latest_version(session: Session, listing: Listing) -> int | None:
    return session.scalar(
        select(ListingVersion.id)
        .where(ListingVersion.listing_id == listing.id)
        .order_by(ListingVersion.number.desc())
        .limit(1)
    )

"""Reading applications and their offers; every query starts from who is looking."""

from collections.abc import Sequence

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course
from careerlink.errors import NotFound
from careerlink.listings.models import Listing
from careerlink.people.actors import Actor
from careerlink.placements.models import (
    ENDED,
    UNFINISHED,
    Application,
    ApplicationState,
    Offer,
    OfferState,
    Placement,
)
from careerlink.web.pagination import Page, page

LIVE = (
    ApplicationState.SUBMITTED,
    ApplicationState.WAIT_LISTED,
    ApplicationState.OFFERED,
)


def visible_to(actor: Actor) -> Select[Application]:
    """A student's own, drafts included; the office's whatever was sent. Nobody else's."""
    query = select(Application).where(Application.institution_id == actor.institution_id)
    if actor.person_id is None:
        return query if actor.is_system else query.where(false())
    mine = Application.person_id == actor.person_id
    own = and_(mine, Application.course_id.in_(list(actor.courses)))
    if actor.reads_office:
        return query.where(or_(own, Application.submitted_at.is_not(None)))
    return query.where(own)


def get(
    session: Session,
    public_id: str,
    *,
    actor: Actor,
    course: Course | None = None,
    to_change: bool = False,
) -> Application:
    """``to_change`` locks the listing first, so that everything about its slots goes in turn.

    :raises NotFound: not there, not theirs, or of another course than the address says.
    """
    query = visible_to(actor).where(Application.public_id == public_id)
    if course is not None:
        query = query.where(Application.course_id == course.id)
    if to_change:
        _lock_all_of_the_student(session, query)
    application = session.scalar(
        query.options(
            joinedload(Application.listing).joinedload(Listing.partner),
            joinedload(Application.listing).joinedload(Listing.supervisor),
            joinedload(Application.person),
            joinedload(Application.institution),
            joinedload(Application.course).joinedload(Course.institution),
        )
    )
    if application is None:
        raise NotFound
    return application


def _lock_all_of_the_student(session: Session, query: Select[Application]) -> None:
    """Accepting one application ends others, so their listings are locked with it."""
    found = session.execute(
        query.with_only_columns(Application.listing_id, Application.person_id)
    ).one_or_none()
    if found is not None:
        live = select(Application.listing_id).where(
            Application.person_id == found.person_id, Application.state.in_(LIVE)
        )
        lock_listings(session, [found.listing_id, *session.scalars(live)])


def lock_listings(session: Session, ids: Sequence[int]) -> None:
    """Always before any application, and in this order, so that no two wait for each other."""
    session.scalars(
        select(Listing.id).where(Listing.id.in_(ids)).order_by(Listing.id).with_for_update()
    ).all()


def live_one(session: Session, actor: Actor, listing: Listing) -> Application | None:
    """The student's application for a listing, unless it has ended."""
    return session.scalar(
        visible_to(actor).where(
            Application.person_id == actor.person_id,
            Application.listing_id == listing.id,
            Application.state.not_in(ENDED),
        )
    )


def open_offer(session: Session, application: Application) -> Offer | None:
    return session.scalar(
        select(Offer)
        .where(Offer.application_id == application.id, Offer.state == OfferState.OPEN)
        .options(joinedload(Offer.application))
    )


def offers(session: Session, application: Application) -> Sequence[Offer]:
    return session.scalars(
        select(Offer).where(Offer.application_id == application.id).order_by(Offer.id)
    ).all()


def wait_list(session: Session, listing_id: int) -> Sequence[Application]:
    """Who is next comes first."""
    return session.scalars(
        select(Application)
        .join(Application.course)
        .where(
            Application.listing_id == listing_id,
            Application.state == ApplicationState.WAIT_LISTED,
            Course.concluded_at.is_(None),
        )
        .options(joinedload(Application.person), joinedload(Application.course))
        .order_by(Application.submitted_at, Application.id)
    ).all()


def position(session: Session, application: Application) -> int:
    """The place on the wait list, from 1."""
    ids = [waiting.id for waiting in wait_list(session, application.listing_id)]
    return ids.index(application.id) + 1 if application.id in ids else 0


def others_overlapping(session: Session, application: Application) -> Sequence[Application]:
    """The same student's other live applications whose dates meet this one's."""
    listing = application.listing
    return session.scalars(
        select(Application)
        .join(Application.listing)
        .join(Application.course)
        .where(
            Application.person_id == application.person_id,
            Application.id != application.id,
            Application.state.in_(LIVE),
            Course.concluded_at.is_(None),
            Listing.starts_on <= listing.ends_on,
            Listing.ends_on >= listing.starts_on,
        )
        .options(joinedload(Application.listing).joinedload(Listing.partner))
        .order_by(Application.id)
    ).all()


def placements_overlapping(session: Session, application: Application) -> Sequence[Placement]:
    listing = application.listing
    return session.scalars(
        select(Placement)
        .where(
            Placement.person_id == application.person_id,
            Placement.state.in_(UNFINISHED),
            Placement.starts_on <= listing.ends_on,
            Placement.ends_on >= listing.starts_on,
        )
        .options(joinedload(Placement.partner))
        .order_by(Placement.starts_on)
    ).all()


def placement_from(session: Session, application: Application) -> Placement | None:
    return session.scalar(select(Placement).where(Placement.application_id == application.id))


def for_office(
    session: Session,
    actor: Actor,
    *,
    state: ApplicationState | None,
    listing_id: str,
    after: str | None,
) -> Page[Application]:
    query = visible_to(actor).where(Application.submitted_at.is_not(None))
    if state is not None:
        query = query.where(Application.state == state)
    if listing_id:
        query = query.where(Application.listing.has(Listing.public_id == listing_id))
    return page(
        session,
        query.options(
            joinedload(Application.person),
            joinedload(Application.listing).joinedload(Listing.partner),
        ),
        order_by=[Application.submitted_at, Application.id],
        key_of=lambda application: [application.submitted_at, application.id],
        after=after,
    )


def office_counts(
    session: Session, actor: Actor, *, listing_id: str
) -> dict[ApplicationState, int]:
    query = visible_to(actor).where(Application.submitted_at.is_not(None))
    if listing_id:
        query = query.where(Application.listing.has(Listing.public_id == listing_id))
    rows = session.execute(
        query.with_only_columns(Application.state, func.count()).group_by(Application.state)
    )
    return {row[0]: row[1] for row in rows}

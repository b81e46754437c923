"""To whom a published listing is shown: a course, a term, or every course."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink import audit, clock, states
from careerlink.courses.models import Course
from careerlink.courses.set_up_models import HiddenListing
from careerlink.errors import InvalidInput, NotFound, NotPossible
from careerlink.institutions.models import Institution, Term
from careerlink.listings.models import Listing, ListingRelease, ListingState
from careerlink.listings.operations import only_staff
from careerlink.partners.standing import why_nothing_new
from careerlink.people.actors import Actor

MOST_COURSES = 200


def release(
    session: Session,
    listing: Listing,
    *,
    actor: Actor,
    course: Course | None = None,
    term: Term | None = None,
) -> ListingRelease:
    """Show it to one course or to a whole term; with neither, to every course.

    :raises NotPossible: it is not published, or nothing new may start at its partner.
    """
    only_staff(actor, listing.institution_id)
    for scope in (course, term):
        if scope is not None and scope.institution_id != listing.institution_id:
            raise NotFound
    if course is not None and term is not None:
        raise InvalidInput("Choose a course or a term, not both.", field="term")
    if course is not None and course.concluded_at is not None:
        raise NotPossible("This course is concluded; nothing new is shown in it.")
    if listing.state != ListingState.PUBLISHED:
        raise NotPossible(
            f"This listing is {states.words(listing.state)}; publish it before you release it."
        )
    institution = session.get_one(Institution, listing.institution_id)
    if unmet := why_nothing_new(listing.partner, clock.today(institution.time_zone)):
        raise NotPossible("Releasing this listing has to wait.", unmet)
    return _standing_release(session, listing, course, term) or _new(
        session, listing, actor, course, term
    )


def withdraw_release(session: Session, found: ListingRelease, *, actor: Actor) -> None:
    """It leaves the board there; applications that are in go on."""
    only_staff(actor, found.listing.institution_id)
    if found.withdrawn_at is not None:
        return
    found.withdrawn_at = clock.now()
    session.flush()
    audit.record(
        session,
        "listing:withdraw_release",
        found.listing,
        actor=actor,
        course=found.course_id,
        term=found.term_id,
    )


def covers(course: Course) -> ColumnElement[bool]:
    """Releases that reach this course: its own, its term's, and those to everybody."""
    reach = [
        ListingRelease.course_id == course.id,
        ListingRelease.course_id.is_(None) & ListingRelease.term_id.is_(None),
    ]
    if course.term_id is not None:
        reach.append(ListingRelease.term_id == course.term_id)
    return or_(*reach)


def is_released_to(
    course: Course, *, ever: bool = False, hidden_too: bool = False
) -> ColumnElement[bool]:
    """And not kept off the board by who teaches it.

    ``ever`` also finds what was taken back or hidden: students keep what they have seen.
    """
    found = exists().where(ListingRelease.listing_id == Listing.id, covers(course))
    if ever:
        return found
    found = found.where(ListingRelease.withdrawn_at.is_(None))
    hidden = exists().where(
        HiddenListing.listing_id == Listing.id, HiddenListing.course_id == course.id
    )
    return found if hidden_too else found & ~hidden


def of_listing(session: Session, listing: Listing) -> Sequence[ListingRelease]:
    return session.scalars(
        select(ListingRelease)
        .where(ListingRelease.listing_id == listing.id, ListingRelease.withdrawn_at.is_(None))
        .options(joinedload(ListingRelease.course), joinedload(ListingRelease.term))
        .order_by(ListingRelease.id)
    ).all()


def open_courses(session: Session, institution_id: int) -> Sequence[Course]:
    return session.scalars(
        select(Course)
        .where(
            Course.institution_id == institution_id,
            Course.concluded_at.is_(None),
            Course.joined_id.is_(None),
        )
        .options(joinedload(Course.term))
        .order_by(Course.label, Course.title, Course.id)
        .limit(MOST_COURSES)
    ).all()


def terms_of(session: Session, institution_id: int) -> Sequence[Term]:
    return session.scalars(
        select(Term)
        .where(Term.institution_id == institution_id)
        .order_by(Term.starts_on.desc())
    ).all()


def _standing_release(
    session: Session, listing: Listing, course: Course | None, term: Term | None
) -> ListingRelease | None:
    return session.scalar(
        select(ListingRelease).where(
            ListingRelease.listing_id == listing.id,
            ListingRelease.withdrawn_at.is_(None),
            ListingRelease.course_id == (course.id if course else None),
            ListingRelease.term_id == (term.id if term else None),
        )
    )


def _new(
    session: Session, listing: Listing, actor: Actor, course: Course | None, term: Term | None
) -> ListingRelease:
    made = ListingRelease(
        listing=listing,
        course=course,
        term=term,
        released_by_id=actor.person_id,
        released_at=clock.now(),
    )
    session.add(made)
    session.flush()
    audit.record(
        session,
        "listing:release",
        listing,
        actor=actor,
        course=made.course_id,
        term=made.term_id,
    )
    return made


def releases_of(session: Session, course: Course) -> Sequence[ListingRelease]:
    """Those to this very course that stand, whatever became of their listings."""
    return session.scalars(
        select(ListingRelease)
        .join(ListingRelease.listing)
        .where(ListingRelease.course_id == course.id, ListingRelease.withdrawn_at.is_(None))
        .options(joinedload(ListingRelease.listing).joinedload(Listing.partner))
        .order_by(Listing.title, ListingRelease.id)
    ).all()


def release_also(session: Session, listing: Listing, course: Course, *, actor: Actor) -> None:
    """Staff have released it to another course of this instructor's; here it is shown, too."""
    if _standing_release(session, listing, course, None) is None:
        _new(session, listing, actor, course, None)

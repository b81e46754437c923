"""Projects that a course shows its students: which of them its copy, or the course that it is
linked with, can show as well."""

from collections.abc import Sequence
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.institutions.models import Institution
from careerlink.listings.models import Listing, ListingState
from careerlink.listings.releases import release_also, releases_of
from careerlink.offered_parts import CarriedPart, CarryOver
from careerlink.partners.standing import why_nothing_new
from careerlink.people.actors import Actor


def preview(session: Session, source: Course, target: Course) -> CarriedPart | None:
    listings = [found.listing for found in releases_of(session, source)]
    if not listings:
        return None
    still = _open(session, target, listings)
    gone = len(listings) - len(still)
    return CarriedPart(
        text=f"{len(still)} of {projects(len(listings))} can be shown here, too.",
        stays=f"{projects(gone)} closed or ended since." if gone else "",
        names=tuple(listing.title for listing in still),
    )


def take(session: Session, source: Course, target: Course, actor: Actor) -> str:
    listings = [found.listing for found in releases_of(session, source)]
    still = _open(session, target, listings)
    for listing in still:
        release_also(session, listing, target, actor=actor)
    return projects(len(still))


def when_courses_join(session: Session, other: Course, course: Course, actor: Actor) -> None:
    take(session, other, course, actor)


def _open(session: Session, target: Course, listings: Sequence[Listing]) -> list[Listing]:
    institution = session.get_one(Institution, target.institution_id)
    return open_on(clock.today(institution.time_zone), listings)


def open_on(today: date, listings: Sequence[Listing]) -> list[Listing]:
    """Those that a student could still ask for."""
    return [
        listing
        for listing in listings
        if listing.state == ListingState.PUBLISHED
        and listing.ends_on >= today
        and (listing.apply_by is None or listing.apply_by >= today)
        and not why_nothing_new(listing.partner, today)
    ]


def projects(number: int) -> str:
    return "1 project" if number == 1 else f"{number} projects"


def page(course: Course) -> str:
    return url_for("board.show", course_id=course.public_id)


PROJECTS = CarryOver("projects", "Projects on the board", preview, take, page)

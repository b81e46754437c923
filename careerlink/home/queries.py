"""Which courses a person belongs to, and whether there is anything in one yet."""

from collections.abc import Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, joinedload

from careerlink.courses.models import Course, CourseMember
from careerlink.listings.models import Listing, ListingRelease, ListingState
from careerlink.people.actors import Actor


def courses_of(session: Session, actor: Actor) -> Sequence[Course]:
    """Every course of this person, also those that another launch has to open."""
    belongs = exists().where(
        CourseMember.course_id == Course.id, CourseMember.person_id == actor.person_id
    )
    return session.scalars(
        select(Course)
        .where(
            or_(belongs, Course.id.in_(actor.courses)),
            Course.institution_id == actor.institution_id,
            Course.joined_id.is_(None),
        )
        .options(joinedload(Course.term))
        .order_by(Course.concluded_at.is_not(None), Course.label, Course.id)
        .limit(200)
    ).all()


def has_projects(session: Session, course: Course) -> bool:
    """Has the career office ever released a project to this course?"""
    release = (
        select(ListingRelease.id)
        .join(ListingRelease.listing)
        .where(
            Listing.institution_id == course.institution_id,
            Listing.state != ListingState.DRAFT,
            or_(
                ListingRelease.course_id == course.id,
                ListingRelease.term_id == course.term_id,
                ListingRelease.course_id.is_(None) & ListingRelease.term_id.is_(None),
            ),
        )
    )
    return bool(session.scalar(select(exists(release))))

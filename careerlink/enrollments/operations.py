"""What every step of a registrar's list asks first."""

from collections.abc import Collection, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.enrollments.models import EnrollmentUpload
from careerlink.errors import NotPermitted
from careerlink.institutions.models import Institution
from careerlink.people.actors import Actor


def state_of_lists(session: Session, institution_id: int) -> str:
    """Another one whenever some list was taken over, or has gone further."""
    last, lines = session.execute(
        select(func.max(EnrollmentUpload.id), func.sum(EnrollmentUpload.lines_done)).where(
            EnrollmentUpload.institution_id == institution_id,
            EnrollmentUpload.begun_at.is_not(None),
        )
    ).one()
    return f"{last or 0}-{lines or 0}"


def lock(session: Session, upload: EnrollmentUpload) -> None:
    """One list of an institution at a time: what one takes over, the next has to compare."""
    lock_lists(session, upload.institution_id)
    session.refresh(upload, NOW_OTHERS)


def lock_lists(session: Session, institution_id: int) -> None:
    here = Institution.id == institution_id
    # FOR NO KEY UPDATE: rows that only refer to the institution go on being written.
    session.execute(select(Institution.id).where(here).with_for_update(key_share=True))


def hold_courses(session: Session, course_ids: Collection[int]) -> Mapping[int, int]:
    """Where each is taught: in itself, or in the one that it was linked with. Nobody links
    them anew before this transaction ends."""
    rows = session.execute(
        select(Course.id, func.coalesce(Course.joined_id, Course.id))
        .where(Course.id.in_(course_ids))
        .order_by(Course.id)
        .with_for_update(read=True, key_share=True)
    )
    return {row[0]: row[1] for row in rows}


NOW_OTHERS = (
    "begun_at", "counts", "lines_compared", "lines_done", "state_of_lists", "taken_at",
)  # fmt: skip


def only_staff(actor: Actor) -> None:
    if not actor.is_staff:
        raise NotPermitted("Only career staff take over the registrar's lists.")

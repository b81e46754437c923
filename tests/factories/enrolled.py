"""A registrar's list that waits to be taken over, and a CRN that somebody named."""

from sqlalchemy.orm import Session

from careerlink.enrollments.models import (
    CourseCrn,
    EnrollmentUpload,
    EnrollmentUploadLine,
    LineKind,
)
from tests.factories.agreements import Scene


def waiting_list(session: Session, cast: Scene) -> EnrollmentUpload:
    institution_id = cast.course.institution_id
    upload = EnrollmentUpload(
        institution_id=institution_id,
        file_name="fall.csv",
        created_by_id=cast.staff.person_id,
        lines=1,
        lines_compared=1,
        counts={"unknown_crn": 1},
        state_of_lists="0-0",
    )
    session.add(upload)
    session.flush()
    line = EnrollmentUploadLine(
        upload_id=upload.id,
        line=2,
        kind=LineKind.UNKNOWN_CRN,
        sis_id="S9001",
        crn="49001",
        term_id=cast.course.term_id,
        told=[],
    )
    session.add(line)
    session.flush()
    return upload


def number(session: Session, cast: Scene) -> CourseCrn:
    row = CourseCrn(term_id=cast.course.term_id, crn="41310", course_id=cast.course.id)
    session.add(row)
    session.flush()
    return row


def addresses(session: Session, cast: Scene) -> dict[str, str]:
    return {
        "upload_id": waiting_list(session, cast).public_id,
        "number_id": str(number(session, cast).id),
    }

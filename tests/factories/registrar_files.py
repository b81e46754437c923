"""A file for the registrar, as a row."""

from sqlalchemy.orm import Session

from careerlink.enrollments.models import EnrollmentLevel
from credit.registrar.models import ExportScope, RegistrarExport
from tests.factories.agreements import Scene


def file(session: Session, cast: Scene) -> RegistrarExport:
    row = RegistrarExport(
        institution_id=cast.course.institution_id,
        number=1,
        term_id=cast.course.term_id,
        level=EnrollmentLevel.UNDERGRADUATE,
        scope=ExportScope.DELTA,
        row_count=1,
        file_hash="0" * 64,
        made_by_id=cast.staff.person_id,
    )
    session.add(row)
    session.flush()
    return row

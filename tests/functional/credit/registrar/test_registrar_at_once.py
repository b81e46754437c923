"""Two people of the office at the same time: one number each, and no line lost or twice."""

import threading
from collections import Counter
from contextlib import suppress

import pytest
from sqlalchemy import select

from careerlink.enrollments.models import EnrollmentLevel
from careerlink.errors import ChangedMeanwhile
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole
from credit.registrar import operations
from credit.registrar.models import ExportScope, RegistrarExport, RegistrarRow
from credit.registrar.operations import NothingNew
from tests.functional.credit.registrar.conftest import Office

KINDS = ((EnrollmentLevel.UNDERGRADUATE, ExportScope.DELTA),) * 2 + (
    (EnrollmentLevel.GRADUATE, ExportScope.DELTA),
    (EnrollmentLevel.UNDERGRADUATE, ExportScope.FULL),
)


def staff(office: Office) -> Actor:
    return Actor(
        institution_id=office.staff.institution_id,
        person_id=office.staff.id,
        office=frozenset({OfficeRole.STAFF}),
    )


def test_files_made_at_once_have_a_number_each_and_every_line_once(office: Office) -> None:
    office.approved("Maya Okafor")
    office.approved("Noor Haddad", level=EnrollmentLevel.GRADUATE)
    actor = staff(office)
    start = threading.Barrier(len(KINDS))

    def make(level: EnrollmentLevel, scope: ExportScope) -> None:
        start.wait()
        with suppress(NothingNew), office.database.write() as session:
            operations.make(session, office.term, level=level, scope=scope, actor=actor)

    threads = [threading.Thread(target=make, args=kind) for kind in KINDS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with office.database.read() as session:
        exports = session.scalars(select(RegistrarExport)).all()
        lines = session.execute(select(RegistrarRow.export_id, RegistrarRow.credit_case_id))
        assert sorted(one.number for one in exports) == [1, 2, 3]
        assert Counter((one.level.value, one.scope.value) for one in exports) == {
            ("undergraduate", "delta"): 1,
            ("undergraduate", "full"): 1,
            ("graduate", "delta"): 1,
        }
        assert sorted(Counter(row[0] for row in lines).values()) == [1, 1, 1]


def test_what_was_gathered_before_another_file_was_sent_makes_none(office: Office) -> None:
    """Its marks of change would be against a file that is no longer the last."""
    office.approved("Maya Okafor")
    level, scope = KINDS[0]
    with office.database.read() as session:
        old = operations.gather(session, office.term, level=level, scope=scope)
    office.send()

    with office.database.write() as session, pytest.raises(ChangedMeanwhile):
        operations.make(
            session, office.term, level=level, scope=scope, actor=staff(office), gathered=old
        )

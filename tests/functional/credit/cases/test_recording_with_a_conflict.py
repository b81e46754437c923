"""Whoever may not decide a case adds nothing to what it is decided upon either."""

import pytest

from careerlink.errors import NotPermitted
from careerlink.partners.models import PartnerContact
from credit.academic_work import operations as assessing
from credit.cases import recording
from credit.cases.models import CreditCase
from tests.functional.credit.cases.conftest import Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_who_supervised_a_project_records_no_academic_work(desk: Desk) -> None:
    with desk.database.write() as session:
        contact = session.get_one(PartnerContact, desk.of.contact.id)
        email = desk.of.instructor.email
        assert email is not None
        contact.email = email
    with desk.database.write() as session, pytest.raises(NotPermitted, match="You supervised"):
        case = session.get_one(CreditCase, desk.case_id)
        recording.record_academic_work(
            session, case, actor=desk.of.as_instructor, minutes=90 * 60
        )
    assert desk.case.academic_minutes == 0
    with desk.database.write() as session, pytest.raises(NotPermitted, match="You supervised"):
        case = session.get_one(CreditCase, desk.case_id)
        assessing.assess(session, case, actor=desk.of.as_instructor, levels={})

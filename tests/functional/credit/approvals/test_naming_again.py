"""Somebody is named a second time: the same is one appointment, other days are another."""

import pytest
from sqlalchemy import select

from credit.approvals.models import ApproverAppointment
from tests.functional.credit.approvals.conftest import Chain, in_days, staff

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_same_sent_twice_is_one_and_a_later_last_day_holds(chain: Chain) -> None:
    chain.name("Bo Stand", None)
    page = staff(chain).get("/office/approvers")
    typed = {"Their mail address": "bo@eastmoor.example", "ends_on": str(in_days(3))}
    page.submit("Name them", typed)
    page.submit("Name them", typed)
    page.submit("Name them", {**typed, "ends_on": str(in_days(30))})

    bo = chain.people["Bo Stand"].id
    with chain.database.read() as session:
        rows = session.scalars(
            select(ApproverAppointment).where(ApproverAppointment.person_id == bo)
        ).all()
    assert [row.ends_on for row in rows] == [in_days(3), in_days(30)]
